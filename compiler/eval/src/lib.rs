//! The reference semantics: a model and a case give a report.
