//! `given BLOCK { … }`: a report on a block of targets, as data.
//!
//! In: names with values. Out: the JSON of one report (docs/reports.md), but for its id.
//! Always: each entry lands under `values`, `judgements`, `attested` or `external`, as its indicator is measured.

use super::super::Lower;
use super::super::tracks::pointer;
use super::cases::{YES_NO, is_word, put};
use crate::{EnumId, FieldKind, FieldType, Measure, Test};
use prog_base::{Diagnostic, codes, text};
use prog_syntax::ast::{self, Data};
use serde_json::{Map, Value, json};

/// What is reported under a name.
struct Entered {
    place: &'static str,
    key: String,
    field: FieldType,
    for_all: Option<EnumId>,
}

const COUNT: FieldType = FieldType { kind: FieldKind::Count, unit: None, low: None, high: None, step: None, limits: Vec::new() };

impl Lower<'_> {
    /// The block of targets of this name.
    pub(super) fn block_named(&self, name: &ast::Name) -> Option<usize> {
        self.p.targets.iter().position(|t| t.ident.name == name.text)
    }

    /// The report that a `given` describes.
    pub(super) fn target_report(&mut self, block: usize, given: &ast::Given) -> Value {
        let mut report = json!({ "programme": self.p.ident.key, "targets": self.p.targets[block].ident.key });
        for entry in &given.entries {
            let own = self.as_spelt(&entry.key);
            let Some(name) = own.first() else { continue };
            let head = ast::Entry { key: own.clone(), ..entry.clone() };
            match self.entered(block, &name.text) {
                Some(entered) => self.reported(&entered, &entry.value, &mut report),
                None if is_word(&head, &["year", "年度", "年份"]) => self.report_year(name, &entry.value, &mut report),
                None if is_word(&head, &["key", "所属"]) => {
                    if let Some(key) = self.report_key(&entry.value) {
                        report["key"] = key;
                    }
                }
                None if is_word(&head, &["on", "在", "时间", "日期"]) => {
                    if let Some(day) = self.scalar_day(&entry.value) {
                        report["at"] = day;
                    }
                }
                None if is_word(&head, &["from", "自", "起算日"]) => {
                    if let Some(day) = self.scalar_day(&entry.value) {
                        report["from"] = day;
                    }
                }
                None => self.unknown_report(block, name),
            }
        }
        report
    }

    fn entered(&self, block: usize, name: &str) -> Option<Entered> {
        let block = &self.p.targets[block];
        let of = |place, key: &str, field: &FieldType, for_all| Some(Entered { place, key: key.to_owned(), field: field.clone(), for_all });
        if let Some(indicator) = block.indicators.iter().find(|i| i.ident.name == name) {
            let key = &indicator.ident.key;
            return match &indicator.measure {
                Measure::Reported(field, _) => of("values", key, field, indicator.for_all),
                Measure::Judged(Test::Attested { .. }) => of("attested", key, &YES_NO, indicator.for_all),
                Measure::Judged(Test::External { .. }) => of("external", key, &YES_NO, indicator.for_all),
                Measure::Judged(_) => of("judgements", key, &YES_NO, indicator.for_all),
                Measure::Computed { .. } => None,
            };
        }
        block.indicators.iter().find_map(|indicator| {
            let Measure::Computed { inputs, .. } = &indicator.measure else { return None };
            let input = inputs.iter().find(|i| i.name == name)?;
            of("values", &input.key, &COUNT, indicator.for_all)
        })
    }

    fn reported(&mut self, entered: &Entered, data: &Data, report: &mut Value) {
        let Entered { place, key, field, for_all } = entered;
        let with_origin = |value: Value| if *place == "values" { value } else { json!({ "value": value }) };
        let at = pointer(&[place, key]);
        match (for_all, data) {
            (Some(list), Data::Record(entries, _)) => {
                let mut by_key = Map::new();
                for entry in entries {
                    let Some(name) = entry.key.first() else { continue };
                    let values = &self.p.enums[list.index()].values;
                    let Some(found) = values.iter().find(|v| v.ident.name == name.text).map(|v| v.ident.key.clone()) else {
                        let known: Vec<String> = values.iter().map(|v| v.ident.name.clone()).collect();
                        self.unknown_name(name, text!("取值", "value"), &known);
                        continue;
                    };
                    if let Some(value) = self.value(&entry.value, field) {
                        by_key.insert(found, with_origin(value));
                    }
                }
                put(report, &at, by_key.into());
            }
            (Some(_) | None, data) => {
                if let Some(value) = self.value(data, field) {
                    put(report, &at, with_origin(value));
                }
            }
        }
    }

    fn report_year(&mut self, name: &ast::Name, data: &Data, report: &mut Value) {
        let year = match data {
            Data::Scalar(ast::Expr { kind: ast::ExprKind::Number { value, unit: None }, .. }) => value.to_i64(),
            Data::Scalar(_) | Data::Blank(_) | Data::List(..) | Data::Record(..) | Data::Sealed(_) => None,
        };
        match year {
            Some(year) => report["year"] = year.into(),
            None => self.wrong_value(
                name.span,
                text!("写年份，例如 2020；或第几年，例如 1", "write a year, such as 2020, or which year of the block, such as 1"),
            ),
        }
    }

    /// Whose report it is: a value of a closed list by its key, else as written.
    fn report_key(&self, data: &Data) -> Option<Value> {
        let Data::Scalar(e) = data else { return None };
        let (ast::ExprKind::Text(text) | ast::ExprKind::Name(ast::Name { text, .. })) = &e.kind else { return None };
        let known = self.p.enums.iter().flat_map(|x| &x.values).find(|v| v.ident.name == *text);
        Some(known.map_or(text, |v| &v.ident.key).clone().into())
    }

    fn unknown_report(&mut self, block: usize, name: &ast::Name) {
        let block = &self.p.targets[block];
        let title = block.ident.name.clone();
        let computed = block.indicators.iter().any(|i| i.ident.name == name.text);
        let mut known: Vec<String> = block.indicators.iter().map(|i| i.ident.name.clone()).collect();
        for indicator in &block.indicators {
            if let Measure::Computed { inputs, .. } = &indicator.measure {
                known.extend(inputs.iter().map(|i| i.name.clone()));
            }
        }
        let written = &name.text;
        let message = text!("目标“{title}”里没有可填的“{written}”", "targets `{title}` have nothing to report called `{written}`");
        let diagnostic = Diagnostic::error(codes::ENTRY_UNKNOWN, name.span, message);
        self.report(match super::super::names::nearest(written, known.iter().map(String::as_str)) {
            _ if computed => {
                diagnostic.help(text!("这个指标由别的数算出；填写它用到的数", "this indicator is computed; report the numbers it uses"))
            }
            Some(near) => diagnostic.help(text!("是不是“{near}”？", "did you mean `{near}`?")).fix(
                text!("改为“{near}”", "write `{near}`"),
                name.span,
                near.to_owned(),
            ),
            None => diagnostic.help(text!("写指标的名称，或 年度、所属、在、自", "name an indicator, or `year`, `key`, `on`, `from`")),
        });
    }
}
