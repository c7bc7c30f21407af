//! Declarations that nothing uses: said as a note, since they may be on purpose.

use crate::lower::{Lower, Space};
use prog_base::{Diagnostic, codes, text};
use prog_syntax::ast;

/// Checks lists, records, units, tables, calendars, lets, actors, forms and readings of the programme's own files.
pub(super) fn check(lower: &Lower<'_>, out: &mut Vec<Diagnostic>) {
    let index = lower.index;
    let heads = (index.enums.iter().map(|x| (Space::Type, &x.head)))
        .chain(index.records.iter().map(|x| (Space::Type, &x.head)))
        .chain(index.units.iter().map(|x| (Space::Unit, &x.head)))
        .chain(index.tables.iter().map(|x| (Space::Value, &x.head)))
        .chain(index.lets.iter().map(|x| (Space::Value, &x.head)))
        .chain(index.calendars.iter().map(|x| (Space::Calendar, &x.head)))
        .chain(index.actors.iter().map(|x| (Space::Actor, &x.head)))
        .chain(index.forms.iter().map(|x| (Space::Document, &x.head)))
        .chain(index.readings.iter().map(|x| (Space::Reading, &x.head)));
    for (space, head) in heads {
        if index.is_own(head.name.span.file) && !index.is_used(space, &head.name) {
            out.push(unused(&head.name));
        }
    }
}

fn unused(name: &ast::Name) -> Diagnostic {
    let written = &name.text;
    Diagnostic::note(codes::UNUSED, name.span, text!("“{written}”声明了却没有用到", "`{written}` is declared but never used"))
        .help(text!("删去它，或在该用的地方用它", "remove it, or use it where it belongs"))
}
