//! Syntax tree to typed model: names, types, units, citations, static checks.
