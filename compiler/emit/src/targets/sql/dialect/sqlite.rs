//! SQLite. Whole numbers have 64 bits (beyond, it goes over to floats in silence, so wider ones are refused); no regular expressions.

use super::super::tree::Function;

/// A function on printed arguments.
pub fn call(function: Function, args: &[String]) -> String {
    let [a, b, c] = [args.first(), args.get(1), args.get(2)].map(|x| x.map_or("", String::as_str));
    match function {
        Function::Length => format!("length({a})"),
        Function::Position => format!("instr({a}, {b})"),
        Function::Replace => format!("replace({a}, {b}, {c})"),
        Function::Substring => format!("substr({a}, {b}, {c})"),
        Function::Filled => format!("CASE WHEN trim({a}, char({BLANKS})) <> '' THEN {a} END"),
        Function::Whole => format!("CAST({a} AS INTEGER)"),
        Function::Shown => format!("CAST({a} AS TEXT)"),
        // The lowering refuses what needs a pattern here.
        Function::Matches => format!("({a} REGEXP {b})"),
        Function::ReplacePattern => format!("regexp_replace({a}, {b}, {c})"),
        Function::IsDay => format!("({a} GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]' AND date({a}, '+0 days') IS {a})"),
        Function::AddDays => format!("date({a}, ({b}) || ' days')"),
        Function::AddMonths => format!("date({a}, ({b}) || ' months')"),
        // JSON's `true` comes as 1.
        Function::Quoted => format!("json_quote({a})"),
        Function::Truth => a.to_owned(),
        Function::Number => format!("CAST({a} AS INTEGER)"),
        Function::WideWhole => format!("CAST({a} AS INTEGER)"),
        Function::Remainder => format!("({a}) % {b}"),
        Function::IsDecimal => format!(
            "(ltrim(substr({a}, 1, 1), '-') || substr({a}, 2) NOT GLOB '*[^0-9.]*' AND {a} GLOB '*[0-9]' AND ltrim({a}, '-') GLOB '[0-9]*' \
             AND length({a}) - length(replace({a}, '.', '')) <= 1)"
        ),
        Function::NeedsJson => format!(
            "(SELECT '[' || COALESCE(group_concat(json_quote(k), ','), '') || ']' FROM \
             (SELECT replace(replace(replace(replace(j.value, '~j', ''), '~n', ''), '~1', '/'), '~0', '~') AS k FROM \
             json_each('[' || substr(replace(json_quote({a}), '/', '\",\"'), 1, length(replace(json_quote({a}), '/', '\",\"')) - 3) || ']') AS j \
             GROUP BY j.value ORDER BY min(j.key)))"
        ),
    }
}

/// The text at a JSON pointer.
pub fn at(steps: &[&str]) -> String {
    let step = |s: &&str| format!(".\"{}\"", s.replace('\'', "''"));
    format!("json_extract(doc, '${}')", steps.iter().map(step).collect::<String>())
}

/// The code points of white space.
const BLANKS: &str = "9, 10, 11, 12, 13, 32, 133, 160, 5760, 8192, 8193, 8194, 8195, 8196, 8197, 8198, 8199, 8200, 8201, 8202, 8203, 8232, 8233, 8239, 8287, 12288, 65279";

/// A member that is an object or array, as JSON.
pub fn json_at(steps: &[&str]) -> String {
    at(steps)
}

/// Whether an array holds a text.
pub fn array_has(key: &str) -> String {
    format!("EXISTS (SELECT 1 FROM json_each({{raw}}) WHERE value = '{}')", key.replace('\'', "''"))
}

/// Whether an array holds other texts than these.
pub fn array_beyond(keys: &str) -> String {
    format!("EXISTS (SELECT 1 FROM json_each({{raw}}) WHERE value NOT IN ({keys}))")
}

/// The number of members of an array.
pub const ARRAY_COUNT: &str = "json_array_length({raw})";

/// The case within the line.
pub const DOCUMENT: &str = "(SELECT CASE WHEN json_valid(bare) AND NOT (bare GLOB '*\\u[dD][89a-fA-F]*' AND EXISTS (SELECT 1 FROM json_tree(bare) AS t WHERE t.atom GLOB '*[' || char(55296) || '-' || char(57343) || ']*' OR t.key GLOB '*[' || char(55296) || '-' || char(57343) || ']*')) THEN COALESCE(json_extract(bare, '$.case'), bare) END FROM (SELECT CASE WHEN substr(text, 1, 1) = char(65279) THEN substr(text, 2) ELSE text END AS bare) AS lines)";

/// What the views call.
pub const PRELUDE: &str = "";

/// Every line as a tree of nodes.
pub const NODES: &str = r#"-- Every line as a tree: where each node stands (`*` for the items of lists), in the order of the text.
CREATE VIEW all_nodes AS
WITH RECURSIVE tree (line, place, parent, depth, of, name, pointer, type, value) AS (
  SELECT line, '', '', 1, '', '', '', json_type(doc), doc FROM documents WHERE doc IS NOT NULL
  UNION ALL
  SELECT
    tree.line,
    tree.place || substr('00000000' || member.id, -9) || '/',
    tree.place,
    tree.depth + 1,
    CASE tree.type WHEN 'object' THEN 'object' ELSE 'list' END,
    member.key,
    tree.pointer || '/' || CASE tree.type WHEN 'object' THEN replace(replace(member.key, '~', '~0'), '/', '~1') ELSE '*' END,
    member.type,
    member.value
  FROM tree, json_each(tree.value) AS member
  WHERE tree.type IN ('object', 'array') AND tree.depth < 66
)
SELECT
  line, place, parent, depth, of, name, pointer,
  CASE type WHEN 'array' THEN 'list' WHEN 'true' THEN 'truth' WHEN 'false' THEN 'truth' WHEN 'integer' THEN 'number' WHEN 'real' THEN 'number' ELSE type END AS type,
  CASE WHEN type IN ('integer', 'real') THEN abs(value) > 9007199254740991 OR value = CAST(value AS INTEGER) END AS whole,
  CASE WHEN type IN ('integer', 'real') THEN abs(value) > 9007199254740991 END AS beyond
FROM tree;"#;

/// The view that reads events.
pub const EVENTS: &str = "SELECT line, each.key AS place, json_extract(each.value, '$.stage') AS stage, json_extract(each.value, '$.outcome') AS outcome, json_extract(each.value, '$.at') AS moment\nFROM documents, json_each(CASE WHEN json_type(doc, '$.events') = 'array' THEN json_extract(doc, '$.events') ELSE '[]' END) AS each";
