//! Diagnostics to terminal, JSON and other formats; the page of each code.
