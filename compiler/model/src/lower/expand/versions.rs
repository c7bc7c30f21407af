//! Versions: lets, tables and rules of one name that are in force from different days on.
//!
//! In: the declarations of a programme. Out: one declaration a name: a choice by the day that the reading `effective by` names.
//! Always: on a day on which no version is in force the result is unknown; two versions in force on one day are an error. What a day
//! of the application decides becomes a value of every track that has it; tables are given names of their own and chosen where they are
//! looked up.

use super::Expansion;
use prog_base::{Date, Diagnostic, Span, codes, text};
use prog_syntax::ast;
use std::collections::BTreeMap;

/// A version of a table: where it is in force and what it is called now.
#[derive(Clone, Debug)]
pub(crate) struct Version {
    /// The first day; `None`: from the beginning.
    pub from: Option<ast::Expr>,
    /// The last day, if one is written.
    pub to: Option<ast::Expr>,
    /// What is chosen then.
    pub value: ast::Expr,
}

/// What the lookups of a programme need to know of versions.
#[derive(Clone, Debug, Default)]
pub(crate) struct Versions {
    /// The day that decides, as the reading names it.
    pub by: Option<ast::Expr>,
    /// The versions of each table, the earliest first; their values are names.
    pub tables: BTreeMap<String, Vec<Version>>,
    /// Lets that only an application has, since its own day decides.
    pub per_case: Vec<String>,
}

impl Versions {
    /// The value in force: the latest version that has begun, if it has not ended.
    pub(crate) fn choose(&self, versions: &[Version], span: Span) -> ast::Expr {
        let Some(by) = &self.by else { return ast::Expr { kind: ast::ExprKind::Silent(None), span } };
        let none = self.none_in_force(by, span);
        versions.iter().fold(none.clone(), |earlier, version| {
            let value = match &version.to {
                Some(to) => either(compare(by, ast::CompareOp::OnOrBefore, to), version.value.clone(), none.clone()),
                None => version.value.clone(),
            };
            match &version.from {
                Some(from) => either(compare(by, ast::CompareOp::OnOrAfter, from), value, earlier),
                None => value,
            }
        })
    }
}

impl Versions {
    fn none_in_force(&self, by: &ast::Expr, span: Span) -> ast::Expr {
        let english = match &by.kind {
            ast::ExprKind::Name(name) | ast::ExprKind::Due(name) | ast::ExprKind::Time(name) => name.text.is_ascii(),
            _other => true,
        };
        let text = if english { "no version is in force on that day" } else { "当日没有施行的版本" };
        ast::Expr { kind: ast::ExprKind::Silent(Some(ast::Str { text: text.to_owned(), span })), span }
    }
}

impl Expansion<'_> {
    /// Brings the versions of every name together.
    pub(super) fn versions(&mut self, items: &mut Vec<ast::Item>) {
        self.read_setting(items);
        self.lets(items);
        self.tables(items);
        for item in items.iter_mut() {
            if let ast::Item::Track(track) = item {
                self.members(&mut track.members);
            }
        }
    }

    /// `effective by D` of the readings.
    fn read_setting(&mut self, items: &[ast::Item]) {
        let blocks = items.iter().filter_map(|i| if let ast::Item::Readings(block) = i { Some(block) } else { None });
        let setting = blocks.flat_map(|b| &b.settings).rfind(|s| s.name.text == "effective");
        self.open = matches!(setting.map(|s| &s.value), Some(ast::ReadingValue::Open(_)));
        if let Some(ast::ReadingValue::Ends(by)) = setting.map(|s| &s.value) {
            self.versions.by = Some(by.clone());
        }
    }

    /// Says once that no reading tells which day decides.
    fn by_what(&mut self, version: &ast::Effective) {
        if self.versions.by.is_some() || self.open || std::mem::replace(&mut self.told, true) {
            return;
        }
        self.diagnostics.push(
            Diagnostic::error(
                codes::READING_NEEDED,
                version.span,
                text!("没有写明按哪一天选用当时施行的版本", "nothing says which day decides between the versions"),
            )
            .help(text!(
                "在 口径 里写一行：施行 由 申报日期 [条款]（一个日期类的信息），或 施行 由 截止日(环节)；通知没有写明的，写：施行 待定",
                "write in `readings`: `effective by filed_on [clause]` (a fact that is a day) or `effective by due(STAGE)`; if the notice does not say it: `effective open`"
            )),
        );
    }

    /// Lets of the programme: one of each name, or one in each track whose applications have the day that decides.
    fn lets(&mut self, items: &mut Vec<ast::Item>) {
        let mut names: Vec<String> = Vec::new();
        for item in items.iter() {
            if let ast::Item::Let(l) = item
                && l.effective.is_some()
                && !names.contains(&l.head.name.text)
            {
                names.push(l.head.name.text.clone());
            }
        }
        let fact = self.fact();
        let mut chosen = Vec::new();
        for name in &names {
            let of_name = |i: &ast::Item| matches!(i, ast::Item::Let(l) if l.head.name.text == *name);
            let at = items.iter().position(of_name).unwrap_or_default();
            let (same, others): (Vec<_>, Vec<_>) = std::mem::take(items).into_iter().partition(of_name);
            *items = others;
            let same = same.into_iter().filter_map(|i| if let ast::Item::Let(l) = i { Some(l) } else { None }).collect();
            let one = self.one_let(same);
            match fact {
                Some(_) => chosen.push(one),
                None => items.insert(at, ast::Item::Let(one)),
            }
        }
        if let (Some(fact), Some(first)) = (fact, chosen.first()) {
            let heads = heads_with(items, &fact, first.span);
            self.versions.per_case = names;
            if !heads.is_empty() {
                let (span, members) = (first.span, chosen.into_iter().map(ast::TrackMember::Let).collect());
                items.push(ast::Item::Track(ast::Track { heads, forms: Vec::new(), members, span }));
            }
        }
    }

    /// The fact or field that decides, when the reading names one.
    fn fact(&self) -> Option<String> {
        match &self.versions.by.as_ref()?.kind {
            ast::ExprKind::Name(name) => Some(name.text.clone()),
            _other => None,
        }
    }

    /// Lets and rules of a track.
    fn members(&mut self, members: &mut Vec<ast::TrackMember>) {
        for member in members.iter_mut() {
            if let ast::TrackMember::Conditions(group) = member {
                self.members(&mut group.members);
            }
        }
        let dated = |m: &ast::TrackMember| match m {
            ast::TrackMember::Let(l) => l.effective.is_some().then(|| (true, l.head.name.text.clone())),
            ast::TrackMember::Rule(r) => r.effective.is_some().then(|| (false, r.head.name.text.clone())),
            _other => None,
        };
        let mut names: Vec<(bool, String)> = members.iter().filter_map(dated).collect();
        names.sort();
        names.dedup();
        for (is_let, name) in names {
            let of_name = |m: &ast::TrackMember| match m {
                ast::TrackMember::Let(l) => is_let && l.head.name.text == name,
                ast::TrackMember::Rule(r) => !is_let && r.head.name.text == name,
                _other => false,
            };
            let at = members.iter().position(of_name).unwrap_or_default();
            let (same, others): (Vec<_>, Vec<_>) = std::mem::take(members).into_iter().partition(of_name);
            *members = others;
            let (mut lets, mut rules) = (Vec::new(), Vec::new());
            for one in same {
                match one {
                    ast::TrackMember::Let(l) => lets.push(l),
                    ast::TrackMember::Rule(r) => rules.push(r),
                    _other => {}
                }
            }
            let one = if is_let { ast::TrackMember::Let(self.one_let(lets)) } else { ast::TrackMember::Rule(self.one_rule(rules)) };
            members.insert(at, one);
        }
    }

    /// One let of several versions.
    fn one_let(&mut self, mut same: Vec<ast::Let>) -> ast::Let {
        let dates: Vec<Dated> = same.iter().map(|l| dated(l.effective.as_ref(), l.head.name.span)).collect();
        same = self.in_order(same, &dates);
        let versions: Vec<Version> = same.iter().map(|l| version(l.effective.as_ref(), l.value.clone())).collect();
        let mut one = same.swap_remove(0);
        one.value = self.versions.choose(&versions, one.value.span);
        for other in same {
            one.head.cites.extend(other.head.cites);
        }
        one.effective = None;
        one
    }

    /// One rule of several versions; they must ask alike of the same applications.
    fn one_rule(&mut self, mut same: Vec<ast::Rule>) -> ast::Rule {
        let dates: Vec<Dated> = same.iter().map(|r| dated(r.effective.as_ref(), r.head.name.span)).collect();
        same = self.in_order(same, &dates);
        let mut versions = Vec::new();
        for rule in &same {
            match &rule.test {
                ast::Test::Expr(e) => versions.push(version(rule.effective.as_ref(), e.clone())),
                ast::Test::Judged { .. } | ast::Test::Attested { .. } | ast::Test::External { .. } | ast::Test::Threshold { .. } => {
                    self.differ(rule, same.first().unwrap_or(rule));
                }
                ast::Test::Bad(_) => {}
            }
            if !self.alike(rule, same.first().unwrap_or(rule)) {
                self.differ(rule, same.first().unwrap_or(rule));
            }
        }
        let mut one = same.swap_remove(0);
        one.test = ast::Test::Expr(self.versions.choose(&versions, one.span));
        for other in same {
            one.head.cites.extend(other.head.cites);
            let new = other.head.message.filter(|m| one.head.message.as_ref().is_none_or(|old| old.text.text != m.text.text));
            if let Some(words) = new {
                one.head.message = Some(joined(one.head.message.take(), words, other.effective.as_ref(), self.sources));
            }
        }
        one.effective = None;
        one
    }

    /// Whether two versions differ only in what they test and say.
    fn alike(&self, a: &ast::Rule, b: &ast::Rule) -> bool {
        let words = |e: &Option<ast::Expr>| e.as_ref().map(|e| self.sources.slice(e.span).trim().to_owned());
        let name = |n: &Option<ast::Name>| n.as_ref().map(|n| n.text.clone());
        a.strength == b.strength
            && name(&a.at) == name(&b.at)
            && name(&a.outcome) == name(&b.outcome)
            && words(&a.each) == words(&b.each)
            && words(&a.when) == words(&b.when)
            && words(&a.unless) == words(&b.unless)
            && a.waives.is_empty()
            && b.waives.is_empty()
    }

    fn differ(&mut self, rule: &ast::Rule, first: &ast::Rule) {
        let name = &rule.head.name.text;
        self.diagnostics.push(
            Diagnostic::error(
                codes::VERSIONS_DIFFER,
                rule.head.name.span,
                text!(
                    "“{name}”的几个版本只能在所判断的式子和说明上不同",
                    "the versions of `{name}` may differ only in the expression that they test and in their message"
                ),
            )
            .label(first.head.name.span, text!("第一个版本", "the first version"))
            .help(text!(
                "力度、环节、适用条件或判断方式不同的，写成两条规则，各有名称，用 当 写明从哪一天起适用",
                "where strength, stage, guards or the way of judging differ, write two rules with names of their own, each with `when` and the day"
            )),
        );
    }

    /// Tables get names of their own; where they are looked up the version is chosen.
    fn tables(&mut self, items: &mut [ast::Item]) {
        let mut groups: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (at, item) in items.iter().enumerate() {
            if let ast::Item::Table(table) = item {
                groups.entry(table.head.name.text.clone()).or_default().push(at);
            }
        }
        for (name, places) in groups {
            let table = |at: &usize| if let ast::Item::Table(t) = &items[*at] { Some(t) } else { None };
            if !places.iter().filter_map(table).any(|t| t.effective.is_some()) {
                continue;
            }
            let dates: Vec<Dated> = places.iter().filter_map(table).map(|t| dated(t.effective.as_ref(), t.head.name.span)).collect();
            let places = self.in_order(places, &dates);
            let mut versions = Vec::new();
            for at in places {
                let ast::Item::Table(table) = &mut items[at] else { continue };
                let effective = table.effective.take();
                called_by_day(table, effective.as_ref());
                let value = ast::Expr { kind: ast::ExprKind::Name(table.head.name.clone()), span: table.head.name.span };
                versions.push(version(effective.as_ref(), value));
            }
            self.versions.tables.insert(name, versions);
        }
    }

    /// The versions by their days, the earliest first; told where two are in force on one day or a day is none.
    fn in_order<T>(&mut self, same: Vec<T>, dates: &[Dated]) -> Vec<T> {
        if let Some(version) = dates.iter().find_map(|d| d.effective.as_ref()) {
            self.by_what(&version.clone());
        }
        for wrong in dates.iter().flat_map(|d| &d.wrong) {
            self.diagnostics.push(
                crate::lower::type_exprs::not_constant(*wrong).help(text!("写一个日期，如 2031-07-01", "write a date, such as 2031-07-01")),
            );
        }
        let mut order: Vec<usize> = (0..dates.len()).collect();
        order.sort_by_key(|i| dates[*i].from);
        for pair in order.windows(2) {
            let (a, b) = (&dates[pair[0]], &dates[pair[1]]);
            let meets = a.from == b.from || a.to.is_some_and(|to| b.from.is_none_or(|from| to >= from));
            if meets && a.wrong.is_empty() && b.wrong.is_empty() {
                self.overlap(a, b);
            }
        }
        let mut same: Vec<Option<T>> = same.into_iter().map(Some).collect();
        order.into_iter().filter_map(|i| same.get_mut(i).and_then(Option::take)).collect()
    }

    fn overlap(&mut self, a: &Dated, b: &Dated) {
        self.diagnostics.push(
            Diagnostic::error(codes::VERSIONS_OVERLAP, b.place, text!("两个版本有同一天施行", "two versions are in force on one day"))
                .here(text!("第二个版本", "the second version"))
                .label(a.place, text!("第一个版本", "the first version"))
                .help(text!(
                    "改其中一个的施行日期；不写“至”的版本到下一个版本施行时为止",
                    "change the day of one of them; a version without `to` ends where the next begins"
                )),
        );
    }
}

/// When a version is in force, as days.
struct Dated {
    from: Option<Date>,
    to: Option<Date>,
    /// Where it is declared.
    place: Span,
    /// What is no day.
    wrong: Vec<Span>,
    effective: Option<ast::Effective>,
}

fn dated(effective: Option<&ast::Effective>, name: Span) -> Dated {
    let mut wrong = Vec::new();
    let mut day = |e: &ast::Expr| match &e.kind {
        ast::ExprKind::Date(day) => Some(*day),
        _other => {
            wrong.push(e.span);
            None
        }
    };
    let from = effective.and_then(|e| day(&e.from));
    let to = effective.and_then(|e| e.to.as_ref()).and_then(&mut day);
    Dated { from, to, place: effective.map_or(name, |e| e.span), wrong, effective: effective.cloned() }
}

fn version(effective: Option<&ast::Effective>, value: ast::Expr) -> Version {
    Version { from: effective.map(|e| e.from.clone()), to: effective.and_then(|e| e.to.clone()), value }
}

/// A name, key and label that say from which day on a table is in force.
fn called_by_day(table: &mut ast::Table, effective: Option<&ast::Effective>) {
    let day = match effective.map(|e| &e.from.kind) {
        Some(ast::ExprKind::Date(day)) => Some(*day),
        Some(_) | None => None,
    };
    let head = &mut table.head;
    let (zh, en, tail) = match day {
        Some(day) => {
            let (y, m, d) = day.parts();
            (format!("{y}年{m}月{d}日起施行"), format!("from {day}"), format!("_{y:04}_{m:02}_{d:02}"))
        }
        None => ("起初施行".to_owned(), "at first".to_owned(), "_0".to_owned()),
    };
    let (text, en_text) = match &head.message {
        Some(m) => (m.text.text.clone(), m.en.as_ref().unwrap_or(&m.text).text.clone()),
        None => (head.name.text.clone(), head.name.text.clone()),
    };
    let span = head.name.span;
    head.message = Some(ast::Message {
        text: ast::Str { text: format!("{text}（{zh}）"), span },
        en: Some(ast::Str { text: format!("{en_text} ({en})"), span }),
    });
    head.name.text += &tail;
    if let Some(key) = &mut head.key {
        key.text += &tail;
    }
}

/// The messages of two versions in one.
fn joined(
    first: Option<ast::Message>,
    second: ast::Message,
    effective: Option<&ast::Effective>,
    sources: &prog_base::SourceMap,
) -> ast::Message {
    let Some(mut first) = first else { return second };
    let day = effective.map_or("", |e| sources.slice(e.from.span).trim());
    let en = second.en.as_ref().map(|s| s.text.clone());
    if let Some(old) = &mut first.en {
        old.text = format!("{}; from {day}: {}", old.text, en.unwrap_or_else(|| second.text.text.clone()));
    }
    let ascii = first.text.text.is_ascii();
    let tail = if ascii { format!("; from {day}: {}", second.text.text) } else { format!("；{day}起：{}", second.text.text) };
    first.text.text += &tail;
    first
}

/// The heads of the tracks whose applications have a fact or field of this name.
fn heads_with(items: &[ast::Item], fact: &str, span: Span) -> Vec<ast::Head> {
    let forms: Vec<&ast::Form> = items.iter().filter_map(|i| if let ast::Item::Form(f) = i { Some(f) } else { None }).collect();
    let filled = |name: &ast::Name| forms.iter().any(|f| f.head.name.text == name.text && has_field(&f.members, fact));
    let mut heads: Vec<ast::Head> = Vec::new();
    for item in items {
        let ast::Item::Track(track) = item else { continue };
        if !has_fact(&track.members, fact) && !track.forms.iter().any(filled) {
            continue;
        }
        for head in &track.heads {
            if !heads.iter().any(|h| h.name.text == head.name.text) {
                let name = ast::Name { text: head.name.text.clone(), span };
                heads.push(ast::Head { name, key: None, cites: Vec::new(), message: None, doc: None });
            }
        }
    }
    heads
}

fn has_fact(members: &[ast::TrackMember], fact: &str) -> bool {
    members.iter().any(|m| match m {
        ast::TrackMember::Fact(f) => f.head.name.text == fact,
        ast::TrackMember::Conditions(c) => has_fact(&c.members, fact),
        ast::TrackMember::Rule(_)
        | ast::TrackMember::Let(_)
        | ast::TrackMember::Outcomes(_)
        | ast::TrackMember::Output(_)
        | ast::TrackMember::Score(_)
        | ast::TrackMember::Bad(_) => false,
    })
}

fn has_field(members: &[ast::FormMember], name: &str) -> bool {
    members.iter().any(|m| match m {
        ast::FormMember::Cover { members, .. } | ast::FormMember::Group { members, .. } | ast::FormMember::Row { members, .. } => {
            has_field(members, name)
        }
        ast::FormMember::Part(part) => has_field(&part.members, name),
        ast::FormMember::Field(field) => field.head.name.text == name,
        ast::FormMember::Grid(_) | ast::FormMember::Opinion(_) | ast::FormMember::Note(_) | ast::FormMember::Bad(_) => false,
    })
}

fn compare(by: &ast::Expr, op: ast::CompareOp, with: &ast::Expr) -> ast::Expr {
    let (left, right) = (Box::new(by.clone()), Box::new(with.clone()));
    ast::Expr { kind: ast::ExprKind::Compare { op, left, right }, span: with.span }
}

fn either(test: ast::Expr, then: ast::Expr, other: ast::Expr) -> ast::Expr {
    let span = then.span;
    ast::Expr { kind: ast::ExprKind::If { test: Box::new(test), then: Box::new(then), other: Box::new(other) }, span }
}
