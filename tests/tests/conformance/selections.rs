//! Selections in every language and in SQL beside the reference.
//!
//! In: the programme and the batches of the harness. Out: the same reports in every language, the same places in every engine, of what its
//! dialect carries.

use super::Tested;
use prog_conformance::lists::{batch, request, subject};
use prog_conformance::sql::{Engine, Outcome, Parts, compare};

/// Whether everything is asked for: every way to wait with every way to take and part, and many more lists.
fn full() -> bool {
    std::env::var_os("PROG_FULL").is_some()
}

fn agree(engine: Engine) {
    let subject = subject(full());
    let all = vec![batch(1, if full() { 1_000 } else { 120 }), batch(2, 3), batch(3, 1)];
    let mut told: Vec<Outcome> = Vec::new();
    let asked = [(&subject, Box::new(std::iter::once(all)) as Parts<'_>)];
    compare(engine, asked, &mut |outcome| told.push(outcome));
    let [outcome] = told.as_slice() else { panic!("one programme") };
    assert_eq!(outcome.wrong, 0, "{}: {outcome:#?}", engine.name());
    assert!(outcome.places > 10_000, "{}: only {} places were compared", engine.name(), outcome.places);
}

#[test]
fn every_language_ranks_as_the_reference() {
    Tested::new(vec![subject(full())], "selections").agree(|_| (10..22).map(|seed| request(seed, 40)).collect());
}

#[test]
fn duckdb_ranks_as_the_reference() {
    agree(Engine::Duckdb);
}

#[test]
fn postgresql_ranks_as_the_reference() {
    agree(Engine::Postgresql);
}

#[test]
fn sqlite_ranks_as_the_reference() {
    agree(Engine::Sqlite);
}
