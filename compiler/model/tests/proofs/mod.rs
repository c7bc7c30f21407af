//! What is proved without applications, against counting everything out: generated sets, quotas, tables and rules, the same in every run.

mod apportion;
mod flow;
mod regions;
mod systems;
mod tables;

use prog_base::{Diagnostic, Severity, Source, SourceMap, codes};
use prog_model::{Inputs, Programme, analyse};

/// Analyses a text put into a programme; what is missing is told only where nothing is in error, as everywhere.
fn compile(body: &str) -> (Option<Programme>, Vec<Diagnostic>) {
    let text = format!("programme seeded \"例\" {{\n{body}\n}}\n");
    let mut sources = SourceMap::default();
    let id = sources.add(Source::new("seeded.prog", text.as_str()));
    let parse = prog_syntax::parse(id, &text);
    let inputs = Inputs {
        files: vec![(id, &parse.ast)],
        modules: Vec::new(),
        sources: &sources,
        notice: None,
        data: &|_| None,
        library: &|_| None,
        bases: Vec::new(),
    };
    let found = analyse(&inputs);
    let mut said: Vec<Diagnostic> = parse.diagnostics.iter().cloned().chain(found.diagnostics).collect();
    let faulty = said.iter().any(|d| d.severity == Severity::Error);
    said.retain(|d| d.code != codes::UNUSED && !(faulty && codes::OF_ABSENCE.contains(&d.code)));
    (found.programme, said)
}

/// Numbers by chance, the same in every run.
struct Chance(u64);

impl Chance {
    fn below(&mut self, n: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % n.max(1)
    }

    fn one_in(&mut self, n: u64) -> bool {
        self.below(n) == 0
    }
}
