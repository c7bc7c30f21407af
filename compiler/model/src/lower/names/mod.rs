//! Which names there are: an index of all declarations, and the search in it.
//!
//! In: the trees of the programme's files and of its modules. Out: [`Index`] with every declaration and its id.
//! Always: ids are given here, in source order, modules first; `index.tracks[i]` is `TrackId(i)`, and each phase fills the
//! model's vectors in the same order. Names were normalised to NFC by the parser, so equal-looking names are equal.

mod build;
mod find;
mod modules;
mod tracks;

use super::super::{
    ActorId, ConstId, EnumId, FormId, MaterialId, QuotaId, ReadingId, RecordId, SelectionId, StageId, SummaryId, TableId, TrackId, UnitId,
};
use prog_base::{FileId, Span};
use prog_syntax::ast;
use std::collections::{BTreeMap, BTreeSet};

pub(crate) use find::nearest;
pub(crate) use tracks::{RuleName, TrackNames};

/// Declared readings come after the built-in ones: the first declared one is `ReadingId(BUILTIN_READINGS)`.
pub(crate) const BUILTIN_READINGS: u32 = 8;

/// Kinds of name. Two declarations clash only within one space.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Space {
    /// Enums and records.
    Type,
    /// Units.
    Unit,
    /// Tables and lets.
    Value,
    /// Tracks.
    Track,
    /// Stages.
    Stage,
    /// Actors.
    Actor,
    /// Forms, summaries and materials: what can be sent.
    Document,
    /// Quotas and selections.
    Quota,
    /// Declared readings.
    Reading,
    /// Calendars of working days.
    Calendar,
}

/// What a name stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub(crate) enum Named {
    Enum(EnumId),
    Record(RecordId),
    Unit(UnitId),
    Table(TableId),
    Let(ConstId),
    Track(TrackId),
    Stage(StageId),
    Actor(ActorId),
    Form(FormId),
    Summary(SummaryId),
    Material(MaterialId),
    Quota(QuotaId),
    Selection(SelectionId),
    Reading(ReadingId),
    Calendar,
}

/// All declarations, by kind in the order of their ids, and by name.
#[derive(Default)]
pub(crate) struct Index<'a> {
    /// The programme; `None` when no file declares one.
    pub programme: Option<&'a ast::Programme>,
    /// Further programmes in the same files: a fault that the header phase reports.
    pub others: Vec<&'a ast::Programme>,
    /// Every item of the programme and of its files, in source order (not those of modules): header, notice, readings,
    /// asserts, explains, targets, duties, scenarios are taken from here.
    pub items: Vec<&'a ast::Item>,
    /// Closed lists (anonymous ones follow after these).
    pub enums: Vec<&'a ast::Enum>,
    /// Records.
    pub records: Vec<&'a ast::Record>,
    /// Units.
    pub units: Vec<&'a ast::Unit>,
    /// Tables.
    pub tables: Vec<&'a ast::Table>,
    /// Calendars of working days.
    pub calendars: Vec<&'a ast::Calendar>,
    /// Programme-level lets.
    pub lets: Vec<&'a ast::Let>,
    /// Actors.
    pub actors: Vec<&'a ast::Actor>,
    /// Declared readings; ids start at [`BUILTIN_READINGS`].
    pub readings: Vec<&'a ast::Reading>,
    /// Tracks with what they declare.
    pub tracks: Vec<TrackNames<'a>>,
    /// Materials, one a head.
    pub materials: Vec<(&'a ast::Material, &'a ast::Head)>,
    /// Quotas.
    pub quotas: Vec<&'a ast::Quota>,
    /// Selections.
    pub selections: Vec<&'a ast::Select>,
    /// Workflows.
    pub workflows: Vec<&'a ast::Workflow>,
    /// Stages, each at its first appearance.
    pub stages: Vec<&'a ast::Head>,
    /// Forms.
    pub forms: Vec<&'a ast::Form>,
    /// Summaries.
    pub summaries: Vec<&'a ast::Summary>,
    /// Places that could not be read: a name that stands there is not reported as unknown.
    pub bad: Vec<Span>,
    /// Modules' file → module number; files of the programme are absent.
    module_of: BTreeMap<FileId, usize>,
    /// Names of the programme.
    programme_names: Names,
    /// Names of each module.
    module_names: Vec<Names>,
    /// Names that should have come from something that could not be loaded; all of them when `lost_all`.
    lost: BTreeSet<String>,
    lost_all: bool,
    /// What has been looked up, by the place of its declaration.
    used: std::cell::RefCell<BTreeSet<(Space, Span)>>,
}

/// The names one file (or programme) sees.
#[derive(Default)]
struct Names(BTreeMap<(Space, String), Entry>);

/// A declared name.
#[derive(Clone, Copy)]
struct Entry {
    named: Named,
    span: Span,
}
