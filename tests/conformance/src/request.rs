//! What both sides are asked: a case or a batch as text, with options as a command line would give them.

use prog_base::Lang;
use prog_eval::{Options, Prepared};
use serde_json::{Map, Value, json};

/// What is asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Kind {
    /// A case is judged.
    #[default]
    Case,
    /// The lines of a batch are judged, and what they are together.
    Batch,
    /// The candidates of a batch are ranked.
    Select,
    /// Reports are held to targets.
    Targets,
}

impl Kind {
    /// As drivers are told.
    fn name(self) -> &'static str {
        match self {
            Kind::Case => "case",
            Kind::Batch => "batch",
            Kind::Select => "select",
            Kind::Targets => "targets",
        }
    }

    /// Whether the text is the lines of a batch.
    pub fn is_batch(self) -> bool {
        matches!(self, Kind::Batch | Kind::Select)
    }
}

/// One request.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Request {
    /// A case's text, or lines of a batch or of reports.
    pub text: String,
    /// What is asked for.
    pub kind: Kind,
    /// `--at`
    pub at: Option<String>,
    /// `--on`
    pub on: Option<String>,
    /// `--reading`, as name and value.
    pub readings: Vec<(String, String)>,
    /// `--no-alternatives`
    pub plain: bool,
    /// `--closed`
    pub closed: bool,
    /// `--lang en`
    pub english: bool,
}

impl Request {
    /// As JavaScript takes it.
    pub fn to_json(&self) -> Value {
        let mut options = Map::new();
        let readings: Map<String, Value> = self.readings.iter().map(|(name, value)| (name.clone(), json!(value))).collect();
        options.insert("readings".to_owned(), Value::Object(readings));
        options.insert("alternatives".to_owned(), json!(!self.plain));
        options.insert("closed".to_owned(), json!(self.closed));
        options.insert("lang".to_owned(), json!(if self.english { "en" } else { "zh" }));
        for (key, value) in [("at", &self.at), ("on", &self.on)] {
            if let Some(value) = value {
                options.insert(key.to_owned(), json!(value));
            }
        }
        json!({ "text": self.text, "kind": self.kind.name(), "options": options })
    }

    /// As the reference takes it.
    pub fn options(&self, prepared: &Prepared<'_>) -> Options {
        let p = prepared.programme;
        Options {
            at: self.at.as_deref().map(|s| Options::stage(p, s).expect("a stage")),
            on: self.on.as_deref().map(|s| Options::day_or_moment(p, s).expect("a time")),
            readings: self.readings.iter().map(|(n, v)| Options::reading(p, &format!("{n}={v}")).expect("a reading")).collect(),
            alternatives: !self.plain,
            closed: self.closed,
            lang: if self.english { Lang::En } else { Lang::Zh },
        }
    }

    /// The reference's answer.
    pub fn expected(&self, prepared: &Prepared<'_>) -> String {
        let options = self.options(prepared);
        let answer = match self.kind {
            Kind::Case => prepared.read_case(&self.text).map(|case| prepared.evaluate(&case, &options).to_json(options.lang)),
            Kind::Batch => prepared.read_batch(&self.text).map(|batch| {
                let report = prepared.evaluate_batch(&batch, &options);
                let lines = report.reports.iter().map(|r| r.to_json(options.lang) + "\n");
                lines.collect::<String>() + &report.to_json(options.lang)
            }),
            Kind::Select => prepared.read_batch(&self.text).map(|batch| prepared.select(&batch, &options).to_json(options.lang)),
            Kind::Targets => {
                prepared.read_reports(&self.text).map(|reports| prepared.check_targets(&reports, &options).to_json(options.lang))
            }
        };
        answer.unwrap_or_else(|r| {
            let help = r.help.unwrap_or_default();
            let words = [r.message.zh, r.message.en, help.zh, help.en].join(" / ");
            format!("refused {} {} {}:{} {words}", r.code.0, r.pointer, r.line, r.column)
        })
    }
}
