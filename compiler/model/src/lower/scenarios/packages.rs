//! One `sent`: what was given since the last one goes as one package.
//!
//! In: a `sent` step. Out: a package as JSON (semantics 5.2).
//! Always: the sender's key is as written, else the one value that all its cases share.

use super::super::Lower;
use super::cases::{plain_text, put};
use super::{Run, cases};
use crate::{ActorId, FieldKind, FieldType, Ident, Scenario, ScenarioPackage};
use prog_base::{Diagnostic, codes, text};
use prog_syntax::ast::{self, Data};
use serde_json::{Value, json};

impl Lower<'_> {
    pub(super) fn sent(&mut self, sent: &ast::Sent, scenario: &mut Scenario, run: &mut Run) {
        let cases: Vec<usize> = std::mem::take(&mut run.waiting);
        if cases.is_empty() {
            self.report(
                Diagnostic::error(codes::SENT_NOTHING, sent.span, text!("没有可报送的案件", "there is nothing to send"))
                    .help(text!("先用 设 写出案件，再写 已报", "write `given` cases first, then `sent`")),
            );
        }
        let stage = sent.at.as_ref().and_then(|s| self.find_stage(s)).or(scenario.at);
        let by = sent.by.as_ref().and_then(|a| self.find_actor(a)).or_else(|| self.sender(stage));
        let number = scenario.packages.len() + 1;
        let ids: Vec<&str> = cases.iter().map(|c| scenario.cases[*c].id.as_str()).collect();
        let mut package = json!({ "cases": ids });
        if let Some(stage) = stage {
            package["stage"] = self.p.stages[stage.index()].key.clone().into();
        }
        if let Some(by) = by {
            package["by"] = self.p.actors[by.index()].ident.key.clone().into();
        }
        if let Some(at) = sent.on.as_ref().and_then(|e| self.day_or_moment(e)) {
            package["at"] = at.into();
        }
        for entry in &sent.entries {
            self.package_entry(entry, by, &mut package);
        }
        if package.get("key").is_none()
            && let Some(key) = by.and_then(|by| self.shared_key(by, &cases, scenario))
        {
            package["key"] = key;
        }
        package["id"] = match (&sent.id, package.get("key").and_then(Value::as_str)) {
            (Some(id), _) => id.text.clone().into(),
            (None, Some(key)) => format!("{key}{number}").into(),
            (None, None) => format!("{number}").into(),
        };
        scenario.packages.push(ScenarioPackage { json: package });
    }

    /// The actor of the stage at which the package is sent.
    fn sender(&self, stage: Option<crate::StageId>) -> Option<ActorId> {
        let stages = self.p.workflows.iter().flat_map(|w| &w.stages);
        stages.filter(|s| Some(s.id) == stage).find_map(|s| s.by)
    }

    fn package_entry(&mut self, entry: &ast::Entry, by: Option<ActorId>, package: &mut Value) {
        let words: Vec<&str> = entry.key.iter().map(|n| n.text.as_str()).collect();
        match (words.as_slice(), &entry.value) {
            (["key" | "所属"], data) => {
                let field = by.and_then(|by| self.key_field(by)).unwrap_or(TEXT);
                let value = self.value(data, &field).or_else(|| plain_text(data));
                if let Some(value) = value {
                    package["key"] = value;
                }
            }
            (["channel" | "渠道" | "经"], data) => package["channel"] = plain_text(data).unwrap_or_default(),
            (["reason" | "理由", _], data) => self.package_reason(&entry.key[1], data, package),
            (["reasons" | "各项理由"], Data::Record(entries, _)) => {
                for inner in entries {
                    for name in inner.key.iter().take(1) {
                        self.package_reason(name, &inner.value, package);
                    }
                }
            }
            (["cases" | "案件"], Data::List(items, _)) => {
                let ids: Vec<Value> = items.iter().filter_map(cases::plain_text).collect();
                package["cases"] = ids.into();
            }
            (["summary" | "汇总"], data) => self.summary_rows(data, package),
            ([name], data) if self.p.summaries.iter().any(|s| s.ident.name == *name) => self.summary_rows(data, package),
            (["materials" | "材料"], Data::Record(entries, _)) => {
                for inner in entries {
                    for name in inner.key.iter().take(1) {
                        if let Some(id) = self.find_material(name) {
                            self.material_entry(id, &inner.value, package);
                        }
                    }
                }
            }
            ([_], data) => {
                for name in self.as_spelt(&entry.key) {
                    if let Some(id) = self.find_material(&name) {
                        self.material_entry(id, data, package);
                    }
                }
            }
            _other => {
                for name in entry.key.iter().take(1) {
                    let known = ["key", "channel", "reason", "reasons", "cases", "summary", "materials"].map(str::to_owned);
                    self.unknown_name(name, text!("报送包的内容", "part of a package"), &known);
                }
            }
        }
    }

    fn package_reason(&mut self, name: &ast::Name, data: &Data, package: &mut Value) {
        let known: Vec<(String, String)> = self.p.quotas.iter().map(|q| (q.ident.name.clone(), q.ident.key.clone())).collect();
        self.reason_for(name, &known, data, package);
    }

    /// Rows as written, or `yes`: a row for every case, each cell taken from it.
    fn summary_rows(&mut self, data: &Data, package: &mut Value) {
        let rows: Vec<Value> = match data {
            Data::List(rows, _) => rows.iter().map(|row| self.summary_row(row)).collect(),
            Data::Scalar(ast::Expr { kind: ast::ExprKind::Bool(true), .. }) => {
                package["cases"].as_array().into_iter().flatten().map(|id| json!({ "case": id })).collect()
            }
            Data::Blank(_) | Data::Scalar(ast::Expr { kind: ast::ExprKind::Bool(false), .. }) => return,
            Data::Record(_, span) | Data::Sealed(ast::Name { span, .. }) | Data::Scalar(ast::Expr { span, .. }) => {
                self.wrong_value(
                    *span,
                    text!("写 [{{ 案件: 编号 }}]，或写 是：每个案件一行", "write `[{{ case: ID }}]`, or `yes`: a row for every case"),
                );
                return;
            }
        };
        package["summary"] = rows.into();
    }

    /// A row by column names; values fit the columns' types.
    fn summary_row(&mut self, row: &Data) -> Value {
        let Data::Record(entries, _) = row else { return Value::Null };
        let mut json = json!({});
        self.summary_cells(entries, &[], &mut json);
        json
    }

    /// Cells under their names: `列`, `列组.列`, or `列组: { 列 }`.
    fn summary_cells(&mut self, entries: &[ast::Entry], heads: &[&ast::Name], row: &mut Value) {
        for entry in entries {
            let names: Vec<&ast::Name> = heads.iter().copied().chain(&entry.key).collect();
            let Some((last, before)) = names.split_last() else { continue };
            if before.is_empty() && matches!(last.text.as_str(), "case" | "案件") {
                row["case"] = plain_text(&entry.value).unwrap_or_default();
            } else if let Some((pointer, field)) = self.summary_column(last, before) {
                if let Some(value) = self.value(&entry.value, &field) {
                    put(row, &pointer, value);
                }
            } else if let (Data::Record(inner, _), true) = (&entry.value, self.is_column_group(&names)) {
                self.summary_cells(inner, &names, row);
            } else {
                let inside = |group: Option<&Ident>| match (group, before) {
                    (None, []) => true,
                    (Some(group), [head]) => is(group, head),
                    (Some(_), _) | (None, _) => false,
                };
                let heads = self.p.summaries.iter().flat_map(|s| &s.groups).map(|(g, _, _)| g).filter(|_| before.is_empty());
                let columns =
                    self.p.summaries.iter().flat_map(|s| s.columns.iter().enumerate().map(move |(i, c)| (s.group_of(i), &c.ident)));
                let columns = columns.filter(|(group, _)| inside(*group)).map(|(_, column)| column);
                let known: Vec<String> = columns.chain(heads).map(|i| i.name.clone()).collect();
                self.unknown_name(last, text!("列", "column"), &known);
            }
        }
    }

    /// The column of this name, under this head if there is one: where its cell stands in a row, and what is entered.
    fn summary_column(&self, name: &ast::Name, heads: &[&ast::Name]) -> Option<(String, FieldType)> {
        self.p.summaries.iter().find_map(|summary| {
            let at = summary.columns.iter().enumerate().position(|(index, column)| {
                is(&column.ident, name)
                    && match (summary.group_of(index), heads) {
                        (None, []) => true,
                        (Some(group), [head]) => is(group, head),
                        (Some(_), _) | (None, _) => false,
                    }
            })?;
            Some((summary.pointer(at), summary.columns[at].field.clone()))
        })
    }

    fn is_column_group(&self, names: &[&ast::Name]) -> bool {
        let [head] = names else { return false };
        self.p.summaries.iter().flat_map(|s| &s.groups).any(|(group, _, _)| is(group, head))
    }

    /// What the sender's key is in the cases: the fact or field of that name.
    fn key_field(&self, by: ActorId) -> Option<FieldType> {
        let key = self.p.actors[by.index()].per.as_ref()?;
        self.p.inputs.iter().find(|i| i.ident.name == *key).map(|i| i.field.clone())
    }

    fn shared_key(&self, by: ActorId, cases: &[usize], scenario: &Scenario) -> Option<Value> {
        let name = self.p.actors[by.index()].per.as_ref()?;
        let mut keys = cases.iter().map(|c| {
            let case = &scenario.cases[*c];
            let input = self.p.track(case.track).inputs.iter().map(|i| self.p.input(*i)).find(|i| i.ident.name == *name)?;
            case.json.pointer(&input.pointer)
        });
        let first = keys.next()??;
        keys.all(|k| k == Some(first)).then(|| first.clone())
    }
}

/// Whether a name written is this thing's.
fn is(ident: &Ident, name: &ast::Name) -> bool {
    ident.name == name.text || ident.key == name.text
}

const TEXT: FieldType = FieldType { kind: FieldKind::Text, unit: None, low: None, high: None, step: None, limits: Vec::new() };
