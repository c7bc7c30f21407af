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
use crate::options::{On, Options};
use crate::prepared::Prepared;
use crate::refusal::Refusal;
use prog_base::Date;
use prog_model::{Targets, TargetsFrom};

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

impl TargetReport {
    /// The last day it speaks of, where that is known.
    pub fn ends(&self, block: &Targets) -> Option<Date> {
        let start = match block.from {
            Some(TargetsFrom::Day(day)) => Some(day),
            Some(TargetsFrom::Stage(_)) | None => None,
        };
        self.period.ends(self.from.or(start))
    }
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
        judge::judge(self, reports, options, None)
    }

    /// How everything stood on each day at which a report ends, up to the day looked at, and on that day, by the reports that had ended by
    /// then; the earliest first.
    pub fn targets_over_time<'a>(&'a self, reports: &'a [TargetReport], options: &Options) -> Vec<TargetsReport<'a>> {
        let until = judge::day(self, options);
        let ends = |r: &TargetReport| r.ends(&self.programme.targets[r.block]);
        let mut days: Vec<Date> = reports.iter().filter_map(ends).collect();
        days.retain(|day| until.is_none_or(|until| *day <= until));
        days.extend(until);
        days.sort();
        days.dedup();
        let on = |day| Options { on: Some(On::Day(day)), alternatives: false, ..options.clone() };
        days.into_iter().map(|day| judge::judge(self, reports, &on(day), Some(day))).collect()
    }
}
