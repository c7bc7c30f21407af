//! Model to plan: what all targets share — names of files and code, and who has which rules.
//!
//! In: a programme without errors. Out: a [`Plan`], flat and in source order.
//! Always: borrowed facts stay in the model; only what targets would otherwise each work out again stands here.

use crate::names::Names;
use crate::prose::Prose;
use crate::theme::Theme;
use prog_base::Lang;
use prog_model::{ActorId, Citation, EnumId, FormId, MaterialId, Programme, RecordId, StageId, SummaryId, TrackId};

/// The programme with the names that its files and code get.
pub struct Plan<'a> {
    /// The programme.
    pub programme: &'a Programme,
    /// The look of its pages, if an office has its own.
    pub theme: Option<&'a Theme>,
    /// In which language forms open: the author's, unless another was asked for.
    pub lang: Lang,
    /// File and code name of each track.
    pub tracks: Vec<String>,
    /// File and code name of each form.
    pub forms: Vec<String>,
    /// File and code name of each summary; never that of a form.
    pub summaries: Vec<String>,
    /// Code name of each closed list.
    pub enums: Vec<String>,
    /// Readable unique name of each closed list (inline ones share their field's name in the model).
    pub enum_ids: Vec<String>,
    /// Code name of each record.
    pub records: Vec<String>,
}

impl<'a> Plan<'a> {
    /// Works the plan out.
    pub fn new(programme: &'a Programme) -> Self {
        let mut files = Names::default();
        let (mut tracks, mut lists, mut list_ids, mut records) = (Names::default(), Names::default(), Names::default(), Names::default());
        Self {
            programme,
            theme: None,
            lang: Prose::native(programme).lang,
            tracks: programme.tracks.iter().map(|t| tracks.give(&t.ident)).collect(),
            forms: programme.forms.iter().map(|f| files.give(&f.ident)).collect(),
            summaries: programme.summaries.iter().map(|s| files.give(&s.ident)).collect(),
            enums: programme.enums.iter().map(|e| lists.give(&e.ident)).collect(),
            enum_ids: programme.enums.iter().map(|e| list_ids.give_text(&e.ident.name)).collect(),
            records: programme.records.iter().map(|r| records.give(&r.ident)).collect(),
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

    /// The readable unique name of a closed list.
    pub fn list(&self, id: EnumId) -> &str {
        &self.enum_ids[id.index()]
    }

    /// The name of a record.
    pub fn record(&self, id: RecordId) -> &str {
        &self.programme.records[id.index()].ident.name
    }

    /// The key of an actor.
    pub fn actor(&self, id: ActorId) -> &str {
        &self.programme.actors[id.index()].ident.key
    }

    /// The key of a stage.
    pub fn stage(&self, id: StageId) -> &str {
        &self.programme.stages[id.index()].key
    }

    /// The key of a material.
    pub fn material(&self, id: MaterialId) -> &str {
        &self.programme.materials[id.index()].ident.key
    }

    /// The keys of several materials.
    pub fn material_keys(&self, ids: &[MaterialId]) -> Vec<&str> {
        ids.iter().map(|id| self.material(*id)).collect()
    }

    /// Clause addresses as reports list them.
    pub fn clauses(&self, cites: &[Citation]) -> Vec<&str> {
        self.programme.addresses(cites)
    }
}
