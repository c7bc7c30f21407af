//! DuckDB. It divides decimals as doubles, so every number is a whole one; 128 bits hold 38 digits.

use super::super::tree::{Function, Width};

/// A function on printed arguments.
pub fn call(function: Function, args: &[String]) -> String {
    let [a, b, c] = [args.first(), args.get(1), args.get(2)].map(|x| x.map_or("", String::as_str));
    match function {
        Function::Length => format!("length({a})"),
        Function::Position => format!("instr({a}, {b})"),
        Function::Replace => format!("replace({a}, {b}, {c})"),
        Function::Substring => format!("substr({a}, {b}, {c})"),
        Function::Filled => format!("filled({a})"),
        Function::Whole => format!("CAST({a} AS BIGINT)"),
        Function::Shown => format!("CAST({a} AS VARCHAR)"),
        Function::Shaped(shape) => format!("regexp_matches({a}, {})", super::pattern(super::Dialect::Duckdb, shape)),
        Function::IsMoment => {
            let day = call(Function::IsDay, &[format!("substr({a}, 1, 10)")]);
            format!("({day} AND regexp_matches({a}, '{}'))", super::MOMENT)
        }
        Function::DayNumber => format!("date_diff('day', DATE '1970-01-01', CAST({a} AS DATE))"),
        Function::IsDay => format!("(regexp_matches({a}, '^[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}$') AND TRY_CAST({a} AS DATE) IS NOT NULL)"),
        Function::AddDays => format!("strftime(CAST({a} AS DATE) + CAST({b} AS INTEGER), '%Y-%m-%d')"),
        Function::AddMonths => format!("strftime(CAST({a} AS DATE) + to_months({b}), '%Y-%m-%d')"),
        Function::WorkingDay => super::working_day(a, b),
        Function::Quoted => format!("CAST(to_json({a}) AS VARCHAR)"),
        Function::Truth => format!("CAST({a} AS BOOLEAN)"),
        Function::Number => format!("CAST(CAST({a} AS DECIMAL(38, 10)) AS BIGINT)"),
        Function::WideWhole => format!("CAST({a} AS HUGEINT)"),
        Function::Broad => format!("CAST({a} AS {})", super::Dialect::Duckdb.wide(Width::Wide)),
        Function::Remainder => format!("({a}) % {b}"),
        Function::IsDecimal => format!("regexp_matches({a}, '^-?[0-9]+([.][0-9]+)?$')"),
        Function::WordCount { punctuation } => format!("{}({a})", super::words::name(punctuation)),
        Function::CharacterCount => format!("length(replace({a}, chr(13) || chr(10), chr(10)))"),
        Function::NeedsJson => format!("needs_json({a})"),
    }
}

/// Steps as a JSON pointer within a text; none: the document itself.
fn pointer(steps: &[&str]) -> String {
    if steps.is_empty() {
        return "$".to_owned();
    }
    steps.iter().map(|s| format!("/{}", s.replace('~', "~0").replace('/', "~1").replace('\'', "''"))).collect()
}

/// The text at a JSON pointer.
pub fn at(steps: &[&str]) -> String {
    format!("json_extract_string(doc, '{}')", pointer(steps))
}

/// A member that is an object or array, as JSON.
pub fn json_at(steps: &[&str]) -> String {
    format!("NULLIF(json_extract(doc, '{}'), CAST('null' AS JSON))", pointer(steps))
}

/// Whether an array holds a text.
pub fn array_has(key: &str) -> String {
    format!("json_contains({{raw}}, CAST('{}' AS JSON))", super::json_text(key).replace('\'', "''"))
}

/// Whether an array holds other texts than these.
pub fn array_beyond(keys: &str) -> String {
    format!("len(list_filter(CAST({{raw}} AS VARCHAR[]), lambda k: k NOT IN ({keys}))) > 0")
}

/// The number of members of an array.
pub const ARRAY_COUNT: &str = "CAST(json_array_length({raw}) AS BIGINT)";

/// The case within the line.
pub const DOCUMENT: &str = "CASE WHEN is_json(text) THEN COALESCE(json_extract(bare(text), '/case'), CAST(bare(text) AS JSON)) END";

/// What the views call.
pub const PRELUDE: &str = r#"-- A text without the mark that some editors put before it.
CREATE MACRO bare(t) AS CASE WHEN starts_with(t, chr(65279)) THEN substr(t, 2) ELSE t END;

-- Whether a text is JSON to the letter: json_valid also takes `[1,]` and NaN.
CREATE MACRO is_json(t) AS json_valid(bare(t))
  AND NOT regexp_matches(regexp_replace(bare(t), '"([^"\\]|\\.)*"', '""', 'gs'), ',\s*[\]}]|[Nn]a[Nn]|[Ii]nf');

-- A text that holds more than white space.
CREATE MACRO filled(t) AS CASE
  WHEN trim(t, chr(9) || chr(10) || chr(11) || chr(12) || chr(13) || chr(32) || chr(133) || chr(160) || chr(5760) || chr(8192) || chr(8193) || chr(8194) || chr(8195) || chr(8196) || chr(8197) || chr(8198) || chr(8199) || chr(8200) || chr(8201) || chr(8202) || chr(8203) || chr(8232) || chr(8233) || chr(8239) || chr(8287) || chr(12288) || chr(65279)) <> '' THEN t
END;

-- Each once, in order.
CREATE MACRO each_once(keys) AS list_filter(keys, lambda key, place: list_position(keys, key) = place);

-- The awaited keys as a JSON array: `a/b~j/a/` is ["a","b"].
CREATE MACRO needs_json(needs) AS CAST(to_json(list_transform(
  each_once(list_filter(string_split(needs, '/'), lambda key: key <> '')),
  lambda key: replace(replace(replace(replace(replace(key, '~j', ''), '~n', ''), '~e', ''), '~1', '/'), '~0', '~')
)) AS VARCHAR);"#;

/// Every line as a tree of nodes.
pub const NODES: &str = r#"-- Every line as a tree: where each node stands (`*` for the items of lists), in the order of the text.
CREATE VIEW all_nodes AS
WITH RECURSIVE tree (line, place, parent, depth, of, name, pointer, type, value) AS (
  SELECT line, '', '', 1, '', '', '', CAST(json_type(doc) AS VARCHAR), doc FROM documents WHERE doc IS NOT NULL
  UNION ALL
  SELECT
    tree.line,
    tree.place || lpad(CAST(member.id AS VARCHAR), 9, '0') || '/',
    tree.place,
    tree.depth + 1,
    CASE tree.type WHEN 'OBJECT' THEN 'object' ELSE 'list' END,
    CAST(member.key AS VARCHAR),
    tree.pointer || '/' || CASE tree.type WHEN 'OBJECT' THEN replace(replace(CAST(member.key AS VARCHAR), '~', '~0'), '/', '~1') ELSE '*' END,
    CAST(member.type AS VARCHAR),
    member.value
  FROM tree, json_each(tree.value) AS member
  WHERE tree.type IN ('OBJECT', 'ARRAY') AND tree.depth < 66
)
SELECT
  line, place, parent, depth, of, name, pointer,
  CASE type WHEN 'OBJECT' THEN 'object' WHEN 'ARRAY' THEN 'list' WHEN 'VARCHAR' THEN 'text' WHEN 'BOOLEAN' THEN 'truth' WHEN 'NULL' THEN 'null' ELSE 'number' END AS type,
  CASE WHEN type IN ('UBIGINT', 'BIGINT', 'HUGEINT', 'UHUGEINT', 'DOUBLE') THEN COALESCE(abs(TRY_CAST(CAST(value AS VARCHAR) AS DOUBLE)) > 9007199254740991 OR TRY_CAST(CAST(value AS VARCHAR) AS DOUBLE) % 1 = 0, TRUE) END AS whole,
  CASE WHEN type IN ('UBIGINT', 'BIGINT', 'HUGEINT', 'UHUGEINT', 'DOUBLE') THEN COALESCE(abs(TRY_CAST(CAST(value AS VARCHAR) AS DOUBLE)) > 9007199254740991, TRUE) END AS beyond
FROM tree;"#;

/// The items of an array, each as a document of its own.
pub fn items_of(steps: &[&str]) -> String {
    let pointer = pointer(steps);
    format!(
        "SELECT line, CAST(each.key AS BIGINT) AS place, each.value AS item\n  FROM documents, json_each(CASE WHEN json_type(doc, '{pointer}') = 'ARRAY' THEN json_extract(doc, '{pointer}') ELSE CAST('[]' AS JSON) END) AS each"
    )
}

/// The view that reads events.
pub const EVENTS: &str = "SELECT line, each.id AS place, filled(json_extract_string(each.value, '/stage')) AS stage, filled(json_extract_string(each.value, '/outcome')) AS outcome, filled(json_extract_string(each.value, '/at')) AS moment\nFROM documents, json_each(CASE WHEN json_type(doc, '/events') = 'ARRAY' THEN json_extract(doc, '/events') ELSE CAST('[]' AS JSON) END) AS each";

/// The queries that read packages, the cases they name, and their reasons.
pub const PACKAGES: [&str; 3] = [
    "SELECT\n  line,\n  filled(json_extract_string(doc, '/package/stage')) AS stage,\n  filled(json_extract_string(doc, '/package/at')) AS moment,\n  CASE json_type(doc, '/package/key')\n    WHEN 'OBJECT' THEN (SELECT string_agg(json_extract_string(each.value, '$'), chr(31) ORDER BY each.id) FROM json_each(json_extract(doc, '/package/key')) AS each)\n    ELSE json_extract_string(doc, '/package/key')\n  END AS sender\nFROM documents\nWHERE json_extract(doc, '/package') IS NOT NULL",
    "SELECT line, each.id AS place, json_extract_string(each.value, '$') AS id\nFROM documents, json_each(CASE WHEN json_type(doc, '/package/cases') = 'ARRAY' THEN json_extract(doc, '/package/cases') ELSE CAST('[]' AS JSON) END) AS each",
    "SELECT line, CAST(each.key AS VARCHAR) AS quota, json_extract_string(each.value, '$') AS reason\nFROM documents, json_each(CASE WHEN json_type(doc, '/package/reasons') = 'OBJECT' THEN json_extract(doc, '/package/reasons') ELSE CAST('{}' AS JSON) END) AS each\nWHERE filled(json_extract_string(each.value, '$')) IS NOT NULL",
];
