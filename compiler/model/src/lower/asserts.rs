//! Asserts: judged when the programme is compiled.
//!
//! In: the asserts of the programme. Out: `p.asserts`. Always: one that does not hold is an error that shows the values; one that
//! can't be judged because the source leaves something open is a note, because it reads a case an error.

use super::constants::value;
use super::{Constant, Lower, Scope};
use crate::{Assert, Comparison, Expr, ExprKind};
use prog_base::{Diagnostic, codes, text};
use prog_syntax::ast;

impl Lower<'_> {
    /// Lowers and judges every assert; an untrue one is an error that shows the values.
    pub(crate) fn asserts(&mut self) {
        for item in &self.index.items {
            if let ast::Item::Assert(assert) = item {
                let test = self.truth(&assert.test, &Scope::default());
                self.judge(assert, &test);
                let cites = self.cites(&assert.head.cites);
                self.p.asserts.push(Assert { ident: Self::ident(&assert.head), cites, test, span: assert.span });
            }
        }
    }

    fn judge(&mut self, assert: &ast::Assert, test: &Expr) {
        if self.told(test) {
            return;
        }
        match value(&self.p, test, &[]) {
            Some(Constant::Bool(false)) => self.untrue(assert, test),
            Some(_) => {}
            None => self.undecided(assert, test),
        }
    }

    fn untrue(&mut self, assert: &ast::Assert, test: &Expr) {
        let name = &assert.head.name.text;
        let mut d = Diagnostic::error(codes::ASSERT_FALSE, test.span, text!("“{name}”不成立", "`{name}` does not hold"));
        for (part, shown) in self.failing(test) {
            d = d.label(part, text!("{shown}", "{shown}"));
        }
        d = d.help(text!("改正其中的数字，或改正这条断言", "Correct the numbers, or the statement itself"));
        self.report(d);
    }

    /// The sides of the comparisons that fail, with their values.
    fn failing(&self, test: &Expr) -> Vec<(prog_base::Span, String)> {
        match &test.kind {
            ExprKind::And(list) => {
                let fails = |e: &&Expr| value(&self.p, e, &[]) == Some(Constant::Bool(false));
                list.iter().filter(fails).flat_map(|e| self.failing(e)).collect()
            }
            ExprKind::Compare { left, right, .. } => {
                [left, right].into_iter().filter_map(|side| Some((side.span, self.side_value(side)?))).collect()
            }
            _other => Vec::new(),
        }
    }

    fn side_value(&self, e: &Expr) -> Option<String> {
        // A number written down shows itself.
        if matches!(e.kind, ExprKind::Number(_)) {
            return None;
        }
        match value(&self.p, e, &[])? {
            Constant::Number(n) => Some(format!("= {}", self.show(&n, &e.ty))),
            other => Some(format!("= {}", super::tables::shown(&self.p, &other))),
        }
    }

    fn undecided(&mut self, assert: &ast::Assert, test: &Expr) {
        let name = &assert.head.name.text;
        let mut of_case = None;
        test.visit(&mut |e| {
            if reads_case(&e.kind) {
                of_case.get_or_insert(e.span);
            }
        });
        let message = text!("“{name}”在编译时无法判断", "`{name}` can't be judged when the programme is compiled");
        self.report(match of_case {
            Some(span) => Diagnostic::error(codes::ASSERT_UNDECIDED, test.span, message)
                .label(span, text!("它取决于申报或口径", "this depends on applications or on a reading"))
                .help(text!(
                    "断言只能用常量和表；其他检查写成规则或名额",
                    "Statements use constants and tables only; write other checks as rules or quotas"
                )),
            None => Diagnostic::note(codes::ASSERT_UNDECIDED, test.span, message)
                .help(text!("其中有原文没有给出的数据", "It needs data that the source does not give")),
        });
    }
}

/// Whether a value depends on more than the programme itself.
fn reads_case(kind: &ExprKind) -> bool {
    match kind {
        ExprKind::Input(_)
        | ExprKind::Rule(_)
        | ExprKind::Let(_)
        | ExprKind::ItemField { .. }
        | ExprKind::Item { .. }
        | ExprKind::Due(_)
        | ExprKind::Time(_)
        | ExprKind::ReadingIs { .. }
        | ExprKind::About { .. }
        | ExprKind::OverCases { .. }
        | ExprKind::Share { .. } => true,
        ExprKind::Compare { op, .. } => matches!(op, Comparison::Before | Comparison::After),
        ExprKind::Bad
        | ExprKind::Bool(_)
        | ExprKind::Number(_)
        | ExprKind::Text(_)
        | ExprKind::Date(_)
        | ExprKind::Moment(_)
        | ExprKind::Duration(_)
        | ExprKind::EnumValue { .. }
        | ExprKind::Silent { .. }
        | ExprKind::Constant(_)
        | ExprKind::Member { .. }
        | ExprKind::Key(_)
        | ExprKind::Lookup { .. }
        | ExprKind::Length(_)
        | ExprKind::Not(_)
        | ExprKind::And(_)
        | ExprKind::Or(_)
        | ExprKind::In { .. }
        | ExprKind::IsGiven(_)
        | ExprKind::Otherwise { .. }
        | ExprKind::If { .. }
        | ExprKind::Arithmetic { .. }
        | ExprKind::Negate(_)
        | ExprKind::Extreme { .. }
        | ExprKind::Round { .. }
        | ExprKind::Shift { .. }
        | ExprKind::ShiftTimes { .. }
        | ExprKind::Elapsed { .. }
        | ExprKind::OfDay { .. }
        | ExprKind::OverList { .. }
        | ExprKind::OverColumn { .. }
        | ExprKind::Split { .. } => false,
    }
}
