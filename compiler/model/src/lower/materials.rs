//! Materials (semantics 11).
//!
//! In: `material` lines. Out: `Programme::materials` in the order of the index, each track's own materials.

use super::Lower;
use crate::{Format, Material, MaterialId, TrackId};

impl Lower<'_> {
    /// Declares the materials; tracks are known.
    pub(crate) fn materials(&mut self) {
        for (i, (material, head)) in self.index.materials.iter().enumerate() {
            let shared = material.heads.last().filter(|last| last.name != head.name);
            let mut cites = self.cites(&head.cites);
            if let Some(last) = shared.filter(|_| cites.is_empty()) {
                // Citations written once, after the last name, count for all.
                cites = self.cites(&last.cites);
            }
            let named: Vec<TrackId> = material.tracks.iter().filter_map(|t| self.find_track(t)).collect();
            let tracks = if material.tracks.is_empty() { (0..self.p.tracks.len() as u32).map(TrackId).collect() } else { named };
            if !material.per_package {
                for track in &tracks {
                    self.p.tracks[track.index()].materials.push(MaterialId(i as u32));
                }
            }
            let lowered = Material {
                ident: Self::ident(head),
                cites,
                per_package: material.per_package,
                tracks,
                by: material.by.as_ref().and_then(|a| self.find_actor(a)),
                formats: material.formats.iter().map(|f| Format { name: f.name.text.clone(), sealed: f.sealed }).collect(),
                channel: material.channel.as_ref().map(|c| c.text.clone()),
                at: material.at.as_ref().and_then(|s| self.find_stage(s)),
                when: Vec::new(),
                optional: material.optional,
                only_needed: false,
                refuse: material.refuse.iter().map(|(name, cites)| (name.text.clone(), self.cites(cites))).collect(),
                span: head.name.span,
            };
            self.p.materials.push(lowered);
        }
    }

    /// Guards of materials, once facts are known; which materials only a waiver asks for.
    pub(crate) fn material_expressions(&mut self) {
        for (i, (material, _)) in self.index.materials.iter().enumerate() {
            if let Some(when) = &material.when {
                let tracks = self.p.materials[i].tracks.clone();
                self.p.materials[i].when = self.per_track(when, &tracks);
            }
        }
        let needed: Vec<MaterialId> = self.p.tracks.iter().flat_map(|t| &t.rules).flat_map(|r| r.needs.iter().copied()).collect();
        for id in needed {
            self.p.materials[id.index()].only_needed = true;
        }
    }
}
