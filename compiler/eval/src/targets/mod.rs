//! Targets: what is reported of indicators against their milestones (semantics 12).
//!
//! In: a prepared programme, reports (one a line), the day looked at. Out: a [`TargetsReport`]: one finding a milestone and reporting body.
//! Always: nothing is decided that no report of the milestone's last year says; a target never touches an application.

mod judge;
mod measure;
mod period;
mod prepare;
mod report;

pub use period::Period;
pub(crate) use period::milestone_label;
pub use prepare::PreparedBlock;
pub use report::{TargetFinding, TargetItem, TargetsReport, shown_with_unit};

use crate::case::{Data, Problem};
use crate::options::Options;
use crate::prepared::Prepared;
use crate::refusal::Refusal;
use prog_base::Date;

/// One report on a block of targets.
#[derive(Clone, Debug)]
pub struct TargetReport {
    /// Index of the block.
    pub block: usize,
    /// Its id.
    pub id: Option<String>,
    /// Whose: the value of the reporting actor's key.
    pub key: Option<String>,
    /// What it speaks of.
    pub period: Period,
    /// The day from which the block's years count.
    pub from: Option<Date>,
    /// One an input of the block.
    pub entries: Vec<Reported>,
    /// What is wrong with entries: input, path, problem.
    pub faults: Vec<(usize, String, Problem)>,
}

/// What a report holds of one input.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Reported {
    /// Nothing.
    #[default]
    None,
    /// A value.
    One(Data),
    /// One a value of the list that the indicator is `for all` of.
    ByKey(Vec<Data>),
}

impl<'p> Prepared<'p> {
    /// Reads the lines of reports strictly.
    pub fn read_reports(&self, text: &str) -> Result<Vec<TargetReport>, Refusal> {
        crate::read::read_reports(self, text)
    }

    /// Holds reports against every milestone.
    pub fn check_targets<'a>(&'a self, reports: &'a [TargetReport], options: &Options) -> TargetsReport<'a> {
        judge::judge(self, reports, options)
    }
}
