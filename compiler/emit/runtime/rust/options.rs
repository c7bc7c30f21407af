//! What one evaluation is asked: up to which stage, on which day, with which readings.
//!
//! In: options as a caller writes them. Out: typed options, or a refusal that says what is wrong.

use super::date::{same_shape, Day, Moment, Zone};
use super::definition::Reading;
use super::number::Exact;
use super::prepared::Prepared;
use super::read::When;
use super::readings::Setting;
use super::refusal::{meant, Refusal};
use super::shared::codes;
use super::text::{Lang, Text};
use std::rc::Rc;

/// What one evaluation is asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Options {
    /// Key or name of the stage up to which findings are due; none: all are due.
    pub at: Option<String>,
    /// The day or moment at which the case is looked at: `YYYY-MM-DD`, RFC 3339, or a local time.
    pub on: Option<String>,
    /// Other settings of readings: name and value.
    pub readings: Vec<(String, String)>,
    /// Whether findings say what other readings would give.
    pub alternatives: bool,
    /// Whether the batch is closed.
    pub closed: bool,
    /// The language of words.
    pub lang: Lang,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            at: None,
            on: None,
            readings: Vec::new(),
            alternatives: true,
            closed: false,
            lang: Lang::Zh,
        }
    }
}

/// Options as they are understood.
#[derive(Clone, Debug)]
pub struct Settled {
    /// Key of the stage.
    pub at: Option<&'static str>,
    /// The day or moment looked at.
    pub on: Option<When>,
    /// What each reading is set to.
    pub settings: Rc<[Setting]>,
    /// Whether other readings are tried.
    pub alternatives: bool,
    /// Whether the batch is closed.
    pub closed: bool,
    /// The language of words.
    pub lang: Lang,
}

fn refuse(code: &'static str, zh: String, en: String, help: Option<Text>) -> Refusal {
    Refusal::new(code, 0, "", zh, en).help(help)
}

impl Options {
    /// All options, with the settings of all readings.
    pub fn settled(&self, prepared: &Prepared) -> Result<Settled, Refusal> {
        let mut settings = prepared.settings.clone();
        for (name, value) in &self.readings {
            let (index, setting) = read_reading(prepared, name, value)?;
            settings[index] = setting;
        }
        Ok(Settled {
            at: self
                .at
                .as_deref()
                .map(|text| read_stage(prepared, text))
                .transpose()?,
            on: self
                .on
                .as_deref()
                .map(|text| read_on(prepared.zone(), text))
                .transpose()?,
            settings: settings.into(),
            alternatives: self.alternatives,
            closed: self.closed,
            lang: self.lang,
        })
    }
}

fn read_reading(prepared: &Prepared, name: &str, value: &str) -> Result<(usize, Setting), Refusal> {
    let readings = prepared.readings();
    let found = readings
        .iter()
        .position(|r| r.key == name || r.name == Some(name));
    let Some(index) = found else {
        let names: Vec<&str> = readings.iter().map(|r| r.name.unwrap_or(r.key)).collect();
        return Err(refuse(
            codes::BAD_READING,
            format!("没有名为“{name}”的口径"),
            format!("there is no reading `{name}`"),
            meant(name, &names),
        ));
    };
    Ok((index, read_setting(&readings[index], value)?))
}

/// A stage's key, from its key or name.
fn read_stage(prepared: &Prepared, text: &str) -> Result<&'static str, Refusal> {
    let stages = prepared.definition.stages;
    let by_key = stages.iter().rev().find(|stage| stage.key == text);
    let found = by_key.or_else(|| stages.iter().rev().find(|stage| stage.name == Some(text)));
    found.map(|stage| stage.key).ok_or_else(|| {
        refuse(
            codes::NO_SUCH_STAGE,
            format!("没有名为“{text}”的环节"),
            format!("there is no stage `{text}`"),
            meant(text, &prepared.stage_keys),
        )
    })
}

/// `YYYY-MM-DD`, RFC 3339, or a local `YYYY-MM-DDTHH:MM[:SS]` of the programme's zone.
fn read_on(zone: Option<Zone>, text: &str) -> Result<When, Refusal> {
    let day = || Day::parse(text).map(When::Day);
    let moment = || {
        Moment::parse(text)
            .or_else(|| local_moment(zone, text))
            .map(When::At)
    };
    day().or_else(moment).ok_or_else(|| {
        refuse(
            codes::BAD_ON,
            format!("“{text}”不是日期或时刻"),
            format!("`{text}` is neither a day nor a time"),
            Some(Text::new(
                "例如 2024-04-22 或 2024-04-22T17:00:00+08:00",
                "for example 2024-04-22 or 2024-04-22T17:00:00+08:00",
            )),
        )
    })
}

fn local_moment(zone: Option<Zone>, text: &str) -> Option<Moment> {
    let (day, clock) = text.split_once(['T', ' '])?;
    let day = Day::parse(day)?;
    if same_shape(clock, "00:00") {
        return zone?.moment(day, &format!("{clock}:00"));
    }
    same_shape(clock, "00:00:00")
        .then(|| zone?.moment(day, clock))
        .flatten()
}

/// The setting that a reading's value, as written on a command line, stands for.
fn read_setting(reading: &Reading, value: &str) -> Result<Setting, Refusal> {
    let name = reading.name.unwrap_or(reading.key);
    let wrong = |help: Option<Text>| {
        refuse(
            codes::BAD_READING,
            format!("口径“{name}”不能取“{value}”"),
            format!("the reading `{name}` cannot be `{value}`"),
            help,
        )
    };
    if !reading.values.is_empty() {
        if matches!(value, "open" | "unknown" | "未明") {
            return Ok(Setting::Open);
        }
        let names = if reading.names.is_empty() {
            reading.values
        } else {
            reading.names
        };
        let mut words = reading.values.iter().zip(names);
        let found = words.position(|(key, name)| *key == value || *name == value);
        return found
            .map(Setting::Choice)
            .ok_or_else(|| wrong(meant(value, names)));
    }
    if reading.band.is_none() {
        let (zh, en) = (
            "此口径只能在源文件中改",
            "this reading can only be changed in the source",
        );
        return Err(wrong(Some(Text::new(zh, en))));
    }
    let points = value
        .trim_start_matches("within")
        .trim_start_matches("上下");
    let points = points.trim().trim_end_matches(['%', '％']);
    let band = Exact::parse(points).filter(|n| !n.is_negative());
    let band = band.and_then(|n| n.divided(&Exact::from(100)));
    let example = Text::new(
        format!("例如 {name}=20%"),
        format!("for example {name}=20%"),
    );
    band.map(Setting::Band).ok_or_else(|| wrong(Some(example)))
}
