//! Where things are declared: `track 示范区.管理体制`, `quota 示范区名额` — each with whether it cites a clause.
//!
//! In: the trees of a programme's files. Out: paths of everything a provision may be encoded as.

use prog_syntax::ast::*;
use std::collections::BTreeMap;

/// Paths with whether they cite a clause (or say why they need not).
#[derive(Default)]
pub struct Paths(pub BTreeMap<String, bool>);

impl Paths {
    /// Adds everything a file declares.
    pub fn add(&mut self, file: &File) {
        for p in &file.programmes {
            self.put(format!("programme {}", p.head.name.text), true);
            p.items.iter().for_each(|i| self.item(i));
        }
        file.items.iter().for_each(|i| self.item(i));
    }

    fn put(&mut self, path: String, cites: bool) {
        *self.0.entry(path).or_default() |= cites;
    }

    fn head(&mut self, kind: &str, head: &Head) {
        self.put(format!("{kind} {}", head.name.text), !head.cites.is_empty());
    }

    fn item(&mut self, item: &Item) {
        match item {
            Item::Header(h) => self.put(format!("header {}", format!("{:?}", h.key).to_lowercase()), true),
            Item::Notice(n) => n.clauses.iter().for_each(|c| self.clause(c)),
            // The reading of a word is the author's; citing where the word stands is a courtesy.
            Item::Readings(r) => r.settings.iter().for_each(|s| self.put(format!("reading {}", s.name.text), true)),
            Item::Reading(r) => self.head("reading", &r.head),
            Item::Actor(a) => self.head("actor", &a.head),
            Item::Enum(e) => {
                self.head("enum", &e.head);
                for v in &e.values {
                    self.put(format!("enum {}.{}", e.head.name.text, v.head.name.text), !v.head.cites.is_empty());
                }
            }
            Item::Table(t) => self.head("table", &t.head),
            Item::Let(l) => self.head("let", &l.head),
            Item::Track(t) => {
                for head in &t.heads {
                    t.members.iter().for_each(|m| self.member(&head.name.text, m));
                }
            }
            Item::Material(m) => m.heads.iter().for_each(|h| self.head("material", h)),
            Item::Quota(q) => self.head("quota", &q.head),
            Item::Assert(a) => self.head("assert", &a.head),
            Item::Workflow(w) => {
                for (track, stage) in w.tracks.iter().flat_map(|t| w.stages.iter().map(move |s| (t, s))) {
                    self.put(format!("stage {}.{}", track.text, stage.head.name.text), !stage.head.cites.is_empty());
                }
            }
            Item::Form(f) => self.head("form", &f.head),
            Item::Summary(s) => self.head("summary", &s.head),
            Item::Duty(d) => {
                if let Some(name) = &d.name {
                    self.put(format!("duty {}", name.text), !d.cites.is_empty());
                }
            }
            Item::Record(_) | Item::Unit(_) | Item::Explain(_) | Item::Targets(_) | Item::Scenario(_) | Item::Bad(_) => {}
        }
    }

    fn clause(&mut self, c: &Clause) {
        let number = if c.kind == ClauseKind::Annex { format!("附件{}", c.number) } else { c.number.clone() };
        let name = c.alias.as_ref().map_or(number, |a| a.text.clone());
        self.put(format!("clause {name}"), true);
    }

    fn member(&mut self, track: &str, m: &TrackMember) {
        let head = match m {
            TrackMember::Fact(f) => &f.head,
            TrackMember::Rule(r) => &r.head,
            TrackMember::Let(l) | TrackMember::Output(l) => &l.head,
            TrackMember::Conditions(c) => {
                c.members.iter().for_each(|m| self.member(track, m));
                &c.head
            }
            TrackMember::Outcomes(_) | TrackMember::Bad(_) => return,
        };
        self.put(format!("track {track}.{}", head.name.text), !head.cites.is_empty());
    }
}
