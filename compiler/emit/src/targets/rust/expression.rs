//! Expressions of the programme in Rust.
//!
//! In: [`Code`] trees. Out: [`Doc`]s. Always: `c` is the case or group in hand; items are `item`, `item2`, … from the outside in; names
//! are string literals, values are calls of the runtime.

use super::layout::Doc;
use crate::code::{Code, Record, Var};
use prog_base::Exact;

/// What a function of the runtime takes, argument by argument; the last one stands for all that follow.
#[derive(Clone, Copy)]
enum Arg {
    /// A value.
    Value,
    /// A part that is only worked out if it is needed.
    Lazy,
    /// A name, as a string literal.
    Name,
    /// A small whole number.
    Index,
    /// A word of the runtime, as a variant of this type.
    Word(&'static str),
    /// A number as the definition holds it.
    Number,
    /// Values in an array.
    Values,
    /// One track's parts each, in a slice.
    Cases,
}

/// The Rust name of a function of the runtime and what it takes; whether all its arguments go into one array, or a slice.
fn signature(function: &str) -> (&'static str, &'static [Arg]) {
    use Arg::{Cases, Index, Lazy, Name, Number, Value, Values, Word};
    match function {
        "day" => ("day", &[Index]),
        "moment" => ("moment", &[Index]),
        "days" => ("days", &[Index]),
        "weeks" => ("weeks", &[Index]),
        "workingDays" => ("working_days", &[Index]),
        "months" => ("months", &[Index]),
        "years" => ("years", &[Index]),
        "not" => ("not", &[Value]),
        "equal" => ("equal", &[Value]),
        "notEqual" => ("not_equal", &[Value]),
        "less" => ("less", &[Value]),
        "atMost" => ("at_most", &[Value]),
        "more" => ("more", &[Value]),
        "atLeast" => ("at_least", &[Value]),
        "isIn" => ("is_in", &[Value, Values]),
        "isGiven" => ("is_given", &[Value]),
        "otherwise" => ("otherwise", &[Value, Lazy]),
        "choose" => ("choose", &[Value, Lazy]),
        "plus" => ("plus", &[Value]),
        "minus" => ("minus", &[Value]),
        "times" => ("times", &[Value]),
        "timesConstant" => ("times_constant", &[Value]),
        "constantTimes" => ("constant_times", &[Value]),
        "negative" => ("negative", &[Value]),
        "rounded" => ("rounded", &[Value, Word("RoundMode"), Index, Number]),
        "field" => ("field", &[Value, Name]),
        "c.read" => ("read", &[Name]),
        "c.isGiven" => ("is_entered", &[Name]),
        "c.rule" => ("rule", &[Name]),
        "c.let" => ("named", &[Name]),
        "c.constant" => ("constant", &[Name]),
        "c.key" => ("key", &[Index]),
        "c.due" => ("due", &[Name]),
        "c.time" => ("time", &[Name]),
        "c.readingIs" => ("reading_is", &[Name]),
        "c.lookup" => ("lookup", &[Name, Name, Values]),
        "c.length" => ("length", &[Value]),
        "c.about" => ("about", &[Value]),
        "c.level" => ("level", &[Name, Value]),
        "c.days" => ("compare_days", &[Value, Word("Relation"), Value]),
        "c.moments" => ("compare_moments", &[Value, Word("Relation"), Value]),
        "c.shifted" => ("shifted", &[Value, Value]),
        "c.shiftedTimes" => ("shifted_times", &[Value, Value, Value]),
        "c.daysBetween" => ("days_between", &[Value, Value]),
        "c.monthsBetween" => ("months_between", &[Value, Value]),
        "c.yearsBetween" => ("years_between", &[Value, Value]),
        "c.ofDay" => ("of_day", &[Word("DayPart"), Value]),
        "c.divided" => ("divided", &[Value, Value, Name]),
        "c.dividedByConstant" => ("divided_by_constant", &[Value, Value, Name]),
        "c.overColumn" => ("over_column", &[Word("Aggregation"), Name]),
        "c.overCases" => ("over_cases", &[Word("Aggregation"), Cases]),
        "c.share" => ("share", &[Cases, Name]),
        "c.split" => ("split", &[Value, Name, Name, Word("Split"), Values]),
        // `silent`, and what no programme without errors has.
        _ => ("silent", &[]),
    }
}

/// An expression.
pub fn value(code: &Code) -> Doc {
    match code {
        Code::Null => Doc::atom("Value::None"),
        Code::Bool(value) => Doc::call("yes", vec![Doc::atom(value.to_string())]),
        Code::Int(value) => Doc::atom(value.to_string()),
        Code::Number(value) => number_value(value),
        Code::Text(text) => Doc::call("text", vec![Doc::text(text)]),
        Code::Word(word) => Doc::text(word),
        Code::List(items) => Doc::Array(items.iter().map(value).collect()),
        Code::Call { function, args } => call(function, args),
        Code::Method { of: Var::Case, name, args } => method(name, args),
        Code::Method { of: Var::Item(level), name, args } => {
            let args: Vec<String> = args.iter().map(name_text).collect();
            Doc::Piece(format!("{}.{name}({})", item(*level), args.join(", ")))
        }
        Code::Function { body, .. } => lazy(body),
        Code::Record(_) | Code::Map(_) => Doc::atom("Value::None"),
    }
}

fn name_text(code: &Code) -> String {
    match code {
        Code::Text(text) => super::layout::string(text),
        _ => String::new(),
    }
}

/// The name of the item so many lists inward.
pub fn item(level: usize) -> String {
    if level == 0 { "item".to_owned() } else { format!("item{}", level + 1) }
}

fn call(function: &str, args: &[Code]) -> Doc {
    let all = || args.iter().map(value).collect();
    match function {
        "and" | "or" => Doc::call(function, vec![Doc::Array(all())]),
        "largest" | "smallest" => Doc::call(function, vec![Doc::slice(all())]),
        "overList" | "consecutive" => over_list(args),
        _ => {
            let (name, takes) = signature(function);
            Doc::call(name, arguments(takes, args))
        }
    }
}

/// A call on the case or group in hand: it takes that first.
fn method(name: &str, args: &[Code]) -> Doc {
    let (name, takes) = signature(&format!("c.{name}"));
    let mut all = vec![Doc::atom("c")];
    all.extend(arguments(takes, args));
    // A denominator without a name.
    let named = matches!(takes.last(), Some(Arg::Name)) && matches!(name, "divided" | "divided_by_constant" | "share");
    if named && args.len() < takes.len() {
        all.push(Doc::text(""));
    }
    Doc::call(name, all)
}

fn arguments(takes: &[Arg], args: &[Code]) -> Vec<Doc> {
    let kind = |at: usize| takes.get(at).or(takes.last()).copied().unwrap_or(Arg::Value);
    args.iter().enumerate().map(|(at, arg)| argument(kind(at), arg)).collect()
}

fn argument(kind: Arg, code: &Code) -> Doc {
    match (kind, code) {
        (Arg::Name, Code::Text(text)) => Doc::text(text),
        (Arg::Word(of), Code::Word(word)) => Doc::atom(variant(of, word)),
        (Arg::Number, Code::Number(n)) => number(n),
        (Arg::Lazy, Code::Function { of: None, body }) => lazy(body),
        (Arg::Lazy, literal) => lazy(literal),
        (Arg::Cases, Code::List(parts)) => Doc::slice(parts.iter().map(case_part).collect()),
        (Arg::Value | Arg::Index | Arg::Values | Arg::Name | Arg::Word(_) | Arg::Number | Arg::Cases, code) => value(code),
    }
}

/// A part that is only worked out if it is needed: a function of the runtime that takes nothing stands for itself.
fn lazy(body: &Code) -> Doc {
    match value(body) {
        Doc::Call(head, args) if args.is_empty() => Doc::atom(head),
        doc => Doc::Closure(String::new(), Box::new(doc)),
    }
}

/// The type and variant of a word: `Relation::AtMost`.
pub fn variant(of: &str, word: &str) -> String {
    let mut name = String::new();
    let mut upper = true;
    for c in word.chars() {
        match c {
            '_' | ' ' => upper = true,
            c if upper => {
                name.extend(c.to_uppercase());
                upper = false;
            }
            c => name.push(c),
        }
    }
    format!("{of}::{name}")
}

fn over_list(args: &[Code]) -> Doc {
    let [of_what, list, rest @ ..] = args else { return Doc::atom("Value::None") };
    let (name, first) = match of_what {
        Code::Word(op) => ("over_list", Doc::atom(variant("Aggregation", op))),
        length => ("consecutive", value(length)),
    };
    let of = rest.first().and_then(|of| if let Code::Record(of) = of { Some(of) } else { None });
    let part = |name: &str| match of.and_then(|of| of.get(name)) {
        Some(Code::Function { of: Some(var @ Var::Item(level)), body }) => {
            let unused = if body.uses(*var) { "" } else { "_" };
            let closure = Doc::Closure(format!("{unused}{}", item(*level)), Box::new(value(body)));
            Doc::some(Doc::Ref(Box::new(closure)))
        }
        _ => Doc::atom("None"),
    };
    Doc::call(name, vec![first, value(list), part("where"), part("value")])
}

/// One track's part of an aggregate over cases.
fn case_part(code: &Code) -> Doc {
    let Code::Record(of) = code else { return Doc::atom("Value::None") };
    let part = |names: [&str; 2]| match names.into_iter().find_map(|name| of.get(name)) {
        Some(Code::Function { body, .. }) => {
            let unused = if uses_case(body) { "" } else { "_" };
            Doc::some(Doc::Closure(format!("{unused}c"), Box::new(value(body))))
        }
        _ => Doc::atom("None"),
    };
    let track = name_of(of, "track");
    let is_share = of.get("base").is_some() || of.get("part").is_some();
    let (filter, value) =
        if is_share { (part(["base", "base"]), part(["part", "part"])) } else { (part(["where", "where"]), part(["value", "value"])) };
    Doc::Struct("CasePart", vec![("track", track), ("filter", filter), ("value", value)], false)
}

/// A member that is a text, as a string literal.
pub fn name_of(of: &Record, member: &str) -> Doc {
    match of.get(member) {
        Some(Code::Text(text)) => Doc::text(text),
        _ => Doc::text(""),
    }
}

/// Whether an expression asks the case or group in hand for anything.
pub fn uses_case(code: &Code) -> bool {
    match code {
        // The functions inside take a case of their own.
        Code::Method { of: Var::Case, .. } => true,
        _ => code.parts().into_iter().any(uses_case),
    }
}

fn parts(value: &Exact) -> (String, String, bool) {
    let (numerator, denominator) = value.to_parts();
    let small = numerator.parse::<i64>().is_ok() && denominator.parse::<i64>().is_ok();
    (numerator, denominator, small)
}

/// A number as a value.
fn number_value(value: &Exact) -> Doc {
    match parts(value) {
        (n, d, true) if d == "1" => Doc::call("whole", vec![Doc::atom(n)]),
        (n, d, true) => Doc::call("ratio", vec![Doc::atom(n), Doc::atom(d)]),
        (n, d, false) => Doc::call("digits", vec![Doc::text(&n), Doc::text(&d)]),
    }
}

/// A number as the definition holds it.
pub fn number(value: &Exact) -> Doc {
    match parts(value) {
        (n, d, true) if d == "1" => Doc::call("Number::Whole", vec![Doc::atom(n)]),
        (n, d, true) => Doc::call("Number::Ratio", vec![Doc::atom(n), Doc::atom(d)]),
        (n, d, false) => Doc::call("Number::Digits", vec![Doc::text(&n), Doc::text(&d)]),
    }
}
