//! PostgreSQL. Wider numbers are NUMERIC without limit.

use super::super::tree::{Function, Width};

/// A function on printed arguments.
pub fn call(function: Function, args: &[String]) -> String {
    let [a, b, c] = [args.first(), args.get(1), args.get(2)].map(|x| x.map_or("", String::as_str));
    match function {
        Function::Length => format!("length({a})"),
        Function::Position => format!("strpos({a}, {b})"),
        Function::Replace => format!("replace({a}, {b}, {c})"),
        Function::Substring => format!("substr({a}, CAST({b} AS INTEGER), CAST({c} AS INTEGER))"),
        Function::Filled => format!("filled({a})"),
        Function::Whole => format!("CAST({a} AS BIGINT)"),
        Function::Shown => format!("CAST({a} AS TEXT)"),
        Function::Shaped(shape) => format!("({a} ~ {})", super::pattern(super::Dialect::Postgresql, shape)),
        Function::IsMoment => format!("(is_day(substr({a}, 1, 10)) AND {a} ~ '{}')", super::MOMENT),
        Function::DayNumber => format!("day_number({a})"),
        Function::IsDay => format!("is_day({a})"),
        // To a DATE no BIGINT is added.
        Function::AddDays if b.parse::<i64>().is_err() => format!("to_char(CAST({a} AS DATE) + CAST({b} AS INTEGER), 'YYYY-MM-DD')"),
        Function::AddDays => format!("to_char(CAST({a} AS DATE) + {b}, 'YYYY-MM-DD')"),
        Function::AddMonths => format!("to_char(CAST({a} AS DATE) + make_interval(months => {b}), 'YYYY-MM-DD')"),
        Function::WorkingDay => super::working_day(a, b),
        Function::Quoted => format!("CAST(to_json({a}) AS TEXT)"),
        Function::Truth => format!("CAST({a} AS BOOLEAN)"),
        Function::Number => format!("CAST(CAST({a} AS NUMERIC) AS BIGINT)"),
        Function::WideWhole => format!("CAST({a} AS NUMERIC)"),
        Function::Broad => format!("CAST({a} AS {})", super::Dialect::Postgresql.wide(Width::Wide)),
        Function::Remainder => format!("({a}) % {b}"),
        Function::IsDecimal => format!("({a} ~ '^-?[0-9]+([.][0-9]+)?$')"),
        Function::WordCount { punctuation } => format!("{}({a})", super::words::name(punctuation)),
        Function::CharacterCount => format!("char_length(replace({a}, chr(13) || chr(10), chr(10)))"),
        Function::NeedsJson => format!("needs_json({a})"),
    }
}

/// The text at a JSON pointer.
pub fn at(steps: &[&str]) -> String {
    let step = |s: &&str| format!("\"{}\"", s.replace('\\', "\\\\").replace('"', "\\\"").replace('\'', "''"));
    format!("doc #>> '{{{}}}'", steps.iter().map(step).collect::<Vec<_>>().join(","))
}

/// A member that is an object or array, as JSON.
pub fn json_at(steps: &[&str]) -> String {
    format!("NULLIF({}, CAST('null' AS JSONB))", at(steps).replacen("#>>", "#>", 1))
}

/// Whether an array holds a text.
pub fn array_has(key: &str) -> String {
    format!("({{raw}} ? '{}')", key.replace('\'', "''"))
}

/// Whether an array holds other texts than these.
pub fn array_beyond(keys: &str) -> String {
    format!("EXISTS (SELECT 1 FROM jsonb_array_elements_text({{raw}}) AS k WHERE k NOT IN ({keys}))")
}

/// The number of members of an array.
pub const ARRAY_COUNT: &str = "jsonb_array_length({raw})";

/// The case within the line.
pub const DOCUMENT: &str = "document(text)";

/// What the views call.
pub const PRELUDE: &str = r#"-- The case within a line; NULL where that is no JSON.
CREATE FUNCTION document(line TEXT) RETURNS JSONB LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
  parsed JSONB;
BEGIN
  parsed := CAST(regexp_replace(line, U&'^\FEFF', '') AS JSONB);
  RETURN COALESCE(parsed -> 'case', parsed);
EXCEPTION WHEN OTHERS THEN
  RETURN NULL;
END
$$;

-- A text that holds more than white space.
CREATE FUNCTION filled(t TEXT) RETURNS TEXT LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE WHEN btrim(t, U&'\0009\000A\000B\000C\000D\0020\0085\00A0\1680\2000\2001\2002\2003\2004\2005\2006\2007\2008\2009\200A\200B\2028\2029\202F\205F\3000\FEFF') <> '' THEN t END
$$;

-- Whether a text is a day of the calendar.
CREATE FUNCTION is_day(t TEXT) RETURNS BOOLEAN LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT t ~ '^([0-9]{4}-((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|1[0-9]|2[0-8]))|([0-9]{2}(0[48]|[2468][048]|[13579][26])|([02468][048]|[13579][26])00)-02-29)$'
$$;

-- Days since 1970-01-01; the calendar repeats after 400 years, and a DATE knows no year 0.
CREATE FUNCTION day_number(t TEXT) RETURNS BIGINT LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE WHEN t < '0001' THEN CAST('04' || substr(t, 3) AS DATE) - DATE '1970-01-01' - 146097 ELSE CAST(t AS DATE) - DATE '1970-01-01' END
$$;

-- The awaited keys as a JSON array: `a/b~j/a/` is ["a","b"].
CREATE FUNCTION needs_json(needs TEXT) RETURNS TEXT LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT COALESCE(
    '[' || string_agg(CAST(to_json(replace(replace(replace(replace(replace(key, '~j', ''), '~n', ''), '~e', ''), '~1', '/'), '~0', '~')) AS TEXT), ',' ORDER BY place) || ']',
    '[]'
  )
  FROM (
    SELECT key, min(place) AS place FROM unnest(string_to_array(needs, '/')) WITH ORDINALITY AS parts (key, place) WHERE key <> '' GROUP BY key
  ) AS keys
$$;"#;

/// Every line as a tree of nodes.
pub const NODES: &str = r#"-- Every line as a tree: where each node stands (`*` for the items of lists), in the order of the text.
CREATE VIEW all_nodes AS
WITH RECURSIVE tree (line, place, parent, depth, of, name, pointer, type, value) AS (
  SELECT line, '', '', 1, '', '', '', json_typeof(raw), raw
  FROM (
    SELECT line, COALESCE(parsed -> 'case', parsed) AS raw
    FROM (SELECT line, CAST(regexp_replace(text, U&'^\FEFF', '') AS JSON) AS parsed FROM documents WHERE doc IS NOT NULL OFFSET 0) AS lines
    OFFSET 0
  ) AS whole
  UNION ALL
  SELECT
    tree.line,
    tree.place || lpad(CAST(member.at AS TEXT), 9, '0') || '/',
    tree.place,
    tree.depth + 1,
    CASE tree.type WHEN 'object' THEN 'object' ELSE 'list' END,
    member.name,
    tree.pointer || '/' || CASE tree.type WHEN 'object' THEN replace(replace(member.name, '~', '~0'), '/', '~1') ELSE '*' END,
    json_typeof(member.value),
    member.value
  FROM tree
  CROSS JOIN LATERAL (
    SELECT at, name, value FROM json_each(CASE tree.type WHEN 'object' THEN tree.value ELSE '{}' END) WITH ORDINALITY AS o (name, value, at)
    UNION ALL
    SELECT at, CAST(at AS TEXT), value FROM json_array_elements(CASE tree.type WHEN 'array' THEN tree.value ELSE '[]' END) WITH ORDINALITY AS a (value, at)
  ) AS member
  WHERE tree.type IN ('object', 'array') AND tree.depth < 66
)
SELECT
  line, place, parent, depth, of, name, pointer,
  CASE type WHEN 'array' THEN 'list' WHEN 'string' THEN 'text' WHEN 'boolean' THEN 'truth' ELSE type END AS type,
  CASE WHEN type = 'number' THEN CAST(CAST(value AS TEXT) AS NUMERIC) % 1 = 0 END AS whole,
  CASE WHEN type = 'number' THEN abs(CAST(CAST(value AS TEXT) AS NUMERIC)) > 9007199254740991 END AS beyond
FROM tree;"#;

/// The items of an array, each as a document of its own.
pub fn items_of(steps: &[&str]) -> String {
    let array = at(steps).replacen("#>>", "#>", 1);
    format!(
        "SELECT line, each.place - 1 AS place, each.value AS item\n  FROM documents CROSS JOIN LATERAL jsonb_array_elements(CASE WHEN jsonb_typeof({array}) = 'array' THEN {array} ELSE '[]' END) WITH ORDINALITY AS each (value, place)"
    )
}

/// The view that reads events.
pub const EVENTS: &str = "SELECT line, each.place, filled(each.value ->> 'stage') AS stage, filled(each.value ->> 'outcome') AS outcome, filled(each.value ->> 'at') AS moment\nFROM documents CROSS JOIN LATERAL jsonb_array_elements(CASE WHEN jsonb_typeof(doc -> 'events') = 'array' THEN doc -> 'events' ELSE '[]' END) WITH ORDINALITY AS each (value, place)";

/// The queries that read packages, the cases they name, and their reasons. JSONB has no order of members, JSON has.
pub const PACKAGES: [&str; 3] = [
    "SELECT\n  line,\n  filled(doc #>> '{package,stage}') AS stage,\n  filled(doc #>> '{package,at}') AS moment,\n  CASE jsonb_typeof(doc #> '{package,key}')\n    WHEN 'object' THEN (\n      SELECT string_agg(value, U&'\\001F' ORDER BY place)\n      FROM json_each_text(CAST(regexp_replace(text, U&'^\\FEFF', '') AS JSON) #> '{package,key}') WITH ORDINALITY AS each (key, value, place)\n    )\n    ELSE doc #>> '{package,key}'\n  END AS sender\nFROM documents\nWHERE doc -> 'package' IS NOT NULL",
    "SELECT line, each.place, each.id\nFROM documents CROSS JOIN LATERAL jsonb_array_elements_text(CASE WHEN jsonb_typeof(doc #> '{package,cases}') = 'array' THEN doc #> '{package,cases}' ELSE '[]' END) WITH ORDINALITY AS each (id, place)",
    "SELECT line, each.quota, each.reason\nFROM documents CROSS JOIN LATERAL jsonb_each_text(CASE WHEN jsonb_typeof(doc #> '{package,reasons}') = 'object' THEN doc #> '{package,reasons}' ELSE '{}' END) AS each (quota, reason)\nWHERE filled(each.reason) IS NOT NULL",
];
