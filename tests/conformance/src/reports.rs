//! Reports on targets, drawn: every indicator at its bounds, one step below, on and above, in every year that counts.
//!
//! In: a programme and a generator. Out: requests of one to four reports. Always: the same in every run.

use crate::request::{Kind, Request};
use prog_cases::Generator;
use prog_model::*;
use serde_json::{Map, Value, json};

/// A request of some reports; `None` where the programme has no targets.
pub fn request(programme: &Programme, generator: &mut Generator<'_>) -> Option<Request> {
    let block = generator.random.pick(&programme.targets)?;
    let count = 1 + generator.random.below(4);
    let text = (0..count).map(|i| format!("{}\n", report(programme, block, i, generator))).collect();
    let on = (!generator.random.one_in(4)).then(|| generator.time(true));
    let request = Request {
        text,
        kind: Kind::Targets,
        on,
        plain: generator.random.one_in(4),
        english: generator.random.one_in(3),
        ..Request::default()
    };
    Some(request)
}

fn report(programme: &Programme, block: &Targets, index: usize, generator: &mut Generator<'_>) -> Value {
    let mut report = json!({ "programme": programme.ident.key, "targets": block.ident.key, "id": format!("r{index}") });
    let random = &mut generator.random;
    match random.below(8) {
        0 => report["at"] = json!(generator.time(false)),
        1 => report["year"] = json!(1 + random.below(6)),
        2 => {}
        _ => report["year"] = json!(2016 + random.below(9)),
    }
    if generator.random.one_in(3) {
        report["from"] = json!(generator.time(false));
    }
    let per = block.reported_by.and_then(|a| programme.actors[a.index()].per.as_deref()).and_then(|per| programme.list_of_key(per));
    if let Some(list) = per.filter(|_| !generator.random.one_in(3)) {
        report["key"] = generator.one_of(list);
    }
    for input in block.inputs() {
        if generator.random.one_in(4) {
            continue;
        }
        let one = |generator: &mut Generator<'_>| {
            let value = generator.value(&input.field, 1);
            match input.place {
                TargetPlace::Values => value,
                TargetPlace::Judgements => json!({ "value": value, "by": "专家" }),
                TargetPlace::Attested => json!({ "value": value }),
                TargetPlace::External => json!({ "value": value, "as_of": generator.time(false) }),
            }
        };
        let value = match input.for_all {
            Some(list) if !generator.random.one_in(5) => {
                let keys = programme.enumeration(list).values.iter().map(|v| v.ident.key.clone()).collect::<Vec<_>>();
                let left = keys.into_iter().filter(|_| !generator.random.one_in(8)).collect::<Vec<_>>();
                Value::Object(left.into_iter().map(|key| (key, one(generator))).collect::<Map<_, _>>())
            }
            _ => one(generator),
        };
        report[input.place.member()][&input.ident.key] = value;
    }
    report
}
