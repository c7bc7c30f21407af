//! The typed model: everything resolved, typed and derived; what every later stage reads.
//!
//! In: built only by `analyse`. Out: read by `eval`, `emit`, `diff`, `ide`.
//! Always: ids index the vectors of their own programme; source order is kept; what could not be understood is
//! `Unknown`/`Bad` and its diagnostic has been given; a track is self-contained (what is declared for several
//! tracks at once stands in each of them).

mod declared;
mod expr;
mod form;
mod outline;
mod quota;
mod round;
mod rule;
mod scenario;
mod selection;
mod targets;
mod turning_days;
mod types;
mod uses;
mod walk;
mod workflow;

pub use declared::*;
pub use expr::*;
pub use form::*;
pub use outline::*;
pub use quota::*;
pub use rule::*;
pub use scenario::*;
pub use selection::*;
pub use targets::*;
pub use types::*;
pub use workflow::*;

use prog_base::{Date, DayPart, Duration, DurationUnit, Moment, Span, Zone};

macro_rules! ids {
    ($($(#[doc = $doc:literal])* $name:ident;)*) => {
        $($(#[doc = $doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
        pub struct $name(pub u32);
        impl $name {
            /// The index into its vector.
            pub fn index(self) -> usize { self.0 as usize }
        })*
    };
}

ids! {
    /// Index into [`Programme::clauses`].
    ClauseId;
    /// Index into [`Programme::readings`].
    ReadingId;
    /// Index into [`Programme::actors`].
    ActorId;
    /// Index into [`Programme::enums`].
    EnumId;
    /// Index into [`Programme::records`].
    RecordId;
    /// Index into [`Programme::units`].
    UnitId;
    /// Index into [`Programme::tables`].
    TableId;
    /// Index into [`Programme::lets`].
    ConstId;
    /// Index into [`Programme::inputs`].
    InputId;
    /// Index into [`Programme::tracks`].
    TrackId;
    /// Index into [`Track::rules`] of the track in whose scope the expression stands.
    RuleId;
    /// Index into [`Track::lets`] of the track in whose scope the expression stands.
    LetId;
    /// Index into [`Programme::materials`].
    MaterialId;
    /// Index into [`Programme::quotas`].
    QuotaId;
    /// Index into [`Programme::selections`].
    SelectionId;
    /// Index into [`Programme::stages`]: a stage *name*; each workflow defines it for its own tracks.
    StageId;
    /// Index into [`Programme::workflows`].
    WorkflowId;
    /// Index into [`Programme::forms`].
    FormId;
    /// Index into [`Programme::summaries`].
    SummaryId;
}

/// A declared thing's name in the language, in data and for people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ident {
    /// The name in the source, NFC.
    pub name: String,
    /// The key in data, reports and pointers: the `as` key, else the name (semantics 8.2).
    pub key: String,
    /// Whether `key` was given by `as`.
    pub keyed: bool,
    /// Display label or message; the name itself when none was written.
    pub label: Label,
    /// `///` text.
    pub doc: Option<String>,
    /// The name's place.
    pub span: Span,
}

/// The author's words: one text for all languages, or a second one in English.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// The author's text.
    pub text: String,
    /// `en "…"`.
    pub en: Option<String>,
}

impl Label {
    /// The words for a language.
    pub fn get(&self, lang: prog_base::Lang) -> &str {
        match (lang, &self.en) {
            (prog_base::Lang::En, Some(en)) => en,
            (prog_base::Lang::Zh | prog_base::Lang::En, _) => &self.text,
        }
    }

    /// The words in both languages.
    pub fn words(&self) -> prog_base::Text {
        prog_base::Text { zh: self.text.clone(), en: self.en.clone().unwrap_or_else(|| self.text.clone()) }
    }
}

/// A whole programme.
#[derive(Clone, Debug)]
pub struct Programme {
    /// Name, title.
    pub ident: Ident,
    /// What the title cites.
    pub cites: Vec<Citation>,
    /// First 12 hex digits of the SHA-256 of its source texts (line ends normalised): changes whenever the source does.
    pub version: String,
    /// Header fields in source order.
    pub header: Vec<HeaderField>,
    /// The programme's zone, if declared.
    pub zone: Option<Zone>,
    /// The notice's outline, depth first.
    pub clauses: Vec<Clause>,
    /// Whether the programme has an outline; without one, `clauses` are the addresses as cited.
    pub outlined: bool,
    /// Every citation outside scenarios, each place once, in the order of analysis: what coverage is measured by.
    pub cited: Vec<Citation>,
    /// What the programme that this one follows declared, and what does not hold any more as it stood there.
    pub superseded: Vec<Superseded>,
    /// Built-in readings first (all of them, set or default), then declared ones.
    pub readings: Vec<Reading>,
    /// Actors.
    pub actors: Vec<Actor>,
    /// Closed lists.
    pub enums: Vec<Enum>,
    /// Records.
    pub records: Vec<Record>,
    /// Units.
    pub units: Vec<Unit>,
    /// Tables.
    pub tables: Vec<Table>,
    /// Which days are worked, if the programme counts working days.
    pub calendar: Option<Calendar>,
    /// Programme-level lets: constants, or expressions over a batch.
    pub lets: Vec<Let>,
    /// Every fact and form field, once.
    pub inputs: Vec<Input>,
    /// Tracks.
    pub tracks: Vec<Track>,
    /// Materials.
    pub materials: Vec<Material>,
    /// Quotas.
    pub quotas: Vec<Quota>,
    /// Selections.
    pub selections: Vec<Selection>,
    /// Asserts, already judged.
    pub asserts: Vec<Assert>,
    /// Distinct stage names in order of first appearance.
    pub stages: Vec<Ident>,
    /// Workflows.
    pub workflows: Vec<Workflow>,
    /// Forms.
    pub forms: Vec<Form>,
    /// Summaries.
    pub summaries: Vec<Summary>,
    /// Targets.
    pub targets: Vec<Targets>,
    /// Duties.
    pub duties: Vec<Duty>,
    /// Scenarios.
    pub scenarios: Vec<Scenario>,
}

impl Programme {
    /// The day so much later, or earlier; `None` beyond the year 9999, and where the calendar of working days does not reach.
    pub fn later(&self, day: Date, by: Duration) -> Option<Date> {
        match by.unit {
            DurationUnit::WorkingDays => self.calendar.as_ref()?.days.plus(day, by.count),
            DurationUnit::Days | DurationUnit::Weeks | DurationUnit::Months | DurationUnit::Years => day.plus(by),
        }
    }

    /// The day that an expression is for every case and batch: written out, a constant, so long before or after one, or the deadline of a
    /// stage that is one in every route.
    pub fn fixed_day(&self, e: &Expr) -> Option<Date> {
        self.fixed_within(e, self.stages.len() + self.lets.len())
    }

    /// The same, going on to deadlines and constants no more than so often: they may lead in a circle.
    fn fixed_within(&self, e: &Expr, most: usize) -> Option<Date> {
        match &e.kind {
            ExprKind::Date(day) => Some(*day),
            ExprKind::Moment(at) => self.zone.as_ref()?.day_of(*at),
            ExprKind::Shift { date, by } => self.later(self.fixed_within(date, most)?, *by),
            ExprKind::OfDay { part: DayPart::Start(stretch), day } => self.fixed_within(day, most)?.start_of(*stretch),
            ExprKind::OfDay { part: DayPart::End(stretch), day } => self.fixed_within(day, most)?.end_of(*stretch),
            ExprKind::Constant(id) => self.fixed_within(&self.lets.get(id.index())?.value, most.checked_sub(1)?),
            ExprKind::Due(stage) => {
                let stages = self.workflows.iter().flat_map(|w| &w.stages).filter(|s| s.id == *stage);
                let mut days = stages.map(|s| match &s.due {
                    // Midnight belongs to the day that ends then.
                    Some(Deadline::At(Expr { kind: ExprKind::Moment(at), .. })) => self.zone.as_ref()?.day_of(Moment(at.0 - 1)),
                    Some(Deadline::At(e) | Deadline::Inferred(e)) => self.fixed_within(e, most.checked_sub(1)?),
                    Some(Deadline::Unknown(_) | Deadline::Absent) | None => None,
                });
                let first = days.next()??;
                days.all(|day| day == Some(first)).then_some(first)
            }
            _varies => None,
        }
    }

    /// The last day of what begins on a day and takes so long, both included.
    pub fn last_day(&self, from: Date, length: Duration) -> Option<Date> {
        match length.unit {
            DurationUnit::WorkingDays => self.calendar.as_ref()?.days.through(from, length.count),
            DurationUnit::Days | DurationUnit::Weeks | DurationUnit::Months | DurationUnit::Years => from.plus(length)?.yesterday(),
        }
    }
}
