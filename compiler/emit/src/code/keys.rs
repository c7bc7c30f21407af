//! Keys by which cases stand in groups: of quotas and of selections.
//!
//! In: keys of the programme. Out: [`Code`] trees. Always: a key's range stands in the order in which groups do.

use super::expr::Scope;
use super::vocabulary::{is_literal, list_key, shown_type};
use super::{Code, Record};
use prog_model::*;

/// Keys in order; `reads`: where a table may be indexed with one of them.
pub fn keys(programme: &Programme, keys: &[Key], reads: &[&Expr]) -> Vec<Code> {
    let one = |(at, key): (usize, &Key)| {
        let range = match &key.range {
            KeyRange::Enum(list) => Record::of("KeyRange").with("list", list_key(programme, *list)),
            KeyRange::Table(_) => table_keys(programme, reads, at).unwrap_or_else(|| Record::of("KeyRange")),
            KeyRange::Present => Record::of("KeyRange"),
        };
        Record::of("GroupKey")
            .with("name", Code::text(&key.name))
            .with("range", range.code())
            .with("of", typed_by_track(programme, &key.by_track))
            .code()
    };
    keys.iter().enumerate().map(one).collect()
}

/// Values of cases by track, each with its type.
pub fn typed_by_track(programme: &Programme, exprs: &[(TrackId, Expr)]) -> Code {
    let one = |(id, expr): &(TrackId, Expr)| {
        let value = Scope::track(programme, programme.track(*id)).function(expr);
        let value = Record::of("KeyValue").with("value", value).with("type", shown_type(programme, &expr.ty));
        (programme.track(*id).ident.key.clone(), value.code())
    };
    Code::Map(exprs.iter().map(one).collect())
}

/// The constant keys of the table that is indexed with this key.
fn table_keys(programme: &Programme, reads: &[&Expr], at: usize) -> Option<Record> {
    let mut found = None;
    for read in reads {
        read.visit(&mut |e| {
            if let ExprKind::Lookup { table, keys, .. } = &e.kind {
                let column = keys.iter().position(|k| k.kind == ExprKind::Key(at));
                found = found.or(column.map(|column| (*table, column)));
            }
        });
    }
    let (table, column) = found?;
    let scope = Scope::programme(programme);
    let cells = programme.table(table).rows.iter().filter_map(|row| row.keys.get(column));
    let constants: Vec<&Expr> = cells.flat_map(|cell| if let KeyCell::OneOf(all) = cell { all.as_slice() } else { &[] }).collect();
    let first = constants.first()?;
    let constant = |e: &&Expr| if is_literal(e) { scope.expr(e) } else { scope.function(e) };
    let values = Code::List(constants.iter().map(constant).collect());
    Some(Record::of("KeyRange").with("constants", values).with("type", shown_type(programme, &first.ty)))
}
