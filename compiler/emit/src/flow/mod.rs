//! Workflows as processes: lanes, tasks, gateways, timers, ends and the flows between them — one drawing behind BPMN and SVG.
//!
//! In: workflows of the typed model. Out: a [`Pool`] each, and a [`Drawing`] of it. Always: a node and a flow have ASCII ids that are unique
//! in the file; of the flows that leave a gateway exactly one is the default; what can't be a timer (a day that the notice leaves open, working
//! days) is said in words instead.

mod build;
mod place;

pub use build::pools;
pub use place::{Box, Drawing, Line, Point, draw};

use prog_base::{Duration, Moment};

/// One route, for some tracks.
#[derive(Clone, Debug)]
pub struct Pool {
    /// Its id.
    pub id: String,
    /// The tracks.
    pub label: String,
    /// Who acts, in order of first appearance.
    pub lanes: Vec<Lane>,
    /// What happens.
    pub nodes: Vec<Node>,
    /// What comes after what.
    pub flows: Vec<Flow>,
}

/// Who acts.
#[derive(Clone, Debug)]
pub struct Lane {
    /// Its id.
    pub id: String,
    /// The actor.
    pub label: String,
}

/// What a node is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Where a case comes in.
    Start,
    /// A stage: somebody acts, with an outcome.
    Task,
    /// Where several ways come together before a stage.
    Join,
    /// Before a stage that may be passed over.
    Enter,
    /// After a stage with several ways on.
    Leave,
    /// Waits for a window to open, or for a public notice to have stood.
    Wait(Timer),
    /// A deadline on a task, by its index; whether reaching it stops the task.
    Due {
        /// The task.
        on: usize,
        /// When.
        at: Moment,
        /// The task is given up.
        stops: bool,
    },
    /// The end of the case.
    End,
    /// The end of a deadline that stops nothing: it has passed.
    Overdue,
}

/// When a timer goes off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Timer {
    /// At a moment.
    At(Moment),
    /// After so long.
    For(Duration),
}

/// A node.
#[derive(Clone, Debug)]
pub struct Node {
    /// Its id.
    pub id: String,
    /// What it is.
    pub kind: Kind,
    /// The lane.
    pub lane: usize,
    /// The stage that it belongs to, by position: its column in the drawing.
    pub column: usize,
    /// Its words.
    pub label: String,
    /// More about it; of a task what is done, by when, under which clauses.
    pub doc: String,
    /// Documents sent from it, in words.
    pub sends: String,
}

/// A flow from one node to another.
#[derive(Clone, Debug)]
pub struct Flow {
    /// Its id.
    pub id: String,
    /// From this node.
    pub from: usize,
    /// To that.
    pub to: usize,
    /// The outcome.
    pub label: String,
    /// What has to hold, in words.
    pub doc: String,
    /// The same as an engine asks it; `None`: nothing has to.
    pub when: Option<String>,
    /// Taken if no other is.
    pub default: bool,
}

impl Pool {
    /// The flows that leave a node.
    pub fn leaving(&self, node: usize) -> impl Iterator<Item = &Flow> {
        self.flows.iter().filter(move |flow| flow.from == node)
    }
}
