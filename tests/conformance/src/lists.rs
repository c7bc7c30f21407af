//! Selections to ask about: every way of taking, parting, waiting, filling again and giving places by wish, over cases of which much is not
//! known.
//!
//! In: a seed. Out: one programme with a selection for each way, batches drawn by chance, many lists in each. Always: a list is a group, so
//! that one request judges hundreds of small batches.

use crate::load::{self, Subject};
use crate::request::{Kind, Request};
use prog_cases::Random;
use serde_json::{Map, Value, json};

/// The programme's name.
pub const NAME: &str = "selections";

const TAKES: [&str; 6] =
    ["take 2", "take 3", "take places[kind] * 1.5", "take all", "take while sum(asked) at most 4", "take while sum(weight) at most 3.5"];
/// Those that SQL does not carry.
const APART: [&str; 5] = [
    "take 2  tied admit all  wait 2  refill until call",
    "take 2  tied judged by panel  wait 3  refill until call",
    "take places[kind]  tied admit none  wait 9  refill until call",
    "take 3  tied admit all  assign halls within seats",
    "take places[kind] + 1  assign halls within seats  tied judged by panel",
];
const NEAREST: [&str; 3] =
    ["take nearest sum(asked) to 4", "take nearest sum(asked) to 5 at least 3", "take nearest sum(weight) to 2.5 at least 0.5"];
const PASSING: [&str; 3] = [
    "take while sum(asked) at most 4 passing over",
    "take while sum(weight) at most 3.5 passing over",
    "take while sum(asked) at most places[kind] passing over",
];
const TIED: [&str; 4] = ["tied admit all", "tied admit none", "tied judged by panel", ""];
const WAITS: [&str; 3] = ["", "wait 1", "wait places[kind]"];
const ORDERS: [&str; 4] = [
    "order points highest first, then prize first",
    "order grade highest first, then opened lowest first",
    "order points + (share otherwise 0) highest first, then sum(parts.n) lowest first, then opened highest first, then weight highest first",
    "order grade lowest first, then share highest first",
];

fn programme(every_wait: bool) -> String {
    let mut text = "programme s \"s\" {\n timezone \"Asia/Shanghai\"\n actor office\n actor panel\n enum kind { old, new }\n enum grade best first { good, fair, poor }\n \
        table places by kind {\n  kind | n: Count\n  old | 1\n  new | 2\n }\n \
        enum hall { north, east, south }\n table seats by hall {\n  hall | n: Count\n  north | 1\n  east | 2\n  \
        south | 0\n }\n track t {\n  fact lot : Text\n  fact kind : kind\n  fact points : Count from 0 to 3\n  fact prize : YesNo judged by panel\n  fact sound : YesNo\n  \
        fact asked : Count from 0 to 3\n  fact weight : Decimal(2) from 0 to 9 optional\n  fact share : Decimal(1) from -5 to 5 optional\n  \
        fact grade : grade\n  fact opened : Date\n  fact parts : list of part\n  fact halls : list of hall\n }\n record part { n : Count to 9 }\n"
        .to_owned();
    let mut add = |name: String, rest: String| text += &format!(" select {name} at review per lot, kind from t where {rest} }}\n");
    for (t, take) in TAKES.iter().enumerate() {
        for (d, tied) in TIED.iter().enumerate() {
            for (w, wait) in WAITS.iter().enumerate().filter(|(w, _)| every_wait || *w == (t + d) % WAITS.len()) {
                let order = ORDERS[(t + d + w) % ORDERS.len()];
                add(format!("s{t}{d}{w}"), format!("sound {{\n  {order}\n  {take}\n  {tied}\n  {wait}\n"));
            }
        }
    }
    for (t, take) in PASSING.iter().enumerate() {
        for (d, tied) in TIED.iter().enumerate() {
            let (order, wait) = (ORDERS[(t + d) % ORDERS.len()], WAITS[(t + d) % WAITS.len()]);
            add(format!("p{t}{d}"), format!("sound {{\n  {order}\n  {take}\n  {tied}\n  {wait}\n"));
        }
    }
    for (n, rest) in APART.iter().enumerate() {
        add(format!("a{n}"), format!("sound {{ {} {rest}", ORDERS[n % ORDERS.len()]));
    }
    for (n, take) in NEAREST.iter().enumerate() {
        add(format!("n{n}"), format!("sound {{ {} {take}", ORDERS[n]));
    }
    text += " select first at review from t where sound { order points highest first  take 9  tied judged by panel }\n \
        select second at review per lot from t where first or prize { order points highest first, then grade highest first  take 2  tied admit none  wait 1 }\n \
        select third at review per kind from t where second and not first { order asked highest first  take while sum(asked) at most 5  tied admit all }\n \
        select fourth at review per kind from t where not third { order points highest first  take 5 - count(t where third)  tied admit all  wait count(t where second) }\n \
        select fifth at review from t where sound { order points highest first  take 30% * count(t)  tied admit none }\n";
    text + " workflow {\n  stage filing by office { on sent -> review  on refused -> end refused }\n  stage review by panel { on done -> call }\n  stage call by panel {\n   on taken -> signing\n   on declined -> end declined\n  }\n  stage signing by panel due 2031-02-15 {\n   on signed -> end closed\n  }\n }\n}\n"
}

/// A case; of some lists much is not known.
fn case(random: &mut Random, at: usize, lot: usize) -> Value {
    let open = if lot.is_multiple_of(3) { usize::MAX } else { 4 + lot % 20 };
    let mut facts = Map::new();
    let mut put = |random: &mut Random, name: &str, of: &dyn Fn(&mut Random) -> Value| {
        let value = of(random);
        if open == usize::MAX || !random.one_in(open) {
            facts.insert(name.to_owned(), value);
        }
    };
    put(random, "kind", &|r| json!(if r.one_in(2) { "old" } else { "new" }));
    put(random, "points", &|r| json!(r.below(4)));
    put(random, "sound", &|r| json!(!r.one_in(6)));
    put(random, "asked", &|r| json!(r.below(4)));
    put(random, "grade", &|r| json!(["good", "fair", "poor"][r.below(3)]));
    put(random, "opened", &|r| json!(format!("203{}-0{}-1{}", r.below(2), r.below(2) + 1, r.below(2))));
    put(random, "halls", &|r| json!((0..r.below(4)).map(|_| ["north", "east", "south"][r.below(3)]).collect::<Vec<_>>()));
    put(random, "parts", &|r| json!((0..r.below(3)).map(|_| json!({ "n": r.below(3) })).collect::<Vec<_>>()));
    let some = |r: &mut Random, values: [&str; 3]| (!r.one_in(3)).then(|| values[r.below(3)].to_owned());
    for (name, value) in [("weight", some(random, ["0.5", "1.25", "2"])), ("share", some(random, ["-0.5", "0", "1"]))] {
        value.into_iter().for_each(|v| drop(facts.insert(name.to_owned(), json!(v))));
    }
    if !random.one_in(60) {
        facts.insert("lot".to_owned(), json!(format!("l{lot}")));
    }
    let mut case = json!({ "programme": "s", "track": "t", "id": format!("c{at}"), "facts": facts });
    let mut judged = Map::new();
    if !random.one_in(open.min(9)) {
        judged.insert("prize".to_owned(), json!({ "value": random.one_in(2), "by": "panel" }));
    }
    for name in ["first", "second", "s000", "s322"] {
        if random.one_in(8) {
            judged.insert(name.to_owned(), json!({ "value": random.one_in(2), "by": "panel" }));
        }
    }
    case["judgements"] = Value::Object(judged);
    if random.one_in(9) {
        case["withdrawn"] = json!(true);
    }
    let step = |stage: &str, outcome: &str| json!({ "stage": stage, "outcome": outcome });
    let called = |outcome: &str| json!([step("filing", "sent"), step("review", "done"), step("call", outcome)]);
    match random.below(12) {
        0 => case["events"] = json!([step("filing", "sent")]),
        1 => case["events"] = json!([step("filing", "refused")]),
        2 => case["events"] = json!([step("filing", "sent"), step("review", "done")]),
        3 => case["events"] = called("taken"),
        4 | 5 => case["events"] = called("declined"),
        _ => {}
    }
    case
}

/// A batch of so many lists.
pub fn batch(seed: u64, lists: usize) -> Request {
    let mut random = Random::new(seed);
    let mut lines = String::new();
    for lot in 0..lists {
        for _ in 0..random.below(7) {
            let at = lines.lines().count();
            lines += &format!("{}\n", json!({ "case": case(&mut random, at, lot) }));
        }
    }
    Request { text: lines, kind: Kind::Batch, at: Some("review".to_owned()), ..Request::default() }
}

/// The programme; with every way to wait for every way to take and part, if that is asked for.
pub fn subject(every_wait: bool) -> Subject {
    Subject { name: NAME.to_owned(), programme: load::compiled(NAME, &programme(every_wait)), given: Vec::new() }
}

/// A batch of so many lists whose candidates are ranked, within the time in which places are filled again or after it.
pub fn request(seed: u64, lists: usize) -> Request {
    let on = Some(format!("2031-02-1{}", 5 + seed % 2));
    Request { kind: Kind::Select, on, english: seed.is_multiple_of(3), ..batch(seed, lists) }
}
