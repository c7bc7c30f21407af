//! Proofs as diagnostics: what is wrong is always told, what is shown to be well when somebody asks.
//!
//! Always: told at the quota's name, with every quota that is a reason beside it.

use super::cells::{Rank, rank};
use super::{Proof, Shown, quotas, words};
use crate::Programme;
use prog_base::{Code, Diagnostic, Severity, Text, codes, text};

/// Quotas that can't be kept, and caps that are never reached.
pub(crate) fn faults(p: &Programme) -> Vec<Diagnostic> {
    let proofs = quotas(p);
    proofs.iter().filter(|f| matches!(f.what, Shown::Infeasible { .. } | Shown::NeverBinds { .. })).map(|f| told(p, f)).collect()
}

/// What was shown to be well: requirements that can be met, those that leave no choice.
pub fn proved(p: &Programme) -> Vec<Diagnostic> {
    let proofs = quotas(p);
    proofs.iter().filter(|f| matches!(f.what, Shown::Feasible { .. } | Shown::NoChoice { .. })).map(|f| told(p, f)).collect()
}

fn told(p: &Programme, proof: &Proof) -> Diagnostic {
    let quota = &p.quotas[proof.quota.index()];
    let (severity, code, help): (Severity, Code, Option<Text>) = match &proof.what {
        Shown::Infeasible { firm, .. } => {
            let hard = *firm && rank(quota) == Rank::Hard;
            let severity = if hard { Severity::Error } else { Severity::Warning };
            (
                severity,
                codes::UNREACHABLE_TOTAL,
                Some(text!("核对原文，改正上限或要求的数", "compare with the notice, then correct the caps or what is required")),
            )
        }
        Shown::NeverBinds { .. } => (
            Severity::Note,
            codes::CAP_IDLE,
            Some(text!("核对原文中的数；若原文如此，可以保留", "compare with the notice; it may stand if the notice has it so")),
        ),
        Shown::Feasible { .. } => (Severity::Note, codes::FEASIBLE, None),
        Shown::NoChoice { .. } => (Severity::Note, codes::NO_CHOICE, None),
    };
    let Text { zh: name, en: name_en } = words::named(p, proof.quota);
    let Text { zh, en } = &proof.words;
    let message = match proof.what {
        Shown::Infeasible { .. } => proof.words.clone(),
        Shown::Feasible { .. } | Shown::NoChoice { .. } | Shown::NeverBinds { .. } => text!("{name}：{zh}", "{name_en}: {en}"),
    };
    let mut diagnostic = Diagnostic::new(severity, code, Some(quota.ident.span), message);
    for because in proof.because.iter().filter(|b| b.quota != proof.quota) {
        let (groups, sum) = (because.groups, because.sum);
        let words = match (because.requires, groups) {
            (true, 1) => text!("这里要求 {sum}", "this requires {sum}"),
            (true, _) => text!("这里 {groups} 组共要求 {sum}", "this requires {sum} over {groups} groups"),
            (false, 1) => text!("这里的上限是 {sum}", "this allows {sum}"),
            (false, _) => text!("这里 {groups} 组，上限合计 {sum}", "its caps add up to {sum}, over {groups} groups"),
        };
        diagnostic = diagnostic.label(p.quotas[because.quota.index()].ident.span, words);
    }
    match help {
        Some(help) => diagnostic.help(help),
        None => diagnostic,
    }
}
