//! The generated SQL gives the rows of the reference in every engine that is there: on scenarios, generated cases, and texts that are no case.

use prog_conformance::sql::{Engine, Outcome, Parts, compare, few, no_lines};
use prog_conformance::{Subject, adversarial, load};
use std::path::Path;

/// What is asked of a programme of the repository, and of a small programme of one feature.
#[derive(Clone, Copy)]
struct Measure {
    cases: usize,
    batches: usize,
}

fn agree(engine: Engine, programmes: Measure, features: Measure, every: usize) {
    let programmes_of = |s: &Subject| {
        let all = [s.given.clone(), s.drawn(programmes.cases, programmes.batches * 4, 7), adversarial::requests(s)].concat();
        [few(all, programmes.batches), no_lines(s)].concat()
    };
    let features_of = |s: &Subject| few([s.given.clone(), s.drawn(features.cases, features.batches * 2, 7)].concat(), features.batches);
    let (large, small) = (load::programmes(), load::features());
    let asked = large.iter().map(|s| (s, programmes_of(s)));
    let asked = asked.chain(small.iter().step_by(every).map(|s| (s, features_of(s))));
    let asked = asked.map(|(s, all)| (s, Box::new(std::iter::once(all)) as Parts<'_>));
    let mut all: Vec<Outcome> = Vec::new();
    compare(engine, asked, &mut |outcome| all.push(outcome));
    for outcome in &all {
        assert_eq!(outcome.wrong, 0, "{}: {outcome:#?}", engine.name());
        assert_ne!(outcome.cases, 0, "{}: {outcome:#?}", engine.name());
        // What the other engines judge in turn, Spark may leave out.
        assert!(outcome.skipped == 0 || engine == Engine::Spark, "{}: {outcome:#?}", engine.name());
    }
    assert!(all.iter().any(|outcome| outcome.groups > 0), "{}: no quota was compared", engine.name());
}

#[test]
fn sqlite_gives_the_rows_of_the_reference() {
    agree(Engine::Sqlite, Measure { cases: 60, batches: 20 }, Measure { cases: 12, batches: 12 }, 1);
}

#[test]
fn duckdb_gives_the_rows_of_the_reference() {
    agree(Engine::Duckdb, Measure { cases: 40, batches: 3 }, Measure { cases: 12, batches: 3 }, 4);
}

#[test]
fn postgresql_gives_the_rows_of_the_reference() {
    assert!(Path::new("/usr/lib/postgresql").exists(), "PostgreSQL is missing: run ./test.sh, which installs it");
    agree(Engine::Postgresql, Measure { cases: 40, batches: 3 }, Measure { cases: 12, batches: 6 }, 2);
}

/// Spark is large to install and long to start: it is looked at where `PROG_FULL` asks for everything.
#[test]
fn spark_gives_the_rows_of_the_reference() {
    if std::env::var_os("PROG_FULL").is_some() {
        agree(Engine::Spark, Measure { cases: 60, batches: 1 }, Measure { cases: 12, batches: 1 }, 16);
    }
}
