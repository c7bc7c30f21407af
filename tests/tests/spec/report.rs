//! Cases of the book and what their reports must hold.

use super::book::Pair;
use super::options;
use prog_model::Programme;
use serde_json::Value;

/// Evaluates a case and compares; the error says where they part.
pub fn check(programme: &Programme, pair: &Pair) -> Result<(), String> {
    let place = |fault: String| format!("report at line {}: {fault}", pair.report.line);
    let options = options(programme, &pair.report).map_err(place)?;
    let expected: Value = serde_json::from_str(&pair.report.text).map_err(|e| place(e.to_string()))?;
    let found = match prog_eval::read_case(programme, &pair.case.text) {
        Ok(case) => prog_eval::evaluate(programme, &case, &options),
        Err(refusal) => return compare_refusal(&expected, refusal.code.0).map_err(place),
    };
    let report: Value = serde_json::from_str(&found).map_err(|e| place(e.to_string()))?;
    holds(&report, &expected, "").map_err(|fault| place(format!("{fault} in {found}")))
}

/// `{"refused":"P0802"}`: a case that gives no report.
fn compare_refusal(expected: &Value, code: &str) -> Result<(), String> {
    if expected["refused"] == code { Ok(()) } else { Err(format!("the case is refused: {code}")) }
}

/// Everything expected stands in what was found: members of objects; of a list, each element in order, others between.
fn holds(found: &Value, expected: &Value, path: &str) -> Result<(), String> {
    match (found, expected) {
        (Value::Object(found), Value::Object(expected)) => expected.iter().try_for_each(|(key, value)| match found.get(key) {
            Some(inner) => holds(inner, value, &format!("{path}/{key}")),
            None => Err(format!("no {path}/{key}")),
        }),
        (Value::Array(found), Value::Array(expected)) if expected.is_empty() && !found.is_empty() => Err(format!("{path} should be empty")),
        (Value::Array(found), Value::Array(expected)) => {
            let mut rest = found.iter();
            expected.iter().try_for_each(|value| {
                if rest.any(|inner| holds(inner, value, path).is_ok()) { Ok(()) } else { Err(format!("{path} does not hold {value}")) }
            })
        }
        (found, expected) if found == expected => Ok(()),
        (found, expected) => Err(format!("{path} is {found}, not {expected}")),
    }
}
