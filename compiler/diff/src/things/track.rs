//! Tracks: facts, lets, groups, rules and their alternatives.

use super::{List, guard};
use crate::canon::{Scope, limits, range};
use crate::thing::{Aspect, Id, Kind, Subject, Thing, Weighs, Words};
use prog_base::{Text, text};
use prog_model::{Input, InputId, MaterialId, Origin, Rule, RuleId, Strength, Test, TestMember, Track, TrackId, Waived};

impl<'p> List<'p> {
    pub(super) fn tracks(&mut self) {
        let p = self.p;
        for (index, track) in p.tracks.iter().enumerate() {
            self.track(TrackId(index as u32), track);
        }
    }

    fn track(&mut self, id: TrackId, track: &'p Track) {
        let p = self.p;
        let (key, name) = (&track.ident.key, &track.ident.name);
        let mut forms: Vec<&str> = track.forms.iter().map(|f| p.forms[f.index()].ident.key.as_str()).collect();
        forms.sort_unstable();
        let outcomes: Vec<String> = track.outcomes.iter().map(|o| o.key.clone()).collect();
        let mut outputs: Vec<&str> = track.outputs.iter().map(|o| track.lets[o.index()].ident.key.as_str()).collect();
        outputs.sort_unstable();
        let stages = p.route(id).map(|r| r.stages.iter().map(|s| s.ident.key.clone()).collect()).unwrap_or_default();
        let thing = Thing::new(Id::new(Kind::Track, [key]), vec![name.clone()], track.span, Weighs::Effect).subject(Subject::Track(id));
        let this = self.put(
            thing
                .ident(&track.ident)
                .cited(&track.cites)
                .plain(Aspect::Forms, forms.join("、"), Weighs::Data)
                .plain(Aspect::Outcomes, outcomes.join("、"), Weighs::Effect)
                .plain(Aspect::Outputs, outputs.join("、"), Weighs::Data)
                .order(Aspect::Order, stages, Weighs::InFlight),
        );
        let scope = Scope::new(p, Some(id));
        for input in track.inputs.iter().filter(|i| p.input(**i).form.is_none() && !p.is_proposed(**i)) {
            self.input(&this, &scope, Kind::Fact, *input, name);
        }
        for named in &track.lets {
            let names = vec![name.clone(), named.ident.name.clone()];
            let thing =
                Thing::new(this.inner(Kind::Let, &named.ident.key), names, named.span, Weighs::Effect).within(&this).in_track(Some(key));
            let thing = thing.subject(Subject::Read(format!("let:{key}/{}", named.ident.key))).ident(&named.ident).cited(&named.cites);
            let thing = match &named.out_of {
                Some(most) => thing.plain(Aspect::OutOf, most.to_string(), Weighs::Editorial),
                None => thing,
            };
            self.put(guard(thing, &scope, Aspect::Value, Some(&named.value), Weighs::Effect));
        }
        for group in &track.groups {
            let names = vec![name.clone(), group.ident.name.clone()];
            let mut rules: Vec<&str> = group.rules.iter().map(|r| track.rules[r.index()].ident.key.as_str()).collect();
            rules.sort_unstable();
            let at = track.groups.iter().position(|g| std::ptr::eq(g, group));
            let waived = track.rules.iter().flat_map(|r| &r.waives).any(|w| matches!(w, Waived::Group(g) if Some(*g) == at));
            let weighs = if waived { Weighs::Words } else { Weighs::Editorial };
            let thing = Thing::new(this.inner(Kind::Group, &group.ident.key), names, group.ident.span, Weighs::Editorial).within(&this);
            let items = rules.iter().map(|r| (*r).to_owned()).collect();
            let thing = thing.in_track(Some(key)).ident(&group.ident).cited(&group.cites);
            self.put(if waived {
                thing.plain(Aspect::Rules, rules.join("、"), weighs)
            } else {
                thing.order(Aspect::Rules, items, weighs)
            });
        }
        for (index, rule) in track.rules.iter().enumerate() {
            self.rule(&this, &scope, rule, RuleId(index as u32), name);
        }
    }

    fn rule(&mut self, track: &Id, scope: &Scope<'p>, rule: &'p Rule, id: RuleId, of: &str) {
        let p = self.p;
        let Some(track_id) = scope.track else { return };
        let key = track.path.join(".");
        let subject = Subject::Rule(track_id, id);
        let scope = &rule.each.as_ref().map_or_else(|| scope.clone(), |list| scope.at_item(&list.ty));
        let names = vec![of.to_owned(), rule.ident.name.clone()];
        let thing = Thing::new(track.inner(Kind::Rule, &rule.ident.key), names.clone(), rule.span, Weighs::Effect).within(track);
        let mut thing = thing.in_track(Some(&key)).subject(subject.clone()).ident(&rule.ident).cited(&rule.cites);
        thing = thing.fact(Aspect::Strength, strength(rule.strength).en.clone(), Words::Plain(strength(rule.strength)), Weighs::Effect);
        let guards = [(Aspect::Each, &rule.each), (Aspect::When, &rule.when), (Aspect::Unless, &rule.unless)];
        for (aspect, e) in guards {
            thing = guard(thing, scope, aspect, e.as_ref(), Weighs::Effect);
        }
        thing = self.test(thing, scope, &rule.test);
        let outcome = rule.outcome.and_then(|o| p.track(track_id).outcomes.get(o)).map_or("", |o| o.key.as_str());
        let mut waives: Vec<String> = rule.waives.iter().map(|w| self.waived(track_id, w)).collect();
        waives.sort();
        let due = rule.due.map_or("", |s| scope.stage(s));
        thing = thing
            .plain(Aspect::Outcome, outcome, Weighs::Effect)
            .plain(Aspect::Waives, waives.join("、"), Weighs::Effect)
            .plain(Aspect::Needs, self.materials(&rule.needs), Weighs::Effect)
            .derived(Aspect::Stage, due, Weighs::InFlight);
        let this = self.put(thing);
        self.members(&this, scope, &rule.test, &subject, &names);
    }

    /// The facts of a test; who judges and on what does not change what comes out.
    fn test(&self, thing: Thing<'p>, scope: &Scope<'_>, test: &'p Test) -> Thing<'p> {
        let fact = |thing: Thing<'p>, canon: String, words: Text| thing.fact(Aspect::Test, canon, Words::Plain(words), Weighs::Effect);
        match test {
            Test::Expr(e) => guard(thing, scope, Aspect::Test, Some(e), Weighs::Effect),
            Test::Judged { by, on } => {
                let thing = fact(thing, "judged".to_owned(), text!("由人评判", "judged by people"));
                let thing = thing.plain(Aspect::By, &self.p.actors[by.index()].ident.key, Weighs::InFlight);
                thing.plain(Aspect::Evidence, self.materials(on), Weighs::InFlight)
            }
            Test::Attested { with } => {
                let thing = fact(thing, "attested".to_owned(), text!("申报单位证明", "attested by the applicant"));
                thing.plain(Aspect::Evidence, self.materials(with), Weighs::InFlight)
            }
            Test::External { register, .. } => fact(thing, scope.test(test), text!("查询“{register}”", "looked up in “{register}”")),
            Test::Threshold { need, members } => {
                let words = if *need == members.len() {
                    text!("全部符合", "all of them")
                } else {
                    text!("符合至少 {need} 项", "at least {need} of them")
                };
                fact(thing, scope.test(test), words)
            }
            Test::Bad => thing,
        }
    }

    fn members(&mut self, rule: &Id, scope: &Scope<'p>, test: &'p Test, subject: &Subject, names: &[String]) {
        let Test::Threshold { members, .. } = test else { return };
        for member in members {
            self.member(rule, scope, member, subject, names);
        }
    }

    fn member(&mut self, rule: &Id, scope: &Scope<'p>, member: &'p TestMember, subject: &Subject, names: &[String]) {
        let names: Vec<String> = names.iter().cloned().chain([member.ident.name.clone()]).collect();
        let thing = Thing::new(rule.inner(Kind::Member, &member.ident.key), names.clone(), member.ident.span, Weighs::Effect).within(rule);
        let thing =
            thing.in_track(rule.path.first().map(String::as_str)).subject(subject.clone()).ident(&member.ident).cited(&member.cites);
        let thing = guard(thing, scope, Aspect::When, member.when.as_ref(), Weighs::Effect);
        let this = self.put(self.test(thing, scope, &member.test));
        self.members(&this, scope, &member.test, subject, &names);
    }

    fn waived(&self, track: TrackId, waived: &Waived) -> String {
        let (p, of) = (self.p, self.p.track(track));
        match waived {
            Waived::Rule(id) => format!("rule {}", of.rules[id.index()].ident.key),
            Waived::Group(index) => format!("conditions {}", of.groups.get(*index).map_or("", |g| g.ident.key.as_str())),
            Waived::Material(id) => format!("material {}", p.materials[id.index()].ident.key),
            Waived::Stage { stage, to } => {
                let to = to.map(|t| format!(" → {}", p.stages[t.index()].key)).unwrap_or_default();
                format!("stage {}{to}", p.stages[stage.index()].key)
            }
        }
    }

    pub(super) fn materials(&self, ids: &[MaterialId]) -> String {
        let mut keys: Vec<&str> = ids.iter().map(|m| self.p.materials[m.index()].ident.key.as_str()).collect();
        keys.sort_unstable();
        keys.join("、")
    }

    /// A fact, or a field of a form.
    pub(super) fn input(&mut self, holder: &Id, scope: &Scope<'p>, kind: Kind, id: InputId, of: &str) {
        let input = self.p.input(id);
        let key = match kind {
            Kind::Fact => input.ident.key.clone(),
            _field => input.pointer.split('/').skip(3).collect::<Vec<_>>().join("."),
        };
        let names = vec![of.to_owned(), input.ident.name.clone()];
        let thing = Thing::new(holder.inner(kind, key), names, input.span, Weighs::Data).within(holder).subject(Subject::Input(id));
        let track = if kind == Kind::Fact { holder.path.first().map(String::as_str) } else { None };
        let thing = thing.in_track(track).ident(&input.ident).cited(&input.cites);
        let stage = input.stage.map_or("", |s| scope.stage(s));
        let label = |l: &Option<prog_model::Label>| l.as_ref().map(|l| l.text.clone()).unwrap_or_default();
        let thing = thing
            .plain(Aspect::Type, scope.field_type(&input.field), Weighs::Data)
            .plain(Aspect::Range, range(&input.field), Weighs::Data)
            .plain(Aspect::Limits, limits(&input.field), Weighs::Data)
            .fact(Aspect::Optional, input.optional.to_string(), super::head::needed(input.optional), Weighs::Data)
            .plain(Aspect::Prompt, label(&input.prompt), Weighs::Editorial)
            .plain(Aspect::Help, label(&input.help), Weighs::Editorial)
            .plain(Aspect::Personal, input.personal.to_string(), Weighs::Data)
            .derived(Aspect::Stage, stage, Weighs::InFlight);
        let thing = guard(thing, scope, Aspect::When, input.when.as_ref(), Weighs::Data);
        self.put(self.origin(thing, scope, input));
    }

    fn origin(&self, thing: Thing<'p>, scope: &Scope<'_>, input: &'p Input) -> Thing<'p> {
        let fact = |thing: Thing<'p>, canon: &str, words: Text| thing.fact(Aspect::Origin, canon, Words::Plain(words), Weighs::Data);
        match &input.origin {
            Origin::Entered => fact(thing, "entered", text!("填写", "entered")),
            Origin::Attested { with } => {
                let thing = fact(thing, "attested", text!("申报单位证明", "attested by the applicant"));
                thing.plain(Aspect::Evidence, self.materials(with), Weighs::InFlight)
            }
            Origin::Judged { by, on } => {
                let thing = fact(thing, "judged", text!("由人评判", "judged by people"));
                let thing = thing.plain(Aspect::By, &self.p.actors[by.index()].ident.key, Weighs::InFlight);
                thing.plain(Aspect::Evidence, self.materials(on), Weighs::InFlight)
            }
            Origin::External { register, as_of } => {
                let thing = fact(thing, &format!("external {register}"), text!("查询“{register}”", "looked up in “{register}”"));
                guard(thing, scope, Aspect::Due, as_of.as_deref(), Weighs::Effect)
            }
            Origin::Computed(e) => {
                let thing = fact(thing, "computed", text!("计算得出", "computed"));
                guard(thing, scope, Aspect::Value, Some(e), Weighs::Effect)
            }
        }
    }
}

/// A strength in words.
pub(crate) fn strength(strength: Strength) -> Text {
    match strength {
        Strength::Require => text!("必须", "require"),
        Strength::Complete => text!("须齐备", "complete"),
        Strength::InPrinciple => text!("原则上", "in principle"),
        Strength::Prefer => text!("优先", "prefer"),
        Strength::Encourage => text!("鼓励", "encourage"),
        Strength::Note => text!("提示", "note"),
        Strength::Waive => text!("免于", "waive"),
    }
}
