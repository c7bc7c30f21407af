//! Rules by chance over a number and a list, against trying every value.

use super::{Chance, compile};

const KINDS: [&str; 3] = ["甲", "乙", "丙"];
const SEATS: i64 = 5;

/// A condition.
enum Test {
    Seats(&'static str, i64),
    Kind(bool, usize),
    Not(Box<Test>),
    All(Vec<Test>),
    Any(Vec<Test>),
    If(Box<[Test; 3]>),
}

impl Test {
    fn some(chance: &mut Chance, depth: u64) -> Self {
        let two = |chance: &mut Chance| vec![Test::some(chance, depth - 1), Test::some(chance, depth - 1)];
        match if depth == 0 { chance.below(3) } else { chance.below(9) } {
            0 | 1 | 6 => {
                Test::Seats(["at least", "at most", "more than", "less than", "=", "!="][chance.below(6) as usize], chance.below(7) as i64)
            }
            2 | 7 => Test::Kind(chance.one_in(2), chance.below(3) as usize),
            3 => Test::All(two(chance)),
            4 => Test::Any(two(chance)),
            5 => Test::Not(Box::new(Test::some(chance, depth - 1))),
            _ => Test::If(Box::new([0, 1, 2].map(|_| Test::some(chance, depth - 1)))),
        }
    }

    fn text(&self) -> String {
        let joined = |list: &[Test], word: &str| format!("({})", list.iter().map(Test::text).collect::<Vec<_>>().join(word));
        match self {
            Test::Seats(op, n) => format!("座位 {op} {n}"),
            Test::Kind(is, kind) => format!("类型 {} {}", if *is { "=" } else { "!=" }, KINDS[*kind]),
            Test::Not(of) => format!("not ({})", of.text()),
            Test::All(list) => joined(list, " and "),
            Test::Any(list) => joined(list, " or "),
            Test::If(of) => format!("(if {} then {} else {})", of[0].text(), of[1].text(), of[2].text()),
        }
    }

    fn holds(&self, seats: i64, kind: usize) -> bool {
        match self {
            Test::Seats(op, n) => match *op {
                "at least" => seats >= *n,
                "at most" => seats <= *n,
                "more than" => seats > *n,
                "less than" => seats < *n,
                "=" => seats == *n,
                _not => seats != *n,
            },
            Test::Kind(is, k) => (*k == kind) == *is,
            Test::Not(of) => !of.holds(seats, kind),
            Test::All(list) => list.iter().all(|t| t.holds(seats, kind)),
            Test::Any(list) => list.iter().any(|t| t.holds(seats, kind)),
            Test::If(of) => of[if of[0].holds(seats, kind) { 1 } else { 2 }].holds(seats, kind),
        }
    }
}

#[test]
fn rules_are_faulted_exactly_where_trying_all_values_faults_them() {
    let mut chance = Chance(5);
    let mut found = [0; 4];
    for _ in 0..250 {
        let (a, b) = (Test::some(&mut chance, 2), Test::some(&mut chance, 2));
        let source = format!(
            "track 书屋 {{\n fact 座位 : Count from 0 to {SEATS}\n fact 类型 : one of {{ 甲, 乙, 丙 }}\n require a [一] : {}\n require b [二] : {}\n}}",
            a.text(),
            b.text()
        );
        let all: Vec<(bool, bool)> =
            (0..=SEATS).flat_map(|n| (0..3).map(move |k| (n, k))).map(|(n, k)| (a.holds(n, k), b.holds(n, k))).collect();
        let constant = |of: &dyn Fn(&(bool, bool)) -> bool| all.iter().all(of) || !all.iter().any(of);
        let constants = usize::from(constant(&|x| x.0)) + usize::from(constant(&|x| x.1));
        let shut_out = constants == 0 && !all.iter().any(|(a, b)| *a && *b);
        let idle = constants == 0 && !shut_out && (!all.iter().any(|(a, b)| !a && *b) || !all.iter().any(|(a, b)| *a && !b));
        let said = compile(&source).1;
        let told = |code: &str| said.iter().filter(|d| d.code.0 == code).count();
        assert_eq!(told("P0712"), constants, "never or always\n{source}");
        assert_eq!(told("P0713") > 0, shut_out, "shut out\n{source}");
        assert_eq!(told("P0714") > 0, idle, "adds nothing\n{source}");
        [constants > 0, shut_out, idle, constants == 0 && !shut_out && !idle]
            .iter()
            .zip(&mut found)
            .for_each(|(is, n)| *n += usize::from(*is));
    }
    assert!(found.iter().all(|n| *n > 10), "{found:?}: constants, shut out, idle, sound");
}
