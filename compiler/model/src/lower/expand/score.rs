//! A `score`: a let for each item, a let for the total, and a named `require` for each thing that must be reached.
//!
//! In: one score. Out: what it stands for. Always: the requires stand in a group of the score's name, so that `waives` lifts them
//! together; what cites nothing cites what the score cites.

use prog_base::{SourceMap, Span};
use prog_syntax::ast;

/// What a score stands for: the items' points, the total, what must be reached.
pub(super) fn members(score: &ast::Score, sources: &SourceMap) -> Vec<ast::TrackMember> {
    let mut members: Vec<ast::TrackMember> = score.items.iter().map(|item| ast::TrackMember::Let(points(score, item))).collect();
    members.push(ast::TrackMember::Let(total(score)));
    let rules = rules(score, sources);
    if !rules.is_empty() {
        let members_of_group = rules.into_iter().map(ast::TrackMember::Rule).collect();
        members.push(ast::TrackMember::Conditions(ast::Conditions { head: group(score), members: members_of_group, span: score.span }));
    }
    members
}

/// The points of an item.
fn points(score: &ast::Score, item: &ast::ScoreItem) -> ast::Let {
    ast::Let {
        head: cited(&item.head, &score.head),
        effective: None,
        ty: None,
        value: item.value.clone(),
        out_of: item.out_of.clone().map(|most| ast::OutOf { most, parts: Vec::new() }),
        span: item.span,
    }
}

/// The sum of the items, each times its weight.
fn total(score: &ast::Score) -> ast::Let {
    let parts: Vec<ast::Expr> = score.items.iter().map(part).collect();
    let nothing = || ast::Expr { kind: ast::ExprKind::Bad, span: score.head.name.span };
    let sum = parts.iter().cloned().reduce(|sum, part| arithmetic(ast::ArithmeticOp::Add, sum, part)).unwrap_or_else(nothing);
    ast::Let {
        head: score.head.clone(),
        effective: None,
        ty: None,
        value: sum,
        out_of: score.out_of.clone().map(|most| ast::OutOf { most, parts }),
        span: score.span,
    }
}

fn part(item: &ast::ScoreItem) -> ast::Expr {
    let points = named(&item.head.name, item.head.name.span);
    match &item.weight {
        Some(weight) => arithmetic(ast::ArithmeticOp::Multiply, weight.clone(), points),
        None => points,
    }
}

/// What the total and the items must reach.
fn rules(score: &ast::Score, sources: &SourceMap) -> Vec<ast::Rule> {
    let text = |e: &ast::Expr| sources.slice(e.span).trim().to_owned();
    let mut rules = Vec::new();
    if let Some(pass) = &score.pass {
        let mark = text(pass);
        let words = Words { zh: "及格", en: "pass", said_zh: format!("不低于{mark}"), said_en: format!("at least {mark}") };
        rules.push(rule(score, &score.head, &words, compare(&score.head.name, ast::CompareOp::AtLeast, pass)));
    }
    for item in &score.items {
        let head = cited(&item.head, &score.head);
        if let Some(least) = &item.least {
            let mark = text(least);
            let words = Words { zh: "达标", en: "least", said_zh: format!("不低于{mark}"), said_en: format!("at least {mark}") };
            rules.push(rule(score, &head, &words, compare(&head.name, ast::CompareOp::AtLeast, least)));
        }
        if let Some(other) = &item.other_than {
            let mark = text(other);
            let words = Words { zh: "得分", en: "given", said_zh: format!("不为{mark}"), said_en: format!("not {mark}") };
            rules.push(rule(score, &head, &words, compare(&head.name, ast::CompareOp::NotEqual, other)));
        }
    }
    rules
}

/// How a rule is called after what it asks, and what it says.
struct Words {
    zh: &'static str,
    en: &'static str,
    said_zh: String,
    said_en: String,
}

fn rule(score: &ast::Score, of: &ast::Head, words: &Words, test: ast::Expr) -> ast::Rule {
    let span = test.span;
    let (zh, en) = titles(of);
    let name = if of.name.text.is_ascii() { format!("{}_{}", of.name.text, words.en) } else { format!("{}{}", of.name.text, words.zh) };
    let head = ast::Head {
        name: ast::Name { text: name, span },
        key: of.key.as_ref().map(|key| ast::Name { text: format!("{}_{}", key.text, words.en), span }),
        cites: of.cites.clone(),
        message: Some(message(format!("{zh}{}", words.said_zh), format!("{en}: {}", words.said_en), span)),
        doc: None,
    };
    ast::Rule {
        strength: ast::Strength::Require,
        head,
        at: score.at.clone(),
        effective: None,
        each: None,
        when: None,
        unless: None,
        test: ast::Test::Expr(test),
        outcome: score.outcome.clone(),
        waives: Vec::new(),
        needs: Vec::new(),
        span,
    }
}

fn group(score: &ast::Score) -> ast::Head {
    let (zh, en) = titles(&score.head);
    let said = message(format!("{zh}的要求"), format!("{en}: what must be reached"), score.head.name.span);
    ast::Head { message: Some(said), doc: None, ..score.head.clone() }
}

/// How a declaration is called in Chinese and in English.
fn titles(head: &ast::Head) -> (String, String) {
    match &head.message {
        Some(m) => (m.text.text.clone(), m.en.as_ref().unwrap_or(&m.text).text.clone()),
        None => (head.name.text.clone(), head.name.text.clone()),
    }
}

fn message(zh: String, en: String, span: Span) -> ast::Message {
    ast::Message { text: ast::Str { text: zh, span }, en: Some(ast::Str { text: en, span }) }
}

fn cited(head: &ast::Head, of: &ast::Head) -> ast::Head {
    let cites = if head.cites.is_empty() { of.cites.clone() } else { head.cites.clone() };
    ast::Head { cites, ..head.clone() }
}

fn named(name: &ast::Name, span: Span) -> ast::Expr {
    ast::Expr { kind: ast::ExprKind::Name(ast::Name { text: name.text.clone(), span }), span }
}

/// A comparison of what a name stands for with a value; its place is the value's.
fn compare(name: &ast::Name, op: ast::CompareOp, with: &ast::Expr) -> ast::Expr {
    let left = Box::new(named(name, with.span));
    ast::Expr { kind: ast::ExprKind::Compare { op, left, right: Box::new(with.clone()) }, span: with.span }
}

fn arithmetic(op: ast::ArithmeticOp, left: ast::Expr, right: ast::Expr) -> ast::Expr {
    let span = right.span;
    ast::Expr { kind: ast::ExprKind::Arithmetic { op, left: Box::new(left), right: Box::new(right) }, span }
}
