//! What reports on targets hold: derived from the indicators, the same for every reader of reports.

use super::{EnumId, FieldKind, FieldType, Ident, Measure, Targets, Test};

/// One thing that is reported on a block of targets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TargetInput {
    /// Name, key.
    pub ident: Ident,
    /// The member of a report that holds it.
    pub place: TargetPlace,
    /// What is entered.
    pub field: FieldType,
    /// One value a value of this list.
    pub for_all: Option<EnumId>,
    /// The indicator that first needs it.
    pub indicator: usize,
}

/// The member of a report that holds an input.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs)]
pub enum TargetPlace {
    Values,
    Judgements,
    Attested,
    External,
}

impl TargetPlace {
    /// All of them.
    pub const ALL: [TargetPlace; 4] = [TargetPlace::Values, TargetPlace::Judgements, TargetPlace::Attested, TargetPlace::External];

    /// The member's name.
    pub fn member(self) -> &'static str {
        match self {
            TargetPlace::Values => "values",
            TargetPlace::Judgements => "judgements",
            TargetPlace::Attested => "attested",
            TargetPlace::External => "external",
        }
    }
}

const YES_NO: FieldType = FieldType { kind: FieldKind::YesNo, unit: None, low: None, high: None, step: None, limits: Vec::new() };
const COUNT: FieldType = FieldType { kind: FieldKind::Count, unit: None, low: None, high: None, step: None, limits: Vec::new() };

impl Targets {
    /// Everything that a report on the block may hold: what is reported as such first, then what formulas, judgements and statements need.
    pub fn inputs(&self) -> Vec<TargetInput> {
        let mut inputs: Vec<TargetInput> = Vec::new();
        let mut put = |ident: &Ident, place, field: &FieldType, indicator: usize| {
            if !inputs.iter().any(|i| i.place == place && i.ident.name == ident.name) {
                let for_all = self.indicators[indicator].for_all;
                inputs.push(TargetInput { ident: ident.clone(), place, field: field.clone(), for_all, indicator });
            }
        };
        for (at, indicator) in self.indicators.iter().enumerate() {
            if let Measure::Reported(field, _) = &indicator.measure {
                put(&indicator.ident, TargetPlace::Values, field, at);
            }
        }
        for (at, indicator) in self.indicators.iter().enumerate() {
            match &indicator.measure {
                Measure::Reported(..) => {}
                Measure::Computed { inputs, .. } => inputs.iter().for_each(|i| put(i, TargetPlace::Values, &COUNT, at)),
                Measure::Judged(test) => put(&indicator.ident, place_of(test), &YES_NO, at),
            }
        }
        inputs
    }

    /// Positions, among the block's inputs, of those that an indicator reads: of a formula in order of first use.
    pub fn reads(&self, inputs: &[TargetInput], indicator: usize) -> Vec<usize> {
        let find = |name: &str, place| inputs.iter().position(|i| i.place == place && i.ident.name == name);
        let ident = &self.indicators[indicator].ident;
        match &self.indicators[indicator].measure {
            Measure::Reported(..) => find(&ident.name, TargetPlace::Values).into_iter().collect(),
            Measure::Computed { inputs, .. } => inputs.iter().filter_map(|i| find(&i.name, TargetPlace::Values)).collect(),
            Measure::Judged(test) => find(&ident.name, place_of(test)).into_iter().collect(),
        }
    }
}

fn place_of(test: &Test) -> TargetPlace {
    match test {
        Test::Attested { .. } => TargetPlace::Attested,
        Test::External { .. } => TargetPlace::External,
        Test::Judged { .. } | Test::Bad | Test::Expr(_) | Test::Threshold { .. } => TargetPlace::Judgements,
    }
}
