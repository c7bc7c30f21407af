//! Static checks: one file each; each reads the finished model and adds diagnostics.
