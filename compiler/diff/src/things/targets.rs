//! Targets: blocks, indicators, milestones.

use super::List;
use crate::canon::Scope;
use crate::thing::{Aspect, Id, Kind, Subject, Thing, Weighs, Words, yes_no};
use prog_base::text;
use prog_model::{Bound, Indicator, Measure, Milestone, MilestoneTime, Programme, TargetsFrom};

impl<'p> List<'p> {
    pub(super) fn targets(&mut self, other: &Programme) {
        let p = self.p;
        for (at, block) in p.targets.iter().enumerate() {
            let thing =
                Thing::new(Id::new(Kind::Targets, [&block.ident.key]), vec![block.ident.name.clone()], block.span, Weighs::InFlight);
            let from = match &block.from {
                Some(TargetsFrom::Stage(stage)) => p.stages[stage.index()].key.clone(),
                Some(TargetsFrom::Day(day)) => day.to_string(),
                None => String::new(),
            };
            let by = block.reported_by.map_or("", |a| p.actors[a.index()].ident.key.as_str());
            let thing = thing.ident(&block.ident).cited(&block.cites).plain(Aspect::By, by, Weighs::InFlight);
            let id = self.put(thing.plain(Aspect::From, from, Weighs::InFlight));
            for (index, indicator) in block.indicators.iter().enumerate() {
                let same = other.targets.iter().find(|b| b.ident.key == block.ident.key);
                let same = same.and_then(|b| b.indicators.iter().find(|i| i.ident.key == indicator.ident.key));
                let by_place = same.is_none_or(|i| i.milestones.len() == indicator.milestones.len());
                self.indicator(&id, &block.ident.name, indicator, &Subject::Indicator(at, index), by_place);
            }
        }
    }

    fn indicator(&mut self, block: &Id, of: &str, indicator: &'p Indicator, subject: &Subject, by_place: bool) {
        let p = self.p;
        let names = vec![of.to_owned(), indicator.ident.name.clone()];
        let thing =
            Thing::new(block.inner(Kind::Indicator, &indicator.ident.key), names.clone(), indicator.span, Weighs::Effect).within(block);
        let thing = thing.subject(subject.clone()).ident(&indicator.ident).cited(&indicator.cites);
        let for_all = indicator.for_all.map_or("", |e| p.enumeration(e).ident.key.as_str());
        let inputs: Vec<String> = match &indicator.measure {
            Measure::Computed { inputs, .. } => inputs.iter().map(|i| i.name.clone()).collect(),
            Measure::Reported(..) | Measure::Judged(_) => Vec::new(),
        };
        let scope = self.scope().with_keys(inputs);
        let thing = match &indicator.measure {
            Measure::Reported(field, _) => thing.plain(Aspect::Measure, format!("reported {}", scope.field_type(field)), Weighs::Data),
            Measure::Computed { value, .. } => thing.fact(Aspect::Measure, scope.expr(value), Words::Source(value.span), Weighs::Effect),
            Measure::Judged(test) => thing.plain(Aspect::Measure, scope.test(test), Weighs::Effect),
        };
        let thing = thing.plain(Aspect::ForAll, for_all, Weighs::Effect);
        let thing = thing.fact(Aspect::Strive, indicator.strive.to_string(), yes_no(indicator.strive), Weighs::Effect);
        let id = self.put(thing);
        for (at, milestone) in indicator.milestones.iter().enumerate() {
            let key = if by_place { format!("{}", at + 1) } else { time(&milestone.when) };
            let names = names.iter().cloned().chain([time(&milestone.when)]).collect();
            let thing = Thing::new(id.inner(Kind::Milestone, key), names, milestone.span, Weighs::Effect).within(&id);
            let thing = thing.subject(subject.clone()).cited(&indicator.cites).cited(&milestone.cites);
            self.put(milestone_facts(thing, &scope, milestone));
        }
    }
}

fn milestone_facts<'p>(thing: Thing<'p>, scope: &Scope<'_>, milestone: &Milestone) -> Thing<'p> {
    let (canon, words) = milestone.bound.as_ref().map_or_else(|| (String::new(), Words::same("")), |b| bound(scope, b));
    let said = milestone.words.as_ref().map(|w| w.text.clone()).unwrap_or_default();
    let weighs = if milestone.bound.is_some() { Weighs::Editorial } else { Weighs::Words };
    thing
        .plain(Aspect::Time, time(&milestone.when), Weighs::InFlight)
        .fact(Aspect::Bound, canon, words, Weighs::Effect)
        .fact(Aspect::Strive, milestone.strive.to_string(), yes_no(milestone.strive), Weighs::Effect)
        .plain(Aspect::Words, said, weighs)
}

/// A bound, in the words of the source with what it asks.
fn bound(scope: &Scope<'_>, bound: &Bound) -> (String, Words) {
    let name = match bound {
        Bound::AtMost(_) => text!("不超过", "at most"),
        Bound::Less(_) => text!("低于", "less than"),
        Bound::AtLeast(_) => text!("不少于", "at least"),
        Bound::More(_) => text!("超过", "more than"),
        Bound::Equal(_) => text!("等于", "exactly"),
        Bound::Between(..) => text!("介于", "between"),
        Bound::About(_) => text!("约", "about"),
    };
    let limits = bound.limits();
    let canon: Vec<String> = limits.iter().map(|e| scope.expr(e)).collect();
    let words = match limits.as_slice() {
        [first, .., last] => Words::Source(first.span.to(last.span)),
        [one] => Words::Source(one.span),
        [] => Words::same(""),
    };
    (format!("{} {}", name.en, canon.join(" ")), words)
}

fn time(when: &MilestoneTime) -> String {
    match when {
        MilestoneTime::By(day) => day.to_string(),
        MilestoneTime::EachYear => "each year".to_owned(),
        MilestoneTime::Year(n) => format!("year {n}"),
        MilestoneTime::Total(day) => format!("total {}", day.map(|d| d.to_string()).unwrap_or_default()),
    }
}
