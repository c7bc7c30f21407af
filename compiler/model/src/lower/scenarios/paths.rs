//! How the data of a case is named in a scenario: `市地`, `申报表.单位名称`, `学校数量.小学`, `意见.seal`.
//!
//! In: the inputs of a track. Out: for a written name, the input meant, or the group of inputs it opens.
//! Always: the shortest name will do as long as it is unambiguous.

use crate::{Block, InputId, Programme, TrackId};
use std::collections::BTreeMap;

/// What a written name stands for.
pub(super) enum Found {
    /// One input.
    One(InputId),
    /// A form, grid or opinion: its parts are named inside braces.
    Group,
    /// Nothing.
    None,
    /// Several inputs, with the fuller names that tell them apart.
    Many(Vec<String>),
}

/// The full names of a track's inputs.
pub(super) struct Paths {
    full: Vec<(InputId, Vec<String>)>,
}

impl Paths {
    pub(super) fn new(p: &Programme, track: TrackId) -> Self {
        let mut inside: BTreeMap<InputId, Vec<String>> = BTreeMap::new();
        for form in &p.track(track).forms {
            groups(p, &p.forms[form.index()].layout, &mut inside);
        }
        let full = p.track(track).inputs.iter().map(|id| {
            let input = p.input(*id);
            let form = input.form.map(|f| p.forms[f.index()].ident.name.clone());
            let own = inside.remove(id).unwrap_or_else(|| vec![input.ident.name.clone()]);
            (*id, form.into_iter().chain(own).collect())
        });
        Self { full: full.collect() }
    }

    /// What a name, possibly dotted, stands for.
    pub(super) fn find(&self, name: &[&str]) -> Found {
        // The parts of an opinion have a Chinese word each.
        let spelt: Vec<&str> = name.iter().enumerate().map(|(i, n)| if i > 0 { part_of_opinion(n) } else { n }).collect();
        let ends = |full: &[String]| {
            full.len() >= name.len()
                && (full[full.len() - name.len()..].iter().eq(name) || full[full.len() - name.len()..].iter().eq(&spelt))
        };
        let hits: Vec<&(InputId, Vec<String>)> = self.full.iter().filter(|(_, full)| ends(full)).collect();
        match hits.as_slice() {
            [(id, _)] => Found::One(*id),
            [] if self.full.iter().any(|(_, full)| full.windows(name.len()).any(|w| w.iter().eq(name))) => Found::Group,
            [] => Found::None,
            many => Found::Many(many.iter().map(|(_, full)| full.join(".")).collect()),
        }
    }

    /// Every last name, for suggestions.
    pub(super) fn names(&self) -> impl Iterator<Item = &String> {
        self.full.iter().filter_map(|(_, full)| full.last())
    }
}

/// The key of an opinion's part by its Chinese word; other words as they are.
fn part_of_opinion(word: &str) -> &str {
    match word {
        "文字" | "意见" => "text",
        "签字" => "signature",
        "落款日期" => "date",
        "公章" => "seal",
        other => other,
    }
}

/// The names under which grids and opinions hold their inputs.
fn groups(p: &Programme, blocks: &[Block], inside: &mut BTreeMap<InputId, Vec<String>>) {
    for block in blocks {
        match block {
            Block::Cover(inner) | Block::Row(inner) | Block::Group { blocks: inner, .. } => groups(p, inner, inside),
            Block::Part(part) => groups(p, &part.blocks, inside),
            Block::Grid(grid) => {
                let name = &grid.ident.name;
                if grid.rows.is_empty() {
                    let plain = grid.cells.iter().chain(&grid.total);
                    inside.extend(plain.map(|id| (*id, vec![name.clone(), p.input(*id).ident.name.clone()])));
                } else {
                    let rows = grid.rows.iter().flat_map(|r| grid.heads.iter().map(|h| vec![name.clone(), r.name.clone(), h.name.clone()]));
                    inside.extend(grid.cells.iter().copied().zip(rows));
                    inside.extend(grid.total.map(|id| (id, vec![name.clone(), p.input(id).ident.name.clone()])));
                }
            }
            Block::Opinion(opinion) => {
                let parts = [
                    (Some(opinion.text), "text"),
                    (opinion.signature.as_ref().map(|(_, id)| *id), "signature"),
                    (opinion.date, "date"),
                    (opinion.seal, "seal"),
                ];
                let name = &opinion.ident.name;
                inside.extend(parts.into_iter().filter_map(|(id, part)| Some((id?, vec![name.clone(), part.to_owned()]))));
            }
            Block::Field(_) | Block::Note(_) => {}
        }
    }
}
