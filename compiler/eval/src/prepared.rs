//! A programme made ready once for many cases.
//!
//! In: a programme without errors. Out: [`Prepared`]: where entries stand, bounds of blank numbers, the order of findings, which
//! readings matter. Always: nothing of a case; the same for every case.

use crate::case::{Batch, Case};
use crate::read::{self, Shape};
use crate::readings::{ReadingUse, Setting};
use crate::refusal::Refusal;
use crate::targets::PreparedBlock;
use prog_base::Exact;
use prog_model::{FieldType, InputId, MaterialId, Programme, RuleId, TrackId};

/// A programme made ready: what is the same for every case is worked out once.
pub struct Prepared<'p> {
    /// The programme.
    pub programme: &'p Programme,
    /// One a track.
    pub(crate) tracks: Vec<PreparedTrack>,
    /// Per input: declared bounds of a number, in base units.
    pub(crate) bounds: Vec<(Option<Exact>, Option<Exact>)>,
    /// The programme's own choice for every reading.
    pub(crate) settings: Vec<Setting>,
    /// Per quota: readings that it depends on.
    pub(crate) quota_readings: Vec<ReadingUse>,
    /// Per block of targets: what its reports hold.
    pub(crate) targets: Vec<PreparedBlock>,
}

/// A track made ready.
pub(crate) struct PreparedTrack {
    /// Where entries stand.
    pub shape: Shape,
    /// Per input of the programme: its position in this track.
    pub slots: Vec<Option<usize>>,
    /// What findings are made for, in source order.
    pub declared: Vec<Declared>,
    /// Readings that its rules, lets, fields and materials depend on.
    pub readings: ReadingUse,
    /// Lets that are listed, sorted by key in UTF-16 order.
    pub listed: Vec<usize>,
}

/// A declaration that findings are made for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Declared {
    /// An input, by position in the track.
    Input(usize),
    /// A rule.
    Rule(RuleId),
    /// A material.
    Material(MaterialId),
    /// A stage, by position in the route.
    Stage(usize),
}

impl<'p> Prepared<'p> {
    /// Makes a programme ready.
    pub fn new(programme: &'p Programme) -> Self {
        let tracks = (0..programme.tracks.len()).map(|t| PreparedTrack::new(programme, TrackId(t as u32))).collect();
        Self {
            programme,
            tracks,
            bounds: programme.inputs.iter().map(|i| declared_bounds(programme, &i.field)).collect(),
            settings: programme.readings.iter().map(Setting::of).collect(),
            quota_readings: programme.quotas.iter().map(|q| ReadingUse::of_quota(programme, q)).collect(),
            targets: programme.targets.iter().map(|t| PreparedBlock::new(programme, t)).collect(),
        }
    }

    /// Reads a case strictly.
    pub fn read_case(&self, text: &str) -> Result<Case, Refusal> {
        read::read_case(self, text)
    }

    /// Reads the lines of a batch strictly; the refusal's line is the line of the file.
    pub fn read_batch(&self, text: &str) -> Result<Batch, Refusal> {
        read::read_batch(self, text)
    }

    pub(crate) fn shape(&self, track: TrackId) -> &Shape {
        &self.tracks[track.index()].shape
    }

    /// The position of an input in a track.
    pub(crate) fn slot(&self, track: TrackId, id: InputId) -> Option<usize> {
        self.tracks[track.index()].slots.get(id.index()).copied().flatten()
    }

    /// Keys of a track's rules.
    pub(crate) fn reason_keys(&self, track: TrackId) -> Vec<&str> {
        self.programme.track(track).rules.iter().map(|r| r.ident.key.as_str()).collect()
    }

    /// Keys of a track's materials.
    pub(crate) fn material_keys(&self, track: TrackId) -> Vec<&str> {
        self.programme.track(track).materials.iter().map(|m| self.programme.materials[m.index()].ident.key.as_str()).collect()
    }

    /// Keys of materials that belong to packages.
    pub(crate) fn package_material_keys(&self) -> Vec<&str> {
        self.programme.materials.iter().filter(|m| m.per_package).map(|m| m.ident.key.as_str()).collect()
    }

    /// Keys of quotas.
    pub(crate) fn quota_keys(&self) -> Vec<&str> {
        self.programme.quotas.iter().map(|q| q.ident.key.as_str()).collect()
    }

    /// Members of a summary's row: `case`, and the columns of all summaries; under a common head, the columns below it.
    pub(crate) fn summary_keys(&self) -> Vec<(&str, Vec<&str>)> {
        let mut keys: Vec<(&str, Vec<&str>)> = vec![("case", Vec::new())];
        for summary in &self.programme.summaries {
            for (index, column) in summary.columns.iter().enumerate() {
                let group = summary.group_of(index).map(|g| g.key.as_str());
                let (head, below) = group.map_or((column.ident.key.as_str(), None), |g| (g, Some(column.ident.key.as_str())));
                match keys.iter_mut().find(|(known, _)| *known == head) {
                    Some((_, members)) => members.extend(below),
                    None => keys.push((head, below.into_iter().collect())),
                }
            }
        }
        keys
    }
}

impl PreparedTrack {
    fn new(p: &Programme, id: TrackId) -> Self {
        let track = p.track(id);
        let mut declared: Vec<(u32, u32, usize, Declared)> = Vec::new();
        let mut put = |span: prog_base::Span, what| declared.push((span.file.0, span.start, declared.len(), what));
        for (slot, input) in track.inputs.iter().enumerate() {
            put(p.input(*input).span, Declared::Input(slot));
        }
        for (r, rule) in track.rules.iter().enumerate() {
            put(rule.span, Declared::Rule(RuleId(r as u32)));
        }
        for material in &track.materials {
            put(p.materials[material.index()].span, Declared::Material(*material));
        }
        for (s, stage) in p.route(id).map(|r| r.stages.as_slice()).unwrap_or_default().iter().enumerate() {
            put(stage.span, Declared::Stage(s));
        }
        declared.sort_by_key(|(file, start, index, _)| (*file, *start, *index));
        let mut listed: Vec<usize> = (0..track.lets.len()).filter(|l| track.lets[*l].value.ty.is_listed()).collect();
        listed.sort_by(|a, b| utf16_order(&track.lets[*a].ident.key, &track.lets[*b].ident.key));
        let mut slots = vec![None; p.inputs.len()];
        for (slot, input) in track.inputs.iter().enumerate() {
            slots[input.index()] = Some(slot);
        }
        Self {
            shape: Shape::of(p, id),
            slots,
            declared: declared.into_iter().map(|(_, _, _, what)| what).collect(),
            readings: ReadingUse::of_track(p, id),
            listed,
        }
    }
}

/// Declared bounds of a number's field, in base units.
pub(crate) fn declared_bounds(p: &Programme, field: &FieldType) -> (Option<Exact>, Option<Exact>) {
    let (low, high) = field.range();
    let base = |end: Option<Exact>| end.map(|n| read::to_base(p, field, &n));
    (base(low), base(high))
}

/// Order of member names in RFC 8785.
pub(crate) fn utf16_order(a: &str, b: &str) -> std::cmp::Ordering {
    a.encode_utf16().cmp(b.encode_utf16())
}
