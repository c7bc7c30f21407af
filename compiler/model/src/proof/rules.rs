//! Rules and quotas that can never be met, never fail, or never apply; pairs of rules that shut each other out, or of which one adds nothing.
//!
//! In: the rules of every track. Out: findings, each with values that show it. Always: said only where it is so for every case, whatever the
//! readings; a pair is told only if both rules bind every case alike (same strength of refusal, same stage, nothing lifts them).

use crate::lower::{Constant, constants};
use crate::region::{self, Answer, Condition, Example};
use crate::{Expr, ExprKind, Ident, InputId, Programme, Rule, RuleId, Strength, Test, TestMember, TrackId};
use prog_base::{Diagnostic, Text, codes, text};
use std::collections::BTreeSet;

/// So many pairs of one track are looked at.
const MOST_PAIRS: usize = 4_000;

/// Something that holds of a rule without any application.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleFinding {
    /// What holds.
    pub what: RuleFault,
    /// The track; `None`: of a quota.
    pub track: Option<TrackId>,
    /// The rule at fault, and the other of a pair.
    pub rules: Vec<RuleId>,
    /// Values that show it, where some can be given.
    pub example: Option<Example>,
    /// The same for people.
    pub diagnostic: Diagnostic,
}

/// What can be wrong with rules.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RuleFault {
    /// Its guards never let it apply.
    NeverApplies,
    /// It is never met; the example does not meet it.
    NeverMet,
    /// It is always met; the example meets it.
    AlwaysMet,
    /// No case meets both; the example meets the first and not the second.
    ShutOut,
    /// Who does not meet the first does not meet the second either; the example meets neither.
    AddsNothing,
    /// A part of a condition makes no difference to it.
    PartIdle,
}

/// What is wrong with rules and quotas.
pub fn rules(p: &Programme) -> Vec<RuleFinding> {
    let mut found = Vec::new();
    for track in 0..p.tracks.len() {
        let mut of = OfTrack { p, track: Some(TrackId(track as u32)), found: &mut found };
        let constant = of.alone();
        of.pairs(&constant);
        of.parts();
    }
    let mut of = OfTrack { p, track: None, found: &mut found };
    for quota in &p.quotas {
        let guards = quota.when.iter().map(|e| (e, true)).collect::<Vec<_>>();
        let name = text!("名额“{}”", "quota `{}`", quota.ident.name);
        of.one(None, &quota.ident, &name, &quota.test, &guards);
    }
    found
}

/// A condition with the truth it must have.
pub(super) type Taken<'p> = (&'p Expr, bool);

pub(super) struct OfTrack<'p, 'f> {
    pub(super) p: &'p Programme,
    pub(super) track: Option<TrackId>,
    pub(super) found: &'f mut Vec<RuleFinding>,
}

/// A rule of a pair.
#[derive(Clone, Copy)]
struct Half<'p> {
    id: RuleId,
    rule: &'p Rule,
    test: &'p Expr,
}

impl<'p> Half<'p> {
    fn guards(self) -> Vec<Taken<'p>> {
        guards(self.rule)
    }

    /// The rule applies and is met, or not.
    fn is(self, met: bool) -> Vec<Condition<'p>> {
        taken(&[self.guards(), vec![(self.test, met)]].concat())
    }

    /// The rule does not apply, or is met.
    fn silent(self) -> Condition<'p> {
        let ways = self.guards().into_iter().map(|(e, truth)| (e, !truth)).chain([(self.test, true)]);
        Condition::Either(ways.map(|(e, truth)| vec![Condition::Truth(e, truth)]).collect())
    }
}

pub(super) fn guards(rule: &Rule) -> Vec<Taken<'_>> {
    rule.when.iter().map(|e| (e, true)).chain(rule.unless.iter().map(|e| (e, false))).collect()
}

pub(super) fn taken<'p>(list: &[Taken<'p>]) -> Vec<Condition<'p>> {
    list.iter().map(|(e, truth)| Condition::Truth(e, *truth)).collect()
}

/// A rule's name with its clauses.
fn named(p: &Programme, rule: &Rule) -> Text {
    let name = &rule.ident.name;
    let cites = p.addresses(&rule.cites).iter().map(|a| format!("[{a}]")).collect::<String>();
    let space = if cites.is_empty() { "" } else { " " };
    text!("“{name}”{cites}", "`{name}`{space}{cites}")
}

impl<'p> OfTrack<'p, '_> {
    fn rules(&self) -> &'p [Rule] {
        self.track.map_or(&[], |t| &self.p.track(t).rules)
    }

    fn together(&self, conditions: Vec<Condition<'p>>) -> Answer {
        region::together(self.p, self.track, conditions)
    }

    fn impossible(&self, conditions: Vec<Condition<'p>>) -> bool {
        self.together(conditions) == Answer::Impossible
    }

    pub(super) fn example(&self, conditions: Vec<Condition<'p>>) -> Option<Example> {
        match self.together(conditions) {
            Answer::Possible(example) => Some(example),
            Answer::Impossible | Answer::Undecided => None,
        }
    }

    /// Each rule for itself; gives those that never vary.
    fn alone(&mut self) -> BTreeSet<usize> {
        let mut constant = BTreeSet::new();
        for (at, rule) in self.rules().iter().enumerate() {
            let before = self.found.len();
            let (id, guards) = (Some(RuleId(at as u32)), guards(rule));
            let name = named(self.p, rule);
            let name = Text { zh: format!("规则{}", name.zh), en: format!("rule {}", name.en) };
            if !guards.is_empty() && self.impossible(taken(&guards)) {
                let what = Text { zh: format!("{}永远不适用", name.zh), en: format!("{} never applies", name.en) };
                self.say(RuleFault::NeverApplies, id, &rule.ident, what, guards[0].0, None);
            } else {
                self.test(id, &rule.ident, &name, &rule.test, &guards);
            }
            if self.found.len() > before {
                constant.insert(at);
            }
        }
        constant
    }

    fn test(&mut self, id: Option<RuleId>, ident: &'p Ident, name: &Text, test: &'p Test, guards: &[Taken<'p>]) {
        match test {
            Test::Expr(e) => self.one(id, ident, name, e, guards),
            Test::Threshold { members, .. } => members.iter().for_each(|m| self.member(id, m, guards)),
            Test::Bad | Test::Judged { .. } | Test::Attested { .. } | Test::External { .. } => {}
        }
    }

    fn member(&mut self, id: Option<RuleId>, member: &'p TestMember, guards: &[Taken<'p>]) {
        let guards: Vec<Taken<'p>> = guards.iter().copied().chain(member.when.iter().map(|e| (e, true))).collect();
        let name = text!("“{}”", "`{}`", member.ident.name);
        self.test(id, &member.ident, &name, &member.test, &guards);
    }

    fn one(&mut self, id: Option<RuleId>, ident: &'p Ident, name: &Text, test: &'p Expr, guards: &[Taken<'p>]) {
        let with = |truth: bool| taken(&[guards, &[(test, truth)]].concat());
        let (what, zh, en, shown) = if self.impossible(with(true)) {
            (RuleFault::NeverMet, "永远不成立", "can never be met", false)
        } else if self.impossible(with(false)) {
            (RuleFault::AlwaysMet, "总是成立", "is always met", true)
        } else {
            return;
        };
        let example = self.example(with(shown)).filter(|e| !e.entries.is_empty());
        let mut words = Text { zh: format!("{}{zh}", name.zh), en: format!("{} {en}", name.en) };
        if let Some(Text { zh, en }) = example.as_ref().map(|e| e.words(self.p)) {
            words.zh += &if shown { format!("，例如{zh}也符合") } else { format!("，例如{zh}也不符合") };
            words.en += &if shown { format!(", as by {en}") } else { format!(", not even by {en}") };
        }
        self.say(what, id, ident, words, test, example);
    }

    fn say(&mut self, what: RuleFault, id: Option<RuleId>, ident: &Ident, words: Text, test: &Expr, example: Option<Example>) {
        let d = Diagnostic::warning(codes::RULE_CONSTANT, ident.span, words);
        let diagnostic = if matches!(constants::value(self.p, test, &[]), Some(Constant::Bool(_))) {
            d.help(text!("检查它要判断的内容；它不看任何申请", "check what it tests: it looks at no application"))
        } else {
            let mut input = None;
            test.visit(&mut |e| {
                if let ExprKind::Input(id) = &e.kind {
                    input.get_or_insert(*id);
                }
            });
            let d = match input {
                Some(id) => d.label(self.p.input(id).span, text!("它能取的值在这里写明", "its possible values are stated here")),
                None => d,
            };
            d.help(text!("核对原文中的数，改正规则，或改正取值范围", "compare with the notice: correct the rule, or the range"))
        };
        self.found.push(RuleFinding { what, track: self.track, rules: id.into_iter().collect(), example, diagnostic });
    }

    /// Rules that bind every case alike, two by two.
    fn pairs(&mut self, constant: &BTreeSet<usize>) {
        let halves: Vec<(Half<'p>, BTreeSet<InputId>)> = self
            .rules()
            .iter()
            .enumerate()
            .filter(|(at, _)| !constant.contains(at))
            .filter_map(|(at, rule)| self.half(RuleId(at as u32), rule))
            .collect();
        let (mut left, mut idle) = (MOST_PAIRS, BTreeSet::new());
        for (at, (b, of_b)) in halves.iter().enumerate() {
            for (a, of_a) in &halves[..at] {
                let told = idle.contains(&a.id) || idle.contains(&b.id);
                if told || of_a.is_disjoint(of_b) || a.rule.due != b.rule.due {
                    continue;
                }
                if left == 0 {
                    return;
                }
                left -= 1;
                idle.extend(self.pair(*a, *b));
            }
        }
    }

    /// A rule that can be one of a pair, with what it reads: it compares entries with constants, and nothing lifts it.
    fn half(&self, id: RuleId, rule: &'p Rule) -> Option<(Half<'p>, BTreeSet<InputId>)> {
        let Test::Expr(test) = &rule.test else { return None };
        let firm = matches!(rule.strength, Strength::Require | Strength::Complete);
        if !firm || rule.soft || rule.each.is_some() || !rule.waived_by.is_empty() || rule.outcome.is_some() {
            return None;
        }
        let half = Half { id, rule, test };
        let mut inputs = BTreeSet::new();
        for (e, _) in half.guards().into_iter().chain([(test, true)]) {
            self.reads(e, &mut inputs);
        }
        // Beyond the region engine, nothing will be decided of it.
        matches!(self.together(half.is(true)), Answer::Possible(_)).then_some((half, inputs))
    }

    fn reads(&self, e: &Expr, inputs: &mut BTreeSet<InputId>) {
        e.visit(&mut |x| match &x.kind {
            ExprKind::Input(id) => drop(inputs.insert(*id)),
            ExprKind::Let(id) => {
                if let Some(named) = self.track.and_then(|t| self.p.track(t).lets.get(id.index())) {
                    self.reads(&named.value, inputs);
                }
            }
            _other => {}
        });
    }

    /// What holds of a pair; the one that adds nothing.
    fn pair(&mut self, a: Half<'p>, b: Half<'p>) -> Option<RuleId> {
        let both = [a.is(true), b.is(true)].concat();
        let applies = taken(&[a.guards(), b.guards()].concat());
        if self.impossible(both) && matches!(self.together(applies), Answer::Possible(_)) {
            if let Some(example) = self.example([a.is(true), b.is(false)].concat()) {
                self.shut_out(a, b, example);
            }
            return None;
        }
        // What returns a case takes nothing from what rejects it.
        let weaker = |x: Half<'p>, y: Half<'p>| x.rule.strength == Strength::Require && y.rule.strength != Strength::Require;
        let adds_nothing = |x: Half<'p>, y: Half<'p>| !weaker(x, y) && self.impossible([x.is(false), vec![y.silent()]].concat());
        let (idle, by) = if adds_nothing(b, a) {
            (b, a)
        } else if adds_nothing(a, b) {
            (a, b)
        } else {
            return None;
        };
        let example = self.example([idle.is(false), by.is(false)].concat())?;
        self.adds_nothing(idle, by, example);
        Some(idle.id)
    }

    fn shut_out(&mut self, a: Half<'p>, b: Half<'p>, example: Example) {
        let (Text { zh: one, en: one_en }, Text { zh: other, en: other_en }) = (named(self.p, a.rule), named(self.p, b.rule));
        let Text { zh, en } = example.words(self.p);
        let diagnostic = Diagnostic::warning(
            codes::RULES_CLASH,
            b.rule.ident.span,
            text!(
                "规则{one}和{other}不能同时符合：例如{zh}，符合{one}，就不符合{other}",
                "no application can meet both {one_en} and {other_en}: by {en} the first is met and the second is not"
            ),
        )
        .label(a.rule.ident.span, text!("另一条规则", "the other rule"))
        .help(text!(
            "核对两处原文，改正其中的数，或给规则加 当 …",
            "compare with both clauses; correct a number, or give a rule its `when`"
        ));
        self.of_two(RuleFault::ShutOut, [a, b], example, diagnostic);
    }

    fn adds_nothing(&mut self, idle: Half<'p>, by: Half<'p>, example: Example) {
        let (Text { zh: one, en: one_en }, Text { zh: other, en: other_en }) = (named(self.p, idle.rule), named(self.p, by.rule));
        let Text { zh, en } = example.words(self.p);
        let diagnostic = Diagnostic::note(
            codes::RULE_IDLE,
            idle.rule.ident.span,
            text!(
                "规则{one}没有作用：不符合它的，都已不符合{other}，例如{zh}",
                "{one_en} makes no difference: whoever does not meet it does not meet {other_en} either, for example by {en}"
            ),
        )
        .label(by.rule.ident.span, text!("这条规则更严", "this rule is as strict or stricter"))
        .help(text!("核对两处原文；若原文如此，可以保留", "compare with both clauses; it may stand if the notice has it so"));
        self.of_two(RuleFault::AddsNothing, [idle, by], example, diagnostic);
    }

    fn of_two(&mut self, what: RuleFault, of: [Half<'p>; 2], example: Example, diagnostic: Diagnostic) {
        self.found.push(RuleFinding {
            what,
            track: self.track,
            rules: of.map(|half| half.id).to_vec(),
            example: Some(example),
            diagnostic,
        });
    }
}
