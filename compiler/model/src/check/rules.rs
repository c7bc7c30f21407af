//! Rules that can never be met or never fail, as far as that shows without any case.

use crate::lower::{Constant, Lower};
use crate::{Rule, Test};
use prog_base::{Diagnostic, codes, text};

/// Checks the tests of every rule.
pub(super) fn check(lower: &Lower<'_>, out: &mut Vec<Diagnostic>) {
    for rule in lower.p.tracks.iter().flat_map(|t| &t.rules) {
        let Test::Expr(test) = &rule.test else { continue };
        if let Some(Constant::Bool(always)) = lower.constant(test) {
            out.push(constant(rule, always));
        }
    }
}

fn constant(rule: &Rule, always: bool) -> Diagnostic {
    let name = &rule.ident.name;
    let message = if always {
        text!("规则“{name}”总是成立", "rule `{name}` is always met")
    } else {
        text!("规则“{name}”永远不成立", "rule `{name}` can never be met")
    };
    Diagnostic::warning(codes::RULE_CONSTANT, rule.ident.span, message)
        .help(text!("检查它要判断的内容；它不看任何申请", "check what it tests: it looks at no application"))
}
