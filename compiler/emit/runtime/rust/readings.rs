//! Readings: what each is set to, and the worlds that follow from open ones and from other words.

use super::definition::Reading;
use super::number::Exact;
use std::rc::Rc;

/// What a reading is set to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Setting {
    /// One of its words.
    Choice(usize),
    /// Open: every word is evaluated.
    Open,
    /// A band as a fraction of one.
    Band(Exact),
    /// An expression that stands in the source.
    Fixed,
}

impl Setting {
    /// The programme's own choice.
    pub fn of(reading: &Reading) -> Self {
        match (reading.values, reading.chosen, reading.band) {
            ([], _, Some(band)) => Setting::Band(band.exact()),
            ([], _, None) => Setting::Fixed,
            (_, Some(word), _) => Setting::Choice(word),
            (_, None, _) => Setting::Open,
        }
    }
}

/// How many worlds are evaluated at most for open readings; beyond, the rest stays open where it is used.
const WORLDS: usize = 256;

fn replaced(settings: &Rc<[Setting]>, index: usize, word: usize) -> Rc<[Setting]> {
    let one = |(i, setting): (usize, &Setting)| match i == index {
        true => Setting::Choice(word),
        false => setting.clone(),
    };
    settings.iter().enumerate().map(one).collect()
}

/// One setting of all readings for every combination of the words of open readings in use.
pub fn worlds(
    readings: &[Reading],
    settings: &Rc<[Setting]>,
    uses: &[usize],
) -> Vec<Rc<[Setting]>> {
    let mut all = vec![Rc::clone(settings)];
    for &index in uses {
        let words = readings
            .get(index)
            .map_or(0, |reading| reading.values.len());
        let open = settings.get(index) == Some(&Setting::Open);
        if !open || words == 0 || all.len() * words > WORLDS {
            continue;
        }
        let each = |world: &Rc<[Setting]>| -> Vec<Rc<[Setting]>> {
            (0..words)
                .map(|word| replaced(world, index, word))
                .collect()
        };
        all = all.iter().flat_map(each).collect();
    }
    all
}

/// Another word of one reading.
#[derive(Clone, Debug)]
pub struct Alternative {
    /// Key of the reading.
    pub reading: &'static str,
    /// Key of the word.
    pub word: &'static str,
    /// All settings with this word.
    pub settings: Rc<[Setting]>,
}

/// Every other word of every reading in use, one reading at a time.
pub fn alternatives(
    readings: &'static [Reading],
    settings: &Rc<[Setting]>,
    uses: &[usize],
) -> Vec<Alternative> {
    let mut all = Vec::new();
    for &index in uses {
        let Some(reading) = readings.get(index) else {
            continue;
        };
        for (i, word) in reading.values.iter().enumerate() {
            if settings.get(index) != Some(&Setting::Choice(i)) {
                let settings = replaced(settings, index, i);
                all.push(Alternative {
                    reading: reading.key,
                    word,
                    settings,
                });
            }
        }
    }
    all
}
