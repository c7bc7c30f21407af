//! What one evaluation is asked: up to which stage, on which day, with which readings.
//!
//! In: texts as given on a command line. Out: typed options, or a diagnostic that says what there is to choose from.

use prog_base::{Date, Diagnostic, Exact, Lang, Moment, Severity, Text, codes, text};
use prog_model::{Programme, Reading, ReadingId, ReadingValue, StageId};

/// Options of one evaluation.
#[derive(Clone, Debug)]
pub struct Options {
    /// Judge what is due up to this stage; `None`: everything.
    pub at: Option<StageId>,
    /// The day or moment at which the case is looked at; without it nothing is overdue.
    pub on: Option<On>,
    /// Readings set for this run.
    pub readings: Vec<(ReadingId, ReadingChoice)>,
    /// Say where another reading would give another result.
    pub alternatives: bool,
    /// The batch is closed: nothing more is sent.
    pub closed: bool,
    /// The language of messages.
    pub lang: Lang,
}

impl Default for Options {
    fn default() -> Self {
        Self { at: None, on: None, readings: Vec::new(), alternatives: true, closed: false, lang: Lang::Zh }
    }
}

/// A day or a moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum On {
    /// A local day.
    Day(Date),
    /// A moment.
    At(Moment),
}

/// What a reading is set to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReadingChoice {
    /// One of its words, by index.
    Value(usize),
    /// A band as a fraction of one.
    Band(Exact),
    /// Left open: all words are evaluated.
    Open,
}

impl Options {
    /// Reads a stage's key or name.
    pub fn stage(p: &Programme, text: &str) -> Result<StageId, Diagnostic> {
        let found = p.stages.iter().position(|s| s.key == text || s.name == text);
        let names = || p.stages.iter().map(|s| s.key.as_str()).collect::<Vec<_>>();
        found.map(|i| StageId(i as u32)).ok_or_else(|| unknown_stage(text, &names()))
    }

    /// Reads `YYYY-MM-DD`, RFC 3339, or a local `YYYY-MM-DDTHH:MM[:SS]` of the programme's zone.
    pub fn day_or_moment(p: &Programme, text: &str) -> Result<On, Diagnostic> {
        if let Some(day) = Date::parse(text) {
            return Ok(On::Day(day));
        }
        Moment::parse(text).or_else(|| local_moment(p, text)).map(On::At).ok_or_else(|| {
            refuse(codes::BAD_ON, text!("“{text}”不是日期或时刻", "`{text}` is neither a day nor a time"))
                .help(text!("例如 2024-04-22 或 2024-04-22T17:00:00+08:00", "for example 2024-04-22 or 2024-04-22T17:00:00+08:00"))
        })
    }

    /// Reads `NAME=VALUE`.
    pub fn reading(p: &Programme, text: &str) -> Result<(ReadingId, ReadingChoice), Diagnostic> {
        let Some((name, value)) = text.split_once('=') else {
            return Err(refuse(codes::BAD_READING, text!("“{text}”应写成 名称=值", "`{text}` should read NAME=VALUE")));
        };
        let (name, value) = (name.trim(), value.trim());
        let found = p.readings.iter().position(|r| r.ident.key == name || r.ident.name == name);
        let Some(index) = found else {
            let names: Vec<&str> = p.readings.iter().map(|r| r.ident.name.as_str()).collect();
            let message = text!("没有名为“{name}”的口径", "there is no reading `{name}`");
            return Err(choices(refuse(codes::BAD_READING, message), name, &names));
        };
        let choice = choose(&p.readings[index], value)?;
        Ok((ReadingId(index as u32), choice))
    }
}

/// What a reading's value means.
fn choose(reading: &Reading, value: &str) -> Result<ReadingChoice, Diagnostic> {
    let name = &reading.ident.name;
    let wrong = || refuse(codes::BAD_READING, text!("口径“{name}”不能取“{value}”", "the reading `{name}` cannot be `{value}`"));
    match &reading.value {
        ReadingValue::Choice { values, .. } => {
            if matches!(value, "open" | "unknown" | "未明") {
                return Ok(ReadingChoice::Open);
            }
            let found = values.iter().position(|v| v.key == value || v.name == value);
            let names: Vec<&str> = values.iter().map(|v| v.name.as_str()).collect();
            found.map(ReadingChoice::Value).ok_or_else(|| choices(wrong(), value, &names))
        }
        ReadingValue::Band(_) => {
            let points = value.trim_start_matches("within").trim_start_matches("上下").trim().trim_end_matches(['%', '％']);
            let points = Exact::parse(points).filter(|n| !n.is_negative());
            points
                .and_then(|n| n.checked_div(&Exact::from(100)))
                .map(ReadingChoice::Band)
                .ok_or_else(|| wrong().help(text!("例如 {name}=20%", "for example {name}=20%")))
        }
        ReadingValue::Expr(_) => Err(wrong().help(text!("此口径只能在源文件中改", "this reading can only be changed in the source"))),
    }
}

/// `2024-04-22T17:00` in the programme's zone.
fn local_moment(p: &Programme, text: &str) -> Option<Moment> {
    let (day, clock) = text.split_once(['T', ' '])?;
    let day = Date::parse(day)?;
    let mut parts = clock.split(':').map(|s| if s.len() == 2 { s.parse::<i8>().ok() } else { None });
    let (hour, minute) = (parts.next()??, parts.next()??);
    let second = match parts.next() {
        Some(s) => s?,
        None => 0,
    };
    if parts.next().is_some() || !(0..24).contains(&hour) || !(0..60).contains(&minute) || !(0..60).contains(&second) {
        return None;
    }
    p.zone.as_ref()?.moment(day, hour, minute, second)
}

fn refuse(code: prog_base::Code, message: Text) -> Diagnostic {
    Diagnostic::new(Severity::Error, code, None, message)
}

fn unknown_stage(text: &str, names: &[&str]) -> Diagnostic {
    choices(refuse(codes::NO_SUCH_STAGE, text!("没有名为“{text}”的环节", "there is no stage `{text}`")), text, names)
}

/// Adds what there is to choose from, the nearest first.
pub(crate) fn choices(diagnostic: Diagnostic, given: &str, names: &[&str]) -> Diagnostic {
    match nearest(given, names) {
        Some(near) => diagnostic.help(text!("是不是“{near}”？", "did you mean `{near}`?")),
        None if names.is_empty() => diagnostic,
        None => {
            let (zh, en) = (names.join("、"), names.join("`, `"));
            diagnostic.help(Text { zh: format!("可选：{zh}"), en: format!("there are: `{en}`") })
        }
    }
}

/// The name that was probably meant.
pub(crate) fn nearest<'n>(given: &str, names: &[&'n str]) -> Option<&'n str> {
    let scored = names.iter().map(|n| (strsim::levenshtein(given, n), *n)).min_by_key(|(d, _)| *d)?;
    let length = given.chars().count().max(scored.1.chars().count());
    (scored.0 * 2 < length.max(2)).then_some(scored.1)
}
