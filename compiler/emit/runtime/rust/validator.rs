//! The functions of a programme.

use super::batch::evaluate_batch;
use super::case::read_case;
use super::date::Day;
use super::definition::{Definition, Formula};
use super::evaluate::evaluate_case;
use super::group::Group;
use super::json::{scan, spot_of, Json, Pointer, Spot};
use super::lines::read_lines;
use super::options::{Options, Settled};
use super::prepared::Prepared;
use super::readings::Setting;
use super::refusal::Refusal;
use super::report::Writer;
use super::scene::as_day;
use super::select::select_from;
use super::target_lines::read_reports;
use super::targets::judge_targets;
use super::value::Value;
use std::rc::Rc;

/// A programme, ready to judge.
#[derive(Debug)]
pub struct Validator {
    prepared: Prepared,
}

/// A report: canonical JSON (RFC 8785) as `docs/reports.md` describes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    text: String,
}

impl Report {
    /// The report as one line of JSON, without a line end.
    pub fn to_text(&self) -> &str {
        &self.text
    }

    /// The report as data, to look into.
    pub fn to_value(&self) -> Json {
        self.text.parse().unwrap_or(Json::Null)
    }
}

/// The reports of a batch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BatchReports {
    /// One a case, in the order given.
    pub reports: Vec<Report>,
    /// On packages and quotas.
    pub batch: Report,
}

/// The window of a stage of a track's route.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StageWindow {
    /// Key of the track.
    pub track: &'static str,
    /// Key of the stage.
    pub stage: &'static str,
    /// The local day on which it opens; none where that is open.
    pub open: Option<Day>,
    /// The local day on which it is due; none where that is open.
    pub due: Option<Day>,
}

impl Validator {
    /// Of a definition.
    pub fn new(definition: &'static Definition) -> Self {
        Self {
            prepared: Prepared::new(definition),
        }
    }

    /// Judges an application given as data.
    pub fn validate(&'static self, value: &Json, options: &Options) -> Result<Report, Refusal> {
        let settled = options.settled(&self.prepared)?;
        self.judge(&spot_of(value, Pointer::ROOT, 0)?, &settled)
    }

    /// Judges an application given as JSON text.
    pub fn validate_text(&'static self, text: &str, options: &Options) -> Result<Report, Refusal> {
        let settled = options.settled(&self.prepared)?;
        let body = text.strip_prefix('\u{feff}').unwrap_or(text);
        let judged = scan(body).and_then(|spot| self.judge(&spot, &settled));
        judged.map_err(|fault| fault.placed(body, 0))
    }

    fn judge(&'static self, spot: &Spot<'_>, options: &Settled) -> Result<Report, Refusal> {
        let case = read_case(&self.prepared, spot, Pointer::ROOT)?;
        let evaluated = evaluate_case(&self.prepared, &case, options, false);
        Ok(self.written(options, |out| out.report(&evaluated)))
    }

    fn written(&'static self, options: &Settled, write: impl FnOnce(&mut Writer)) -> Report {
        let mut out = Writer::new(&self.prepared, options.lang);
        write(&mut out);
        Report { text: out.text }
    }

    /// Judges the lines of a batch: every case, and packages and quotas at a stage (none: at every stage in turn).
    pub fn judge_batch(
        &'static self,
        lines: &str,
        stage: Option<&str>,
        options: &Options,
    ) -> Result<BatchReports, Refusal> {
        let options = Options {
            at: stage.map(str::to_owned),
            ..options.clone()
        };
        let settled = options.settled(&self.prepared)?;
        let batch = read_lines(&self.prepared, lines)?;
        let evaluated = evaluate_batch(&self.prepared, &batch, &settled);
        let reports = evaluated.reports.iter();
        Ok(BatchReports {
            reports: reports
                .map(|one| self.written(&settled, |out| out.report(one)))
                .collect(),
            batch: self.written(&settled, |out| out.batch(&evaluated)),
        })
    }

    /// The report on packages and quotas alone.
    pub fn check_batch(
        &'static self,
        lines: &str,
        stage: Option<&str>,
        options: &Options,
    ) -> Result<Report, Refusal> {
        self.judge_batch(lines, stage, options)
            .map(|judged| judged.batch)
    }

    /// Ranks the candidates of a batch: who is proposed at a stage (none: by every selection in turn).
    pub fn select(
        &'static self,
        lines: &str,
        stage: Option<&str>,
        options: &Options,
    ) -> Result<Report, Refusal> {
        let options = Options {
            at: stage.map(str::to_owned),
            ..options.clone()
        };
        let settled = options.settled(&self.prepared)?;
        let batch = read_lines(&self.prepared, lines)?;
        let selected = select_from(&self.prepared, &batch, &settled);
        Ok(self.written(&settled, |out| out.selections(&selected)))
    }

    /// Holds reports on targets, as JSON lines, against all milestones, on a day.
    pub fn check_targets(
        &'static self,
        reports: &str,
        on: Option<&str>,
        options: &Options,
    ) -> Result<Report, Refusal> {
        let options = Options {
            on: on.map(str::to_owned),
            ..options.clone()
        };
        let settled = options.settled(&self.prepared)?;
        let reports = read_reports(&self.prepared, reports)?;
        let judged = judge_targets(&self.prepared, &reports, &settled);
        Ok(self.written(&settled, |out| out.targets(&judged)))
    }

    /// The window and deadline of every stage of every track's route.
    pub fn deadlines(&'static self) -> Vec<StageWindow> {
        let settings: Rc<[Setting]> = self.prepared.settings.as_slice().into();
        let scope = Group::outside(&self.prepared, &settings);
        let shown = |at: Option<Formula>| match as_day(&self.prepared, at?(&scope)) {
            Value::Day(day) => Some(day),
            _ => None,
        };
        let mut windows = Vec::new();
        for track in &self.prepared.tracks {
            for stage in track
                .stages
                .iter()
                .filter(|s| s.open.is_some() || s.due.is_some())
            {
                let (open, due) = (shown(stage.open), shown(stage.due));
                windows.push(StageWindow {
                    track: track.track.key,
                    stage: stage.key,
                    open,
                    due,
                });
            }
        }
        windows
    }
}
