//! Rules: whether they apply, what they test, what comes out.

use super::case::Data;
use super::definition::{Member, Part, Rule, Strength, Test};
use super::expression::Item;
use super::finding::{ItemFinding, MemberFinding, Outcome};
use super::scene::Scene;
use super::scope::{Scope, Subject};
use super::truth::Truth;
use super::value::{Needs, Source, Value};

/// What came out of a rule.
#[derive(Clone, Debug)]
pub struct Judged<'a> {
    /// The result.
    pub result: Outcome,
    /// What is awaited.
    pub needs: Needs,
    /// The written reason that excuses it.
    pub reason: Option<&'a str>,
    /// A threshold's members.
    pub members: Option<Vec<MemberFinding>>,
    /// Items that are not met.
    pub items: Option<Vec<ItemFinding>>,
}

/// The result of a guard and a test together.
pub fn result_of(applies: &Truth, test: &Truth) -> (Outcome, Needs) {
    if applies.is_false() {
        return (Outcome::NotApplicable, Needs::default());
    }
    if applies.is_true() && test.is_true() {
        return (Outcome::Met, Needs::default());
    }
    match Truth::or([applies.clone().negated(), test.clone()]) {
        Truth::True => (Outcome::Met, Needs::default()),
        Truth::False => (Outcome::Unmet, Needs::default()),
        Truth::Unknown(needs) if needs.only_judgements() => (Outcome::Pending, needs),
        Truth::Unknown(needs) => (Outcome::Unknown, needs),
    }
}

impl<'a> Judged<'a> {
    fn of((result, needs): (Outcome, Needs)) -> Self {
        Self {
            result,
            needs,
            reason: None,
            members: None,
            items: None,
        }
    }

    /// Whether it is met and there is no more to say.
    pub fn is_plainly_met(&self) -> bool {
        self.result == Outcome::Met
            && self.reason.is_none()
            && self.members.is_none()
            && self.items.is_none()
    }

    /// A rule as operand: met is true, unmet is false, not applicable has no value.
    pub fn as_operand(&self) -> Value<'a> {
        match self.result {
            Outcome::Met => Value::Bool(true),
            Outcome::Unmet => Value::Bool(false),
            Outcome::NotApplicable => Value::None,
            Outcome::Unknown | Outcome::Pending | Outcome::NotYetDue => {
                Value::unknown(self.needs.clone())
            }
        }
    }
}

impl<'a> Scene<'a> {
    /// What came out of a rule.
    pub fn work_out_rule(&self, rule: &'static Rule) -> Judged<'a> {
        let subject = Subject {
            key: rule.key,
            clauses: rule.clauses,
        };
        let bare = rule.each.is_none() && rule.when.is_none() && rule.unless.is_none();
        if let (true, [], Test::Holds(test)) = (bare, rule.waived_by, &rule.test) {
            // Nearly every rule: no more than a condition.
            let truth = self.frame.naming(Some(subject), || self.truth(*test, None));
            return self.excused(rule, Judged::of(result_of(&Truth::True, &truth)));
        }
        self.frame.naming(Some(subject), || {
            let waived = self.waived_by(rule);
            let judged = match rule.each {
                None => self.plain(rule, waived),
                Some(list) => self.each_item(rule, list(self), waived),
            };
            self.excused(rule, judged)
        })
    }

    fn plain(&self, rule: &'static Rule, waived: Truth) -> Judged<'a> {
        let applies = Truth::and([self.guarded(rule, None), waived.negated()]);
        let (truth, members) = self.test_of(&rule.test, rule.key, None);
        Judged {
            members,
            ..Judged::of(result_of(&applies, &truth))
        }
    }

    /// With a written reason an unmet `in principle` is met.
    fn excused(&self, rule: &Rule, mut judged: Judged<'a>) -> Judged<'a> {
        if rule.strength == Strength::InPrinciple && judged.result == Outcome::Unmet {
            if let Some(reason) = self.case.reasons.get(rule.key) {
                judged.result = Outcome::Met;
                judged.reason = Some(reason);
            }
        }
        judged
    }

    fn call(&self, part: Part, item: Option<&Item<'a>>) -> Value<'a> {
        match (part, item) {
            (Part::Of(formula), _) => formula(self),
            (Part::OfItem(formula), Some(item)) => formula(self, item),
            (Part::OfItem(_), None) => Value::None,
        }
    }

    fn truth(&self, part: Part, item: Option<&Item<'a>>) -> Truth {
        Truth::from_value(self.call(part, item))
    }

    /// `when ∧ ¬unless`
    fn guarded(&self, rule: &Rule, item: Option<&Item<'a>>) -> Truth {
        if rule.when.is_none() && rule.unless.is_none() {
            return Truth::True;
        }
        let when = rule.when.map_or(Truth::True, |when| self.truth(when, item));
        let unless = rule
            .unless
            .map_or(Truth::False, |unless| self.truth(unless, item));
        Truth::and([when, unless.negated()])
    }

    /// Whether a waiver lifts the rule; an unknown one leaves `complete` rules in force.
    fn waived_by(&self, rule: &Rule) -> Truth {
        if rule.waived_by.is_empty() {
            return Truth::False;
        }
        let waivers: Vec<Truth> = rule.waived_by.iter().map(|key| self.waiver(key)).collect();
        match Truth::or(waivers) {
            Truth::Unknown(_) if rule.strength == Strength::Complete => Truth::False,
            truth => truth,
        }
    }

    /// Whether a waiver is met.
    pub fn waiver(&self, key: &str) -> Truth {
        match self.rule(key) {
            Value::None => Truth::False,
            value => Truth::from_value(value),
        }
    }

    /// Kleene-and over items; an empty list: not applicable.
    fn each_item(&self, rule: &'static Rule, list: Value<'a>, waived: Truth) -> Judged<'a> {
        let items: &'a [Data<'a>] = match list {
            Value::Unknown(unknown) => {
                let open = Truth::Unknown(unknown.needs);
                let judged = Judged::of(result_of(&waived.negated(), &open));
                return Judged {
                    items: Some(Vec::new()),
                    ..judged
                };
            }
            Value::List(items) | Value::Set(items) => items,
            _ => &[],
        };
        let (mut applies, mut tests, mut failing) = (Vec::new(), Vec::new(), Vec::new());
        for (index, data) in items.iter().enumerate() {
            let item = Item { data };
            let guard = self.guarded(rule, Some(&item));
            let (truth, _) = self.test_of(&rule.test, rule.key, Some(&item));
            let (result, needs) = result_of(&guard, &truth);
            if !result.is_fine() {
                failing.push(ItemFinding {
                    path: format!("{}/{index}", rule.list),
                    result,
                    needs,
                });
            }
            tests.push(Truth::or([guard.clone().negated(), truth]));
            applies.push(guard);
        }
        let applies = Truth::and([Truth::or(applies), waived.negated()]);
        let judged = Judged::of(result_of(&applies, &Truth::and(tests)));
        let items = if judged.result == Outcome::NotApplicable {
            Vec::new()
        } else {
            failing
        };
        Judged {
            items: Some(items),
            ..judged
        }
    }

    /// The truth of a test, and the results of its members if it is a threshold.
    fn test_of(
        &self,
        test: &'static Test,
        key: &'static str,
        item: Option<&Item<'a>>,
    ) -> (Truth, Option<Vec<MemberFinding>>) {
        let sheet = self.case.sheets.get(key).copied().unwrap_or_default();
        let entry = |value: Option<bool>, source: Source| match value {
            Some(value) => Truth::of(value),
            None => Truth::Unknown(Needs::one(key, source)),
        };
        let truth = match test {
            Test::Holds(part) => self.truth(*part, item),
            Test::Judged(_) => entry(sheet.judged(), Source::Judgement),
            Test::Attested => entry(sheet.attested(), Source::Other),
            Test::External(None) => entry(sheet.external(), Source::Other),
            Test::External(Some(as_of)) => match (self.call(*as_of, item), sheet.external()) {
                (Value::Unknown(unknown), Some(_)) => Truth::Unknown(unknown.needs),
                (day, stated) => {
                    let same = day == sheet.as_of.map_or(Value::None, Value::Day);
                    entry(stated.filter(|_| same), Source::Other)
                }
            },
            Test::Threshold(need, members) => {
                let (truth, found) = self.threshold(*need, members, item);
                return (truth, Some(found));
            }
        };
        (truth, None)
    }

    /// A Kleene threshold. A member that does not apply counts for neither side: where all are asked for it is passed over, else it is
    /// not met.
    fn threshold(
        &self,
        need: usize,
        members: &'static [Member],
        item: Option<&Item<'a>>,
    ) -> (Truth, Vec<MemberFinding>) {
        let all = need == members.len();
        let (mut truths, mut found) = (Vec::new(), Vec::new());
        for member in members {
            let applies = member
                .when
                .map_or(Truth::True, |when| self.truth(when, item));
            let (truth, inner) = self.test_of(&member.test, member.key, item);
            let (result, needs) = result_of(&applies, &truth);
            let (of, path) = (member.ident(), member.path);
            found.push(MemberFinding {
                of,
                result,
                needs,
                path,
                members: inner,
            });
            truths.push(match all {
                true => Truth::or([applies.negated(), truth]),
                false => Truth::and([applies, truth]),
            });
        }
        (Truth::at_least(need, truths), found)
    }
}
