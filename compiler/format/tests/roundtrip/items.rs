//! Random declarations, of every kind the grammar can give.

use super::bytes::Bytes;
use super::exprs::*;
use super::tracks;
use prog_base::Exact;
use prog_syntax::ast::*;

/// How deep expressions go.
pub const DEPTH: usize = 3;

pub fn file(b: &mut Bytes<'_>) -> File {
    let uses = b.list(0, |b| Use { path: names(b), names: b.maybe(names), span: here() });
    let programmes = match b.maybe(programme) {
        Some(p) => vec![p],
        None => Vec::new(),
    };
    // Without spans, items come out after the programme: where both stand, the order of the two lists is all that counts.
    File { uses, programmes, items: b.list(1, item), unread: Vec::new(), span: here() }
}

fn programme(b: &mut Bytes<'_>) -> Programme {
    // After a `let`, a line that begins with `effective` would go on with it: that header comes first.
    let effective = |b: &mut Bytes<'_>| header_of(HeaderKey::Effective, b);
    let items = b.maybe(effective).map(Item::Header).into_iter().chain(b.list(0, item)).collect();
    Programme { head: head(b), follows: b.maybe(name), items, span: here() }
}

fn item(b: &mut Bytes<'_>) -> Item {
    match b.below(25) {
        0 => Item::Let(define(b)),
        1 => Item::Header(header(b)),
        2 => Item::Notice(Notice { clauses: b.list(1, |b| clause(b, 2)), span: here() }),
        3 => Item::Readings(Readings { settings: b.list(1, setting), span: here() }),
        4 => {
            let values = b.list(2, plain_head);
            Item::Reading(Reading { head: head(b), default: b.maybe(|b| b.below(values.len())), values, span: here() })
        }
        5 => Item::Actor(Actor { head: head(b), per: b.maybe(name), span: here() }),
        6 => Item::Enum(Enum {
            head: head(b),
            order: b.pick(&[EnumOrder::None, EnumOrder::LowestFirst, EnumOrder::BestFirst]),
            values: b.list(1, |b| EnumValue { head: head(b), retired_since: b.maybe(|b| b.below(9) as u32) }),
            span: here(),
        }),
        7 => Item::Record(Record { head: head(b), fields: b.list(1, tracks::field), span: here() }),
        8 => Item::Unit(Unit {
            head: head(b),
            meaning: if b.flag() {
                UnitMeaning::Base(name(b))
            } else {
                let factor = ExprKind::Number { value: Exact::from(10_000), unit: None };
                UnitMeaning::Multiple { factor: Expr { kind: factor, span: here() }, of: name(b) }
            },
            span: here(),
        }),
        9 => Item::Table(table(b)),
        10 => Item::Explain(Explain {
            table: name(b),
            column: name(b),
            cites: cites(b),
            by: expr(b, DEPTH),
            message: b.maybe(message),
            span: here(),
        }),
        11 => Item::Track(tracks::track(b)),
        12 => Item::Material(tracks::material(b)),
        13 => Item::Quota(tracks::quota(b)),
        14 => Item::Assert(Assert { head: Head { key: None, ..head(b) }, test: expr(b, DEPTH), span: here() }),
        15 => Item::Workflow(tracks::workflow(b)),
        16 => Item::Form(tracks::form(b)),
        17 => Item::Summary(tracks::summary(b)),
        18 => Item::Targets(tracks::targets(b)),
        19 => Item::Duty(Duty {
            actor: name(b),
            cites: cites(b),
            message: b.maybe(message),
            name: b.maybe(name),
            strength: b.maybe(tracks::strength),
            at: b.maybe(name),
            span: here(),
        }),
        20 => Item::Amend(Amend { what: amended(b), span: here() }),
        23 => Item::Select(tracks::select(b)),
        21 => Item::Repeal(Repeal { kind: repealed(b), name: name(b), cites: cites(b), span: here() }),
        22 => Item::Calendar(Calendar { head: head(b), path: text(b), dated: b.maybe(literal), span: here() }),
        _ => Item::Scenario(tracks::scenario(b)),
    }
}

/// What is amended has no words of its own in front: they would stand before `amend`.
fn amended(b: &mut Bytes<'_>) -> Amended {
    let plain = |head: Head| Head { doc: None, ..head };
    let item = |item| Amended::Item(Box::new(item));
    match b.below(7) {
        0 => {
            let x = define(b);
            item(Item::Let(Let { head: plain(x.head.clone()), ..x }))
        }
        1 => {
            let x = tracks::quota(b);
            item(Item::Quota(Quota { head: plain(x.head.clone()), ..x }))
        }
        2 => {
            let x = table(b);
            item(Item::Table(Table { head: plain(x.head.clone()), ..x }))
        }
        3 => {
            let x = tracks::form(b);
            item(Item::Form(Form { head: plain(x.head.clone()), ..x }))
        }
        4 => {
            let x = tracks::stage(b);
            Amended::Stage(Box::new(Stage { head: plain(x.head.clone()), ..x }))
        }
        5 => {
            let x = tracks::select(b);
            item(Item::Select(Select { head: plain(x.head.clone()), ..x }))
        }
        _ => amended_member(b),
    }
}

fn amended_member(b: &mut Bytes<'_>) -> Amended {
    let mut member = tracks::track_member(b, 1);
    match &mut member {
        TrackMember::Fact(x) => x.head.doc = None,
        TrackMember::Rule(x) => x.head.doc = None,
        TrackMember::Conditions(x) => x.head.doc = None,
        TrackMember::Output(x) => x.head.doc = None,
        TrackMember::Score(x) => x.head.doc = None,
        // A `let` is one of the programme, wherever it stood; outcomes have no name to be amended by.
        TrackMember::Let(_) | TrackMember::Outcomes(_) | TrackMember::Bad(_) => {
            let x = define(b);
            return Amended::Item(Box::new(Item::Let(Let { head: Head { doc: None, ..x.head.clone() }, ..x })));
        }
    }
    Amended::Member(Box::new(member))
}

fn repealed(b: &mut Bytes<'_>) -> RepealKind {
    use RepealKind::*;
    let strength = Rule(tracks::strength(b));
    b.pick(&[
        strength, Quota, Select, Fact, Conditions, Output, Score, Stage, Enum, Record, Unit, Table, Let, Actor, Material, Form, Summary,
        Targets, Reading, Calendar,
    ])
}

pub fn define(b: &mut Bytes<'_>) -> Let {
    Let { head: head(b), effective: b.maybe(effective), ty: b.maybe(ty), value: expr(b, DEPTH), out_of: None, span: here() }
}

pub fn effective(b: &mut Bytes<'_>) -> Effective {
    let day = |b: &mut Bytes<'_>| Expr { kind: ExprKind::Date(date(b)), span: here() };
    Effective { from: day(b), to: b.maybe(day), span: here() }
}

pub fn stated<T>(b: &mut Bytes<'_>, make: impl FnOnce(&mut Bytes<'_>) -> T) -> Stated<T> {
    match b.below(4) {
        0 => Stated::Given(make(b)),
        1 => Stated::Inferred(make(b)),
        2 => Stated::Unknown { why: b.maybe(text), span: here() },
        _ => Stated::Absent(here()),
    }
}

fn header(b: &mut Bytes<'_>) -> HeaderField {
    use HeaderKey::*;
    let key = b.pick(&[
        Issuer, ApprovedBy, Number, Level, Issued, Printed, Period, Basis, Round, Year, Disclosure, Addressee, Contact, Timezone, Text,
    ]);
    header_of(key, b)
}

fn header_of(key: HeaderKey, b: &mut Bytes<'_>) -> HeaderField {
    HeaderField { key, value: stated(b, |b| b.list(1, literal)), cites: cites(b), span: here() }
}

fn clause(b: &mut Bytes<'_>, depth: usize) -> Clause {
    let kind = if depth == 2 { b.pick(&[ClauseKind::Clause, ClauseKind::Annex, ClauseKind::Item]) } else { ClauseKind::Clause };
    let number = match kind {
        ClauseKind::Item => String::new(),
        ClauseKind::Clause | ClauseKind::Annex => b.pick(&["五", "(一)", "1", "(一)1"]).to_owned(),
    };
    let children = if depth == 0 || kind != ClauseKind::Clause { Vec::new() } else { b.list(0, |b| clause(b, depth - 1)) };
    let label = if kind == ClauseKind::Item { Some(text(b)) } else { b.maybe(text) };
    Clause {
        kind,
        number,
        label,
        alias: b.maybe(name),
        left_out: b.maybe(text),
        absent: b.flag(),
        todo: b.maybe(text),
        children,
        span: here(),
    }
}

pub fn reading_value(b: &mut Bytes<'_>) -> ReadingValue {
    match b.below(4) {
        0 => ReadingValue::Word(reading_word(b)),
        1 => ReadingValue::Within(literal(b)),
        2 => ReadingValue::Open(here()),
        _ => ReadingValue::Ends(literal(b)),
    }
}

pub fn reading_name(b: &mut Bytes<'_>) -> Name {
    Name {
        text: b.pick(&["deadline", "about", "length", "达标校范围", "late", "after", "before", "last", "round", "effective"]).to_owned(),
        span: here(),
    }
}

fn setting(b: &mut Bytes<'_>) -> ReadingSetting {
    ReadingSetting { name: reading_name(b), value: reading_value(b), cites: cites(b), span: here() }
}

fn table(b: &mut Bytes<'_>) -> Table {
    let lookup = match b.below(3) {
        0 => Lookup::By(names(b)),
        1 => Lookup::Bound { of: name(b), lower: b.flag() },
        _ => Lookup::Decision,
    };
    let width = 2 + b.below(2);
    let columns: Vec<Column> = (0..width).map(|_| Column { head: plain_head(b), ty: b.maybe(ty) }).collect();
    let rows = match b.below(4) {
        0 => TableRows::Absent(here()),
        1 => TableRows::File { path: text(b), dated: b.maybe(literal), columns: if b.flag() { columns } else { Vec::new() } },
        _ => {
            let rows = b.list(1, |b| Row { cells: (0..width).map(|_| cell(b)).collect(), span: here() });
            TableRows::Written { columns, rows }
        }
    };
    Table { head: head(b), effective: b.maybe(effective), lookup, rows, totals: b.list(0, |b| (name(b), literal(b))), span: here() }
}

fn cell(b: &mut Bytes<'_>) -> Cell {
    match b.below(5) {
        0 => Cell::Expr(expr(b, DEPTH)),
        1 => Cell::Otherwise(here()),
        2 => Cell::Set(b.list(1, |b| expr(b, 1)), here()),
        3 => Cell::Band { low: b.maybe(literal), low_in: b.flag(), high: b.maybe(literal), high_in: b.flag(), span: here() },
        _ => Cell::Any(here()),
    }
}
