//! Rules and quotas that can never be met, never fail, or never apply: as far as the bounds of what they read show it.
//!
//! Always: said only when it is so for every case; what the notice leaves open decides nothing.

use super::prove::{Answer, together};
use crate::lower::{Constant, Lower};
use crate::{Expr, ExprKind, Ident, Test, TestMember};
use prog_base::{Diagnostic, Text, codes, text};

/// Checks the tests of every rule and quota.
pub(super) fn check<'a>(lower: &'a Lower<'a>, out: &mut Vec<Diagnostic>) {
    for rule in lower.p.tracks.iter().flat_map(|t| &t.rules) {
        let guards: Vec<(&Expr, bool)> = rule.when.iter().map(|e| (e, true)).chain(rule.unless.iter().map(|e| (e, false))).collect();
        let rule_name = text!("规则“{}”", "rule `{}`", rule.ident.name);
        if !guards.is_empty() && impossible(lower, &guards) {
            let what = Text { zh: format!("{}永远不适用", rule_name.zh), en: format!("{} never applies", rule_name.en) };
            out.push(said(lower, &rule.ident, what, guards[0].0));
            continue;
        }
        test(lower, &rule.ident, &rule_name, &rule.test, &guards, out);
    }
    for quota in &lower.p.quotas {
        let name = text!("名额“{}”", "quota `{}`", quota.ident.name);
        let guards: Vec<(&Expr, bool)> = quota.when.iter().map(|e| (e, true)).collect();
        one(lower, &quota.ident, &name, &quota.test, &guards, out);
    }
}

fn test<'a>(lower: &'a Lower<'a>, ident: &Ident, name: &Text, test: &'a Test, guards: &[(&'a Expr, bool)], out: &mut Vec<Diagnostic>) {
    match test {
        Test::Expr(e) => one(lower, ident, name, e, guards, out),
        Test::Threshold { members, .. } => members.iter().for_each(|m| member(lower, m, guards, out)),
        Test::Bad | Test::Judged { .. } | Test::Attested { .. } | Test::External { .. } => {}
    }
}

fn member<'a>(lower: &'a Lower<'a>, member: &'a TestMember, guards: &[(&'a Expr, bool)], out: &mut Vec<Diagnostic>) {
    let guards: Vec<(&Expr, bool)> = guards.iter().copied().chain(member.when.iter().map(|e| (e, true))).collect();
    let name = text!("“{}”", "`{}`", member.ident.name);
    test(lower, &member.ident, &name, &member.test, &guards, out);
}

fn one<'a>(lower: &'a Lower<'a>, ident: &Ident, name: &Text, test: &'a Expr, guards: &[(&'a Expr, bool)], out: &mut Vec<Diagnostic>) {
    let with = |truth: bool| impossible(lower, &[guards, &[(test, truth)]].concat());
    let words = if with(true) {
        ("永远不成立", "can never be met")
    } else if with(false) {
        ("总是成立", "is always met")
    } else {
        return;
    };
    let what = Text { zh: format!("{}{}", name.zh, words.0), en: format!("{} {}", name.en, words.1) };
    out.push(said(lower, ident, what, test));
}

fn impossible<'a>(lower: &'a Lower<'a>, conditions: &[(&'a Expr, bool)]) -> bool {
    together(lower, conditions) == Answer::Impossible
}

fn said(lower: &Lower<'_>, ident: &Ident, what: Text, test: &Expr) -> Diagnostic {
    let d = Diagnostic::warning(codes::RULE_CONSTANT, ident.span, what);
    if matches!(lower.constant(test), Some(Constant::Bool(_))) {
        return d.help(text!("检查它要判断的内容；它不看任何申请", "check what it tests: it looks at no application"));
    }
    let mut input = None;
    test.visit(&mut |e| {
        if let ExprKind::Input(id) = &e.kind {
            input.get_or_insert(*id);
        }
    });
    let d = match input {
        Some(id) => d.label(lower.p.input(id).span, text!("它能取的值在这里写明", "its possible values are stated here")),
        None => d,
    };
    d.help(text!("核对原文中的数，改正规则，或改正取值范围", "compare with the notice: correct the rule, or the range"))
}
