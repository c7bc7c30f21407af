//! Two models to typed changes.
