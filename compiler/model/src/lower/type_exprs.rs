//! Types as written → what is entered and what an expression sees.

use super::Lower;
use crate::{FieldKind, FieldType, Ident, Type};
use prog_syntax::ast;

impl Lower<'_> {
    /// The type of a field or fact; an inline `one of { … }` becomes an anonymous enum named after `owner`.
    pub(crate) fn field_type(&mut self, _ty: &ast::TypeExpr, _owner: &Ident) -> (FieldType, Type) {
        (FieldType { kind: FieldKind::Unknown, unit: None, low: None, high: None, step: None, limits: Vec::new() }, Type::Unknown)
    }
}
