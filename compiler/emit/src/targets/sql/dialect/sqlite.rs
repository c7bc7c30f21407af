//! SQLite. Whole numbers have 64 bits (beyond, it goes over to floats in silence, so wider ones are refused); no regular expressions.

use super::super::tree::{Function, Shape, Width};

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
        Function::Shaped(shape) => shaped(shape, a),
        Function::IsMoment => {
            let day = call(Function::IsDay, &[format!("substr({a}, 1, 10)")]);
            let rest = format!("substr({a}, 20)");
            let offset = format!("CASE WHEN {rest} GLOB '.[0-9]*' THEN ltrim(substr({rest}, 2), '0123456789') ELSE {rest} END");
            format!(
                "({day} AND substr({a}, 11, 9) GLOB 'T[0-2][0-9]:[0-5][0-9]:[0-5][0-9]' AND substr({a}, 12, 2) < '24' \
                 AND ({offset} = 'Z' OR {offset} GLOB '[+-][0-2][0-9]:[0-5][0-9]' AND substr({offset}, 2, 2) < '24') \
                 AND length({rest}) - length({offset}) <= 10)"
            )
        }
        Function::DayNumber => format!("CAST(julianday({a}) - 2440587.5 AS INTEGER)"),
        Function::IsDay => format!("({a} GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]' AND date({a}, '+0 days') IS {a})"),
        Function::AddDays => format!("date({a}, ({b}) || ' days')"),
        // A day that the month does not have runs into the next: then the last of the month is the earlier.
        Function::AddMonths => {
            format!("min(date({a}, ({b}) || ' months'), date({a}, 'start of month', ({b}) || ' months', '+1 month', '-1 day'))")
        }
        // JSON's `true` comes as 1.
        Function::WorkingDay => super::working_day(a, b),
        Function::Quoted => format!("json_quote({a})"),
        Function::Truth => a.to_owned(),
        Function::Number => format!("CAST({a} AS INTEGER)"),
        Function::WideWhole => format!("CAST({a} AS INTEGER)"),
        Function::Broad => format!("CAST({a} AS {})", super::Dialect::Sqlite.wide(Width::Wide)),
        Function::Remainder => format!("({a}) % {b}"),
        Function::IsDecimal => format!(
            "(ltrim(substr({a}, 1, 1), '-') || substr({a}, 2) NOT GLOB '*[^0-9.]*' AND {a} GLOB '*[0-9]' AND ltrim({a}, '-') GLOB '[0-9]*' \
             AND length({a}) - length(replace({a}, '.', '')) <= 1)"
        ),
        Function::WordCount { punctuation } => super::words::walked(a, punctuation),
        Function::CharacterCount => format!("length(replace({a}, char(13, 10), char(10)))"),
        Function::NeedsJson => format!(
            "(SELECT '[' || COALESCE(group_concat(json_quote(k), ','), '') || ']' FROM \
             (SELECT replace(replace(replace(replace(replace(j.value, '~j', ''), '~n', ''), '~e', ''), '~1', '/'), '~0', '~') AS k FROM \
             json_each('[' || substr(replace(json_quote({a}), '/', '\",\"'), 1, length(replace(json_quote({a}), '/', '\",\"')) - 3) || ']') AS j \
             GROUP BY j.value ORDER BY min(j.key)))"
        ),
    }
}

/// Whether a text has the shape of an entry, without regular expressions.
fn shaped(shape: Shape, a: &str) -> String {
    let digits = |n: usize| "[0-9]".repeat(n);
    let no_blanks = format!("{a} NOT GLOB '*[' || char({BLANKS_OF_PATTERNS}) || ']*'");
    match shape {
        // One @, not first; in what follows a dot that is neither first nor last.
        Shape::Email => format!(
            "(length({a}) - length(replace({a}, '@', '')) = 1 AND instr({a}, '@') > 1 \
             AND instr(substr({a}, instr({a}, '@') + 2, max(0, length({a}) - instr({a}, '@') - 2)), '.') > 0 AND {no_blanks})"
        ),
        // Digits with single marks between them.
        Shape::Phone => {
            let bare = format!("CASE WHEN {a} GLOB '[+(]*' THEN substr({a}, 2) ELSE {a} END");
            let marks = ["' '", "'('", "')'", "'-'"];
            let count = marks.iter().fold(bare.clone(), |inner, mark| format!("replace({inner}, {mark}, '')"));
            format!(
                "({bare} GLOB '[0-9]*[0-9]' AND {bare} NOT GLOB '*[^0-9 ()-]*' AND {bare} NOT GLOB '*[ ()-][ ()-]*' AND length({count}) BETWEEN 5 AND 24)"
            )
        }
        Shape::Mobile => format!("({a} GLOB '1[3-9]{}')", digits(9)),
        Shape::Postcode => format!("({a} GLOB '{}')", digits(6)),
        Shape::Url => format!("(({a} GLOB 'http://?*' OR {a} GLOB 'https://?*') AND {no_blanks})"),
    }
}

/// The code points of white space in patterns.
const BLANKS_OF_PATTERNS: &str = "9, 10, 11, 12, 13, 32, 160, 5760, 8192, 8193, 8194, 8195, 8196, 8197, 8198, 8199, 8200, 8201, 8202, 8232, 8233, 8239, 8287, 12288, 65279";

/// The text at a JSON pointer.
pub fn at(steps: &[&str]) -> String {
    // What is neither object nor array has been taken out of its JSON already.
    if steps.is_empty() {
        return "doc".to_owned();
    }
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

/// The items of an array, each as a document of its own.
pub fn items_of(steps: &[&str]) -> String {
    let array = at(steps);
    let path = array.trim_start_matches("json_extract(doc, ").trim_end_matches(')');
    format!(
        "SELECT line, each.key AS place, each.value AS item\n  FROM documents, json_each(CASE WHEN json_type(doc, {path}) = 'array' THEN {array} ELSE '[]' END) AS each"
    )
}

/// The view that reads events.
pub const EVENTS: &str = "SELECT line, each.key AS place, json_extract(each.value, '$.stage') AS stage, json_extract(each.value, '$.outcome') AS outcome, json_extract(each.value, '$.at') AS moment\nFROM documents, json_each(CASE WHEN json_type(doc, '$.events') = 'array' THEN json_extract(doc, '$.events') ELSE '[]' END) AS each";

/// The queries that read packages, the cases they name, and their reasons.
pub const PACKAGES: [&str; 3] = [
    "SELECT\n  line,\n  NULLIF(json_extract(doc, '$.package.stage'), '') AS stage,\n  json_extract(doc, '$.package.at') AS moment,\n  CASE json_type(doc, '$.package.key')\n    WHEN 'object' THEN (\n      SELECT group_concat(CASE WHEN each.type IN ('true', 'false') THEN each.type ELSE CAST(each.value AS TEXT) END, char(31))\n      FROM json_each(doc, '$.package.key') AS each\n    )\n    WHEN 'true' THEN 'true'\n    WHEN 'false' THEN 'false'\n    ELSE CAST(json_extract(doc, '$.package.key') AS TEXT)\n  END AS sender\nFROM documents\nWHERE json_type(doc, '$.package') IS NOT NULL",
    "SELECT line, each.key AS place, each.value AS id\nFROM documents, json_each(CASE WHEN json_type(doc, '$.package.cases') = 'array' THEN json_extract(doc, '$.package.cases') ELSE '[]' END) AS each",
    "SELECT line, each.key AS quota, each.value AS reason\nFROM documents, json_each(CASE WHEN json_type(doc, '$.package.reasons') = 'object' THEN json_extract(doc, '$.package.reasons') ELSE '{}' END) AS each\nWHERE trim(each.value, char(9, 10, 13, 32, 12288)) <> ''",
];
