//! Model to files: schemas, pages, validators.
