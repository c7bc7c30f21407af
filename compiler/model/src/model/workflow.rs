//! Stages and routes.

use super::{ActorId, Citation, Expr, FormId, Ident, MaterialId, StageId, SummaryId, TrackId};
use prog_base::{Duration, Span};

/// A route for some tracks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Workflow {
    /// The tracks it routes.
    pub tracks: Vec<TrackId>,
    /// Its stages in source order: the order by which rules are due.
    pub stages: Vec<Stage>,
    /// The place.
    pub span: Span,
}

/// A stage of one route.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stage {
    /// Its name's id.
    pub id: StageId,
    /// Name, label.
    pub ident: Ident,
    /// Citations.
    pub cites: Vec<Citation>,
    /// Who acts.
    pub by: Option<ActorId>,
    /// Window start.
    pub open: Option<Deadline>,
    /// Deadline.
    pub due: Option<Deadline>,
    /// Reached only when this holds, per track.
    pub when: Vec<(TrackId, Expr)>,
    /// The application is handed in here: something is filled in or sent, or, where no stage of the workflow does that, it is the first.
    pub hands_in: bool,
    /// Forms filled here.
    pub fills: Vec<FormId>,
    /// What is reviewed here.
    pub reviews: Vec<Document>,
    /// What is sent here.
    pub sends: Vec<Document>,
    /// Through this channel.
    pub channel: Option<String>,
    /// A public notice.
    pub notice: Option<PublicNotice>,
    /// Optional acts.
    pub may: Vec<(Ident, Vec<Citation>)>,
    /// Where outcomes lead.
    pub transitions: Vec<Transition>,
    /// What lateness does, if the notice says so.
    pub late: Option<Transition>,
    /// The place.
    pub span: Span,
}

/// A deadline or window start.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Deadline {
    /// A day or moment.
    At(Expr),
    /// Concluded by the author.
    Inferred(Expr),
    /// The notice leaves it open: unknown, never late.
    Unknown(Option<String>),
    /// Announced but not in the text.
    Absent,
}

/// Something sent or reviewed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Document {
    Form(FormId),
    Material(MaterialId),
    Summary(SummaryId),
}

/// A public notice at a stage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicNotice {
    /// The least length, if stated.
    pub at_least: Option<Duration>,
    /// Citations.
    pub cites: Vec<Citation>,
}

/// A transition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Transition {
    /// The outcome's name (empty for `late`).
    pub outcome: String,
    /// Guard, per track; `None`: always, or the last of its outcome.
    pub when: Option<Vec<(TrackId, Expr)>>,
    /// Written `otherwise`.
    pub otherwise: bool,
    /// Where it leads.
    pub target: Target,
    /// The place.
    pub span: Span,
}

/// Where a transition leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// To a stage.
    Stage(StageId),
    /// To the end, with a result's name.
    End(Option<String>),
}
