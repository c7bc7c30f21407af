//! The tree of sub-results behind a report: values, clauses, source places.
//!
//! In: a case and the sources. Out: one tree a rule and listed let. Always: the same evaluation as the report, seen from inside; under the
//! settings asked for (open readings stay open).

use crate::case::Case;
use crate::eval::{eval, items_of};
use crate::evaluate::shown;
use crate::json;
use crate::options::Options;
use crate::prepared::Prepared;
use crate::readings::settings_of;
use crate::report::{Shown, result_word, strength_word};
use crate::scene::Scene;
use crate::shown_with_unit;
use crate::value::{Needs, Value};
use prog_base::{Exact, Lang, SourceMap, Span};
use prog_model::{Citation, Dimension, Expr, ExprKind, NumberType, Origin, Rule, RuleId, Test, Type};

/// One node: a rule, or an expression within it.
#[derive(Clone, Debug)]
pub struct Explained {
    /// Rule, field or operator as written.
    pub what: String,
    /// Its value as shown.
    pub value: String,
    /// Clauses, for rules and lets.
    pub clauses: Vec<String>,
    /// `file:line:column`.
    pub place: String,
    /// What it was made of.
    pub parts: Vec<Explained>,
}

/// Explains every rule of the case's track.
pub fn explain(prepared: &Prepared<'_>, case: &Case, options: &Options, sources: &SourceMap) -> Vec<Explained> {
    explain_some(prepared, case, options, sources, |_| true)
}

/// Explains the rules and lets of these keys.
pub fn explain_some(
    prepared: &Prepared<'_>,
    case: &Case,
    options: &Options,
    sources: &SourceMap,
    wanted: impl Fn(&str) -> bool,
) -> Vec<Explained> {
    let scene = Scene::new(prepared, case, settings_of(&prepared.settings, options).into(), options.on);
    let mut explainer = Explainer { scene, sources };
    let track = explainer.scene.track;
    let mut tree: Vec<(Span, Explained)> = Vec::new();
    for id in (0..track.rules.len()).filter(|id| wanted(&track.rules[*id].ident.key)) {
        tree.push((track.rules[id].span, explainer.rule(RuleId(id as u32))));
    }
    for named in track.lets.iter().filter(|named| wanted(&named.ident.key)) {
        let expr = explainer.expr(&named.value);
        let what = format!("{} = {}", named.ident.name, expr.what);
        let clauses = explainer.clauses(&named.cites);
        tree.push((named.span, Explained { what, clauses, ..expr }));
    }
    tree.sort_by_key(|(span, _)| *span);
    tree.into_iter().map(|(_, node)| node).collect()
}

struct Explainer<'s, 'a> {
    scene: Scene<'a>,
    sources: &'s SourceMap,
}

impl<'a> Explainer<'_, 'a> {
    fn clauses(&self, cites: &[Citation]) -> Vec<String> {
        self.scene.prepared.programme.addresses(cites).into_iter().map(str::to_owned).collect()
    }

    fn place(&self, span: Span) -> String {
        let source = self.sources.get(span.file);
        let position = source.position(span.start as usize);
        format!("{}:{}:{}", source.path, position.line, position.column)
    }

    /// The source text, on one line.
    fn written(&self, span: Span) -> String {
        self.sources.slice(span).split_whitespace().collect::<Vec<_>>().join(" ")
    }

    fn rule(&mut self, id: RuleId) -> Explained {
        let rule = &self.scene.track.rules[id.index()];
        let judged = self.scene.judged(id).clone();
        let mut parts = Vec::new();
        for guard in rule.when.iter().chain(&rule.unless) {
            parts.push(self.expr(guard));
        }
        for waiver in &rule.waived_by {
            let ident = &self.scene.track.rules[waiver.index()].ident;
            let result = self.scene.judged(*waiver).result;
            parts.push(self.leaf(ident.name.clone(), result_word(result).to_owned(), ident.span));
        }
        self.inside(rule, &mut parts);
        let value = with_needs(result_word(judged.result).to_owned(), &judged.needs);
        Explained {
            what: format!("{} {}", strength_word(rule.strength), rule.ident.name),
            value,
            clauses: self.clauses(&rule.cites),
            place: self.place(rule.ident.span),
            parts,
        }
    }

    /// What a rule tests; of an `each` rule, item by item.
    fn inside(&mut self, rule: &'a Rule, parts: &mut Vec<Explained>) {
        let Some(list) = &rule.each else { return self.test(&rule.test, &rule.ident.key, rule.ident.span, parts) };
        parts.push(self.expr(list));
        let value = eval(&mut self.scene, list);
        for (index, item) in items_of(value, &list.ty).unwrap_or_default().into_iter().enumerate() {
            self.scene.frame.items.push(item);
            let mut inner = Vec::new();
            for guard in rule.when.iter().chain(&rule.unless) {
                inner.push(self.expr(guard));
            }
            self.test(&rule.test, &rule.ident.key, rule.ident.span, &mut inner);
            self.scene.frame.items.pop();
            let mut node = self.leaf(format!("{}", index + 1), String::new(), list.span);
            node.parts = inner;
            parts.push(node);
        }
    }

    fn test(&mut self, test: &'a Test, key: &'a str, span: Span, parts: &mut Vec<Explained>) {
        let (word, value) = match test {
            Test::Bad => return,
            Test::Expr(e) => return parts.push(self.expr(e)),
            Test::Threshold { members, .. } => {
                for member in members {
                    let mut inner = Vec::new();
                    self.test(&member.test, &member.ident.key, member.ident.span, &mut inner);
                    let mut node = self.leaf(member.ident.name.clone(), String::new(), member.ident.span);
                    node.clauses = self.clauses(&member.cites);
                    node.parts = inner;
                    parts.push(node);
                }
                return;
            }
            Test::Judged { .. } => ("judged", self.scene.sheet(key).and_then(|s| s.judged)),
            Test::Attested { .. } => ("attested", self.scene.sheet(key).and_then(|s| s.attested)),
            Test::External { as_of, .. } => {
                if let Some(day) = as_of {
                    parts.push(self.expr(day));
                }
                ("external", self.scene.sheet(key).and_then(|s| s.external))
            }
        };
        parts.push(self.leaf(format!("{word} {key}"), value.map_or("blank".to_owned(), |v| v.to_string()), span));
    }

    fn leaf(&self, what: String, value: String, span: Span) -> Explained {
        Explained { what, value, clauses: Vec::new(), place: self.place(span), parts: Vec::new() }
    }

    fn expr(&mut self, e: &'a Expr) -> Explained {
        let value = eval(&mut self.scene, e);
        let mut node = self.leaf(self.written(e.span), self.shown(&e.ty, value), e.span);
        node.parts = self.parts_of(e);
        node
    }

    fn parts_of(&mut self, e: &'a Expr) -> Vec<Explained> {
        let p = self.scene.prepared.programme;
        match &e.kind {
            ExprKind::Input(id) => match &p.input(*id).origin {
                Origin::Computed(value) => vec![self.expr(value)],
                Origin::Entered | Origin::Attested { .. } | Origin::Judged { .. } | Origin::External { .. } => Vec::new(),
            },
            ExprKind::Constant(id) => vec![self.expr(&p.lets[id.index()].value)],
            ExprKind::OverList { list, filter, value, .. } => {
                let mut all = vec![self.expr(list)];
                let items = items_of(eval(&mut self.scene, list), &list.ty).unwrap_or_default();
                for (index, item) in items.into_iter().enumerate() {
                    self.scene.frame.items.push(item);
                    let inner: Vec<Explained> = filter.iter().chain(value).map(|x| self.expr(x)).collect();
                    self.scene.frame.items.pop();
                    let mut node = self.leaf(format!("{}", index + 1), String::new(), list.span);
                    node.parts = inner;
                    all.push(node);
                }
                all
            }
            ExprKind::OverCases { .. } | ExprKind::Share { .. } => Vec::new(),
            _other => e.parts().into_iter().filter(|x| !is_literal(x)).map(|x| self.expr(x)).collect(),
        }
    }

    fn shown(&self, ty: &'a Type, value: Value<'a>) -> String {
        let p = self.scene.prepared.programme;
        if let Value::List(items) = &value {
            return format!("[{}]", items.len());
        }
        let number = |n: &Exact, ty: &NumberType| {
            // `4.8`, or `45%`: in points without a sign it would be taken for another number.
            if ty.unit.is_none() && *ty.shown_as() == Dimension::Ratio {
                return shown_with_unit(p, n, ty);
            }
            let unit = ty.unit.map_or(String::new(), |u| format!(" {}", p.unit(u).ident.name));
            json::number(p, n, ty).0 + &unit
        };
        match shown(p, ty, value) {
            Shown::Bool(value) => value.to_string(),
            Shown::Number(n, ty) => number(&n, ty),
            Shown::Text(text) => text.into_owned(),
            Shown::Texts(texts) => texts.join(", "),
            Shown::None => "none".to_owned(),
            Shown::Unknown(needs, None) => with_needs("unknown".to_owned(), &needs),
            Shown::Unknown(needs, Some(bounds)) => {
                let (low, high, ty) = *bounds;
                let end = |e: Option<Exact>| e.map_or(String::new(), |n| number(&n, ty));
                let bounds = if low.is_some() || high.is_some() { format!(" {}..{}", end(low), end(high)) } else { String::new() };
                with_needs(format!("unknown{bounds}"), &needs)
            }
        }
    }
}

/// Literals explain themselves.
fn is_literal(e: &Expr) -> bool {
    matches!(
        e.kind,
        ExprKind::Bool(_) | ExprKind::Number(_) | ExprKind::Text(_) | ExprKind::Date(_) | ExprKind::Moment(_) | ExprKind::EnumValue { .. }
    )
}

fn with_needs(words: String, needs: &Needs<'_>) -> String {
    if needs.0.is_empty() { words } else { format!("{words} ← {}", needs.0.iter().map(|n| n.key).collect::<Vec<_>>().join(", ")) }
}

/// As indented text.
pub fn to_text(tree: &[Explained], lang: Lang) -> String {
    let mut text = String::new();
    tree.iter().for_each(|node| write_text(node, 0, lang, &mut text));
    text
}

fn write_text(node: &Explained, depth: usize, lang: Lang, text: &mut String) {
    let clauses = match (node.clauses.is_empty(), lang) {
        (true, _) => String::new(),
        (false, Lang::Zh) => format!(" 〔{}〕", node.clauses.join("、")),
        (false, Lang::En) => format!(" [{}]", node.clauses.join(", ")),
    };
    let value = if node.value.is_empty() { String::new() } else { format!(": {}", node.value) };
    text.push_str(&format!("{}{}{value}{clauses}  ({})\n", "  ".repeat(depth), node.what, node.place));
    node.parts.iter().for_each(|part| write_text(part, depth + 1, lang, text));
}

/// As JSON (RFC 8785).
pub fn to_json(tree: &[Explained]) -> String {
    format!("[{}]", tree.iter().map(node_json).collect::<Vec<_>>().join(","))
}

fn node_json(node: &Explained) -> String {
    let clauses = node.clauses.iter().map(|c| json::quoted(c)).collect::<Vec<_>>().join(",");
    format!(
        "{{\"clauses\":[{clauses}],\"parts\":{},\"place\":{},\"value\":{},\"what\":{}}}",
        to_json(&node.parts),
        json::quoted(&node.place),
        json::quoted(&node.value),
        json::quoted(&node.what)
    )
}
