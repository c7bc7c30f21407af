//! A disagreement made small: members, items and lines go as long as both sides still disagree.

use crate::request::Request;
use prog_eval::Prepared;
use serde_json::Value;

/// The smallest request found on which both sides disagree.
pub fn shrink(prepared: &Prepared<'_>, answers: &dyn Fn(&[Request]) -> Vec<String>, request: Request) -> Request {
    let mut smallest = request;
    // Every round makes the request strictly smaller.
    loop {
        let tries = smaller(&smallest);
        let answers = answers(&tries);
        let next = tries.into_iter().zip(answers).find(|(request, answer)| request.expected(prepared) != *answer);
        match next {
            Some((request, _)) => smallest = request,
            None => return smallest,
        }
    }
}

/// The request with one thing less.
fn smaller(request: &Request) -> Vec<Request> {
    let with = |text: String| Request { text, ..request.clone() };
    let mut tries = Vec::new();
    if request.kind.is_batch() {
        let lines: Vec<&str> = request.text.lines().collect();
        for i in 0..lines.len() {
            let rest = lines.iter().enumerate().filter(|(j, _)| *j != i).map(|(_, line)| format!("{line}\n"));
            tries.push(with(rest.collect()));
        }
        for (i, line) in lines.iter().enumerate() {
            let Ok(value) = serde_json::from_str::<Value>(line) else { continue };
            for less in without(&value) {
                let less = less.to_string();
                let all = lines.iter().enumerate().map(|(j, line)| format!("{}\n", if i == j { less.as_str() } else { line }));
                tries.push(with(all.collect()));
            }
        }
    } else if let Ok(value) = serde_json::from_str::<Value>(&request.text) {
        tries.extend(without(&value).into_iter().map(|v| with(v.to_string())));
    }
    if request.on.is_some() {
        tries.push(Request { on: None, ..request.clone() });
    }
    if request.at.is_some() && !request.kind.is_batch() {
        tries.push(Request { at: None, ..request.clone() });
    }
    if !request.readings.is_empty() {
        tries.push(Request { readings: Vec::new(), ..request.clone() });
    }
    if !request.plain {
        tries.push(Request { plain: true, ..request.clone() });
    }
    tries
}

/// The value with one member or item less, at any depth.
fn without(value: &Value) -> Vec<Value> {
    let mut out = Vec::new();
    if let Value::Object(members) = value {
        for (key, member) in members {
            let mut rest = members.clone();
            rest.remove(key);
            out.push(Value::Object(rest));
            for less in without(member) {
                let mut changed = members.clone();
                changed.insert(key.clone(), less);
                out.push(Value::Object(changed));
            }
        }
    }
    if let Value::Array(items) = value {
        for (i, item) in items.iter().enumerate() {
            let mut rest = items.clone();
            rest.remove(i);
            out.push(Value::Array(rest));
            for less in without(item) {
                let mut changed = items.clone();
                changed[i] = less;
                out.push(Value::Array(changed));
            }
        }
    }
    out
}
