//! The notice that this one follows: how its clauses are called, what of it was amended or repealed.
//!
//! In: clauses, and what the model keeps of the changes. Out: addresses for people, entries. Always: a clause of the other notice bears that
//! notice's title; what no longer holds is said under the clause that it stood on and under the one that changed it.

use super::entries::Entry;
use super::sentences::Sentences;
use prog_base::text;
use prog_model::{Citation, ClauseId, Superseded};

impl Sentences<'_> {
    /// What people call a clause: `四(一)`, of the other notice `《办法》第六条`.
    pub fn address(&self, id: ClauseId) -> String {
        let p = self.plan.programme;
        let clause = p.clause(id);
        let Some(own) = &clause.of_base else { return clause.address.clone() };
        let root = p.clauses.iter().find(|c| c.of_base.as_deref() == Some(""));
        let Some(title) = root.and_then(|c| c.label.as_ref()) else { return clause.address.clone() };
        self.prose
            .say(match title.contains('《') {
                true => text!("{title}{own}", "“{title}” {own}"),
                false => text!("《{title}》{own}", "“{title}” {own}"),
            })
            .trim_end()
            .to_owned()
    }

    /// The clauses of citations, each once.
    pub fn addresses(&self, cites: &[Citation]) -> Vec<String> {
        let mut all: Vec<String> = Vec::new();
        for address in cites.iter().map(|c| self.address(c.clause)) {
            if !all.contains(&address) {
                all.push(address);
            }
        }
        all
    }

    /// What stood under a clause of the other notice and does not hold any more, and what a clause of this one repeals.
    pub fn superseded(&self, id: ClauseId) -> Vec<Entry> {
        let mut entries: Vec<Entry> = Vec::new();
        for one in &self.plan.programme.superseded {
            let cites = |list: &[Citation]| list.iter().any(|c| c.clause == id);
            let entry = match (cites(&one.was), cites(&one.now)) {
                (true, _) => self.no_longer(one),
                (false, true) if one.repealed => self.repeals(one),
                (false, _) => continue,
            };
            if !entries.contains(&entry) {
                entries.push(entry);
            }
        }
        entries
    }

    fn no_longer(&self, one: &Superseded) -> Entry {
        let by = self.prose.listed(self.addresses(&one.now));
        let by = if by.is_empty() { self.say(text!("本方案", "this programme")) } else { by };
        let readings = &self.plan.programme.readings;
        let reading = readings.iter().find(|r| r.builtin.is_some() && r.ident.name == one.label);
        let title = reading.map_or_else(|| one.label.clone(), |r| self.reading_words(r).0);
        let mut entry = Entry { title, ..self.new_entry(text!("不再照此执行", "no longer as it stood"), "fact", 20) };
        entry.lines = vec![match one.repealed {
            true => self.say(text!("已由{by}删去。", "Repealed by {by}.")),
            false => self.say(text!("已由{by}改写，以改写的为准。", "Amended by {by}, which decides.")),
        }];
        entry
    }

    fn repeals(&self, one: &Superseded) -> Entry {
        let of = self.prose.listed(self.addresses(&one.was));
        let mut entry = Entry { title: one.label.clone(), ..self.new_entry(text!("删去", "repealed"), "act", 20) };
        entry.lines = vec![match of.is_empty() {
            true => self.say(text!("不再适用。", "It does not apply any more.")),
            false => self.say(text!("{of}的这一项不再适用。", "This part of {of} does not apply any more.")),
        }];
        entry
    }
}
