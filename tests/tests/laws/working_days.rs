//! Working days agree with a walk along the calendar, one day after another, over the lines of its file.
//!
//! In: the library's calendar, days drawn from the years around it. Held: values, look-backs and public notices of `prog_eval` are those of
//! the walk, which shares nothing with it: days are year, month, day, weeks are counted by a rule of their own.

use prog_base::Lang;
use prog_cases::Random;
use prog_driver::world::Memory;
use prog_driver::{Session, UnitKind};
use prog_eval::{Options, Prepared};
use prog_tests::root;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::Path;

/// How far the lets of the programme go.
const COUNTS: [i64; 12] = [0, 1, 2, 3, 5, 10, 22, 130, -1, -2, -7, -60];
/// What the notice asks for, and how far the rule looks back.
const NOTICE: i64 = 7;
const YEARS: std::ops::RangeInclusive<i64> = 2007..=2026;

/// Year, month, day.
type Civil = (i64, i64, i64);

fn days_in(year: i64, month: i64) -> i64 {
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    [31, if leap { 29 } else { 28 }, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month as usize - 1]
}

fn next((year, month, day): Civil) -> Civil {
    match (month, day == days_in(year, month)) {
        (_, false) => (year, month, day + 1),
        (12, true) => (year + 1, 1, 1),
        (_, true) => (year, month + 1, 1),
    }
}

fn previous((year, month, day): Civil) -> Civil {
    match (month, day) {
        (_, 2..) => (year, month, day - 1),
        (1, _) => (year - 1, 12, 31),
        (_, _) => (year, month - 1, days_in(year, month - 1)),
    }
}

/// Zeller's rule; 0 is a Saturday.
fn weekday((year, month, day): Civil) -> i64 {
    let (y, m) = if month < 3 { (year - 1, month + 12) } else { (year, month) };
    (day + 13 * (m + 1) / 5 + y + y / 4 - y / 100 + y / 400) % 7
}

fn shown((year, month, day): Civil) -> String {
    format!("{year:04}-{month:02}-{day:02}")
}

/// The file's lines.
struct Walk(BTreeMap<String, bool>);

impl Walk {
    /// Whether a day is worked, if the file reaches it.
    fn is_worked(&self, day: Civil) -> Option<bool> {
        let usual = !matches!(weekday(day), 0 | 1);
        YEARS.contains(&day.0).then(|| self.0.get(&shown(day)).copied().unwrap_or(usual))
    }

    /// The day on which so many are counted, from the next on or from the one before.
    fn counted(&self, mut day: Civil, count: i64) -> Option<Civil> {
        let mut left = count.abs();
        while left > 0 {
            day = if count > 0 { next(day) } else { previous(day) };
            left -= i64::from(self.is_worked(day)?);
        }
        Some(day)
    }
}

fn programme() -> prog_model::Programme {
    let lets = COUNTS.iter().enumerate().map(|(i, n)| {
        let sign = if *n < 0 { '-' } else { '+' };
        format!("let v{i} = a {sign} {} working days\n", n.abs())
    });
    let source = format!(
        "use cn.holidays\nprogramme days \"days\" {{ issuer \"x\"; number unknown; timezone \"Asia/Shanghai\"\nactor office\n\
         track t {{\nfact a : Date\nfact b : Date\n{}require near : b within {NOTICE} working days before a\n}}\n\
         workflow {{ stage one by office {{ on go -> two }} stage two by office {{ public notice at least {NOTICE} working days   on go -> end }} }}\n}}\n",
        lets.collect::<String>()
    );
    let world = Memory::new([("p/days.prog".to_owned(), source)]);
    let mut session = Session::new(&world);
    let units = session.load(Path::new("p"));
    let unit = units.iter().find(|u| u.kind == UnitKind::Programme).expect("a programme");
    let compiled = session.compile(unit, None);
    assert!(compiled.sound, "{:?}", session.errors());
    compiled.programme.expect("a programme")
}

#[test]
fn working_days_are_those_of_a_walk() {
    let text = std::fs::read_to_string(root().join("stdlib/cn/holidays.csv")).expect("the library's calendar");
    let lines = text.lines().skip(1).filter_map(|line| line.split_once(','));
    let walk = Walk(lines.map(|(day, kind)| (day.to_owned(), kind == "班")).collect());
    let programme = programme();
    let prepared = Prepared::new(&programme);
    let options = Options { lang: Lang::En, ..Options::default() };
    let mut random = Random::new(7);
    let mut drawn = |from: i64| {
        let (year, month) = (from + random.below(2) as i64, 1 + random.below(12) as i64);
        (year, month, 1 + random.below(days_in(year, month) as usize) as i64)
    };
    let rounds = if std::env::var_os("PROG_FULL").is_some() { 5_000 } else { 60 };
    let mut unknown = 0;
    for round in 0..rounds * 22 {
        // From the end of the year before the calendar to the first days of the year after it.
        let from = 2006 + round % 22;
        let (a, mut b) = (drawn(from), drawn(from));
        if round % 2 == 0 {
            b = (0..round % 17).fold(a, |day, _| previous(day));
        }
        let case = json!({"programme": "days", "track": "t", "facts": {"a": shown(a), "b": shown(b)},
            "events": [{"stage": "one", "outcome": "go", "at": shown(b)}, {"stage": "two", "outcome": "go", "at": shown(a)}]});
        let read = prepared.read_case(&case.to_string()).expect("a case");
        let report: Value = serde_json::from_str(&prepared.evaluate(&read, &options).to_json(Lang::En)).expect("a report");
        for (i, count) in COUNTS.iter().enumerate() {
            let wanted = walk.counted(a, *count).map(shown);
            unknown += usize::from(wanted.is_none());
            assert_eq!(report["values"][format!("v{i}")]["value"].as_str(), wanted.as_deref(), "{} {count}", shown(a));
        }
        let near = walk.counted(a, -NOTICE).map(|first| first <= b && b <= a);
        assert_eq!(result(&report, |f| f["rule"] == "near"), Some(told(near.or((b > a).then_some(false)))), "{} {}", shown(b), shown(a));
        let stood = walk.counted(previous(b), NOTICE).map(|last| last <= a);
        let short = result(&report, |f| f["problem"] == "short");
        assert_eq!(short, Some(told(stood)).filter(|told| *told != "met"), "{} to {}", shown(b), shown(a));
    }
    assert!(unknown > 100, "days beyond the calendar are drawn too");
}

fn told(of: Option<bool>) -> &'static str {
    match of {
        Some(true) => "met",
        Some(false) => "unmet",
        None => "unknown",
    }
}

/// The result of the finding that is looked for.
fn result(report: &Value, wanted: impl Fn(&Value) -> bool) -> Option<&str> {
    report["findings"].as_array()?.iter().find(|f| wanted(f))?["result"].as_str()
}
