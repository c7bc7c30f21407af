//! Faults of workflows: what the check says of each is shown by a case.
//!
//! In: compiler/model/tests/cases/faults.md, whose findings are held there. Held here: of each `case` block, the reference says the words
//! on its second line, of the faulty programme; and there are at least ten faults.

use prog_driver::world::Memory;
use prog_driver::{Session, UnitKind};
use prog_eval::{Options, Prepared};
use std::path::Path;

const FAULTS: &str = include_str!("../../../compiler/model/tests/cases/faults.md");

#[test]
fn witnesses_are_true() {
    let (mut faults, mut shown) = (0, 0);
    for fault in FAULTS.split("\n## ").skip(2) {
        faults += 1;
        let block = |head: &str| fault.split_once(head).and_then(|(_, rest)| rest.split_once("\n```")).map(|(text, _)| text);
        let source = format!("programme t \"t\" {{\n{}\n}}\n", block("```prog\n").expect("a programme"));
        let Some((case, words)) = block("```case of it\n").and_then(|text| text.split_once('\n')) else { continue };
        let world = Memory::new([("p/programme.prog", source.as_str())]);
        let mut session = Session::new(&world);
        let units = session.load(Path::new("p"));
        let unit = units.iter().find(|u| u.kind == UnitKind::Programme).expect("a programme");
        let programme = session.compile(unit, None).programme.expect("a model");
        let prepared = Prepared::new(&programme);
        let read = prepared.read_case(case).unwrap_or_else(|refused| panic!("{fault}\n{refused:?}"));
        let report = prepared.evaluate(&read, &Options::default()).to_json(prog_base::Lang::Zh);
        assert!(report.contains(words), "{fault}\nnot `{words}`, but\n{report}");
        shown += 1;
    }
    assert!(faults >= 10 && shown >= 7, "{faults} faults, {shown} shown");
}
