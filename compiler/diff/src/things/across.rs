//! What concerns many cases: materials, quotas, assertions, stages, duties.

use super::{List, guard};
use crate::canon::Scope;
use crate::thing::{Aspect, Id, Kind, Subject, Thing, Weighs, Words, yes_no};
use prog_base::text;
use prog_model::{
    Deadline, Document, Duty, Expr, Material, MaterialId, OfCase, Programme, Quota, QuotaId, Selection, SelectionId, Stage, Take, Tied,
    Track, Transition,
};

impl<'p> List<'p> {
    pub(super) fn across(&mut self) {
        let p = self.p;
        for (index, material) in p.materials.iter().enumerate() {
            self.material(material, MaterialId(index as u32));
        }
        for (index, quota) in p.quotas.iter().enumerate() {
            self.quota(quota, QuotaId(index as u32));
        }
        for (index, selection) in p.selections.iter().enumerate() {
            self.selection(selection, SelectionId(index as u32));
        }
        for assert in &p.asserts {
            let names = vec![assert.ident.name.clone()];
            let thing = Thing::new(Id::new(Kind::Assert, [&assert.ident.key]), names, assert.span, Weighs::Nothing);
            let thing = thing.ident(&assert.ident).cited(&assert.cites);
            self.put(guard(thing, &self.scope(), Aspect::Test, Some(&assert.test), Weighs::Nothing));
        }
        for workflow in &p.workflows {
            for stage in &workflow.stages {
                for track in workflow.tracks.iter().map(|t| p.track(*t)) {
                    self.stage(Some(track), stage);
                }
                if workflow.tracks.is_empty() {
                    self.stage(None, stage);
                }
            }
        }
        for duty in &p.duties {
            self.duty(duty);
        }
    }

    fn material(&mut self, material: &'p Material, id: MaterialId) {
        let p = self.p;
        let mut tracks: Vec<&str> = material.tracks.iter().map(|t| p.track(*t).ident.key.as_str()).collect();
        tracks.sort_unstable();
        let mut formats: Vec<String> =
            material.formats.iter().map(|f| format!("{}{}", f.name, if f.sealed { "（盖章）" } else { "" })).collect();
        formats.sort();
        let refused: Vec<&str> = material.refuse.iter().map(|(name, _)| name.as_str()).collect();
        let mut whens: Vec<String> =
            material.when.iter().map(|(t, e)| format!("{}: {}", p.track(*t).ident.key, Scope::new(p, Some(*t)).expr(e))).collect();
        whens.sort();
        let when = material.when.first().map_or_else(|| Words::same(""), |(_, e)| Words::Source(e.span));
        let thing =
            Thing::new(Id::new(Kind::Material, [&material.ident.key]), vec![material.ident.name.clone()], material.span, Weighs::Effect);
        let cites = material.cites.iter().chain(material.refuse.iter().flat_map(|(_, cites)| cites));
        self.put(
            thing
                .subject(Subject::Material(id))
                .ident(&material.ident)
                .cited(cites)
                .fact(Aspect::PerPackage, material.per_package.to_string(), yes_no(material.per_package), Weighs::Effect)
                .plain(Aspect::Tracks, tracks.join("、"), Weighs::Effect)
                .plain(Aspect::By, self.actor(material.by), Weighs::InFlight)
                .plain(Aspect::Formats, formats.join("、"), Weighs::Effect)
                .plain(Aspect::Channel, material.channel.as_deref().unwrap_or(""), Weighs::InFlight)
                .derived(Aspect::Stage, material.at.map_or("", |s| &p.stages[s.index()].key), Weighs::InFlight)
                .fact(Aspect::When, whens.join("; "), when, Weighs::Effect)
                .fact(Aspect::Optional, material.optional.to_string(), super::head::needed(material.optional), Weighs::Effect)
                .derived(Aspect::Needs, material.only_needed.to_string(), Weighs::Effect)
                .plain(Aspect::Refused, refused.join("、"), Weighs::Effect),
        );
    }

    fn actor(&self, id: Option<prog_model::ActorId>) -> &'p str {
        id.map_or("", |a| self.p.actors[a.index()].ident.key.as_str())
    }

    fn quota(&mut self, quota: &'p Quota, id: QuotaId) {
        let p = self.p;
        let scope = self.scope().with_keys(quota.keys.iter().map(|k| k.name.clone()));
        let strength = quota.strength.map(super::track::strength).unwrap_or_else(|| text!("必须遵守", "binding"));
        let keys: Vec<&str> = quota.keys.iter().map(|k| k.name.as_str()).collect();
        let thing = Thing::new(Id::new(Kind::Quota, [&quota.ident.key]), vec![quota.ident.name.clone()], quota.span, Weighs::Effect);
        let thing = thing.subject(Subject::Quota(id)).ident(&quota.ident).cited(&quota.cites);
        let thing = thing.fact(Aspect::Strength, strength.en.clone(), Words::Plain(strength), Weighs::Effect);
        let thing = guard(thing, &scope, Aspect::When, quota.when.as_ref(), Weighs::Effect);
        let thing = guard(thing, &scope, Aspect::Test, Some(&quota.test), Weighs::Effect);
        self.put(
            thing
                .plain(Aspect::Stage, quota.at.map_or("", |s| &p.stages[s.index()].key), Weighs::InFlight)
                .plain(Aspect::Keys, keys.join("、"), Weighs::Effect)
                .fact(Aspect::Each, quota.every.to_string(), yes_no(quota.every), Weighs::Effect)
                .plain(Aspect::Outcome, quota.outcome.as_deref().unwrap_or(""), Weighs::Effect),
        );
    }

    fn selection(&mut self, selection: &'p Selection, id: SelectionId) {
        let p = self.p;
        let scope = self.scope().with_keys(selection.keys.iter().map(|k| k.name.clone()));
        let of = |all: &OfCase| {
            let each = all.iter().map(|(t, e)| format!("{}: {}", p.track(*t).ident.key, Scope::new(p, Some(*t)).expr(e)));
            each.collect::<Vec<_>>().join("; ")
        };
        let source = |e: Option<&Expr>| e.map_or_else(|| Words::same(""), |e| Words::Source(e.span));
        let tracks: Vec<&str> = selection.tracks.iter().map(|t| p.track(*t).ident.key.as_str()).collect();
        let keys: Vec<&str> = selection.keys.iter().map(|k| k.name.as_str()).collect();
        let order: Vec<String> = selection.order.iter().map(|c| format!("{} {}", of(&c.by_track), c.highest)).collect();
        let told: Vec<&str> = selection.order.iter().map(|c| c.name.as_str()).collect();
        let (take, limit) = match &selection.take {
            Take::Number(e) => (scope.expr(e), Some(&**e)),
            Take::All => ("all".to_owned(), None),
            Take::While { of: sum, limit, passing } => {
                let passing = if *passing { " passing over" } else { "" };
                (format!("while {} {}{passing}", of(sum), scope.expr(limit)), Some(&**limit))
            }
            Take::Nearest { of: sum, target, least } => {
                let least = least.as_ref().map(|e| scope.expr(e)).unwrap_or_default();
                (format!("nearest {} {} {least}", of(sum), scope.expr(target)), Some(&**target))
            }
        };
        let tied = match selection.tied {
            Some(Tied::AdmitAll) => "admit all".to_owned(),
            Some(Tied::AdmitNone) => "admit none".to_owned(),
            Some(Tied::Judged(by)) => format!("judged by {}", self.actor(by)),
            None => String::new(),
        };
        let assign = selection.assign.as_ref().map(|a| format!("{} in {}", of(&a.wishes), p.table(a.table).ident.key)).unwrap_or_default();
        let stage = |s: Option<prog_model::StageId>| s.map_or("", |s| p.stages[s.index()].key.as_str());
        let names = vec![selection.ident.name.clone()];
        let thing = Thing::new(Id::new(Kind::Selection, [&selection.ident.key]), names, selection.span, Weighs::Effect);
        let wait = selection.wait.as_ref();
        self.put(
            thing
                .subject(Subject::Selection(id))
                .ident(&selection.ident)
                .cited(&selection.cites)
                .plain(Aspect::Stage, stage(selection.at), Weighs::InFlight)
                .plain(Aspect::Keys, keys.join("、"), Weighs::Effect)
                .plain(Aspect::Tracks, tracks.join("、"), Weighs::Effect)
                .fact(Aspect::When, of(&selection.candidates), source(selection.candidates.first().map(|(_, e)| e)), Weighs::Effect)
                .fact(Aspect::Order, order.join(", "), Words::same(told.join("、")), Weighs::Effect)
                .fact(Aspect::Take, take, source(limit), Weighs::Effect)
                .plain(Aspect::Tied, tied, Weighs::Effect)
                .fact(Aspect::Wait, wait.map(|e| scope.expr(e)).unwrap_or_default(), source(wait), Weighs::Effect)
                .plain(Aspect::Refill, stage(selection.refill), Weighs::InFlight)
                .plain(Aspect::Assign, assign, Weighs::Effect),
        );
    }

    fn stage(&mut self, track: Option<&'p Track>, stage: &'p Stage) {
        let p = self.p;
        let key = track.map(|t| t.ident.key.as_str());
        let path: Vec<&str> = key.into_iter().chain([stage.ident.key.as_str()]).collect();
        let names = track.map(|t| t.ident.name.clone()).into_iter().chain([stage.ident.name.clone()]).collect();
        let id = track.and_then(|t| p.tracks.iter().position(|o| std::ptr::eq(o, t))).map(|i| prog_model::TrackId(i as u32));
        let scope = Scope::new(p, id);
        let mut thing = Thing::new(Id::new(Kind::Stage, path), names, stage.span, Weighs::InFlight).in_track(key).ident(&stage.ident);
        if let Some(track) = track {
            thing = thing.within(&Id::new(Kind::Track, [&track.ident.key]));
        }
        let extra = stage.may.iter().flat_map(|(_, cites)| cites).chain(stage.notice.iter().flat_map(|n| &n.cites));
        thing = thing.cited(stage.cites.iter().chain(extra)).plain(Aspect::By, self.actor(stage.by), Weighs::InFlight);
        for (aspect, deadline) in [(Aspect::Open, &stage.open), (Aspect::Due, &stage.due)] {
            let (canon, words) = deadline.as_ref().map_or_else(|| (String::new(), Words::same("")), |d| self.deadline(&scope, d));
            thing = thing.fact(aspect, canon, words, Weighs::InFlight);
        }
        let when = stage.when.iter().find(|(t, _)| Some(*t) == id).map(|(_, e)| e);
        thing = guard(thing, &scope, Aspect::When, when, Weighs::InFlight);
        let fills: Vec<&str> = stage.fills.iter().map(|f| p.forms[f.index()].ident.key.as_str()).collect();
        let notice =
            stage.notice.as_ref().map_or(String::new(), |n| n.at_least.map_or("yes".to_owned(), |d| format!("{} {:?}", d.count, d.unit)));
        let may: Vec<&str> = stage.may.iter().map(|(name, _)| name.key.as_str()).collect();
        let leads: Vec<String> = stage.transitions.iter().map(|t| transition(&scope, id, t)).collect();
        let late = stage.late.as_ref().map(|t| transition(&scope, id, t)).unwrap_or_default();
        self.put(
            thing
                .plain(Aspect::Fills, fills.join("、"), Weighs::InFlight)
                .plain(Aspect::Reviews, documents(p, &stage.reviews), Weighs::InFlight)
                .plain(Aspect::Sends, documents(p, &stage.sends), Weighs::InFlight)
                .plain(Aspect::Channel, stage.channel.as_deref().unwrap_or(""), Weighs::InFlight)
                .plain(Aspect::Notice, notice, Weighs::InFlight)
                .plain(Aspect::May, may.join("、"), Weighs::InFlight)
                .plain(Aspect::Leads, leads.join("；"), Weighs::InFlight)
                .plain(Aspect::Late, late, Weighs::InFlight),
        );
    }

    fn deadline(&self, scope: &Scope<'_>, deadline: &Deadline) -> (String, Words) {
        match deadline {
            Deadline::At(e) => (scope.expr(e), Words::Source(e.span)),
            Deadline::Inferred(e) => (format!("inferred {}", scope.expr(e)), Words::Source(e.span)),
            Deadline::Unknown(why) => {
                let why = why.as_deref().unwrap_or("");
                (format!("unknown {why}"), Words::Plain(text!("未明 {why}", "left open {why}")))
            }
            Deadline::Absent => ("absent".to_owned(), Words::Plain(text!("原文未附", "absent in the source"))),
        }
    }

    fn duty(&mut self, duty: &'p Duty) {
        let actor = self.actor(Some(duty.actor));
        let key = duty.ident.as_ref().map_or("", |i| i.key.as_str());
        let name = duty.ident.as_ref().map_or(duty.message.text.as_str(), |i| i.name.as_str());
        // A duty without a name is known by its words.
        let id = Id::new(Kind::Duty, [actor, if key.is_empty() { name } else { key }]);
        let strength = duty.strength.map(super::track::strength).unwrap_or_default();
        let label = format!("{}\u{1}{}", duty.message.text, duty.message.en.as_deref().unwrap_or(""));
        let thing = Thing::new(id, vec![name.to_owned()], duty.span, Weighs::InFlight).cited(&duty.cites);
        self.put(
            thing
                .fact(Aspect::Strength, strength.en.clone(), Words::Plain(strength), Weighs::InFlight)
                .plain(Aspect::Stage, duty.at.map_or("", |s| &self.p.stages[s.index()].key), Weighs::InFlight)
                .fact(Aspect::Words, label, Words::same(duty.message.text.clone()), Weighs::Words),
        );
    }
}

fn transition(scope: &Scope<'_>, track: Option<prog_model::TrackId>, t: &Transition) -> String {
    let guard =
        t.when.as_ref().and_then(|all| all.iter().find(|(id, _)| Some(*id) == track)).map(|(_, e)| format!(" when {}", scope.expr(e)));
    let otherwise = if t.otherwise { " otherwise" } else { "" };
    format!("{}{}{otherwise} → {}", t.outcome, guard.unwrap_or_default(), scope.target(&t.target))
}

fn documents(p: &Programme, documents: &[Document]) -> String {
    let key = |d: &Document| match d {
        Document::Form(id) => p.forms[id.index()].ident.key.as_str(),
        Document::Material(id) => p.materials[id.index()].ident.key.as_str(),
        Document::Summary(id) => p.summaries[id.index()].ident.key.as_str(),
    };
    let mut keys: Vec<&str> = documents.iter().map(key).collect();
    keys.sort_unstable();
    keys.join("、")
}
