//! Answers requests on generated validators, one a line, so that one build and one start serve thousands of cases.
//!
//! In: JSON lines `{ "module", "text", "kind", "options" }` on standard input, the module being the programme's place.
//! Out: one JSON string a line: the report's text, or `refused CODE POINTER LINE:COLUMN WORDS`.

#![allow(dead_code, unused_imports)]

mod programmes;
mod runtime;

use runtime::options::Options;
use runtime::refusal::Refusal;
use runtime::text::Lang;
use runtime::validator::{BatchReports, Report};
use serde_json::Value;
use std::io::{BufRead, Write};

/// The functions of a programme.
pub struct Programme {
    validate_text: fn(&str, &Options) -> Result<Report, Refusal>,
    judge_batch: fn(&str, Option<&str>, &Options) -> Result<BatchReports, Refusal>,
    select: fn(&str, Option<&str>, &Options) -> Result<Report, Refusal>,
    check_targets: fn(&str, Option<&str>, &Options) -> Result<Report, Refusal>,
}

fn options_of(asked: &Value) -> Options {
    let text = |name: &str| asked[name].as_str().map(str::to_owned);
    let readings = asked["readings"].as_object().into_iter().flatten();
    Options {
        at: text("at"),
        on: text("on"),
        readings: readings.map(|(name, value)| (name.clone(), value.as_str().unwrap_or_default().to_owned())).collect(),
        alternatives: asked["alternatives"].as_bool().unwrap_or(true),
        closed: asked["closed"].as_bool().unwrap_or(false),
        lang: if asked["lang"] == "en" { Lang::En } else { Lang::Zh },
    }
}

fn answer(programme: &Programme, request: &Value) -> Result<String, Refusal> {
    let text = request["text"].as_str().unwrap_or_default();
    let options = options_of(&request["options"]);
    match request["kind"].as_str() {
        Some("targets") => Ok((programme.check_targets)(text, options.on.as_deref(), &options)?.to_text().to_owned()),
        Some("select") => Ok((programme.select)(text, options.at.as_deref(), &options)?.to_text().to_owned()),
        Some("batch") => {
            let judged = (programme.judge_batch)(text, options.at.as_deref(), &options)?;
            let all = judged.reports.iter().chain([&judged.batch]);
            Ok(all.map(Report::to_text).collect::<Vec<_>>().join("\n"))
        }
        _ => Ok((programme.validate_text)(text, &options)?.to_text().to_owned()),
    }
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut out = std::io::stdout().lock();
    for line in std::io::stdin().lock().lines() {
        let request: Value = serde_json::from_str(&line?)?;
        let place = request["module"].as_str().unwrap_or_default();
        let programme = programmes::programme(place).ok_or("no such programme")?;
        let said = answer(&programme, &request).unwrap_or_else(|refusal| {
            let Refusal { code, pointer, message, line, column, .. } = &refusal;
            let help = refusal.help.clone().unwrap_or_default();
            let words = [&*message.zh, &*message.en, &*help.zh, &*help.en].join(" / ");
            format!("refused {code} {pointer} {line}:{column} {words}")
        });
        writeln!(out, "{}", serde_json::to_string(&said)?)?;
    }
    Ok(())
}
