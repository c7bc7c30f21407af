//! Syntax tree and comments to canonical text.
