//! Nothing is left out: every provision of the five notices has a row that says where it is encoded.
//!
//! In: `tests/acceptance/provisions.tsv`: id, clause, machine_checkable, where. Held of each row:
//!
//! - `where` names places, joined by `; `: paths of declarations (`track 示范区.管理体制`, see `Programme::declared`),
//!   `left out [ADDRESS]` or `absent [ADDRESS]` for an entry of the outline (by default the provision's own clause), with its reason.
//! - Every place exists. At least one cites the provision's clause or something below it, itself or by what holds it;
//!   an outline entry cites itself; what the notice does not say (`unknown`, `absent`) and readings of built-in words need no citation.
//! - `machine_checkable = yes`: no place is judged by people or left out, and at least one is what a machine decides or knows.

use super::compile;
use prog_model::{Clause, Declared, HeaderValue, Origin, Programme, Test, Thing};
use prog_tests::root;
use std::collections::{BTreeMap, BTreeSet};

const NOTICES: [(&str, &str); 5] = [
    ("moe19", "moe-2019"),
    ("zj19", "zhejiang-2019"),
    ("cq18", "chongqing-2018"),
    ("hlj24", "heilongjiang-2024"),
    ("sy21", "shenyang-2021"),
];

#[test]
fn every_provision_is_encoded_left_out_or_absent() {
    let rows = rows();
    assert_eq!(rows.len(), 720);
    let mut faults = Vec::new();
    for (prefix, folder) in NOTICES {
        let own: Vec<&Row> = rows.iter().filter(|row| row.id.split('-').next() == Some(prefix)).collect();
        match compile(&format!("programmes/{folder}"), &[]).0 {
            Some(programme) => Held::new(&programme).rows(&own, &mut faults),
            None => faults.push(format!("{folder}: there is no model")),
        }
    }
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
}

struct Row {
    id: String,
    /// Addresses of the provision's clause.
    clauses: Vec<String>,
    machine: bool,
    places: Vec<String>,
}

fn rows() -> Vec<Row> {
    let table = std::fs::read_to_string(root().join("tests/acceptance/provisions.tsv")).expect("the table");
    let mut seen = BTreeSet::new();
    let row = |line: &str| {
        let columns: Vec<&str> = line.split('\t').collect();
        let [id, clauses, machine, places] = columns.as_slice() else { panic!("four columns: {line}") };
        assert!(seen.insert(id.to_string()), "{id} stands twice");
        assert!(["yes", "attest", "judgement"].contains(machine), "{id}: {machine}");
        Row { id: id.to_string(), clauses: split(clauses), machine: *machine == "yes", places: split(places) }
    };
    table.lines().skip(1).map(row).collect()
}

/// `甲; 乙`
fn split(list: &str) -> Vec<String> {
    list.split(';').map(|p| p.trim().to_owned()).filter(|p| !p.is_empty()).collect()
}

/// Addresses compare width-folded, without blanks, enumeration commas and dots.
fn folded(address: &str) -> String {
    let narrow = |c: char| match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        _same => c,
    };
    address.chars().map(narrow).filter(|c| !c.is_whitespace() && !"、.".contains(*c)).collect()
}

/// A programme with its declarations by path.
struct Held<'p> {
    p: &'p Programme,
    all: Vec<Declared<'p>>,
    by_path: BTreeMap<String, Vec<usize>>,
}

impl<'p> Held<'p> {
    fn new(p: &'p Programme) -> Self {
        let all = p.declared();
        let mut by_path: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (index, one) in all.iter().enumerate() {
            by_path.entry(one.path.clone()).or_default().push(index);
        }
        Self { p, all, by_path }
    }

    fn rows(&self, rows: &[&Row], faults: &mut Vec<String>) {
        for row in rows {
            let mut cited = false;
            let mut decided = false;
            let clauses: Vec<&Clause> = row.clauses.iter().filter_map(|c| self.clause(c)).collect();
            let mut say = |fault: String| faults.push(format!("{}: {fault}", row.id));
            if row.places.is_empty() {
                say("has no row".to_owned());
            }
            if clauses.is_empty() {
                say(format!("its clause {} is not in the outline; add a line `clause …`", row.clauses.join(" / ")));
            }
            for place in &row.places {
                match self.place(place, &clauses) {
                    Err(fault) => say(fault),
                    Ok(found) => {
                        cited |= found.cites;
                        decided |= found.decided;
                        if row.machine && found.left_to_people {
                            say(format!("`{place}` is judged by people or left out, but a machine can check it"));
                        }
                    }
                }
            }
            if !cited && !clauses.is_empty() && !row.places.is_empty() {
                say(format!("nothing at `{}` cites {}", row.places.join("; "), row.clauses.join(" / ")));
            }
            if row.machine && !decided && !row.places.is_empty() {
                say(format!("a machine can check it, but nothing at `{}` is decided by one", row.places.join("; ")));
            }
        }
    }

    /// The outline's entry of an address: as in reports, or `五〔遴选程序〕(一)`.
    fn clause(&self, address: &str) -> Option<&'p Clause> {
        let wanted = folded(address);
        let by_address = self.p.clauses.iter().find(|c| folded(&c.address) == wanted);
        by_address.or_else(|| {
            let (number, rest) = wanted.split_once('〔')?;
            let (label, rest) = rest.split_once('〕')?;
            let root =
                self.p.clauses.iter().find(|c| folded(&c.number) == number && c.label.as_deref().is_some_and(|l| folded(l) == label))?;
            let full = format!("{}{rest}", folded(&root.address));
            self.p.clauses.iter().find(|c| folded(&c.address) == full)
        })
    }

    fn place(&self, place: &str, clauses: &[&Clause]) -> Result<Found, String> {
        for (word, holds) in [("left out", Self::left_out as fn(&Clause) -> bool), ("absent", |c| c.absent)] {
            let Some(address) = place.strip_prefix(word).filter(|rest| rest.is_empty() || rest.starts_with(' ')) else { continue };
            let named: Vec<&Clause> = if address.is_empty() { clauses.to_vec() } else { self.clause(address).into_iter().collect() };
            return match named.iter().any(|c| self.lineage(c).any(holds)) {
                true => Ok(Found { cites: true, decided: word == "absent", left_to_people: word == "left out" }),
                false => Err(format!("the outline does not say `{word}` at {place}")),
            };
        }
        let found = self.by_path.get(place).ok_or_else(|| format!("there is no `{place}`"))?;
        let each = found.iter().map(|index| self.found(*index, clauses));
        each.reduce(|a, b| Found {
            cites: a.cites || b.cites,
            decided: a.decided || b.decided,
            left_to_people: a.left_to_people && b.left_to_people,
        })
        .ok_or_else(|| format!("there is no `{place}`"))
    }

    fn left_out(c: &Clause) -> bool {
        c.left_out.as_deref().is_some_and(|why| !why.trim().is_empty())
    }

    fn lineage(&self, clause: &'p Clause) -> impl Iterator<Item = &'p Clause> {
        std::iter::successors(Some(clause), |c| c.parent.map(|id| self.p.clause(id)))
    }

    fn found(&self, index: usize, clauses: &[&Clause]) -> Found {
        let one = &self.all[index];
        let mut holders = std::iter::successors(Some(one), |d| d.within.map(|at| &self.all[at]));
        let cited = holders.any(|d| d.cites.iter().any(|cite| self.below(self.p.clause(cite.clause), clauses)));
        let silent = match one.what {
            Thing::Clause(clause) => self.below(clause, clauses),
            Thing::Programme(_) | Thing::Reading(_) => true,
            Thing::Header(field) => matches!(field.value, HeaderValue::Unknown(_) | HeaderValue::Absent),
            _other => false,
        };
        let (decided, left_to_people) = decided(&one.what);
        Found { cites: cited || silent, decided, left_to_people }
    }

    fn below(&self, clause: &'p Clause, clauses: &[&Clause]) -> bool {
        self.lineage(clause).any(|above| clauses.iter().any(|c| std::ptr::eq(*c, above)))
    }
}

struct Found {
    cites: bool,
    decided: bool,
    left_to_people: bool,
}

/// Whether a machine decides or knows it; whether it is left to people.
fn decided(what: &Thing<'_>) -> (bool, bool) {
    match what {
        Thing::Rule(_, rule) => by_test(&rule.test),
        Thing::Member(member) => by_test(&member.test),
        Thing::Input(input) => match input.origin {
            Origin::Entered | Origin::Computed(_) | Origin::Attested { .. } | Origin::External { .. } => (true, false),
            Origin::Judged { .. } => (false, true),
        },
        Thing::Clause(clause) => (clause.left_out.is_none(), clause.left_out.is_some()),
        Thing::Duty(_) => (false, false),
        _declared => (true, false),
    }
}

fn by_test(test: &Test) -> (bool, bool) {
    match test {
        Test::Expr(_) => (true, false),
        Test::Judged { .. } => (false, true),
        Test::Attested { .. } | Test::External { .. } | Test::Bad => (false, false),
        Test::Threshold { members, .. } => {
            let each: Vec<(bool, bool)> = members.iter().map(|m| by_test(&m.test)).collect();
            (each.iter().any(|(decided, _)| *decided), each.iter().all(|(_, people)| *people))
        }
    }
}
