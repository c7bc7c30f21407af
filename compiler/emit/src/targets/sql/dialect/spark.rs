//! Spark SQL. Texts in double quotes are texts, so names stand in backticks; 38 digits are DECIMAL(38, 0).

use super::super::tree::{Function, Width};

/// A function on printed arguments.
pub fn call(function: Function, args: &[String]) -> String {
    let [a, b, c] = [args.first(), args.get(1), args.get(2)].map(|x| x.map_or("", String::as_str));
    match function {
        Function::Length => format!("length({a})"),
        Function::Position => format!("instr({a}, {b})"),
        Function::Replace => format!("replace({a}, {b}, {c})"),
        Function::Substring => format!("substr({a}, {b}, {c})"),
        Function::Filled => format!("CASE WHEN trim(BOTH {BLANKS} FROM {a}) <> '' THEN {a} END"),
        Function::Whole => format!("CAST({a} AS BIGINT)"),
        Function::Shown => format!("CAST({a} AS STRING)"),
        Function::Shaped(shape) => format!("({a} RLIKE {})", to_the_end(&super::pattern(super::Dialect::Spark, shape))),
        Function::IsMoment => {
            let day = call(Function::IsDay, &[format!("substr({a}, 1, 10)")]);
            format!("({day} AND {a} RLIKE '{}')", to_the_end(super::MOMENT))
        }
        Function::DayNumber => format!("CAST(unix_date(CAST({a} AS DATE)) AS BIGINT)"),
        Function::IsDay => format!("({a} RLIKE '^[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}$' AND TRY_CAST({a} AS DATE) IS NOT NULL)"),
        Function::AddDays => format!("CAST(date_add(CAST({a} AS DATE), CAST({b} AS INT)) AS STRING)"),
        Function::AddMonths => format!("CAST(add_months(CAST({a} AS DATE), CAST({b} AS INT)) AS STRING)"),
        Function::WorkingDay => super::working_day(a, b),
        Function::Quoted => format!("regexp_replace(to_json(array({a})), '^.|.$', '')"),
        Function::Truth => format!("CAST({a} AS BOOLEAN)"),
        Function::Number => format!("CAST(CAST({a} AS DECIMAL(38, 10)) AS BIGINT)"),
        Function::WideWhole => format!("CAST({a} AS DECIMAL(38, 0))"),
        Function::Broad => format!("CAST({a} AS {})", super::Dialect::Spark.wide(Width::Wide)),
        Function::Remainder => format!("({a}) % {b}"),
        Function::IsDecimal => format!("({a} RLIKE '^-?[0-9]+([.][0-9]+)?$')"),
        Function::WordCount { punctuation } => super::words::replaced(super::Dialect::Spark, a, punctuation),
        Function::CharacterCount => format!("char_length(replace({a}, concat(chr(13), chr(10)), chr(10)))"),
        Function::NeedsJson => format!(
            "to_json(transform(array_distinct(filter(split({a}, '/'), k -> k <> '')), \
             k -> replace(replace(replace(replace(replace(k, '~j', ''), '~n', ''), '~e', ''), '~1', '/'), '~0', '~')))"
        ),
    }
}

/// A pattern whose `$` does not let a newline pass.
fn to_the_end(pattern: &str) -> String {
    pattern.replace('$', "\\\\z")
}

/// The text at a JSON pointer.
pub fn at(steps: &[&str]) -> String {
    let step = |s: &&str| format!("[\"{}\"]", s.replace('\\', "\\\\").replace('\'', "\\'").replace('"', "\\\\\""));
    format!("try_variant_get(doc, '${}', 'string')", steps.iter().map(step).collect::<String>())
}

/// White space, as a text.
const BLANKS: &str = r"'\u0009\u000a\u000b\u000c\u000d\u0020\u0085\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u200b\u2028\u2029\u202f\u205f\u3000\ufeff'";

/// A member that is an array, as an array of texts.
pub fn json_at(steps: &[&str]) -> String {
    at(steps).replace("'string')", "'array<string>')")
}

/// Whether an array holds a text.
pub fn array_has(key: &str) -> String {
    format!("array_contains({{raw}}, {})", super::Dialect::Spark.text(key))
}

/// Whether an array holds other texts than these.
pub fn array_beyond(keys: &str) -> String {
    format!("exists({{raw}}, k -> k NOT IN ({keys}))")
}

/// The number of members of an array.
pub const ARRAY_COUNT: &str = "CAST(size({raw}) AS BIGINT)";

/// The lines, each with its text without the mark that some editors put before it, whether that is JSON, and how deep its brackets nest.
///
/// One look alone would let pass what follows the first value: as the only item of a list and the only member of an object, nothing can
/// follow. Halves of characters, which Spark would read as `?`, are looked for in the text itself. Spark reads quotes of any kind and line
/// ends within texts, which a variant then refuses, as it does members that stand twice: hence `strict`.
pub const LINES: &str = r#"(
  SELECT
    line, text, bare,
    json_array_length('[' || bare || ']') <=> 1 AND json_object_keys('{"a":' || bare || '}') <=> array('a') AND NOT (
      bare RLIKE '\\\\u[dD][89a-fA-F]'
      AND regexp_replace(replace(bare, '\\\\', ''), '\\\\u[dD][89abAB][0-9a-fA-F]{2}\\\\u[dD][c-fC-F][0-9a-fA-F]{2}', '') RLIKE '\\\\u[dD][89a-fA-F]'
    ) AS json,
    NOT frame RLIKE '["\']' AS strict,
    CASE WHEN length(frame) - length(translate(frame, '[{', '')) > 64 THEN aggregate(
      split(regexp_replace(frame, '[^\\[\\]{}]', ''), ''),
      named_struct('now', 0, 'most', 0),
      (a, c) -> CASE
        WHEN c IN ('[', '{') THEN named_struct('now', a.now + 1, 'most', greatest(a.most, a.now + 1))
        WHEN c IN (']', '}') THEN named_struct('now', a.now - 1, 'most', a.most)
        ELSE a
      END,
      a -> a.most
    ) ELSE 0 END AS deep
  FROM (
    SELECT *, regexp_replace(bare, '"[^"\\\\\\x00-\\x1f]*+(?:\\\\.[^"\\\\\\x00-\\x1f]*+)*+"', '') AS frame
    FROM (SELECT line, text, regexp_replace(text, '^\\ufeff', '') AS bare FROM cases) AS lines
  ) AS lines
) AS lines"#;

/// The case within the line.
pub const DOCUMENT: &str =
    "CASE WHEN json THEN COALESCE(try_variant_get(try_parse_json(bare), '$.case', 'variant'), try_parse_json(bare)) END";

/// What the views call.
pub const PRELUDE: &str = "-- A tree of nodes has many rows.\nSET spark.sql.cteRecursionRowLimit = -1;";

/// Every line as a tree of nodes. A variant keeps the members of an object in the order of their names, so the order of the text is looked up.
pub const NODES: &str = r#"-- Every line as a tree: where each node stands (`*` for the items of lists), in the order of the text.
CREATE VIEW all_nodes AS
WITH RECURSIVE tree (line, place, parent, depth, of, name, pointer, type, value, names, parts) AS (
  SELECT
    line, '', '', 1, '', '', '', schema_of_variant(doc), doc,
    map_keys(from_json(raw, 'map<string,string>')),
    COALESCE(map_values(from_json(raw, 'map<string,string>')), from_json(raw, 'array<string>'))
  FROM (SELECT line, doc, COALESCE(get_json_object(bare, '$.case'), bare) AS raw FROM documents WHERE doc IS NOT NULL) AS whole
  UNION ALL
  SELECT
    line,
    place || lpad(CAST(at AS STRING), 9, '0') || '/',
    place,
    depth + 1,
    CASE WHEN names IS NULL THEN 'list' ELSE 'object' END,
    COALESCE(key, CAST(pos AS STRING)),
    pointer || '/' || CASE WHEN names IS NULL THEN '*' ELSE replace(replace(key, '~', '~0'), '/', '~1') END,
    schema_of_variant(value),
    value,
    CASE WHEN startswith(schema_of_variant(value), 'OBJECT') THEN map_keys(from_json(part, 'map<string,string>')) END,
    CASE
      WHEN startswith(schema_of_variant(value), 'OBJECT') THEN map_values(from_json(part, 'map<string,string>'))
      WHEN startswith(schema_of_variant(value), 'ARRAY') THEN from_json(part, 'array<string>')
    END
  FROM (
    SELECT *, try_element_at(parts, CAST(at AS INT)) AS part
    FROM (
      SELECT
        tree.line, tree.place, tree.depth, tree.pointer, tree.names, tree.parts, member.pos, member.key, member.value,
        CASE WHEN tree.names IS NULL THEN member.pos + 1 ELSE array_position(tree.names, member.key) END AS at
      FROM tree, LATERAL variant_explode(tree.value) AS member
      WHERE (startswith(tree.type, 'OBJECT') OR startswith(tree.type, 'ARRAY')) AND tree.depth <= {levels}
    ) AS placed
  ) AS members
)
SELECT
  line, place, parent, depth, of, name, pointer,
  CASE WHEN startswith(type, 'OBJECT') THEN 'object' WHEN startswith(type, 'ARRAY') THEN 'list' WHEN type = 'STRING' THEN 'text' WHEN type = 'BOOLEAN' THEN 'truth' WHEN type = 'VOID' THEN 'null' ELSE 'number' END AS type,
  CASE WHEN type = 'BIGINT' OR type = 'DOUBLE' OR startswith(type, 'DECIMAL') THEN abs(try_variant_get(value, '$', 'double')) > 9007199254740991 OR try_variant_get(value, '$', 'double') % 1 = 0 END AS whole,
  CASE WHEN type = 'BIGINT' OR type = 'DOUBLE' OR startswith(type, 'DECIMAL') THEN abs(try_variant_get(value, '$', 'double')) > 9007199254740991 END AS beyond
FROM tree;"#;

/// The first two levels of the tree, without going on: whoever asks for no more need not wait for the rest.
pub const TOP: &str = r#"-- The document itself and its members.
CREATE VIEW top_nodes AS
SELECT
  line, depth, of, parent, name, pointer, place,
  CASE WHEN startswith(type, 'OBJECT') THEN 'object' WHEN startswith(type, 'ARRAY') THEN 'list' WHEN type = 'STRING' THEN 'text' WHEN type = 'BOOLEAN' THEN 'truth' WHEN type = 'VOID' THEN 'null' ELSE 'number' END AS type
FROM (
  SELECT line, 1 AS depth, '' AS of, '' AS parent, '' AS name, '' AS pointer, '' AS place, schema_of_variant(doc) AS type
  FROM documents WHERE doc IS NOT NULL
  UNION ALL
  SELECT line, 2, 'object', '', member.key, '/' || replace(replace(member.key, '~', '~0'), '/', '~1'), member.key || '/', schema_of_variant(member.value)
  FROM documents, LATERAL variant_explode(doc) AS member
  WHERE startswith(schema_of_variant(doc), 'OBJECT')
) AS nodes;"#;

/// The items of an array, each as a document of its own.
pub fn items_of(steps: &[&str]) -> String {
    let array = at(steps).replace("'string')", "'variant')");
    format!(
        "SELECT line, CAST(each.pos AS BIGINT) AS place, each.value AS item\n  FROM documents, LATERAL variant_explode({array}) AS each"
    )
}

/// The view that reads events.
pub const EVENTS: &str = "SELECT line, CAST(each.pos AS BIGINT) AS place, try_variant_get(each.value, '$.stage', 'string') AS stage, try_variant_get(each.value, '$.outcome', 'string') AS outcome, try_variant_get(each.value, '$.at', 'string') AS moment\nFROM documents, LATERAL variant_explode(try_variant_get(doc, '$.events', 'variant')) AS each";

/// The queries that read packages, the cases they name, and their reasons.
pub const PACKAGES: [&str; 3] = [
    "SELECT\n  line,\n  try_variant_get(doc, '$.package.stage', 'string') AS stage,\n  try_variant_get(doc, '$.package.at', 'string') AS moment,\n  CASE\n    WHEN startswith(schema_of_variant(try_variant_get(doc, '$.package.key', 'variant')), 'OBJECT')\n    THEN NULLIF(array_join(map_values(try_variant_get(doc, '$.package.key', 'map<string,string>')), chr(31)), '')\n    ELSE try_variant_get(doc, '$.package.key', 'string')\n  END AS sender\nFROM documents\nWHERE try_variant_get(doc, '$.package', 'variant') IS NOT NULL",
    "SELECT line, CAST(each.place AS BIGINT) AS place, each.id\nFROM documents LATERAL VIEW posexplode(try_variant_get(doc, '$.package.cases', 'array<string>')) each AS place, id",
    "SELECT line, each.quota, each.reason\nFROM documents LATERAL VIEW explode(try_variant_get(doc, '$.package.reasons', 'map<string,string>')) each AS quota, reason\nWHERE trim(BOTH '\\u0009\\u000a\\u000d\\u0020\\u3000' FROM each.reason) <> ''",
];
