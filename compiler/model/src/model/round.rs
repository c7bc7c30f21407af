//! What belongs to the programme as a whole: derived look-ups.

use super::{
    Citation, Clause, ClauseId, Dimension, Enum, EnumId, Input, InputId, NumberType, Programme, Reading, ReadingId, Stage, StageId, Table,
    TableId, Track, TrackId, Type, Unit, UnitId, Workflow,
};
use prog_base::Exact;

impl Programme {
    /// The clause of an id.
    pub fn clause(&self, id: ClauseId) -> &Clause {
        &self.clauses[id.index()]
    }

    /// The addresses that reports list under `clauses`, each once.
    pub fn addresses(&self, cites: &[Citation]) -> Vec<&str> {
        let mut addresses = Vec::with_capacity(cites.len());
        for cite in cites {
            let address = self.clause(cite.clause).address.as_str();
            if !addresses.contains(&address) {
                addresses.push(address);
            }
        }
        addresses
    }

    /// The size in base units of the unit in which a number is written: 1/100 for percent points.
    pub fn unit_size(&self, number: &NumberType) -> Exact {
        match (number.shown_as(), number.unit) {
            (_, Some(unit)) => self.unit(unit).factor.clone(),
            (Dimension::Ratio, None) => Exact::ratio(1, 100).unwrap_or(Exact::ONE),
            (Dimension::Bare | Dimension::Plain | Dimension::Times | Dimension::Units(_), None) => Exact::ONE,
        }
    }

    /// The closed list of an id.
    pub fn enumeration(&self, id: EnumId) -> &Enum {
        &self.enums[id.index()]
    }

    /// The input of an id.
    pub fn input(&self, id: InputId) -> &Input {
        &self.inputs[id.index()]
    }

    /// The closed list of which a key takes its values: the list of that name, else that of the facts and fields of that name.
    pub fn list_of_key(&self, key: &str) -> Option<EnumId> {
        let list = self.enums.iter().position(|e| e.ident.name == key).map(|at| EnumId(at as u32));
        let of_input = |i: &Input| if let (true, Type::Enum(id)) = (i.ident.name == key, &i.ty) { Some(*id) } else { None };
        list.or_else(|| self.inputs.iter().find_map(of_input))
    }

    /// The track of an id.
    pub fn track(&self, id: TrackId) -> &Track {
        &self.tracks[id.index()]
    }

    /// The table of an id.
    pub fn table(&self, id: TableId) -> &Table {
        &self.tables[id.index()]
    }

    /// The unit of an id.
    pub fn unit(&self, id: UnitId) -> &Unit {
        &self.units[id.index()]
    }

    /// The reading of an id.
    pub fn reading(&self, id: ReadingId) -> &Reading {
        &self.readings[id.index()]
    }

    /// The citations that findings on an input name: its own, else its form's; of a fact else its track's.
    pub fn cites_of_input(&self, track: TrackId, id: InputId) -> &[Citation] {
        let input = self.input(id);
        let outer = input.form.map_or(&self.track(track).cites, |form| &self.forms[form.index()].cites);
        if input.cites.is_empty() { outer } else { &input.cites }
    }

    /// The route of a track.
    pub fn route(&self, track: TrackId) -> Option<&Workflow> {
        self.track(track).workflow.map(|w| &self.workflows[w.index()])
    }

    /// A stage of a track's route with its position in it.
    pub fn stage(&self, track: TrackId, stage: StageId) -> Option<(usize, &Stage)> {
        self.route(track)?.stages.iter().enumerate().find(|(_, s)| s.id == stage)
    }
}
