//! A programme made ready once for many cases.
//!
//! In: the definition. Out: the same by key, with where entries stand, bounds of blank numbers and the settings of readings.
//! Always: nothing of a case; the same for every case.

use super::date::{Day, Duration, Unit, Zone};
use super::definition::*;
use super::entry::bounds_of;
use super::number::Exact;
use super::readings::Setting;
use super::text::Lang;
use super::value::{Needs, Source};
use super::working_days::WorkingDays;
use std::collections::BTreeMap;
use std::sync::OnceLock;

/// A programme made ready.
#[derive(Debug)]
pub struct Prepared {
    /// As the compiler printed it.
    pub definition: &'static Definition,
    /// The working days, where the programme counts them.
    pub working_days: Option<WorkingDays>,
    /// The programme's own choice for every reading.
    pub settings: Vec<Setting>,
    /// Closed lists by key.
    pub lists: BTreeMap<&'static str, &'static List>,
    /// Groups of fields by key.
    pub records: BTreeMap<&'static str, &'static Record>,
    /// Tables by key.
    pub tables: BTreeMap<&'static str, &'static Table>,
    /// Values of the programme by key.
    pub constants: BTreeMap<&'static str, &'static Constant>,
    /// Tracks.
    pub tracks: Vec<PreparedTrack>,
    /// Blocks of targets.
    pub targets: Vec<PreparedTargets>,
    /// Keys of stages.
    pub stage_keys: Vec<&'static str>,
    /// Keys of quotas.
    pub quota_keys: Vec<&'static str>,
    /// Keys of materials that belong to packages.
    pub package_material_keys: Vec<&'static str>,
    /// Members of a summary's row, and under a common head the columns below it.
    pub summary_keys: Vec<(&'static str, Vec<&'static str>)>,
    builtins: Vec<(Builtin, usize)>,
}

/// Positions by key.
pub type Places = BTreeMap<&'static str, usize>;

/// A track made ready.
#[derive(Debug)]
pub struct PreparedTrack {
    /// As the compiler printed it.
    pub track: &'static Track,
    /// Where entries stand.
    pub shape: Shape,
    /// Positions of inputs by pointer.
    pub slots: Places,
    /// Positions of rules by key.
    pub rules: Places,
    /// Positions of lets by key.
    pub lets: Places,
    /// Positions of rules in the order in which they are worked out.
    pub order: Vec<usize>,
    /// What findings are made for, each with the position of the stage at which it is due.
    pub steps: Vec<(usize, Step)>,
    /// What is said of each rule that is met, in case after case.
    pub met: Vec<Settled>,
    /// Bounds of inputs.
    pub bounds: Vec<(Option<Exact>, Option<Exact>)>,
    /// The stages of its route.
    pub stages: &'static [Stage],
    /// Positions of the readings that it depends on.
    pub readings: Vec<usize>,
    /// Keys of its rules.
    pub reason_keys: Vec<&'static str>,
    /// Keys of its materials.
    pub material_keys: Vec<&'static str>,
}

/// Something for which findings are made.
#[derive(Clone, Copy, Debug)]
pub enum Step {
    /// An input, by its position.
    Input(usize),
    /// A rule, by its position.
    Rule(usize),
    /// A material.
    Material(&'static Material),
    /// A stage, by its position in the route.
    Stage(Option<usize>),
}

/// A finding that is the same in every case: its text in either language, written once.
#[derive(Debug, Default)]
pub struct Settled([OnceLock<String>; 2]);

impl Settled {
    /// The text in a language; the first time it is written.
    pub fn text(&self, lang: Lang, write: impl FnOnce() -> String) -> &str {
        let [zh, en] = &self.0;
        let known = match lang {
            Lang::Zh => zh,
            Lang::En => en,
        };
        known.get_or_init(write)
    }
}

/// A block of targets made ready.
#[derive(Debug)]
pub struct PreparedTargets {
    /// As the compiler printed it.
    pub block: &'static Targets,
    /// Bounds of inputs.
    pub bounds: Vec<(Option<Exact>, Option<Exact>)>,
    /// Per indicator: positions of the readings that it depends on.
    pub readings: Vec<Vec<usize>>,
}

/// What a member of a case may hold.
#[derive(Debug)]
pub enum Shape {
    /// Members of its own, by name.
    Group(BTreeMap<String, Shape>),
    /// The entry of an input.
    Slot(usize),
    /// The judgement, attestation or register entry of a rule or member of this key.
    Sheet(&'static str),
}

impl Shape {
    fn of(track: &'static Track) -> Self {
        let mut root = Shape::Group(BTreeMap::new());
        for (slot, input) in track.inputs.iter().enumerate() {
            root.put(&segments(input.pointer), Shape::Slot(slot));
        }
        for rule in track.rules {
            root.sheets(rule.key, &rule.test);
        }
        root
    }

    fn sheets(&mut self, key: &'static str, test: &'static Test) {
        let place = match test {
            Test::Holds(_) => return,
            Test::Judged(_) => "judgements",
            Test::Attested => "attested",
            Test::External(_) => "external",
            Test::Threshold(_, members) => {
                for member in *members {
                    self.sheets(member.key, &member.test);
                }
                return;
            }
        };
        self.put(&[place.to_owned(), key.to_owned()], Shape::Sheet(key));
    }

    fn put(&mut self, path: &[String], leaf: Shape) {
        let Shape::Group(members) = self else { return };
        match path {
            [] => {}
            [last] => {
                members.entry(last.clone()).or_insert(leaf);
            }
            [first, rest @ ..] => {
                let empty = || Shape::Group(BTreeMap::new());
                members
                    .entry(first.clone())
                    .or_insert_with(empty)
                    .put(rest, leaf);
            }
        }
    }

    /// The shape under a member name.
    pub fn member(&self, name: &str) -> Option<&Shape> {
        match self {
            Shape::Group(members) => members.get(name),
            Shape::Slot(_) | Shape::Sheet(_) => None,
        }
    }

    /// The member names known here.
    pub fn names(&self) -> Vec<&str> {
        match self {
            Shape::Group(members) => members.keys().map(String::as_str).collect(),
            Shape::Slot(_) | Shape::Sheet(_) => Vec::new(),
        }
    }
}

/// The segments of a JSON pointer.
fn segments(pointer: &str) -> Vec<String> {
    let plain = |s: &str| s.replace("~1", "/").replace("~0", "~");
    pointer.split('/').skip(1).map(plain).collect()
}

/// A segment of a constant pointer, without making a new text where nothing is escaped.
fn constant_segments(pointer: &'static str) -> Vec<&'static str> {
    pointer.split('/').skip(1).collect()
}

impl Prepared {
    /// Makes a programme ready.
    pub fn new(definition: &'static Definition) -> Self {
        let readings = definition.readings;
        let builtins = readings.iter().enumerate();
        Self {
            definition,
            working_days: definition.calendar.as_ref().map(WorkingDays::new),
            settings: readings.iter().map(Setting::of).collect(),
            lists: definition.lists.iter().map(|one| (one.key, one)).collect(),
            records: definition
                .records
                .iter()
                .map(|one| (one.key, one))
                .collect(),
            tables: definition.tables.iter().map(|one| (one.key, one)).collect(),
            constants: definition
                .constants
                .iter()
                .map(|one| (one.key, one))
                .collect(),
            tracks: definition
                .tracks
                .iter()
                .map(|t| PreparedTrack::new(definition, t))
                .collect(),
            targets: definition
                .targets
                .iter()
                .map(|b| PreparedTargets::new(definition, b))
                .collect(),
            stage_keys: definition.stages.iter().map(|stage| stage.key).collect(),
            quota_keys: definition.quotas.iter().map(|quota| quota.key).collect(),
            package_material_keys: {
                let packed = definition.materials.iter().filter(|m| m.per_package);
                packed.map(|m| m.key).collect()
            },
            summary_keys: summary_keys(definition.summaries),
            builtins: builtins
                .filter_map(|(i, r)| Some((r.builtin?, i)))
                .collect(),
        }
    }

    /// The zone.
    pub fn zone(&self) -> Option<Zone> {
        self.definition.zone
    }

    /// The day so much later, or earlier; `None` beyond the year 9999 and beyond the calendar.
    pub fn later(&self, day: Day, by: Duration) -> Option<Day> {
        match by.unit {
            Unit::WorkingDays => self.working_days.as_ref()?.plus(day, by.count),
            Unit::Days | Unit::Weeks | Unit::Months | Unit::Years => day.plus(by),
        }
    }

    /// The last day of what begins on a day and takes so long, both included.
    pub fn last_day(&self, from: Day, length: Duration) -> Option<Day> {
        match length.unit {
            Unit::WorkingDays => self.later(from.moved(-1), length),
            Unit::Days | Unit::Weeks | Unit::Months | Unit::Years => {
                from.plus(length).map(|free| free.moved(-1))
            }
        }
    }

    /// What is awaited where a day so much later can't be counted: beyond the calendar, its continuation.
    pub fn out_of_reach(&self, by: Duration) -> Needs {
        match (&self.working_days, by.unit) {
            (Some(calendar), Unit::WorkingDays) => Needs::one(calendar.key, Source::Other),
            (_, _) => Needs::default(),
        }
    }

    /// The readings.
    pub fn readings(&self) -> &'static [Reading] {
        self.definition.readings
    }

    /// The position of a reading.
    pub fn reading(&self, key: &str) -> Option<usize> {
        position(self.definition.readings, key)
    }

    /// The position of a built-in reading.
    pub fn builtin(&self, which: Builtin) -> Option<usize> {
        let found = self
            .builtins
            .iter()
            .rev()
            .find(|(builtin, _)| *builtin == which);
        found.map(|(_, index)| *index)
    }

    /// The keys of a closed list.
    pub fn values_of(&self, list: &str) -> &'static [&'static str] {
        self.lists.get(list).map_or(&[], |list| list.values)
    }

    /// An actor.
    pub fn actor(&self, key: Option<&str>) -> Option<&'static Actor> {
        self.definition
            .actors
            .iter()
            .find(|actor| Some(actor.key) == key)
    }

    /// A material.
    pub fn material(&self, key: &str) -> Option<&'static Material> {
        self.definition
            .materials
            .iter()
            .find(|material| material.key == key)
    }

    /// A stage of any route.
    pub fn any_stage(&self, key: &str) -> Option<&'static Stage> {
        let stages = self.definition.routes.iter().flat_map(|route| route.stages);
        stages.into_iter().find(|stage| stage.key == key)
    }
}

fn position(readings: &[Reading], key: &str) -> Option<usize> {
    readings.iter().position(|reading| reading.key == key)
}

/// Positions of readings by their keys.
pub fn positions(readings: &[Reading], keys: &[&str]) -> Vec<usize> {
    keys.iter()
        .filter_map(|key| position(readings, key))
        .collect()
}

fn bounds(fields: impl Iterator<Item = &'static FieldType>) -> Vec<(Option<Exact>, Option<Exact>)> {
    fields.map(bounds_of).collect()
}

impl PreparedTrack {
    fn new(definition: &'static Definition, track: &'static Track) -> Self {
        let route = track.route.and_then(|at| definition.routes.get(at));
        let stages = route.map_or::<&'static [Stage], _>(&[], |route| route.stages);
        let slots = places(track.inputs.iter().map(|one| one.pointer));
        let rules = places(track.rules.iter().map(|one| one.key));
        let position = |key: &str| stages.iter().position(|stage| stage.key == key);
        let due = |key: Option<&str>| key.and_then(position).unwrap_or_default();
        let step = |declared: &Declared| match declared {
            Declared::Input(pointer) => {
                let slot = *slots.get(pointer)?;
                Some((due(track.inputs[slot].stage), Step::Input(slot)))
            }
            Declared::Rule(key) => {
                let index = *rules.get(key)?;
                Some((due(track.rules[index].due), Step::Rule(index)))
            }
            Declared::Material(key) => {
                let mut materials = definition.materials.iter();
                let material = materials.find(|material| material.key == *key)?;
                Some((due(material.at), Step::Material(material)))
            }
            Declared::Stage(key) => Some((0, Step::Stage(position(key)))),
        };
        Self {
            track,
            shape: Shape::of(track),
            lets: places(track.lets.iter().map(|one| one.key)),
            order: track
                .order
                .iter()
                .filter_map(|key| rules.get(key).copied())
                .collect(),
            steps: track.declared.iter().filter_map(step).collect(),
            met: track.rules.iter().map(|_| Settled::default()).collect(),
            bounds: bounds(track.inputs.iter().map(|input| &input.entry)),
            stages,
            readings: {
                let mut used = positions(definition.readings, track.readings);
                used.sort_unstable();
                used
            },
            reason_keys: track.rules.iter().map(|rule| rule.key).collect(),
            material_keys: track.materials.to_vec(),
            slots,
            rules,
        }
    }
}

/// The position of each key.
fn places(keys: impl Iterator<Item = &'static str>) -> Places {
    keys.enumerate().map(|(at, key)| (key, at)).collect()
}

impl PreparedTargets {
    fn new(definition: &'static Definition, block: &'static Targets) -> Self {
        let uses = |indicator: &Indicator| positions(definition.readings, indicator.readings);
        Self {
            block,
            bounds: bounds(block.inputs.iter().map(|input| &input.entry)),
            readings: block.indicators.iter().map(uses).collect(),
        }
    }
}

/// Members of a summary's row: `case`, and the columns of all summaries; under a common head, the columns below it.
fn summary_keys(summaries: &'static [Summary]) -> Vec<(&'static str, Vec<&'static str>)> {
    let mut keys: Vec<(&'static str, Vec<&'static str>)> = vec![("case", Vec::new())];
    for column in summaries.iter().flat_map(|summary| summary.columns) {
        let mut path = constant_segments(column.pointer).into_iter();
        let Some(head) = path.next() else { continue };
        match keys.iter_mut().find(|(known, _)| *known == head) {
            Some((_, members)) => members.extend(path),
            None => keys.push((head, path.collect())),
        }
    }
    keys
}
