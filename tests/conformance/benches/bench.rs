//! Cases a second: a generated crate, and a validator written by hand around serde's typed structures.
//!
//! In: the path of the cases. Out: a line each on standard output.

mod by_hand;

use bench_2030::{validate_text, Options};
use std::time::Instant;

/// Thousands of cases a second, best of five.
fn rate(texts: &[&str], mut work: impl FnMut(&str)) -> f64 {
    let run = |_| {
        let start = Instant::now();
        for text in texts {
            work(text);
        }
        start.elapsed().as_secs_f64()
    };
    texts.len() as f64 / (0..5).map(run).fold(f64::INFINITY, f64::min) / 1000.0
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let cases = std::fs::read_to_string(std::env::args().nth(1).ok_or("the cases?")?)?;
    let texts: Vec<&str> = cases.lines().collect();
    let options = Options {
        alternatives: false,
        ..Options::default()
    };
    let by_hand = rate(&texts, |text| assert!(by_hand::validate(text).is_ok_and(|said| said.is_empty())));
    let generated = rate(&texts, |text| assert!(validate_text(text, &options).is_ok()));
    for (name, found) in [
        ("by hand, from text", by_hand),
        ("generated, from text, all reasons", generated),
    ] {
        println!("rust        {name:<44} {found:9.1}  {:8.2} x the time by hand", by_hand / found);
    }
    Ok(())
}
