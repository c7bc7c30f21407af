//! Changes: what is said of two versions.
//!
//! Always: the fingerprint depends on what changed and on nothing else, neither on the language nor on places; a witness has been evaluated
//! under both versions.

use crate::thing::{Aspect, Id, Words};
use prog_base::{Span, Text, text};
use serde_json::Value;

/// What a change does, and for whom.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs)]
pub enum Class {
    Stricter,
    Looser,
    Incomparable,
    Equivalent,
    InFlight,
    Data,
    Editorial,
    Unknown,
}

impl Class {
    /// All of them, in the order in which they are told.
    pub const ALL: [Class; 8] = [
        Class::Stricter,
        Class::Looser,
        Class::Incomparable,
        Class::Unknown,
        Class::InFlight,
        Class::Data,
        Class::Equivalent,
        Class::Editorial,
    ];

    /// The word in JSON.
    pub fn key(self) -> &'static str {
        match self {
            Class::Stricter => "stricter",
            Class::Looser => "looser",
            Class::Incomparable => "incomparable",
            Class::Equivalent => "equivalent",
            Class::InFlight => "in-flight",
            Class::Data => "data",
            Class::Editorial => "editorial",
            Class::Unknown => "unknown",
        }
    }

    /// The word for people.
    pub fn words(self) -> Text {
        match self {
            Class::Stricter => text!("收紧", "stricter"),
            Class::Looser => text!("放宽", "looser"),
            Class::Incomparable => text!("有宽有严", "both ways"),
            Class::Equivalent => text!("等效", "equivalent"),
            Class::InFlight => text!("流程", "in-flight"),
            Class::Data => text!("数据", "data"),
            Class::Editorial => text!("文字", "editorial"),
            Class::Unknown => text!("未能判定", "unknown"),
        }
    }

    /// What it means, in a sentence.
    pub fn means(self) -> Text {
        match self {
            Class::Stricter => text!("有人因此吃亏，没有人因此受益", "somebody loses, nobody gains"),
            Class::Looser => text!("有人因此受益，没有人因此吃亏", "somebody gains, nobody loses"),
            Class::Incomparable => text!("有人受益，也有人吃亏", "some gain, others lose"),
            Class::Equivalent => text!("结果不变", "nothing comes out differently"),
            Class::InFlight => text!("影响正在进行的一轮：期限、环节、由谁办", "touches an open round: deadlines, stages, who acts"),
            Class::Data => text!("影响填报的数据和表样", "touches what is filled in and sent as data"),
            Class::Editorial => text!("只是文字", "words only"),
            Class::Unknown => text!("要由人来看", "a person has to look"),
        }
    }

    /// The class with old and new exchanged.
    pub fn mirror(self) -> Self {
        match self {
            Class::Stricter => Class::Looser,
            Class::Looser => Class::Stricter,
            same @ (Class::Incomparable | Class::Equivalent | Class::InFlight | Class::Data | Class::Editorial | Class::Unknown) => same,
        }
    }
}

/// One side of a change.
#[derive(Clone, Debug)]
pub struct Side {
    /// What stands there; `None` for a whole thing, which its place shows.
    pub words: Words,
    /// Where.
    pub span: Span,
}

/// One change.
#[derive(Clone, Debug)]
pub struct Change {
    /// The thing.
    pub id: Id,
    /// Which of its facts; `Whole`: it came or went.
    pub aspect: Aspect,
    /// Its names from the outside in.
    pub names: Vec<String>,
    /// The tracks it is declared for, where that is more than one.
    pub tracks: Vec<String>,
    /// What it does.
    pub class: Class,
    /// The clauses it rests on, as the new version cites them, else the old.
    pub clauses: Vec<String>,
    /// As it was.
    pub before: Option<Side>,
    /// As it is.
    pub after: Option<Side>,
    /// 12 hex digits by which it can be approved.
    pub fingerprint: String,
    /// Whether it only follows from other changes: the compiler worked it out.
    pub follows: bool,
    /// What comes out differently.
    pub effect: Effect,
}

impl Change {
    /// The stable id with the aspect: `rule application.size test`.
    pub fn stable_id(&self) -> String {
        match self.aspect {
            Aspect::Whole => self.id.to_string(),
            part => format!("{} {}", self.id, part.key()),
        }
    }
}

/// What was found out about a change.
#[derive(Clone, Debug, Default)]
pub struct Effect {
    /// Cases, batches or reports whose result changes: at most one that loses, then at most one that gains.
    pub witnesses: Vec<Witness>,
    /// Keys of the rules, quotas, materials and indicators through which it is felt.
    pub through: Vec<String>,
    /// How many cases were compared.
    pub tried: usize,
    /// Whether those were all that can differ.
    pub exact: bool,
    /// Something to say besides.
    pub notes: Vec<Text>,
}

/// Who a witness is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WitnessKind {
    /// A case.
    Case,
    /// The lines of a batch.
    Batch,
    /// A report on targets.
    Report,
}

/// A case, batch or report that comes out differently.
#[derive(Clone, Debug)]
pub struct Witness {
    /// What it is.
    pub kind: WitnessKind,
    /// Whether it loses.
    pub loses: bool,
    /// The track of a case, the stage of a batch, the block of a report.
    pub of: String,
    /// How many cases (of a batch).
    pub count: usize,
    /// What is told of it: label and value of the entries that matter.
    pub entries: Vec<(String, Text)>,
    /// The result under each version.
    pub before: Outcome,
    /// The result under the new version.
    pub after: Outcome,
    /// The whole of it, over the fields of both versions.
    pub data: Vec<Value>,
}

/// What came out under one version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// The verdict, or the result of a quota or milestone.
    pub word: &'static str,
    /// What decided: names with their clauses.
    pub by: Vec<(String, Vec<String>)>,
}
