//! Every construct in English and Chinese: two files, one tree.

use super::common::{clean, tree};
use prog_syntax::ast::{ExprKind, Item, Test, TrackMember, TypeKind};

const ENGLISH: &str = include_str!("../data/constructs.en.prog");
const CHINESE: &str = include_str!("../data/constructs.zh.prog");

#[test]
fn english_and_chinese_give_one_tree() {
    let (english, chinese) = (tree(ENGLISH), tree(CHINESE));
    for (i, (a, b)) in english.lines().zip(chinese.lines()).enumerate() {
        assert_eq!(a, b, "{}", english.lines().skip(i.saturating_sub(30)).take(32).collect::<Vec<_>>().join("\n"));
    }
    assert_eq!(english.len(), chinese.len());
}

#[test]
fn nothing_in_it_is_bad() {
    assert!(!tree(ENGLISH).lines().any(|l| l.trim_start().starts_with("Bad")), "a bad node without a message");
}

#[test]
fn spans_are_the_authors() {
    let text = "actor a // x\ntrack t { fact 名 as k [四(一) : \"x\"] \"l\" : list of Decimal(2) in 万元 at least 3 }";
    let ast = clean(text).ast;
    let Item::Track(track) = &ast.items[1] else { panic!() };
    let TrackMember::Fact(fact) = &track.members[0] else { panic!() };
    let at = |s: prog_base::Span| &text[s.start as usize..s.end as usize];
    assert_eq!(at(fact.head.name.span), "名");
    assert_eq!(at(fact.head.cites[0].span), "四(一)");
    assert_eq!(at(fact.ty.span), "list of Decimal(2) in 万元 at least 3");
    assert_eq!(at(fact.span), "fact 名 as k [四(一) : \"x\"] \"l\" : list of Decimal(2) in 万元 at least 3");
    // The unit is the number's, the limit is the list's.
    assert_eq!(fact.ty.limits.len(), 1);
    let TypeKind::List(inner) = &fact.ty.kind else { panic!() };
    assert_eq!(inner.unit.as_ref().unwrap().text, "万元");
}

#[test]
fn operators_bind_as_documented() {
    let expr = |text: &str| tree(&format!("let a = {text}"));
    for (short, full) in [
        ("a or b and c = d".replace(" or b and", " and b and").as_str(), "a and b and (c = d)"),
        ("not a = b and c", "(not (a = b)) and c"),
        ("a + b * c - d / e", "(a + (b * c)) - (d / e)"),
        ("a - b - c", "(a - b) - c"),
        ("a * b floored at c capped at d at least e", "(((a * b) floored at c) capped at d) at least e"),
        ("a otherwise b + c = d", "(a otherwise (b + c)) = d"),
        ("x between a and b and c", "(x between a and b) and c"),
        ("if a then b else if c then d else e", "if a then b else (if c then d else e)"),
        ("-a * b", "(-a) * b"),
    ] {
        assert_eq!(expr(short), expr(full), "{short}");
    }
}

#[test]
fn materials_tell_keys_from_formats_and_channels_from_actors() {
    let material = |text: &str| match &clean(text).ast.items[0] {
        Item::Material(m) => m.clone(),
        other => panic!("{other:?}"),
    };
    let m = material("material a as k by b as word and sealed pdf by email at s");
    assert_eq!(m.heads[0].key.as_ref().unwrap().text, "k");
    assert_eq!(m.formats.iter().map(|f| (f.name.text.as_str(), f.sealed)).collect::<Vec<_>>(), [("word", false), ("pdf", true)]);
    assert_eq!((m.by.unwrap().text, m.channel.unwrap().text), ("b".to_owned(), "email".to_owned()));
    let m = material("material a as pdf");
    assert!(m.heads[0].key.is_none());
    assert_eq!(m.formats.len(), 1);
    let m = material("材料 a 由 b 经 邮件");
    assert_eq!((m.by.unwrap().text, m.channel.unwrap().text), ("b".to_owned(), "邮件".to_owned()));
}

#[test]
fn an_index_touches_its_table() {
    let ast = clean("track t { require r : a[k] at most b }\nworkflow { stage s due d [五] { } }").ast;
    let Item::Track(track) = &ast.items[0] else { panic!() };
    let TrackMember::Rule(rule) = &track.members[0] else { panic!() };
    let Test::Expr(e) = &rule.test else { panic!() };
    assert!(matches!(&e.kind, ExprKind::Compare { left, .. } if matches!(left.kind, ExprKind::Index { .. })));
    let Item::Workflow(workflow) = &ast.items[1] else { panic!() };
    assert_eq!(workflow.stages[0].head.cites.len(), 1);
}
