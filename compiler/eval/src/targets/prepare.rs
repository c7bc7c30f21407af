//! What reports on a block may hold, worked out once.

use crate::prepared::declared_bounds;
use crate::readings::ReadingUse;
use prog_base::Exact;
use prog_model::{Programme, TargetInput, Targets};

/// A block made ready.
#[derive(Clone, Debug)]
pub struct PreparedBlock {
    /// Everything that a report may hold.
    pub inputs: Vec<TargetInput>,
    /// Per input: declared bounds, in base units.
    pub bounds: Vec<(Option<Exact>, Option<Exact>)>,
    /// Per indicator: positions of the inputs it reads.
    pub reads: Vec<Vec<usize>>,
    /// Per indicator: readings it depends on.
    pub(crate) readings: Vec<ReadingUse>,
}

impl PreparedBlock {
    /// Makes a block ready.
    pub(crate) fn new(p: &Programme, block: &Targets) -> Self {
        let inputs = block.inputs();
        Self {
            bounds: inputs.iter().map(|i| declared_bounds(p, &i.field)).collect(),
            reads: (0..block.indicators.len()).map(|i| block.reads(&inputs, i)).collect(),
            readings: block.indicators.iter().map(|i| ReadingUse::of_indicator(p, i)).collect(),
            inputs,
        }
    }
}
