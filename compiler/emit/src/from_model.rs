//! Model to plan: what all targets share — names of files and code, and who has which rules.
//!
//! In: a programme without errors. Out: a [`Plan`], flat and in source order.
//! Always: borrowed facts stay in the model; only what targets would otherwise each work out again stands here.

use crate::names::Names;
use prog_model::{FormId, Programme, SummaryId, TrackId};

/// The programme with the names that its files and code get.
#[derive(Debug)]
pub struct Plan<'a> {
    /// The programme.
    pub programme: &'a Programme,
    /// File and code name of each track.
    pub tracks: Vec<String>,
    /// File and code name of each form.
    pub forms: Vec<String>,
    /// File and code name of each summary; never that of a form.
    pub summaries: Vec<String>,
}

impl<'a> Plan<'a> {
    /// Works the plan out.
    pub fn new(programme: &'a Programme) -> Self {
        let mut files = Names::reserving(&["report", "package", "decision"]);
        let mut tracks = Names::default();
        Self {
            programme,
            tracks: programme.tracks.iter().map(|t| tracks.give(&t.ident)).collect(),
            forms: programme.forms.iter().map(|f| files.give(&f.ident)).collect(),
            summaries: programme.summaries.iter().map(|s| files.give(&s.ident)).collect(),
        }
    }

    /// The name of a track's files and code.
    pub fn track(&self, id: TrackId) -> &str {
        &self.tracks[id.index()]
    }

    /// The name of a form's files and code.
    pub fn form(&self, id: FormId) -> &str {
        &self.forms[id.index()]
    }

    /// The name of a summary's files and code.
    pub fn summary(&self, id: SummaryId) -> &str {
        &self.summaries[id.index()]
    }
}
