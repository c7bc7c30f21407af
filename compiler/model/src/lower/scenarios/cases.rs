//! One `given`: entries to the case they describe.
//!
//! In: names with values. Out: a complete case as JSON, but for its id.
//! Always: each entry lands where semantics 5.2 has it; `yes` for a material means as it was asked for.

use super::super::Lower;
use super::super::tracks::pointer;
use super::paths::{Found, Paths};
use crate::lower::expr::kind_words;
use crate::{
    Constant, Dimension, ExprKind, FieldKind, FieldType, Input, LetId, MaterialId, NumberType, Origin, Rule, Test, TestMember, TrackId,
    Type,
};
use prog_base::{Date, Diagnostic, Span, codes, text};
use prog_syntax::ast::{self, Data};
use serde_json::{Map, Value, json};

/// A yes/no entry, as judgements and attestations of rules take it.
pub(super) const YES_NO: FieldType =
    FieldType { kind: FieldKind::YesNo, unit: None, low: None, high: None, step: None, limits: Vec::new() };

/// The words of entries that are no names.
const ENTRY_WORDS: [&str; 8] = ["key", "materials", "reasons", "reason", "channel", "cases", "summary", "event"];

/// The words of entries that set many at once.
const OF_ALL: [&[&str]; 3] = [&["materials", "材料"], &["judgements", "各项评定"], &["attestations", "各项证明"]];

/// Where a rule's own entry stands in a case.
#[derive(Clone)]
struct Sheet {
    place: &'static str,
    key: String,
    /// The day at which a register entry counts, where it is a fixed one.
    as_of: Option<Date>,
}

impl Lower<'_> {
    /// The case that a `given` describes.
    pub(super) fn case(&mut self, track: TrackId, given: &ast::Given) -> Value {
        let mut case = json!({ "programme": self.p.ident.key, "track": self.p.track(track).ident.key });
        let paths = Paths::new(&self.p, track);
        // What is said of all comes first, so that what is said of one stands.
        let of_all = |e: &&ast::Entry| e.key.len() == 1 && OF_ALL.iter().any(|words| is_word(e, words));
        let entered = |e: &&ast::Entry| self.calculation(track, e).is_none();
        let entries: Vec<&ast::Entry> = given.entries.iter().filter(entered).collect();
        for entry in entries.iter().copied().filter(of_all).chain(entries.iter().copied().filter(|e| !of_all(e))) {
            let own = self.as_known(&paths, &entry.key);
            let path: Vec<&ast::Name> = own.iter().collect();
            self.entry(track, &paths, &path, &entry.value, &mut case);
        }
        case
    }

    /// The calculations that a `given` sets to a value: what stands before them in the notice need not be made up for an example.
    pub(super) fn assumed(&mut self, track: TrackId, given: &ast::Given) -> Vec<(LetId, Constant)> {
        given.entries.iter().filter_map(|entry| self.assumption(track, entry)).collect()
    }

    /// The calculation that an entry names.
    fn calculation(&self, track: TrackId, entry: &ast::Entry) -> Option<LetId> {
        let [name] = entry.key.as_slice() else { return None };
        let at = self.p.track(track).lets.iter().position(|l| l.ident.name == name.text)?;
        Some(LetId(at as u32))
    }

    fn assumption(&mut self, track: TrackId, entry: &ast::Entry) -> Option<(LetId, Constant)> {
        let named = self.calculation(track, entry)?;
        let ty = self.p.track(track).lets[named.index()].value.ty.clone();
        let value = match (&entry.value, &ty) {
            (Data::Blank(_), _) => return None,
            (Data::Scalar(written), Type::Number(number)) => {
                // A quotient that is not rounded is a number: `4.8` is 4.8, `480%` as well.
                let number = match number.dimension {
                    Dimension::Times => NumberType::of(Dimension::Plain),
                    _ => number.clone(),
                };
                let shown = self.number_shown(written, &number);
                let size = self.p.unit_size(&number);
                shown.map(|n| Constant::Number(&n * &size))
            }
            (Data::Scalar(written), _) => {
                let value = self.key_value(written, &ty)?;
                return Some((named, self.constant(&value)?));
            }
            (Data::List(..) | Data::Record(..) | Data::Sealed(_), _) => None,
        };
        if value.is_none() {
            let words = kind_words(&self.p, &ty);
            let (zh, en, name) = (&words.zh, &words.en, &entry.key[0].text);
            self.wrong_value(entry.key[0].span, text!("“{name}”是{zh}", "`{name}` is {en}"));
        }
        Some((named, value?))
    }

    /// Names as spelt: the parser gives entry keywords their English spelling, but a fact or material may bear the Chinese one.
    pub(super) fn as_spelt(&self, names: &[ast::Name]) -> Vec<ast::Name> {
        let spelt = |n: &ast::Name| {
            let source = self.inputs.sources.slice(n.span);
            let keyword = ENTRY_WORDS.contains(&n.text.as_str()) && !source.is_ascii();
            ast::Name { text: if keyword { source.to_owned() } else { n.text.clone() }, span: n.span }
        };
        names.iter().map(spelt).collect()
    }

    /// Names as spelt, or with the entry keyword's other spelling where a form or fact bears that one: either language of keywords says the
    /// same.
    fn as_known(&self, paths: &Paths, names: &[ast::Name]) -> Vec<ast::Name> {
        let spelt = self.as_spelt(names);
        let known = |names: &[ast::Name]| !matches!(paths.find(&names.iter().map(|n| n.text.as_str()).collect::<Vec<_>>()), Found::None);
        let keyword = names.first().and_then(|n| prog_syntax::keywords::by_english("entry", &n.text));
        let Some((keyword, false)) = keyword.map(|k| (k, known(&spelt))) else { return spelt };
        let other = |word: &str| {
            let mut names = spelt.clone();
            names.iter_mut().take(1).for_each(|n| word.clone_into(&mut n.text));
            names
        };
        [keyword.english, keyword.chinese].into_iter().map(other).find(|names| known(names)).unwrap_or(spelt)
    }

    fn entry(&mut self, track: TrackId, paths: &Paths, path: &[&ast::Name], data: &Data, case: &mut Value) {
        let Some(first) = path.first() else { return };
        let words: Vec<&str> = path.iter().map(|n| n.text.as_str()).collect();
        match paths.find(&words) {
            Found::One(id) => {
                let input = self.p.input(id).clone();
                return self.input_entry(track, &input, data, case);
            }
            Found::Group => return self.group_entry(track, paths, path, data, case),
            Found::Many(full) => return self.which(first.span.to(path[path.len() - 1].span), &full),
            Found::None => {}
        }
        let inner = |data: &Data| if let Data::Record(entries, _) = data { Some(entries.clone()) } else { None };
        match (words.as_slice(), inner(data)) {
            (["reason" | "理由", _], _) => self.reason(track, path[1], data, case),
            (["reasons" | "各项理由"], Some(entries)) => {
                entries.iter().for_each(|e| e.key.iter().take(1).for_each(|rule| self.reason(track, rule, &e.value, case)));
            }
            (["event" | "事件", _], _) => self.event(path[1], data, case),
            (["materials" | "材料"], Some(entries)) => {
                for entry in &entries {
                    let Some(name) = entry.key.first() else { continue };
                    if let Some(id) = self.find_material(name) {
                        self.material_entry(id, &entry.value, case);
                    }
                }
            }
            (["materials" | "材料"], None) => self.all_materials(track, data, case),
            (["judgements" | "各项评定"], _) => self.all_sheets(track, "judgements", data, case),
            (["attestations" | "各项证明"], _) => self.all_sheets(track, "attested", data, case),
            (["withdrawn" | "撤回"], _) => {
                if let Some(value) = self.value(data, &YES_NO) {
                    case["withdrawn"] = value;
                }
            }
            ([_], _) => self.rule_or_material(track, paths, first, data, case),
            _dotted => self.unknown_entry(track, paths, path[path.len() - 1]),
        }
    }

    /// The braces after a form, grid or opinion name its parts.
    fn group_entry(&mut self, track: TrackId, paths: &Paths, path: &[&ast::Name], data: &Data, case: &mut Value) {
        let last = path[path.len() - 1];
        match data {
            Data::Record(entries, _) => {
                for entry in entries {
                    let inner: Vec<&ast::Name> = path.iter().copied().chain(&entry.key).collect();
                    self.entry(track, paths, &inner, &entry.value, case);
                }
            }
            // An opinion's plain text.
            Data::Scalar(ast::Expr { kind: ast::ExprKind::Text(_), .. }) => {
                let name = ast::Name { text: "text".to_owned(), span: last.span };
                let inner: Vec<&ast::Name> = path.iter().copied().chain([&name]).collect();
                self.entry(track, paths, &inner, data, case);
            }
            Data::Blank(_) => {}
            Data::Scalar(_) | Data::List(..) | Data::Sealed(_) => {
                self.wrong_value(last.span, text!("这里要写 {{ 栏目: 值 }}", "write `{{ field: value }}` here"));
            }
        }
    }

    fn input_entry(&mut self, track: TrackId, input: &Input, data: &Data, case: &mut Value) {
        let (place, as_of) = match &input.origin {
            Origin::Entered | Origin::Computed(_) => {
                if let Some(value) = self.value(data, &input.field) {
                    put(case, &input.pointer, value);
                }
                return;
            }
            Origin::Attested { .. } => ("attested", None),
            Origin::Judged { .. } => ("judgements", None),
            Origin::External { as_of, .. } => ("external", as_of.as_deref().and_then(|e| self.fixed_day(track, e))),
        };
        let sheet = Sheet { place, key: input.ident.key.clone(), as_of };
        self.sheet(&sheet, data, &input.field, case);
    }

    /// `管理体制: yes`, or in full `{ value: yes, by: 专家组, at: 2024-05-01, reason: "…" }`.
    fn sheet(&mut self, sheet: &Sheet, data: &Data, field: &FieldType, case: &mut Value) {
        let mut map = Map::new();
        let full = matches!(data, Data::Record(entries, _) if entries.iter().any(|e| is_word(e, &["value", "结果"])));
        if let (true, Data::Record(entries, _)) = (full, data) {
            for entry in entries {
                self.sheet_part(entry, field, &mut map);
            }
        } else if let Some(value) = self.value(data, field) {
            map.insert("value".to_owned(), value);
        }
        if let (Some(day), false) = (sheet.as_of, map.is_empty()) {
            map.entry("as_of").or_insert_with(|| day.to_string().into());
        }
        let place = pointer(&[sheet.place, &sheet.key]);
        match map.is_empty() {
            true => cut(case, &place),
            false => put(case, &place, map.into()),
        }
    }

    fn sheet_part(&mut self, entry: &ast::Entry, field: &FieldType, map: &mut Map<String, Value>) {
        let (key, value) = if is_word(entry, &["value", "结果"]) {
            ("value", self.value(&entry.value, field))
        } else if is_word(entry, &["by", "由"]) {
            ("by", self.actor_key(&entry.value))
        } else if is_word(entry, &["at", "在"]) {
            ("at", self.scalar_day(&entry.value))
        } else if is_word(entry, &["as_of", "截至"]) {
            ("as_of", self.scalar_day(&entry.value))
        } else if is_word(entry, &["reason", "理由"]) {
            ("reason", plain_text(&entry.value))
        } else if is_word(entry, &["evidence", "依据"]) {
            ("evidence", plain_text(&entry.value))
        } else {
            if let Some(name) = entry.key.first() {
                let chinese = self.writes_chinese(name.span);
                let known = if chinese {
                    ["结果", "由", "在", "截至", "理由", "依据"]
                } else {
                    ["value", "by", "at", "as_of", "reason", "evidence"]
                };
                self.unknown_name(name, text!("栏目", "field"), &known.map(str::to_owned));
            }
            return;
        };
        if let Some(value) = value {
            map.insert(key.to_owned(), value);
        }
    }

    fn rule_or_material(&mut self, track: TrackId, paths: &Paths, name: &ast::Name, data: &Data, case: &mut Value) {
        if let Some(sheet) = self.rule_sheet(track, name) {
            return self.sheet(&sheet, data, &YES_NO, case);
        }
        let found = self.p.materials.iter().position(|m| m.ident.name == name.text);
        match found {
            Some(id) => self.material_entry(MaterialId(id as u32), data, case),
            None => self.unknown_entry(track, paths, name),
        }
    }

    /// The entry of a judged, attested or external rule, or of a member of a threshold.
    fn rule_sheet(&self, track: TrackId, name: &ast::Name) -> Option<Sheet> {
        let rules = &self.p.track(track).rules;
        let named = rules.iter().filter(|r| r.ident.name == name.text);
        let mut own = named.filter_map(|r: &Rule| sheet_of(&r.ident.key, &r.test));
        let (place, key, day) = own.next().or_else(|| rules.iter().find_map(|r| in_members(&r.test, &name.text)))?;
        Some(Sheet { place, key, as_of: day.and_then(|e| self.fixed_day(track, e)) })
    }

    /// The day of an expression that is a date, or the deadline of a stage that is one.
    fn fixed_day(&self, track: TrackId, e: &crate::Expr) -> Option<Date> {
        match &e.kind {
            ExprKind::Date(day) => Some(*day),
            ExprKind::Due(stage) => match self.p.stage(track, *stage)?.1.due.as_ref()? {
                crate::Deadline::At(e) | crate::Deadline::Inferred(e) => match &e.kind {
                    ExprKind::Date(day) => Some(*day),
                    ExprKind::Moment(at) => self.p.zone.as_ref()?.day_of(*at),
                    _other => None,
                },
                crate::Deadline::Unknown(_) | crate::Deadline::Absent => None,
            },
            _other => None,
        }
    }

    /// `[word, sealed pdf]`, or `yes`: in every format asked for.
    pub(super) fn material_entry(&mut self, id: MaterialId, data: &Data, into: &mut Value) {
        let material = &self.p.materials[id.index()];
        let key = pointer(&["materials", &material.ident.key]);
        let copies: Vec<Value> = match data {
            Data::Scalar(ast::Expr { kind: ast::ExprKind::Bool(true), .. }) if material.formats.is_empty() => vec![json!({})],
            Data::Scalar(ast::Expr { kind: ast::ExprKind::Bool(true), .. }) => {
                material.formats.iter().map(|f| json!({ "format": f.name, "sealed": f.sealed })).collect()
            }
            Data::Scalar(ast::Expr { kind: ast::ExprKind::Bool(false), .. }) | Data::Blank(_) => return cut(into, &key),
            Data::List(items, _) => items.iter().filter_map(|i| self.copy(i)).collect(),
            Data::Scalar(_) | Data::Record(..) | Data::Sealed(_) => self.copy(data).into_iter().collect(),
        };
        put(into, &key, copies.into());
    }

    /// `pdf`, `sealed pdf`, `{ format: pdf, sealed: yes }`.
    fn copy(&mut self, data: &Data) -> Option<Value> {
        match data {
            Data::Scalar(ast::Expr { kind: ast::ExprKind::Name(name), .. }) => Some(json!({ "format": name.text, "sealed": false })),
            Data::Scalar(ast::Expr { kind: ast::ExprKind::Text(words), .. }) => Some(json!({ "format": words, "sealed": false })),
            Data::Sealed(name) => Some(json!({ "format": name.text, "sealed": true })),
            Data::Record(entries, _) => {
                let mut copy = Map::new();
                for entry in entries {
                    if is_word(entry, &["format", "格式"]) {
                        copy.insert("format".to_owned(), plain_text(&entry.value)?);
                    } else if is_word(entry, &["sealed", "加盖公章"]) {
                        copy.insert("sealed".to_owned(), self.value(&entry.value, &YES_NO)?);
                    }
                }
                Some(copy.into())
            }
            Data::Scalar(ast::Expr { span, .. }) | Data::Blank(span) | Data::List(_, span) => {
                self.wrong_value(*span, text!("写格式，例如 pdf，或 是", "write a format, such as `pdf`, or `yes`"));
                None
            }
        }
    }

    /// `materials: yes`: everything the track asks of each case.
    fn all_materials(&mut self, track: TrackId, data: &Data, case: &mut Value) {
        let wanted: Vec<MaterialId> = self.p.track(track).materials.clone();
        for id in wanted {
            let material = &self.p.materials[id.index()];
            if !material.optional && !material.only_needed {
                self.material_entry(id, data, case);
            }
        }
    }

    /// `judgements: yes`, `attestations: no`: every yes or no of the track that is judged, or attested.
    fn all_sheets(&mut self, track: TrackId, wanted: &str, data: &Data, case: &mut Value) {
        let Some(value) = self.value(data, &YES_NO) else { return };
        let mut keys = Vec::new();
        for rule in &self.p.track(track).rules {
            sheets_in(&rule.ident.key, &rule.test, &mut keys);
        }
        for input in self.p.track(track).inputs.iter().map(|i| self.p.input(*i)).filter(|i| i.field.kind == FieldKind::YesNo) {
            match &input.origin {
                Origin::Judged { .. } => keys.push(("judgements", input.ident.key.clone())),
                Origin::Attested { .. } => keys.push(("attested", input.ident.key.clone())),
                Origin::Entered | Origin::External { .. } | Origin::Computed(_) => {}
            }
        }
        for (place, key) in keys.into_iter().filter(|(place, _)| *place == wanted) {
            put(case, &pointer(&[place, &key]), json!({ "value": value }));
        }
    }

    fn reason(&mut self, track: TrackId, rule: &ast::Name, data: &Data, case: &mut Value) {
        let rules = self.p.track(track).rules.iter().map(|r| &r.ident);
        let quotas = self.p.quotas.iter().map(|q| &q.ident);
        let known: Vec<(String, String)> = rules.chain(quotas).map(|i| (i.name.clone(), i.key.clone())).collect();
        self.reason_for(rule, &known, data, case);
    }

    /// Puts a written reason under the key of the rule or quota it is for.
    pub(super) fn reason_for(&mut self, rule: &ast::Name, known: &[(String, String)], data: &Data, into: &mut Value) {
        let Some((_, key)) = known.iter().find(|(name, _)| *name == rule.text) else {
            let names: Vec<String> = known.iter().map(|(name, _)| name.clone()).collect();
            self.unknown_name(rule, text!("规则或名额", "rule or quota"), &names);
            return;
        };
        match plain_text(data) {
            Some(words) => put(into, &pointer(&["reasons", key]), words),
            None => self.wrong_value(rule.span, text!("理由写在引号里", "write the reason in quotes")),
        }
    }

    /// `event.STAGE: 2024-04-22`, or `{ outcome: 报送, on: …, by: …, channel: email }`.
    fn event(&mut self, stage: &ast::Name, data: &Data, case: &mut Value) {
        let Some(id) = self.find_stage(stage) else { return };
        let mut event = Map::new();
        event.insert("stage".to_owned(), self.p.stages[id.index()].key.clone().into());
        match data {
            Data::Record(entries, _) => {
                for entry in entries {
                    let (key, value) = if is_word(entry, &["outcome", "处理为", "处理结果", "结果"]) {
                        ("outcome", plain_text(&entry.value))
                    } else if is_word(entry, &["on", "at", "在", "时间"]) {
                        ("at", self.scalar_day(&entry.value))
                    } else if is_word(entry, &["by", "由"]) {
                        ("by", self.actor_key(&entry.value))
                    } else if is_word(entry, &["channel", "via", "渠道", "经"]) {
                        ("channel", plain_text(&entry.value))
                    } else {
                        if let Some(name) = entry.key.first() {
                            let words = if self.writes_chinese(name.span) {
                                ["处理为", "在", "由", "经"]
                            } else {
                                ["outcome", "on", "by", "via"]
                            };
                            self.unknown_name(name, text!("可填的", "part of an event"), &words.map(str::to_owned));
                        }
                        continue;
                    };
                    if let Some(value) = value {
                        event.insert(key.to_owned(), value);
                    }
                }
            }
            Data::Scalar(e) => {
                let Some(at) = self.day_or_moment(e) else { return };
                event.insert("at".to_owned(), at.into());
            }
            Data::Blank(_) => {}
            Data::List(_, span) | Data::Sealed(ast::Name { span, .. }) => {
                self.wrong_value(*span, text!("写日期，或 {{ outcome: … }}", "write a date, or `{{ outcome: … }}`"));
                return;
            }
        }
        match case.get_mut("events").and_then(Value::as_array_mut) {
            Some(events) => events.push(event.into()),
            None => case["events"] = json!([event]),
        }
    }

    pub(super) fn scalar_day(&mut self, data: &Data) -> Option<Value> {
        if let Data::Scalar(e) = data { self.day_or_moment(e).map(Value::from) } else { None }
    }

    fn actor_key(&mut self, data: &Data) -> Option<Value> {
        match data {
            Data::Scalar(ast::Expr { kind: ast::ExprKind::Name(name), .. }) => {
                self.find_actor(name).map(|id| self.p.actors[id.index()].ident.key.clone().into())
            }
            Data::Scalar(_) | Data::Blank(_) | Data::List(..) | Data::Record(..) | Data::Sealed(_) => plain_text(data),
        }
    }

    fn which(&mut self, span: Span, full: &[String]) {
        let list = full.join("、");
        self.report(
            Diagnostic::error(codes::ENTRY_UNKNOWN, span, text!("不止一项叫这个名称", "more than one entry has this name"))
                .help(text!("写全名：{list}", "write the full name: {list}")),
        );
    }

    fn unknown_entry(&mut self, track: TrackId, paths: &Paths, name: &ast::Name) {
        let rules = &self.p.track(track).rules;
        let mut known: Vec<String> = paths.names().cloned().collect();
        known.extend(rules.iter().map(|r| r.ident.name.clone()));
        known.extend(self.p.materials.iter().map(|m| m.ident.name.clone()));
        let written = &name.text;
        let title = &self.p.track(track).ident.name;
        let computed = rules.iter().any(|r| r.ident.name == *written);
        let message = text!("类别“{title}”里没有可填的“{written}”", "track `{title}` has nothing to enter called `{written}`");
        let diagnostic = Diagnostic::error(codes::ENTRY_UNKNOWN, name.span, message);
        self.report(match super::super::names::nearest(written, known.iter().map(String::as_str)) {
            _ if computed => {
                diagnostic.help(text!("这条规则由信息算出；填写它用到的信息", "this rule is computed; enter the facts it uses"))
            }
            Some(near) => diagnostic.help(text!("是不是“{near}”？", "did you mean `{near}`?")).fix(
                text!("改为“{near}”", "write `{near}`"),
                name.span,
                near.to_owned(),
            ),
            None => diagnostic
                .help(text!("写信息、栏目、评定或证明的规则、材料的名称", "name a fact, field, judged or attested rule, or material")),
        });
    }
}

/// Where a test's own entry stands, and the day of a register entry.
fn sheet_of<'t>(key: &str, test: &'t Test) -> Option<(&'static str, String, Option<&'t crate::Expr>)> {
    match test {
        Test::Judged { .. } => Some(("judgements", key.to_owned(), None)),
        Test::Attested { .. } => Some(("attested", key.to_owned(), None)),
        Test::External { as_of, .. } => Some(("external", key.to_owned(), as_of.as_deref())),
        Test::Bad | Test::Expr(_) | Test::Threshold { .. } => None,
    }
}

fn in_members<'t>(test: &'t Test, name: &str) -> Option<(&'static str, String, Option<&'t crate::Expr>)> {
    let Test::Threshold { members, .. } = test else { return None };
    let own = |m: &'t TestMember| if m.ident.name == name { sheet_of(&m.ident.key, &m.test) } else { None };
    members.iter().find_map(|m| own(m).or_else(|| in_members(&m.test, name)))
}

/// Whether an entry's name is one of these words.
pub(super) fn is_word(entry: &ast::Entry, words: &[&str]) -> bool {
    entry.key.len() == 1 && entry.key.iter().any(|n| words.contains(&n.text.as_str()))
}

/// A text or plain name.
pub(super) fn plain_text(data: &Data) -> Option<Value> {
    match data {
        Data::Scalar(ast::Expr { kind: ast::ExprKind::Text(words), .. }) => Some(words.clone().into()),
        Data::Scalar(ast::Expr { kind: ast::ExprKind::Name(name), .. }) => Some(name.text.clone().into()),
        Data::Scalar(_) | Data::Blank(_) | Data::List(..) | Data::Record(..) | Data::Sealed(_) => None,
    }
}

/// Where every judged or attested test of a rule has its entry, those of threshold members included.
fn sheets_in(key: &str, test: &Test, found: &mut Vec<(&'static str, String)>) {
    if let Test::Threshold { members, .. } = test {
        members.iter().for_each(|m| sheets_in(&m.ident.key, &m.test, found));
    }
    found.extend(sheet_of(key, test).map(|(place, key, _)| (place, key)));
}

/// Takes away what stands at a JSON pointer: said to be blank after all were set.
fn cut(from: &mut Value, pointer: &str) {
    let Some((above, key)) = pointer.rsplit_once('/') else { return };
    if let Some(object) = from.pointer_mut(above).and_then(Value::as_object_mut) {
        object.remove(&key.replace("~1", "/").replace("~0", "~"));
    }
}

/// Puts a value at a JSON pointer, making the objects on the way.
pub(super) fn put(into: &mut Value, pointer: &str, value: Value) {
    let mut at = into;
    for key in pointer.split('/').skip(1) {
        let key = key.replace("~1", "/").replace("~0", "~");
        if !at.is_object() {
            *at = Value::Object(Map::new());
        }
        at = &mut at[key.as_str()];
    }
    *at = value;
}
