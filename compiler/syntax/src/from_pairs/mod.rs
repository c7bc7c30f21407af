//! Pairs to tree: one file a construct.
//!
//! In: pairs of `grammar`, over the text of `layout`. Out: nodes of `ast`. Always: every node's span is in the author's text; a `bad` pair
//! becomes a `Bad` node after `recover` has said why; English and Chinese give the same node.

mod expr;
mod file;
mod form;
mod head;
mod literal;
mod material;
mod outline;
mod rule;
mod scenario;
mod select;
mod table;
mod targets;
mod track;
mod types;
mod vocabulary;
mod workflow;

use crate::ast::{Expr, ExprKind, Name, Stated, Str};
use crate::grammar::{Pair, Rule};
use crate::layout::Layout;
use prog_base::{Diagnostic, FileId, Span};

pub use file::file;

/// What every construct's reader shares.
pub struct Builder<'a> {
    /// The file at hand.
    pub id: FileId,
    /// The prepared text with its comments.
    pub layout: &'a Layout,
    /// What is wrong so far.
    pub diagnostics: Vec<Diagnostic>,
    /// What could not be read.
    pub unread: Vec<Span>,
}

impl Builder<'_> {
    /// The place of a pair in the author's text.
    pub fn span(&self, pair: &Pair) -> Span {
        let span = pair.as_span();
        self.layout.span(self.id, span.start(), span.end())
    }

    /// The place of a pair, without the blanks and newlines at its end.
    pub fn trimmed(&self, pair: &Pair) -> Span {
        let span = pair.as_span();
        self.layout.span(self.id, span.start(), span.start() + pair.as_str().trim_end().len())
    }

    /// Says something.
    pub fn say(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    /// Keeps the first of two values of one thing and says so.
    pub fn once<T>(&mut self, slot: &mut Option<T>, value: T, span: Span) {
        if slot.is_some() {
            self.say(crate::messages::said_twice(span));
        } else {
            *slot = Some(value);
        }
    }

    /// The first name in a pair.
    pub fn name_in(&mut self, pair: Pair) -> Name {
        let span = self.span(&pair);
        let mut found = None;
        for p in pair.into_inner() {
            if matches!(p.as_rule(), Rule::name | Rule::ref_name) && found.is_none() {
                found = Some(self.name(p));
            }
        }
        found.unwrap_or(Name { text: String::new(), span })
    }

    /// All names in a pair, lists of names included.
    pub fn names_in(&mut self, pair: Pair) -> Vec<Name> {
        let mut names = Vec::new();
        for p in pair.into_inner() {
            match p.as_rule() {
                Rule::name | Rule::ref_name => names.push(self.name(p)),
                Rule::names => names.extend(self.names_in(p)),
                _ => {}
            }
        }
        names
    }

    /// The first expression in a pair (`expr` or `value`).
    pub fn expr_in(&mut self, pair: Pair) -> Expr {
        let span = self.span(&pair);
        for p in pair.into_inner() {
            if matches!(p.as_rule(), Rule::expr | Rule::value | Rule::last_amount) {
                return self.any_expr(p);
            }
        }
        Expr { kind: ExprKind::Bad, span }
    }

    /// An expression of either level.
    pub fn any_expr(&mut self, pair: Pair) -> Expr {
        match pair.as_rule() {
            Rule::value => self.value(pair),
            Rule::last_amount => self.amount(pair),
            _ => self.expr(pair),
        }
    }

    /// The first whole number in a pair.
    pub fn integer_in(&mut self, pair: Pair) -> Option<u32> {
        let found = pair.into_inner().find(|p| p.as_rule() == Rule::integer)?;
        Some(self.integer(found))
    }

    /// The first text in a pair.
    pub fn string_in(&mut self, pair: Pair) -> Option<Str> {
        let found = pair.into_inner().find(|p| p.as_rule() == Rule::string)?;
        Some(self.string(found))
    }

    /// `unknown "why"`, `inferred a`, `absent in source`, or a value: one of the parts of a statement.
    pub fn stated(&mut self, pair: Pair) -> Option<Stated<Vec<Expr>>> {
        let span = self.span(&pair);
        match pair.as_rule() {
            Rule::unknown => Some(Stated::Unknown { why: self.string_in(pair), span }),
            Rule::inferred => {
                let values = pair.into_inner().filter(|p| p.as_rule() == Rule::value);
                Some(Stated::Inferred(values.map(|p| self.value(p)).collect()))
            }
            Rule::absent => Some(Stated::Absent(span)),
            Rule::value => Some(Stated::Given(vec![self.value(pair)])),
            _ => None,
        }
    }

    /// A statement of one value.
    pub fn stated_one(&mut self, pair: Pair) -> Option<Stated<Expr>> {
        let span = self.span(&pair);
        let first = |values: Vec<Expr>| values.into_iter().next().unwrap_or(Expr { kind: ExprKind::Bad, span });
        Some(match self.stated(pair)? {
            Stated::Given(values) => Stated::Given(first(values)),
            Stated::Inferred(values) => Stated::Inferred(first(values)),
            Stated::Unknown { why, span } => Stated::Unknown { why, span },
            Stated::Absent(span) => Stated::Absent(span),
        })
    }
}

/// The one choice that a pair stands for (`strength`, `verdict` … hold exactly one keyword).
pub fn choice(pair: Pair) -> Option<Rule> {
    pair.into_inner().next().map(|p| p.as_rule())
}
