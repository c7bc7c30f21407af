//! Scalars and relations to text in one dialect.
//!
//! In: the tree. Out: SQL, laid out to about 110 columns. Always: an operand is bracketed unless it binds tighter than its operator.

use super::dialect::Dialect;
use super::tree::{Over, Sql, Width};

/// Columns beyond which a `CASE` is broken into lines.
const WIDTH: usize = 110;

/// How tightly a scalar binds: the looser stand in brackets.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Binding {
    Or,
    And,
    Not,
    Compare,
    Add,
    Multiply,
    Concat,
    Atom,
}

fn binding(sql: &Sql) -> Binding {
    match sql {
        Sql::Or(_) => Binding::Or,
        Sql::And(_) => Binding::And,
        Sql::Not(_) => Binding::Not,
        Sql::Compare(..) | Sql::IsNull(_) | Sql::IsGiven(_) | Sql::IsTrue(_) | Sql::IsFalse(_) | Sql::In(..) => Binding::Compare,
        Sql::Over(Over::First, ..) => Binding::Compare,
        Sql::Concat(_) => Binding::Concat,
        Sql::Arithmetic('*', ..) => Binding::Multiply,
        Sql::Arithmetic(..) | Sql::Quotient(..) => Binding::Add,
        Sql::Int(digits) if digits.starts_with('-') => Binding::Add,
        Sql::Negate(_) => Binding::Add,
        Sql::Null
        | Sql::Bool(_)
        | Sql::Int(_)
        | Sql::Text(_)
        | Sql::Column(_)
        | Sql::Case(..)
        | Sql::Coalesce(_)
        | Sql::Call(..)
        | Sql::Over(Over::UpTo(_), ..)
        | Sql::Spelled(_) => Binding::Atom,
    }
}

/// Prints a scalar; lines after the first are indented by `indent`.
pub fn scalar(dialect: Dialect, sql: &Sql, indent: usize) -> String {
    Printer { dialect }.print(sql, indent)
}

struct Printer {
    dialect: Dialect,
}

impl Printer {
    fn print(&self, sql: &Sql, indent: usize) -> String {
        let d = self.dialect;
        match sql {
            Sql::Null => "NULL".to_owned(),
            Sql::Bool(true) => "TRUE".to_owned(),
            Sql::Bool(false) => "FALSE".to_owned(),
            Sql::Int(digits) => digits.clone(),
            Sql::Text(text) => d.text(text),
            Sql::Column(name) => d.name_of(name),
            Sql::Not(x) => format!("NOT {}", self.within(x, Binding::Compare, indent)),
            Sql::And(all) => self.joined(all, " AND ", Binding::Not, indent),
            Sql::Or(all) => self.joined(all, " OR ", Binding::Not, indent),
            Sql::Compare(op, a, b) => {
                format!("{} {op} {}", self.within(a, Binding::Add, indent), self.within(b, Binding::Add, indent))
            }
            Sql::IsNull(x) => format!("{} IS NULL", self.within(x, Binding::Add, indent)),
            Sql::IsGiven(x) => format!("{} IS NOT NULL", self.within(x, Binding::Add, indent)),
            Sql::IsTrue(x) => format!("{} IS TRUE", self.within(x, Binding::Add, indent)),
            Sql::IsFalse(x) => format!("{} IS FALSE", self.within(x, Binding::Add, indent)),
            Sql::In(x, all) => {
                let all: Vec<String> = all.iter().map(|x| self.print(x, indent)).collect();
                format!("{} IN ({})", self.within(x, Binding::Add, indent), all.join(", "))
            }
            Sql::Case(arms, other) => self.case(arms, other.as_deref(), indent),
            Sql::Coalesce(all) => format!("COALESCE({})", self.list(all, indent).join(", ")),
            Sql::Concat(all) => self.joined(all, " || ", Binding::Atom, indent),
            Sql::Arithmetic(op, width, a, b) => {
                let level = if *op == '*' { Binding::Multiply } else { Binding::Add };
                let right = if *op == '*' { Binding::Concat } else { Binding::Multiply };
                let (a, b) = (self.wide(a, *width, level, indent), self.wide(b, *width, right, indent));
                format!("{a} {op} {b}")
            }
            Sql::Quotient(width, a, b) => {
                let (a, b) = (self.wide(a, *width, Binding::Atom, indent), self.wide(b, *width, Binding::Atom, indent));
                match d {
                    Dialect::Duckdb => format!("{a} // {b}"),
                    Dialect::Postgresql | Dialect::Sqlite if *width == Width::Small => format!("{a} / {b}"),
                    Dialect::Postgresql => format!("div({a}, {b})"),
                    Dialect::Spark => format!("{a} DIV {b}"),
                    Dialect::Sqlite => format!("{a} / {b}"),
                }
            }
            Sql::Negate(x) => format!("-{}", self.within(x, Binding::Atom, indent)),
            Sql::Call(function, args) => d.call(*function, &self.list(args, indent)),
            Sql::Over(over, so, number) => self.over(*over, &self.print(so, indent), &self.print(number, indent)),
            Sql::Spelled(text) => text.clone(),
        }
    }

    /// A row beside the others of its line.
    fn over(&self, over: Over, so: &str, number: &str) -> String {
        match over {
            Over::First => format!("place = MIN(CASE WHEN {so} THEN place END) OVER (PARTITION BY line, {number})"),
            Over::UpTo(more) => {
                let frame = format!("ORDER BY {number} RANGE BETWEEN CURRENT ROW AND {more} FOLLOWING");
                format!("COUNT(CASE WHEN {so} THEN 1 END) OVER (PARTITION BY line {frame})")
            }
        }
    }

    fn list(&self, all: &[Sql], indent: usize) -> Vec<String> {
        all.iter().map(|x| self.print(x, indent)).collect()
    }

    /// An operand, cast first where the result needs more than 64 bits.
    fn wide(&self, x: &Sql, width: Width, least: Binding, indent: usize) -> String {
        let d = self.dialect;
        if width == Width::Small || matches!(x, Sql::Arithmetic(_, Width::Wide | Width::Vast, ..)) {
            return self.within(x, least, indent);
        }
        format!("CAST({} AS {})", self.print(x, indent), d.wide(width))
    }

    /// An operand that must bind at least so tightly.
    fn within(&self, sql: &Sql, least: Binding, indent: usize) -> String {
        let text = self.print(sql, indent);
        if binding(sql) < least { format!("({text})") } else { text }
    }

    fn joined(&self, all: &[Sql], by: &str, least: Binding, indent: usize) -> String {
        let parts: Vec<String> = all.iter().map(|x| self.within(x, least, indent + 2)).collect();
        let flat = parts.join(by);
        if flat.chars().count() + indent <= WIDTH && !flat.contains('\n') {
            return flat;
        }
        parts.join(&format!("\n{}{} ", " ".repeat(indent + 2), by.trim()))
    }

    fn case(&self, arms: &[(Sql, Sql)], other: Option<&Sql>, indent: usize) -> String {
        let deep = indent + 4;
        let mut parts: Vec<String> = Vec::new();
        for (test, value) in arms {
            parts.push(format!("WHEN {} THEN {}", self.print(test, deep), self.print(value, deep)));
        }
        parts.extend(other.map(|x| format!("ELSE {}", self.print(x, deep))));
        let flat = format!("CASE {} END", parts.join(" "));
        if flat.chars().count() + indent <= WIDTH && !flat.contains('\n') {
            return flat;
        }
        let pad = " ".repeat(indent + 2);
        format!("CASE\n{pad}{}\n{}END", parts.join(&format!("\n{pad}")), " ".repeat(indent))
    }
}
