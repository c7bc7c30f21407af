//! Semantics 9.1: where a newline ends something.

use super::common::{clean, faults, tree};
use prog_syntax::ast::{Cell, Expr, ExprKind, Item, TableRows};

fn same(a: &str, b: &str) {
    assert_eq!(tree(a), tree(b), "{a}\n---\n{b}");
}

fn items(text: &str) -> usize {
    clean(text).ast.items.len()
}

#[test]
fn semantics_9_1_a_newline_ends_a_declaration() {
    assert_eq!(items("actor a\nactor b"), 2);
    assert_eq!(items("let a = 40\nquota q : count(x) at most 5"), 2);
    // Not forty quotas.
    assert_eq!(items("quota p : count(x) at most 40\nquota q : count(x) at most 40\n"), 2);
    assert_eq!(items("let a = 5\nin principle quota q : count(x) at most 5"), 2);
}

#[test]
fn semantics_9_1_a_line_goes_on_before_signs_operators_and_modifiers() {
    same("quota q at s per k\n    : count(x)\n    at most 5\n    else bad", "quota q at s per k : count(x) at most 5 else bad");
    same("let a = b\n    + c\n    * d", "let a = b + c * d");
    same("let a = b\n    and c", "let a = b and c");
    same("计算 a = b\n    且 c", "let a = b and c");
    same("workflow { stage s {\n on ok\n   -> t } }", "workflow { stage s { on ok -> t } }");
    same("track t { require r : judged by a\n on m\n unless b }", "track t { require r : judged by a on m unless b }");
    same("track t { waive w\n : a\n waives b\n needs c }", "track t { waive w : a waives b needs c }");
    same(
        "form f { part p { x : Prose about 1000 words\n prompt \"…\"\n help \"…\"\n optional } }",
        "form f { part p { x : Prose about 1000 words prompt \"…\" help \"…\" optional } }",
    );
    same("form f { part p { x as k\n  \"label\" : Text } }", "form f { part p { x as k \"label\" : Text } }");
}

#[test]
fn semantics_9_1_a_modifier_that_is_declared_starts_a_line() {
    let text = "record r {\n a : Text\n when : Date\n at as at_key : Text\n by \"label\" : Text\n prompt \"label\" : Text\n 于 ： 文本\n}";
    let ast = clean(text).ast;
    let Item::Record(record) = &ast.items[0] else { panic!() };
    let names: Vec<&str> = record.fields.iter().map(|f| f.head.name.text.as_str()).collect();
    assert_eq!(names, ["a", "when", "at", "by", "prompt", "于"]);
}

#[test]
fn semantics_9_1_a_table_row_never_continues() {
    let ast = clean("table t by a {\n a | b: Integer\n 0 | 5\n -3 | 16\n otherwise | 1\n}").ast;
    let Item::Table(table) = &ast.items[0] else { panic!() };
    let TableRows::Written { rows, .. } = &table.rows else { panic!() };
    assert_eq!(rows.len(), 3);
    assert!(matches!(&rows[1].cells[0], Cell::Expr(Expr { kind: ExprKind::Negate(_), .. })));
    assert!(matches!(&rows[2].cells[0], Cell::Otherwise(_)));
}

#[test]
fn semantics_9_1_brackets_hold_lines_together() {
    same("let a = count(x\n where y = 1\n per z)", "let a = count(x where y = 1 per z)");
    same("quota q [一:\n \"a\",\n 二] : a", "quota q [一: \"a\", 二] : a");
    same("let a = (b\n\n // note\n + c)", "let a = (b + c)");
    // A unit is on its number's line, even inside brackets.
    let ast = clean("let a = (40 元)").ast;
    let Item::Let(l) = &ast.items[0] else { panic!() };
    assert!(matches!(l.value.kind, ExprKind::Number { unit: Some(_), .. }));
    assert_eq!(faults("let a = (40\n元)").len(), 1);
}

#[test]
fn semantics_9_1_values_on_lines_or_with_commas() {
    same("enum e {\n a\n b \"B\"\n c as k\n}", "enum e { a, b \"B\", c as k }");
    same("enum e {\n a,\n b,\n}", "enum e { a、b }");
    same("enum e {\n total\n per\n 于\n}", "enum e { total, per, 于 }");
    same("track t { fact f : one of {\n a\n b\n } }", "track t { fact f : one of { a, b } }");
}

#[test]
fn steps_of_a_scenario_are_lines() {
    same("scenario \"s\" {\n sent by a\n at s\n on 2024-04-22\n open\n}", "scenario \"s\" { sent by a; at s; on 2024-04-22; open }");
}

#[test]
fn carriage_returns_and_comments_change_nothing() {
    let text = "// head\nactor a // tail\n/// doc\n/// more\nactor b\n";
    same(text, &text.replace('\n', "\r\n"));
    same(text, &format!("\u{FEFF}{text}"));
    let parse = clean(text);
    assert_eq!(parse.comments.len(), 4);
    assert_eq!(parse.comments[1].text, "// tail");
    let Item::Actor(b) = &parse.ast.items[1] else { panic!() };
    assert_eq!(b.head.doc.as_deref(), Some("doc\nmore"));
}
