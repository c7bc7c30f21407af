//! What follows from the declarations: waivers, order of evaluation, due stages, paths.
//!
//! In: a model whose expressions are typed. Out: `Rule::{waived_by, due, path}`, `Track::order`, `Input::stage`.
//! Always: every rule stands in its track's order exactly once, after the rules it needs; a cycle is told and broken.

use super::reads::Reads;
use super::tracks::pointer;
use super::{Lower, walk};
use crate::{Expr, ExprKind, Origin, Programme, RuleId, Test, TrackId, Waived};
use prog_base::{Diagnostic, codes, text};

impl Lower<'_> {
    /// Derives what later stages read.
    pub(crate) fn derive(&mut self) {
        for t in 0..self.p.tracks.len() {
            let track = TrackId(t as u32);
            let reads: Vec<Reads> = self.p.tracks[t].rules.iter().map(|r| Reads::of_rule(&self.p, track, r)).collect();
            self.waivers(t, &reads);
            self.order(t, &reads);
            self.paths(t);
        }
        self.stages();
    }

    /// Which waivers lift which rules; a waiver must not read what it lifts (semantics 4.2).
    fn waivers(&mut self, t: usize, reads: &[Reads]) {
        let rules = &self.p.tracks[t].rules;
        let mut lifted: Vec<(RuleId, RuleId)> = Vec::new();
        let mut faults = Vec::new();
        for (w, waiver) in rules.iter().enumerate() {
            let id = RuleId(w as u32);
            let targets: Vec<RuleId> = waiver
                .waives
                .iter()
                .flat_map(|w| match w {
                    Waived::Rule(rule) => vec![*rule],
                    Waived::Group(group) => self.p.tracks[t].groups.get(*group).map(|g| g.rules.clone()).unwrap_or_default(),
                    Waived::Material(_) | Waived::Stage { .. } => Vec::new(),
                })
                .filter(|rule| *rule != id)
                .collect();
            let known = closure(id, reads);
            for target in targets {
                if known.contains(&target) {
                    faults.push((id, target));
                } else {
                    lifted.push((target, id));
                }
            }
        }
        for (target, waiver) in lifted {
            let by = &mut self.p.tracks[t].rules[target.index()].waived_by;
            if !by.contains(&waiver) {
                by.push(waiver);
            }
        }
        for (waiver, target) in faults {
            let rules = &self.p.tracks[t].rules;
            let (waiver, target) = (&rules[waiver.index()].ident, &rules[target.index()].ident);
            let (w, x) = (&waiver.name, &target.name);
            let diagnostic = Diagnostic::error(
                codes::WAIVER_READS,
                waiver.span,
                text!("免于规则“{w}”用到了它自己免去的“{x}”", "waiver `{w}` reads `{x}`, which it lifts itself"),
            )
            .label(target.span, text!("被免去的规则", "the rule that is lifted"))
            .help(text!("免于规则只能依据它不免去的内容", "let the waiver depend only on what it does not lift"));
            self.report(diagnostic);
        }
    }

    /// An order in which a rule comes after those it reads and those that may lift it.
    fn order(&mut self, t: usize, reads: &[Reads]) {
        let count = reads.len();
        let edges: Vec<Vec<RuleId>> =
            (0..count).map(|r| reads[r].rules.iter().chain(&self.p.tracks[t].rules[r].waived_by).copied().collect()).collect();
        let mut sort = Sort { edges: &edges, state: vec![State::New; count], path: Vec::new(), order: Vec::new(), cycles: Vec::new() };
        for r in 0..count {
            sort.visit(RuleId(r as u32));
        }
        let Sort { order, cycles, .. } = sort;
        self.p.tracks[t].order = order;
        for cycle in cycles {
            self.cycle(t, &cycle);
        }
    }

    fn cycle(&mut self, t: usize, cycle: &[RuleId]) {
        let rules: Vec<_> = cycle.iter().map(|r| &self.p.tracks[t].rules[r.index()].ident).collect();
        let Some(first) = rules.first() else { return };
        let round = rules.iter().chain([first]).map(|i| i.name.as_str()).collect::<Vec<_>>().join(" → ");
        let mut diagnostic =
            Diagnostic::error(codes::CYCLE, first.span, text!("规则互相依赖：{round}", "rules depend on each other: {round}"));
        for rule in &rules[1..] {
            diagnostic = diagnostic.label(rule.span, text!("也在这一圈里", "part of the same circle"));
        }
        self.report(diagnostic.help(text!("去掉其中一处引用", "remove one of the references")));
    }

    fn paths(&mut self, t: usize) {
        let order = self.p.tracks[t].order.clone();
        for id in order {
            let rule = &self.p.tracks[t].rules[id.index()];
            let mut test = rule.test.clone();
            let mut path = test_path(&self.p, t, &rule.ident.key, &mut test);
            if path.is_empty() {
                path = rule.each.as_ref().map(|list| first_input(&self.p, t, list)).unwrap_or_default();
            }
            let rule = &mut self.p.tracks[t].rules[id.index()];
            rule.test = test;
            rule.path = path;
        }
    }
}

/// All rules that a rule reads, directly or not.
fn closure(from: RuleId, reads: &[Reads]) -> Vec<RuleId> {
    let mut known: Vec<RuleId> = reads[from.index()].rules.clone();
    let mut at = 0;
    while let Some(next) = known.get(at).copied() {
        for more in &reads[next.index()].rules {
            if !known.contains(more) {
                known.push(*more);
            }
        }
        at += 1;
    }
    known
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    New,
    Open,
    Done,
}

/// A depth-first sort that notes every cycle it meets.
struct Sort<'s> {
    edges: &'s [Vec<RuleId>],
    state: Vec<State>,
    path: Vec<RuleId>,
    order: Vec<RuleId>,
    cycles: Vec<Vec<RuleId>>,
}

impl Sort<'_> {
    /// Visits without recursion: chains of rules may be long.
    fn visit(&mut self, root: RuleId) {
        let mut work: Vec<(RuleId, usize)> = Vec::new();
        self.enter(root, &mut work);
        while let Some((rule, at)) = work.last_mut() {
            let rule = *rule;
            let next = self.edges[rule.index()].get(*at).copied();
            *at += 1;
            match next {
                Some(next) if self.state[next.index()] == State::Open => {
                    let from = self.path.iter().position(|r| *r == next).unwrap_or(0);
                    self.cycles.push(self.path[from..].to_vec());
                }
                Some(next) => self.enter(next, &mut work),
                None => {
                    self.state[rule.index()] = State::Done;
                    self.order.push(rule);
                    self.path.pop();
                    work.pop();
                }
            }
        }
    }

    fn enter(&mut self, rule: RuleId, work: &mut Vec<(RuleId, usize)>) {
        if self.state[rule.index()] == State::New {
            self.state[rule.index()] = State::Open;
            self.path.push(rule);
            work.push((rule, 0));
        }
    }
}

/// The pointer a finding on a test names; fills in those of members.
fn test_path(p: &Programme, t: usize, key: &str, test: &mut Test) -> String {
    match test {
        Test::Bad => String::new(),
        Test::Expr(e) => first_input(p, t, e),
        Test::Judged { .. } => pointer(&["judgements", key]),
        Test::Attested { .. } => pointer(&["attested", key]),
        Test::External { .. } => pointer(&["external", key]),
        Test::Threshold { members, .. } => {
            for member in members.iter_mut() {
                member.path = test_path(p, t, &member.ident.key, &mut member.test);
            }
            members.first().map(|m| m.path.clone()).unwrap_or_default()
        }
    }
}

/// The pointer of the first input an expression reads, through lets and rules.
fn first_input(p: &Programme, t: usize, e: &Expr) -> String {
    let mut found = String::new();
    walk::each(e, &mut |x| {
        if !found.is_empty() {
            return;
        }
        found = match &x.kind {
            ExprKind::Input(id) => input_pointer(p, t, *id),
            ExprKind::Let(id) => p.tracks[t].lets.get(id.index()).map(|l| first_input(p, t, &l.value)).unwrap_or_default(),
            ExprKind::Rule(id) => p.tracks[t].rules.get(id.index()).map(|r| r.path.clone()).unwrap_or_default(),
            _other => String::new(),
        };
    });
    found
}

/// Where an input stands; a computed one is looked for in what it is computed from only if it has no place of its own.
fn input_pointer(p: &Programme, t: usize, id: crate::InputId) -> String {
    let input = p.input(id);
    match &input.origin {
        Origin::Computed(value) if input.pointer.is_empty() => first_input(p, t, value),
        Origin::Computed(_) | Origin::Entered | Origin::Attested { .. } | Origin::Judged { .. } | Origin::External { .. } => {
            input.pointer.clone()
        }
    }
}
