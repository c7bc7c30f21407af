//! Rules: whether they apply, what they test, what comes out (semantics 1.2–1.3, 4).

use crate::case::Sheet;
use crate::eval::{Subject, eval, items_of, truth};
use crate::report::{Item, Member};
use crate::scene::Scene;
use crate::truth::Truth;
use crate::value::{Needs, Source, Value};
use prog_model::{Expr, Rule, RuleId, RuleResult, Strength, Test, TestMember};

/// What came out of a rule.
#[derive(Clone, Debug)]
pub(crate) struct Judged<'a> {
    /// The result.
    pub result: RuleResult,
    /// What is awaited.
    pub needs: Needs<'a>,
    /// The written reason that excuses it.
    pub reason: Option<&'a str>,
    /// A threshold's members.
    pub members: Option<Vec<Member<'a>>>,
    /// Items that are not met.
    pub items: Option<Vec<Item<'a>>>,
}

impl<'a> Judged<'a> {
    /// Nothing known.
    pub(crate) fn unknown() -> Self {
        Self { result: RuleResult::Unknown, needs: Needs::default(), reason: None, members: None, items: None }
    }

    /// As an operand: met is true, unmet is false, not applicable has no value (semantics 1.3).
    pub(crate) fn as_operand(&self) -> Value<'a> {
        match self.result {
            RuleResult::Met => Value::Bool(true),
            RuleResult::Unmet => Value::Bool(false),
            RuleResult::Unknown | RuleResult::Pending => Value::unknown(self.needs.clone()),
            RuleResult::NotApplicable | RuleResult::NotYetDue => Value::None,
        }
    }
}

/// The result of a guard and a test together (semantics 1.2).
pub(crate) fn result_of<'a>(applies: &Truth<'a>, test: &Truth<'a>) -> (RuleResult, Needs<'a>) {
    if applies.is_false() {
        return (RuleResult::NotApplicable, Needs::default());
    }
    match Truth::or([applies.clone().not(), test.clone()]) {
        Truth::True => (RuleResult::Met, Needs::default()),
        Truth::False => (RuleResult::Unmet, Needs::default()),
        Truth::Unknown(needs) if needs.only_judgements() => (RuleResult::Pending, needs),
        Truth::Unknown(needs) => (RuleResult::Unknown, needs),
    }
}

impl<'a> Scene<'a> {
    pub(crate) fn work_out_rule(&mut self, id: RuleId) -> Judged<'a> {
        let rule = &self.track.rules[id.index()];
        let subject = Subject { key: &rule.ident.key, cites: &rule.cites };
        self.about(subject, |scene| {
            let waived = scene.waived(rule);
            let mut judged = match &rule.each {
                Some(list) => scene.each_item(rule, list, waived),
                None => {
                    let applies = Truth::and([scene.guarded(rule), waived.not()]);
                    let (test, members) = scene.test(&rule.test, &rule.ident.key);
                    let (result, needs) = result_of(&applies, &test);
                    Judged { result, needs, reason: None, members, items: None }
                }
            };
            scene.excuse(rule, &mut judged);
            judged
        })
    }

    /// With a written reason an unmet `in principle` is met (semantics 1.5).
    fn excuse(&self, rule: &'a Rule, judged: &mut Judged<'a>) {
        if rule.strength == Strength::InPrinciple && judged.result == RuleResult::Unmet {
            let reason = self.case.reasons.iter().find(|(key, _)| *key == rule.ident.key);
            if let Some((_, reason)) = reason {
                judged.result = RuleResult::Met;
                judged.reason = Some(reason);
            }
        }
    }

    /// `when ∧ ¬unless`.
    fn guarded(&mut self, rule: &'a Rule) -> Truth<'a> {
        let when = rule.when.as_ref().map_or(Truth::True, |e| truth(self, e));
        let unless = rule.unless.as_ref().map_or(Truth::False, |e| truth(self, e));
        Truth::and([when, unless.not()])
    }

    /// Whether a waiver lifts the rule; an unknown one leaves `complete` rules in force (semantics 4.3).
    fn waived(&mut self, rule: &'a Rule) -> Truth<'a> {
        let waivers = rule.waived_by.iter().map(|w| self.waiver(*w)).collect::<Vec<_>>();
        match Truth::or(waivers) {
            Truth::Unknown(_) if rule.strength == Strength::Complete => Truth::False,
            truth => truth,
        }
    }

    /// Whether a waiver is met.
    pub(crate) fn waiver(&mut self, id: RuleId) -> Truth<'a> {
        match self.judged(id).as_operand() {
            Value::None => Truth::False,
            value => Truth::from_value(value),
        }
    }

    /// Kleene-and over items; an empty list: not applicable.
    fn each_item(&mut self, rule: &'a Rule, list: &'a Expr, waived: Truth<'a>) -> Judged<'a> {
        let items = match items_of(eval(self, list), &list.ty) {
            Ok(items) => items,
            Err(Value::Unknown(u)) => {
                let (result, needs) = result_of(&waived.not(), &Truth::Unknown(u.needs));
                return Judged { result, needs, items: Some(Vec::new()), ..Judged::unknown() };
            }
            Err(_) => Vec::new(),
        };
        let (mut applies, mut tests, mut failing) = (Vec::new(), Vec::new(), Vec::new());
        for (index, item) in items.into_iter().enumerate() {
            self.frame.items.push(item);
            let guard = self.guarded(rule);
            let (test, _) = self.test(&rule.test, &rule.ident.key);
            self.frame.items.pop();
            let (result, needs) = result_of(&guard, &test);
            if !matches!(result, RuleResult::Met | RuleResult::NotApplicable) {
                failing.push(Item { path: format!("{}/{index}", self.list_pointer(list, &rule.path)), result, needs });
            }
            tests.push(Truth::or([guard.clone().not(), test]));
            applies.push(guard);
        }
        let applies = Truth::and([Truth::or(applies), waived.not()]);
        let (result, needs) = result_of(&applies, &Truth::and(tests));
        if result == RuleResult::NotApplicable {
            failing.clear();
        }
        Judged { result, needs, reason: None, members: None, items: Some(failing) }
    }

    /// Where the list of an `each` rule stands.
    fn list_pointer(&self, list: &Expr, path: &'a str) -> &'a str {
        match &list.kind {
            prog_model::ExprKind::Input(id) => &self.prepared.programme.input(*id).pointer,
            _computed => path,
        }
    }

    /// The truth of a test, and the results of its members if it is a threshold.
    fn test(&mut self, test: &'a Test, key: &'a str) -> (Truth<'a>, Option<Vec<Member<'a>>>) {
        let truth = match test {
            Test::Bad => Truth::Unknown(Needs::default()),
            Test::Expr(e) => truth(self, e),
            Test::Judged { .. } => entry(self.sheet(key).and_then(|s| s.judged), key, Source::Judgement),
            Test::Attested { .. } => entry(self.sheet(key).and_then(|s| s.attested), key, Source::Other),
            Test::External { as_of, .. } => {
                let stated = self.sheet(key).and_then(|s| s.external);
                let day = self.sheet(key).and_then(|s| s.as_of);
                let at = as_of.as_ref().map(|e| eval(self, e));
                match at {
                    Some(Value::Unknown(u)) if stated.is_some() => Truth::Unknown(u.needs),
                    Some(at) if at != day.map_or(Value::None, Value::Date) => entry(None, key, Source::Other),
                    Some(_) | None => entry(stated, key, Source::Other),
                }
            }
            Test::Threshold { need, members } => return self.threshold(*need, members),
        };
        (truth, None)
    }

    pub(crate) fn sheet(&self, key: &str) -> Option<&'a Sheet> {
        let sheets = &self.case.sheets;
        sheets.binary_search_by(|(k, _)| k.as_str().cmp(key)).ok().map(|i| &sheets[i].1)
    }

    /// A Kleene threshold. A member that does not apply counts for neither side: where all are asked for it is passed over, else it is
    /// not met.
    fn threshold(&mut self, need: usize, members: &'a [TestMember]) -> (Truth<'a>, Option<Vec<Member<'a>>>) {
        let all = need == members.len();
        let (mut truths, mut listed) = (Vec::with_capacity(members.len()), Vec::with_capacity(members.len()));
        for member in members {
            let applies = member.when.as_ref().map_or(Truth::True, |e| truth(self, e));
            let (test, inner) = self.test(&member.test, &member.ident.key);
            let (result, needs) = result_of(&applies, &test);
            listed.push(Member { ident: &member.ident, cites: &member.cites, result, needs, path: &member.path, members: inner });
            truths.push(if all { Truth::or([applies.not(), test]) } else { Truth::and([applies, test]) });
        }
        (Truth::at_least(need, truths), Some(listed))
    }
}

fn entry<'a>(value: Option<bool>, key: &'a str, source: Source) -> Truth<'a> {
    value.map_or_else(|| Truth::Unknown(Needs::one(key, source)), Truth::of)
}
