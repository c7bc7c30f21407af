//! Rules to sentences: what is asked, of whom, when, and what follows.
//!
//! In: rules and members of their tests. Out: entries. Always: guard first, then the test, then what follows when it does not hold.

use super::entries::{Entry, Item, strength};
use super::sentences::Sentences;
use crate::prose::Prose;
use prog_base::text;
use prog_model::{Declared, Rule, Strength, Test, TestMember, Thing, Track, TrackId, Waived};

impl Sentences<'_> {
    pub(super) fn rule(&self, track: &Track, rule: &Rule) -> Entry {
        let (word, tone) = strength(rule.strength);
        let mut entry = self.about(word, tone, if rule.strength == Strength::Waive { 5 } else { 4 }, &rule.ident);
        let id = self.plan.programme.tracks.iter().position(|t| std::ptr::eq(t, track)).unwrap_or_default();
        let prose = self.prose.in_track(TrackId(id as u32));
        if self.plan.programme.tracks.len() > 1 {
            entry.scope = vec![prose.name(&track.ident)];
        }
        let mut parts = Vec::new();
        let mut inner = prose.clone();
        if let Some(list) = &rule.each {
            let list_name = prose.noun(list);
            parts.push(self.say(text!("对{list_name}逐项判断", "judged for each of {list_name}")));
            inner = prose.at_item(&list.ty);
        }
        if let Some(when) = rule.when.as_ref().map(|w| inner.holds(w)) {
            parts.push(self.say(text!("只在{when}时适用", "applies only if {when}")));
        }
        if let Some(unless) = rule.unless.as_ref().map(|u| inner.holds(u)) {
            parts.push(self.say(text!("{unless}的除外", "except if {unless}")));
        }
        entry.lines.push(self.prose.sentence(parts));
        let (line, items) = self.test(&inner, &rule.test, asks(rule.strength));
        entry.lines.push(line);
        entry.items = items;
        entry.after = vec![self.consequence(&prose, track, rule), self.due(&prose, track, rule)];
        entry.lines.retain(|line| !line.is_empty());
        entry.after.retain(|line| !line.is_empty());
        entry
    }

    /// What is tested: a sentence, and the members it lists.
    fn test(&self, prose: &Prose<'_>, test: &Test, asks: bool) -> (String, Vec<Item>) {
        let line = match test {
            Test::Bad => String::new(),
            Test::Expr(e) => {
                let test = prose.holds(e);
                match asks {
                    true => self.say(text!("要求：{test}。", "Asked: {test}.")),
                    false => self.say(text!("条件：{test}。", "Condition: {test}.")),
                }
            }
            Test::Judged { by, on } => self.prose.sentence([prose.judged(*by, on)]),
            Test::Attested { with } => self.prose.sentence([prose.origin(&prog_model::Origin::Attested { with: with.clone() })]),
            Test::External { register, as_of } => self.prose.sentence([prose.register(register, as_of.as_deref())]),
            Test::Threshold { need, members } => {
                let items = members.iter().map(|m| self.member(prose, m)).collect();
                let line = match need {
                    n if *n == members.len() => self.say(text!("下列各项全部符合：", "All of these hold:")),
                    1 => self.say(text!("下列各项符合其一即可：", "At least one of these holds:")),
                    n => self.say(text!("下列各项至少符合 {n} 项：", "At least {n} of these hold:")),
                };
                return (line, items);
            }
        };
        (line, Vec::new())
    }

    fn member(&self, prose: &Prose<'_>, member: &TestMember) -> Item {
        let (line, items) = self.test(prose, &member.test, true);
        let name = prose.name(&member.ident);
        let mut text = self.say(text!("{name}：{line}", "{name}: {line}"));
        if let Some(when) = member.when.as_ref().map(|w| prose.holds(w)) {
            text += &self.say(text!("只在{when}时适用。", " Applies only if {when}."));
        }
        Item { text, items }
    }

    pub(super) fn member_alone(&self, member: &TestMember, holder: Option<&Declared<'_>>) -> Entry {
        let mut entry = self.about(text!("条件之一", "one of the conditions"), "must", 4, &member.ident);
        let prose = match holder.map(|h| h.what) {
            Some(Thing::Rule(track, _)) => {
                let id = self.plan.programme.tracks.iter().position(|t| std::ptr::eq(t, track)).unwrap_or_default();
                self.prose.in_track(TrackId(id as u32))
            }
            _other => self.prose.clone(),
        };
        let (line, items) = self.test(&prose, &member.test, true);
        (entry.lines, entry.items) = (vec![line], items);
        if let Some(of) = holder.map(|h| self.title_of(&h.what)).filter(|t| !t.is_empty()) {
            entry.lines.push(self.say(text!("属于“{of}”。", "It belongs to “{of}”.")));
        }
        entry
    }

    fn consequence(&self, prose: &Prose<'_>, track: &Track, rule: &Rule) -> String {
        if let Some(outcome) = rule.outcome.and_then(|o| track.outcomes.get(o)) {
            let outcome = prose.quoted(outcome);
            return self.say(text!("不符合的，结论为{outcome}。", "If it is not met, the outcome is {outcome}."));
        }
        match rule.strength {
            Strength::Require => self.say(text!("不符合的，不予通过。", "If it is not met, the application is rejected.")),
            Strength::Complete => self.say(text!("不齐备的，退回补正。", "If it is not met, the application is returned for completion.")),
            Strength::InPrinciple => self.say(text!(
                "不符合的，须书面说明理由；说明后可以通过，并注明例外。",
                "If it is not met, a written reason is needed; with one it passes, marked as an exception."
            )),
            Strength::Prefer => self
                .say(text!("符合的优先考虑；不符合的不受影响。", "If it is met, the application is preferred; if not, nothing follows.")),
            Strength::Encourage => {
                self.say(text!("符合的予以注明；不符合的不受影响。", "If it is met, this is noted; if not, nothing follows."))
            }
            Strength::Note => self.say(text!("不符合时只作提示，不影响结果。", "If it is not met, a note is given, and nothing more.")),
            Strength::Waive => self.waived(prose, track, rule),
        }
    }

    fn waived(&self, prose: &Prose<'_>, track: &Track, rule: &Rule) -> String {
        let what = rule.waives.iter().map(|w| match w {
            Waived::Rule(id) => track.rules.get(id.index()).map(|r| prose.quoted(&r.ident)).unwrap_or_default(),
            Waived::Group(index) => track.groups.get(*index).map(|g| prose.quoted(&g.ident)).unwrap_or_default(),
            Waived::Material(id) => prose.materials(&[*id]),
            Waived::Stage { stage, to } => {
                let stage = prose.stage(*stage);
                match to.map(|to| prose.stage(to)) {
                    Some(to) => self.say(text!("{stage}环节（直接转入{to}）", "the stage {stage} (going on to {to})")),
                    None => self.say(text!("{stage}环节", "the stage {stage}")),
                }
            }
        });
        let what = prose.all(what);
        let mut parts = vec![self.say(text!("符合的，免于{what}", "If it is met, {what} does not apply"))];
        if !rule.needs.is_empty() {
            let needs = prose.materials(&rule.needs);
            parts.push(self.say(text!("改交{needs}", "{needs} is asked for instead")));
        }
        prose.sentence(parts)
    }

    fn due(&self, prose: &Prose<'_>, track: &Track, rule: &Rule) -> String {
        let mut parts = Vec::new();
        if let Some(stage) = rule.due.map(|s| prose.stage(s)) {
            parts.push(self.say(text!("在{stage}环节判断", "judged at {stage}")));
        }
        for waiver in &rule.waived_by {
            if let Some(waiver) = track.rules.get(waiver.index()).map(|r| prose.quoted(&r.ident)) {
                parts.push(self.say(text!("符合{waiver}的免于此条", "waived by {waiver}")));
            }
        }
        prose.sentence(parts)
    }
}

/// Whether it asks for something, rather than looking for it.
fn asks(strength: Strength) -> bool {
    match strength {
        Strength::Require | Strength::Complete | Strength::InPrinciple => true,
        Strength::Prefer | Strength::Encourage | Strength::Note | Strength::Waive => false,
    }
}
