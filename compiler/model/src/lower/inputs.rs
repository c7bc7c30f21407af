//! Facts and fields by name, for the expressions that read them.
//!
//! In: `p.inputs`, and the inputs of tracks and forms. Out: [`InputNames`]. Always: made once, when all inputs are known.

use super::Lower;
use crate::{FormId, InputId, Programme, TrackId};
use std::collections::BTreeMap;

type ByName = BTreeMap<String, Vec<InputId>>;

/// Which inputs a name may mean.
#[derive(Default)]
pub(crate) struct InputNames {
    tracks: Vec<ByName>,
    forms: Vec<ByName>,
    all: ByName,
}

impl InputNames {
    /// In a track: its facts and the fields of its forms.
    pub(crate) fn of_track(&self, track: TrackId, name: &str) -> &[InputId] {
        found(self.tracks.get(track.index()), name)
    }

    /// In a form alone.
    pub(crate) fn of_form(&self, form: FormId, name: &str) -> &[InputId] {
        found(self.forms.get(form.index()), name)
    }

    /// Anywhere.
    pub(crate) fn anywhere(&self, name: &str) -> &[InputId] {
        found(Some(&self.all), name)
    }
}

fn found<'n>(names: Option<&'n ByName>, name: &str) -> &'n [InputId] {
    names.and_then(|n| n.get(name)).map(Vec::as_slice).unwrap_or_default()
}

fn by_name(p: &Programme, inputs: impl Iterator<Item = InputId>) -> ByName {
    let mut names = ByName::new();
    for id in inputs {
        names.entry(p.input(id).ident.name.clone()).or_default().push(id);
    }
    names
}

impl Lower<'_> {
    /// Remembers all inputs by name.
    pub(crate) fn name_inputs(&mut self) {
        let p = &self.p;
        self.input_names = InputNames {
            tracks: p.tracks.iter().map(|t| by_name(p, t.inputs.iter().copied())).collect(),
            forms: p.forms.iter().map(|f| by_name(p, f.inputs.iter().copied())).collect(),
            all: by_name(p, (0..p.inputs.len()).map(|i| InputId(i as u32))),
        };
    }
}
