//! One quota for one group: what was counted, and what follows while the batch is open or closed.

use super::definition::{Bound, BoundKind, Quota, ShownType};
use super::finding::{Outcome, Under};
use super::group::Group;
use super::interval::{compare_numbers, Relation};
use super::keys::{KeyedGroup, Name};
use super::lines::Decision;
use super::messages::Note;
use super::number::Exact;
use super::prepared::Prepared;
use super::readings::Setting;
use super::report::Writer;
use super::rules::result_of;
use super::scene::Scene;
use super::scope::Subject;
use super::truth::Truth;
use super::value::{Needs, Value};
use std::borrow::Cow;
use std::rc::Rc;

/// What a check found in a group.
#[derive(Clone, Debug)]
pub struct GroupCount<'a> {
    /// Whether the quota applies to the group.
    pub applies: Truth,
    /// Whether the check holds.
    pub test: Truth,
    /// The value counted.
    pub value: Value<'a>,
    /// The limit, or the lower of two.
    pub limit: Value<'a>,
    /// The upper of two limits.
    pub upper: Option<Value<'a>>,
    /// Part and base, if the value is a share.
    pub portions: Option<(i64, i64)>,
    /// Positions of cases counted surely or maybe.
    pub members: Vec<usize>,
    /// Data notes.
    pub notes: Vec<Note>,
}

/// Counts one group.
pub fn count_group<'a>(
    prepared: &'static Prepared,
    quota: &'static Quota,
    group: &KeyedGroup<'a>,
    members: &[(usize, Truth)],
    scenes: &[Scene<'a>],
    settings: &Rc<[Setting]>,
) -> GroupCount<'a> {
    let scope = Group::new(prepared, settings, scenes, members);
    scope
        .frame
        .keys
        .borrow_mut()
        .push(Rc::from(group.values.as_slice()));
    scope.frame.subject.set(Some(Subject {
        key: quota.key,
        clauses: quota.clauses,
    }));
    let applies = quota
        .when
        .map_or(Truth::True, |when| Truth::from_value(when(&scope)));
    scope.counted.take();
    let test = Truth::from_value((quota.test)(&scope));
    let counted = scope.counted.take();
    let value = quota.value.map_or(Value::None, |value| value(&scope));
    GroupCount {
        applies,
        test,
        value,
        portions: scope.portions.get().filter(|_| quota.share),
        limit: quota
            .bound
            .map_or(Value::None, |bound| (bound.limit)(&scope)),
        upper: quota
            .bound
            .and_then(|bound| bound.high)
            .map(|high| high(&scope)),
        members: counted.into_iter().collect(),
        notes: scope.frame.notes.take(),
    }
}

/// What is printed of a quota's value.
#[derive(Clone, Debug)]
pub enum Measured {
    /// One number.
    Value(Exact),
    /// A share: part and base.
    Share(i64, i64),
    /// Only bounds are known.
    Bounds(Option<Exact>, Option<Exact>),
    /// The check is not one comparison.
    None,
}

impl<'a> GroupCount<'a> {
    /// Whether the value is over the cap; none: the check is no cap.
    pub fn over(&self, quota: &Quota) -> Option<Truth> {
        let above =
            |relation, limit: &Value<'a>| Some(compare_numbers(relation, &self.value, limit));
        match quota.bound?.kind {
            BoundKind::AtMost | BoundKind::Equal => above(Relation::More, &self.limit),
            BoundKind::Less => above(Relation::AtLeast, &self.limit),
            BoundKind::Between => above(Relation::More, self.upper.as_ref()?),
            BoundKind::AtLeast | BoundKind::More | BoundKind::About => None,
        }
    }

    /// Result, whether it is final, and what is awaited.
    pub fn result(&self, quota: &Quota, closed: bool) -> (Outcome, bool, Needs) {
        let (result, needs) = result_of(&self.applies, &self.test);
        if closed || result == Outcome::NotApplicable {
            return (result, closed, needs);
        }
        let open = (Outcome::Unknown, false, needs.clone());
        if !self.applies.is_true() || !quota.grows {
            return open;
        }
        match quota.bound.map(|bound| bound.kind) {
            Some(BoundKind::AtMost | BoundKind::Less) => (result, result == Outcome::Unmet, needs),
            Some(BoundKind::AtLeast | BoundKind::More) if result == Outcome::Met => {
                (result, true, needs)
            }
            Some(BoundKind::Between | BoundKind::Equal)
                if self.over(quota).is_some_and(|over| over.is_true()) =>
            {
                (Outcome::Unmet, true, needs)
            }
            Some(_) | None => open,
        }
    }

    /// What is printed of the value.
    pub fn measure(&self, quota: &Quota) -> Measured {
        if let Some((part, base)) = self.portions {
            return Measured::Share(part, base);
        }
        match &self.value {
            _ if !quota.shown.is_some_and(|shown| shown.is_number()) => Measured::None,
            Value::Number(n) => Measured::Value(n.clone()),
            Value::Unknown(unknown) => Measured::Bounds(unknown.low.clone(), unknown.high.clone()),
            _ => Measured::None,
        }
    }

    /// What is printed of the limit: a number, or two.
    pub fn printed_limit(&self, quota: &Quota) -> Option<(Exact, Option<Exact>, ShownType)> {
        let Bound { kind, shown, .. } = quota.bound.filter(|bound| bound.shown.is_number())?;
        let low = self.limit.number()?.clone();
        if kind != BoundKind::Between {
            return Some((low, None, shown));
        }
        let high = self.upper.as_ref()?.number()?.clone();
        Some((low, Some(high), shown))
    }

    /// How far the value is above the limit, and below it.
    pub fn distance(&self) -> Option<(Exact, Exact)> {
        let (value, _) = self.value.number().zip(self.limit.number())?;
        let high = self.upper.as_ref().unwrap_or(&self.limit).number()?;
        let positive = |n: Exact| if n.is_negative() { Exact::ZERO } else { n };
        Some((positive(value - high), positive(high - value)))
    }
}

/// The result of one quota for one group.
#[derive(Clone, Debug)]
pub struct QuotaFinding<'a> {
    /// The quota.
    pub quota: &'static Quota,
    /// The result.
    pub result: Outcome,
    /// Whether it can no longer change.
    pub is_final: bool,
    /// The group.
    pub name: Name,
    /// What was counted.
    pub measure: Measured,
    /// The limit.
    pub limit: Option<(Exact, Option<Exact>, ShownType)>,
    /// How far the value is above the limit, and below it.
    pub distance: Option<(Exact, Exact)>,
    /// Ids of the cases counted.
    pub members: Vec<Cow<'a, str>>,
    /// What is awaited.
    pub needs: Needs,
    /// What other readings would give.
    pub under: Vec<Under>,
    /// Ids of packages that did not fit.
    pub returned: Vec<Cow<'a, str>>,
    /// Key of the actor it binds.
    pub addressed: Option<&'static str>,
    /// The decision recorded.
    pub over_ruled: Option<&'a Decision<'a>>,
    /// The written reason that excuses it.
    pub reason: Option<&'a str>,
}

impl Writer {
    /// A quota's finding for one group.
    pub fn quota(&mut self, found: &QuotaFinding<'_>) {
        let quota = found.quota;
        let shown = quota.shown.filter(ShownType::is_number);
        let is_measured = matches!(found.measure, Measured::Value(_) | Measured::Bounds(..));
        let distance = found.distance.as_ref().zip(shown).filter(|_| is_measured);
        self.raw("{");
        if let Some(actor) = found.addressed {
            self.member("\"addressed\":", actor);
            self.raw(",");
        }
        self.strings("\"clauses\":", quota.clauses);
        if let Measured::Share(_, base) = found.measure {
            self.raw(&format!(",\"denominator\":{base}"));
        }
        if found.reason.is_some() {
            self.raw(",\"exception\":true");
        }
        self.raw(if found.is_final {
            ",\"final\":true"
        } else {
            ",\"final\":false"
        });
        if let Some(((_, free), shown)) = distance {
            self.raw(",\"free\":");
            self.number(free, &shown);
        }
        if let (Measured::Bounds(_, high), Some(shown)) = (&found.measure, shown) {
            self.raw(",\"high\":");
            self.end(high.as_ref(), &shown);
        }
        let names = quota.keys.iter().map(|key| key.name);
        self.key(names.zip(found.name.iter().map(String::as_str)).collect());
        self.raw(",\"kind\":\"quota\"");
        self.limit(found);
        if let (Measured::Bounds(low, _), Some(shown)) = (&found.measure, shown) {
            self.raw(",\"low\":");
            self.end(low.as_ref(), &shown);
        }
        self.strings(",\"members\":", &found.members);
        self.message(&super::messages::Message::Author(quota.ident().label));
        self.needs(&found.needs);
        if let Measured::Share(part, _) = found.measure {
            self.raw(&format!(",\"numerator\":{part}"));
        }
        if let Some(((over, _), shown)) = distance {
            self.raw(",\"over\":");
            self.number(over, &shown);
        }
        self.over_ruled(found.over_ruled);
        if let Some(reason) = found.reason {
            self.member(",\"reason\":", reason);
        }
        self.result(found.result);
        if !found.returned.is_empty() {
            self.strings(",\"returned\":", &found.returned);
        }
        self.member(",\"rule\":", quota.key);
        self.member(",\"strength\":", quota.weight().word());
        self.under(&found.under);
        if let (Measured::Value(value), Some(shown)) = (&found.measure, shown) {
            self.raw(",\"value\":");
            self.number(value, &shown);
        }
        self.raw("}");
    }

    /// The keys of a group or package, by name.
    pub fn key(&mut self, mut keys: Vec<(&str, &str)>) {
        keys.sort_by(|(a, _), (b, _)| a.encode_utf16().cmp(b.encode_utf16()));
        self.raw(",\"key\":{");
        for (index, (name, text)) in keys.into_iter().enumerate() {
            if index > 0 {
                self.raw(",");
            }
            self.string(name);
            self.member(":", text);
        }
        self.raw("}");
    }

    fn limit(&mut self, found: &QuotaFinding<'_>) {
        let Some((low, high, shown)) = &found.limit else {
            return;
        };
        let Some(high) = high else {
            self.raw(",\"limit\":");
            return self.number(low, shown);
        };
        self.raw(",\"limit\":{\"high\":");
        self.number(high, shown);
        self.raw(",\"low\":");
        self.number(low, shown);
        self.raw("}");
    }

    fn over_ruled(&mut self, decision: Option<&Decision<'_>>) {
        let Some(decision) = decision else { return };
        self.raw(",\"override\":{");
        let mut first = true;
        let members = [
            ("at", &decision.at),
            ("by", &decision.by),
            ("why", &decision.why),
        ];
        for (name, value) in members {
            if let Some(value) = value {
                if !std::mem::replace(&mut first, false) {
                    self.raw(",");
                }
                self.string(name);
                self.member(":", value);
            }
        }
        self.raw("}");
    }
}
