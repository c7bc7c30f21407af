//! Materials: who provides what, how, through which channel, when.

use super::Builder;
use crate::ast::{Format, Material, Name};
use crate::grammar::{Pair, Rule};
use prog_base::Span;

impl Builder<'_> {
    /// `material A, B [cites] "label" … as word and sealed pdf by CHANNEL …`.
    ///
    /// `as` right after the name is a key if formats follow later; a second `by`, or one after the formats, names the channel.
    pub fn material(&mut self, pair: Pair) -> Material {
        let (start, span) = (pair.as_span().start(), self.trimmed(&pair));
        let mut material = Material {
            heads: Vec::new(),
            per_package: false,
            tracks: Vec::new(),
            by: None,
            formats: Vec::new(),
            channel: None,
            at: None,
            when: None,
            optional: false,
            refuse: Vec::new(),
            span,
        };
        let mut after_formats = false;
        let mut bys = Vec::new();
        for p in pair.into_inner() {
            let place = self.span(&p);
            let formats_before = std::mem::take(&mut after_formats);
            match p.as_rule() {
                Rule::decl_plain => {
                    let head = self.head(p, start);
                    material.heads.push(head);
                }
                Rule::formats => {
                    let formats = self.formats(p);
                    self.key_or_formats(&mut material, formats, place);
                    after_formats = true;
                }
                Rule::kw_per_package => material.per_package = true,
                Rule::for_names => material.tracks.extend(self.names_in(p)),
                Rule::by | Rule::channel => {
                    let own_word = p.as_rule() == Rule::channel && !p.as_str().starts_with("by");
                    let name = self.name_in(p);
                    bys.push((name, own_word || formats_before, place));
                }
                Rule::at => {
                    let stage = self.name_in(p);
                    self.once(&mut material.at, stage, place);
                }
                Rule::when => {
                    let guard = self.expr_in(p);
                    self.once(&mut material.when, guard, place);
                }
                Rule::optional => material.optional = true,
                Rule::refuse => {
                    let cites: Vec<_> = p.clone().into_inner().filter(|q| q.as_rule() == Rule::cites).flat_map(|q| self.cites(q)).collect();
                    let names = self.names_in(p);
                    material.refuse.extend(names.into_iter().map(|n| (n, cites.clone())));
                }
                _ => {
                    if let Some(mut last) = material.heads.pop() {
                        self.head_part(&mut last, p);
                        material.heads.push(last);
                    }
                }
            }
        }
        self.actor_and_channel(&mut material, bys);
        material
    }

    /// English writes actor and channel alike: the first of two is the actor; one alone is the channel if it follows the formats.
    fn actor_and_channel(&mut self, material: &mut Material, bys: Vec<(Name, bool, Span)>) {
        let many = bys.len() > 1;
        for (i, (name, is_channel, place)) in bys.into_iter().enumerate() {
            if (many && i == 0) || (!many && !is_channel) {
                material.by = Some(name);
            } else {
                self.once(&mut material.channel, name, place);
            }
        }
    }

    /// What stood after an earlier `as` turns out to be the key when formats come again.
    fn key_or_formats(&mut self, material: &mut Material, formats: Vec<Format>, place: Span) {
        if material.formats.is_empty() {
            material.formats = formats;
            return;
        }
        let earlier = std::mem::replace(&mut material.formats, formats);
        match (earlier.as_slice(), material.heads.as_mut_slice()) {
            ([Format { name, sealed: false }], [head]) if head.key.is_none() => head.key = Some(name.clone()),
            _ => self.say(crate::messages::said_twice(place)),
        }
    }

    fn formats(&mut self, pair: Pair) -> Vec<Format> {
        let mut formats = Vec::new();
        for p in pair.into_inner().filter(|p| p.as_rule() == Rule::format) {
            let sealed = p.clone().into_inner().any(|q| q.as_rule() == Rule::kw_sealed);
            formats.push(Format { name: self.name_in(p), sealed });
        }
        formats
    }
}
