//! Syntax tree to typed model: names, types, units, citations, static checks.
//!
//! In: the trees of one programme's files and of the modules they use. Out: [`Analysis`] — the model and all diagnostics.
//! Always: no stage fails; what is not understood becomes `Unknown`/`Bad`, which causes no second error; a programme is given
//! back even with errors, but only one without errors may be built or evaluated.

mod apportion;
mod check;
mod lower;
mod model;
pub mod proof;
mod region;

pub use apportion::{apportion, apportion_within};
pub use lower::Constant;
pub use model::*;
pub use region::{Entry, Example, Held};

use prog_base::{Diagnostic, FileId, SourceMap};
use prog_syntax::ast;

/// Everything the analysis may look at.
pub struct Inputs<'a> {
    /// The files of the programme's folder; one of them declares the programme.
    pub files: Vec<(FileId, &'a ast::File)>,
    /// The files of the programme that this one follows, of the one that that follows, and so on.
    pub bases: Vec<Vec<(FileId, &'a ast::File)>>,
    /// Modules reached by `use`, by dotted path (`cn.education`), transitively.
    pub modules: Vec<(String, &'a ast::File)>,
    /// The texts behind the file ids.
    pub sources: &'a SourceMap,
    /// The notice's text, when given: anchors are looked up in it.
    pub notice: Option<&'a str>,
    /// Reads a data file beside the programme (`counties.csv`) or of the library (`stdlib/cn/holidays.csv`); `None` when there is none.
    pub data: &'a dyn Fn(&str) -> Option<String>,
    /// The module of the library that declares a name (`cn.units` for `万元`), for advice only.
    pub library: &'a dyn Fn(&str) -> Option<String>,
}

/// What the analysis always gives.
pub struct Analysis {
    /// The programme; `None` when the files declare none.
    pub programme: Option<Programme>,
    /// All diagnostics of this stage, in source order.
    pub diagnostics: Vec<Diagnostic>,
}

/// Analyses one programme.
pub fn analyse(inputs: &Inputs<'_>) -> Analysis {
    lower::run(inputs)
}
