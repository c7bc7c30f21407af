//! The programme as code that every language prints: a tree of records, lists and calls to a runtime.
//!
//! In: the plan. Out: a [`Definition`]: the sections of a module in order, each a [`Code`] tree.
//! Always: the same for every language; everything by its key in data; what is left out of a record has its default; a record's members
//! stand in one order and mean the same wherever the kind stands. What a call means is the runtime's (`runtime/<language>/`).

mod batch;
mod constant;
mod expr;
mod keys;
mod selection;
mod shared;
mod targets;
mod track;
mod vocabulary;

pub use shared::{CODES, PATTERNS};

use crate::Plan;
use prog_base::Exact;
use prog_model::{Ident, Programme, TrackId};

/// A piece of code, in no language yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Code {
    /// No value.
    Null,
    /// A truth value.
    Bool(bool),
    /// A small whole number: an index, digits, seconds, so many days.
    Int(i64),
    /// An exact number of the programme, in base units.
    Number(Exact),
    /// A text of the programme: a key, a label, a clause.
    Text(String),
    /// A word of the runtime: a strength, a kind, a relation.
    Word(&'static str),
    /// Several alike.
    List(Vec<Code>),
    /// A record of the definition.
    Record(Record),
    /// Pieces by a key of the programme, in source order.
    Map(Vec<(String, Code)>),
    /// A call of a function of the runtime.
    Call {
        /// Its name, in camel case.
        function: &'static str,
        /// What it takes.
        args: Vec<Code>,
    },
    /// A call on what the expression stands in.
    Method {
        /// On the case or batch in hand, or on an item.
        of: Var,
        /// Its name, in camel case.
        name: &'static str,
        /// What it takes.
        args: Vec<Code>,
    },
    /// A function: of the case or batch in hand, of an item of a list, or of nothing (a part that is worked out only if needed).
    Function {
        /// Its parameter.
        of: Option<Var>,
        /// What it gives.
        body: Box<Code>,
    },
}

/// What expressions name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Var {
    /// The case or batch in hand.
    Case,
    /// The item of a list, so many lists inward.
    Item(usize),
}

/// A record: what it is, and its members in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Record {
    /// Its kind, a type of the runtime (`Stage`).
    pub kind: &'static str,
    /// Its members, named in camel case; those without a value are left out.
    pub members: Vec<(&'static str, Code)>,
}

impl Record {
    /// A record without members yet.
    pub fn of(kind: &'static str) -> Self {
        Self { kind, members: Vec::new() }
    }

    /// With one more member.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: Code) -> Self {
        self.members.push((name, value));
        self
    }

    /// With one more member, if there is a value.
    #[must_use]
    pub fn with_some(self, name: &'static str, value: Option<Code>) -> Self {
        match value {
            Some(value) => self.with(name, value),
            None => self,
        }
    }

    /// With a member that is true, if it is.
    #[must_use]
    pub fn flag(self, name: &'static str, value: bool) -> Self {
        self.with_some(name, value.then_some(Code::Bool(true)))
    }

    /// With a list, if it holds anything.
    #[must_use]
    pub fn list(self, name: &'static str, items: Vec<Code>) -> Self {
        if items.is_empty() { self } else { self.with(name, Code::List(items)) }
    }

    /// A member.
    pub fn get(&self, name: &str) -> Option<&Code> {
        self.members.iter().find(|(n, _)| *n == name).map(|(_, value)| value)
    }

    /// The finished piece.
    pub fn code(self) -> Code {
        Code::Record(self)
    }
}

impl Code {
    /// A text of the programme.
    pub fn text(text: &str) -> Self {
        Code::Text(text.to_owned())
    }

    /// Several texts.
    pub fn texts<T: AsRef<str>>(texts: impl IntoIterator<Item = T>) -> Self {
        Code::List(texts.into_iter().map(|t| Code::text(t.as_ref())).collect())
    }

    /// A call of the runtime.
    pub fn call(function: &'static str, args: Vec<Code>) -> Self {
        Code::Call { function, args }
    }

    /// A call on the case or batch in hand.
    pub fn of_case(name: &'static str, args: Vec<Code>) -> Self {
        Code::Method { of: Var::Case, name, args }
    }

    /// A function.
    pub fn function(of: Option<Var>, body: Code) -> Self {
        Code::Function { of, body: Box::new(body) }
    }

    /// The pieces that it is made of, in order.
    pub fn parts(&self) -> Vec<&Code> {
        match self {
            Code::Null | Code::Bool(_) | Code::Int(_) | Code::Number(_) | Code::Text(_) | Code::Word(_) => Vec::new(),
            Code::List(items) => items.iter().collect(),
            Code::Record(record) => record.members.iter().map(|(_, value)| value).collect(),
            Code::Map(members) => members.iter().map(|(_, value)| value).collect(),
            Code::Call { args, .. } | Code::Method { args, .. } => args.iter().collect(),
            Code::Function { body, .. } => vec![body],
        }
    }

    /// Whether it reads something of this name.
    pub fn uses(&self, var: Var) -> bool {
        matches!(self, Code::Method { of, .. } if *of == var) || self.parts().into_iter().any(|part| part.uses(var))
    }

    /// Shows every function of the runtime that is called in it.
    pub fn each_call(&self, see: &mut impl FnMut(&'static str)) {
        if let Code::Call { function, .. } = self {
            see(function);
        }
        for part in self.parts() {
            part.each_call(see);
        }
    }
}

/// A part of the module: a value with a name of its own.
#[derive(Clone, Debug)]
pub struct Section {
    /// Its name, in snake case (`readings`, `track_area`).
    pub name: String,
    /// What it is, as a sentence.
    pub doc: String,
    /// The kind of the records that it lists; a section of one record has its own.
    pub kind: &'static str,
    /// Its value.
    pub code: Code,
}

/// The programme as code.
#[derive(Clone, Debug)]
pub struct Definition {
    /// What all tracks share, in the order in which one may refer to the other.
    pub shared: Vec<Section>,
    /// One section a track.
    pub tracks: Vec<Section>,
}

/// The programme's definition.
pub fn definition(plan: &Plan<'_>) -> Definition {
    let p = plan.programme;
    let section = |name: &str, kind, doc: &str, code| Section { name: name.to_owned(), doc: doc.to_owned(), kind, code };
    let zone = p.zone.as_ref().map_or(Code::Null, vocabulary::zone);
    let mut shared = vec![
        section("zone", "Zone", "The programme's zone: its changes of offset, as [second, seconds east of UTC].", zone),
        section("readings", "Reading", "The readings: choices of interpretation.", vocabulary::readings(p)),
        section("actors", "Actor", "Who acts.", vocabulary::actors(p)),
        section("lists", "ClosedList", "Closed lists.", vocabulary::enums(p)),
        section("records", "RecordType", "Groups of fields.", vocabulary::records(p)),
        section("tables", "Table", "Tables.", vocabulary::tables(p)),
        section("constants", "Constant", "Values of the programme.", vocabulary::constants(p)),
        section("materials", "Material", "Materials.", batch::materials(p)),
        section("routes", "Route", "Routes: the stages of each track.", batch::routes(p)),
        section("summaries", "Summary", "Tables whose rows are cases.", batch::summaries(p)),
        section("quotas", "Quota", "Quotas.", batch::quotas(p)),
        section("selections", "Selection", "Selections.", selection::selections(p)),
        section("targets", "Targets", "Targets.", targets::targets(p)),
        section("stages", "StageName", "The stages by name.", stages(p)),
    ];
    if let Some(calendar) = &p.calendar {
        let doc = "Which days are worked: the years, and the days on which they depart from their weeks.";
        shared.insert(1, section("calendar", "Calendar", doc, vocabulary::calendar(calendar)));
    }
    let track = |(index, (track, code)): (usize, (&prog_model::Track, &String))| {
        let doc = format!("{} {}", track.ident.label.text, p.addresses(&track.cites).join(" ")).trim_end().to_owned();
        Section { name: format!("track_{code}"), doc, kind: "Track", code: track::track(p, TrackId(index as u32)) }
    };
    Definition { shared, tracks: p.tracks.iter().zip(&plan.tracks).enumerate().map(track).collect() }
}

fn stages(programme: &Programme) -> Code {
    let one = |s: &Ident| {
        if s.name == s.key { Record::of("StageName").with("key", Code::text(&s.key)) } else { vocabulary::named("StageName", s) }.code()
    };
    Code::List(programme.stages.iter().map(one).collect())
}
