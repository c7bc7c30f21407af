//! The dialects: what each can hold, and how it spells what others spell differently.
//!
//! In: a function of the tree and its printed arguments. Out: SQL text. Always: exact; what a dialect cannot hold it says in [`Holds`], and
//! the lowering refuses it there.

mod duckdb;
mod postgresql;
mod spark;
mod sqlite;
mod words;

use super::tree::{Function, Shape, Width};
use prog_base::entry;

/// A dialect of SQL.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Dialect {
    /// DuckDB 1.3 or newer.
    Duckdb,
    /// PostgreSQL 15 or newer.
    Postgresql,
    /// Spark SQL 4.
    Spark,
    /// SQLite 3.40 or newer.
    Sqlite,
}

/// What a dialect can hold.
#[derive(Clone, Copy, Debug)]
pub struct Holds {
    /// The widest whole number.
    pub width: Width,
}

impl Dialect {
    /// All dialects, in the order of their names.
    pub const ALL: [Dialect; 4] = [Dialect::Duckdb, Dialect::Postgresql, Dialect::Spark, Dialect::Sqlite];

    /// The word on the command line and the file's name.
    pub fn name(self) -> &'static str {
        match self {
            Dialect::Duckdb => "duckdb",
            Dialect::Postgresql => "postgresql",
            Dialect::Spark => "spark",
            Dialect::Sqlite => "sqlite",
        }
    }

    /// As people write it.
    pub fn title(self) -> &'static str {
        match self {
            Dialect::Duckdb => "DuckDB",
            Dialect::Postgresql => "PostgreSQL",
            Dialect::Spark => "Spark SQL",
            Dialect::Sqlite => "SQLite",
        }
    }

    /// What it can hold.
    pub fn holds(self) -> Holds {
        match self {
            Dialect::Duckdb | Dialect::Spark => Holds { width: Width::Wide },
            Dialect::Postgresql => Holds { width: Width::Vast },
            Dialect::Sqlite => Holds { width: Width::Small },
        }
    }

    /// A name, quoted.
    pub fn name_of(self, name: &str) -> String {
        match self {
            Dialect::Duckdb | Dialect::Postgresql | Dialect::Sqlite => format!("\"{}\"", name.replace('"', "\"\"")),
            // To Spark, "x" is a text.
            Dialect::Spark => format!("`{}`", name.replace('`', "``")),
        }
    }

    /// A text, quoted.
    pub fn text(self, text: &str) -> String {
        match self {
            Dialect::Duckdb | Dialect::Postgresql | Dialect::Sqlite => format!("'{}'", text.replace('\'', "''")),
            // Spark reads escapes within texts.
            Dialect::Spark => format!("'{}'", text.replace('\\', "\\\\").replace('\'', "\\'")),
        }
    }

    /// A type of columns.
    pub fn type_of(self, ty: ColumnType) -> &'static str {
        match (self, ty) {
            (Dialect::Spark, ColumnType::Text) => "STRING",
            (Dialect::Duckdb, ColumnType::Text) => "VARCHAR",
            (Dialect::Postgresql | Dialect::Sqlite, ColumnType::Text) => "TEXT",
            (Dialect::Sqlite, ColumnType::Whole) => "INTEGER",
            (Dialect::Duckdb | Dialect::Postgresql | Dialect::Spark, ColumnType::Whole) => "BIGINT",
            (_, ColumnType::Truth) => "BOOLEAN",
            (_, ColumnType::Broad) => self.wide(Width::Wide),
        }
    }

    /// A number of this width: what it is cast to before it is multiplied.
    pub fn wide(self, width: Width) -> &'static str {
        match (self, width) {
            (Dialect::Duckdb, Width::Small) => "BIGINT",
            (Dialect::Duckdb, _) => "HUGEINT",
            (Dialect::Postgresql, Width::Small) => "BIGINT",
            (Dialect::Postgresql, _) => "NUMERIC",
            (Dialect::Spark, Width::Small) => "BIGINT",
            (Dialect::Spark, _) => "DECIMAL(38, 0)",
            (Dialect::Sqlite, _) => "INTEGER",
        }
    }

    /// A function on printed arguments.
    pub fn call(self, function: Function, args: &[String]) -> String {
        match self {
            Dialect::Duckdb => duckdb::call(function, args),
            Dialect::Postgresql => postgresql::call(function, args),
            Dialect::Spark => spark::call(function, args),
            Dialect::Sqlite => sqlite::call(function, args),
        }
    }

    /// Whether a query that goes on step by step may look at other relations while it does.
    pub fn looks_back(self) -> bool {
        match self {
            Dialect::Duckdb | Dialect::Postgresql | Dialect::Sqlite => true,
            Dialect::Spark => false,
        }
    }

    /// What follows a text in `ORDER BY` so that its bytes decide.
    pub fn binary_order(self) -> &'static str {
        match self {
            Dialect::Postgresql => " COLLATE \"C\"",
            Dialect::Duckdb | Dialect::Spark | Dialect::Sqlite => "",
        }
    }

    /// The tables of packages, each with its columns and the query that reads it from lines.
    pub fn packages(self) -> [Filled; 3] {
        let queries = match self {
            Dialect::Duckdb => duckdb::PACKAGES,
            Dialect::Postgresql => postgresql::PACKAGES,
            Dialect::Spark => spark::PACKAGES,
            Dialect::Sqlite => sqlite::PACKAGES,
        };
        let columns = |texts: &[&'static str]| texts.iter().map(|name| (*name, ColumnType::Text)).collect::<Vec<_>>();
        let line = ("line", ColumnType::Whole);
        [
            ("packages", [vec![line], columns(&["stage", "moment", "sender"])].concat(), queries[0]),
            ("package_cases", [vec![line, ("place", ColumnType::Whole)], columns(&["id"])].concat(), queries[1]),
            ("package_reasons", [vec![line], columns(&["quota", "reason"])].concat(), queries[2]),
        ]
    }

    /// The text at a JSON pointer of the column `doc`: NULL where nothing stands there.
    pub fn at(self, steps: &[&str]) -> String {
        match self {
            Dialect::Duckdb => duckdb::at(steps),
            Dialect::Postgresql => postgresql::at(steps),
            Dialect::Spark => spark::at(steps),
            Dialect::Sqlite => sqlite::at(steps),
        }
    }

    /// A table with these columns and rows. What never changes is in Spark a view of its rows.
    pub fn table(self, name: &str, columns: &[(String, String)], rows: &[String]) -> String {
        if self == Dialect::Spark {
            let names: Vec<&str> = columns.iter().map(|(name, _)| name.as_str()).collect();
            if rows.is_empty() {
                let none: Vec<String> = columns.iter().map(|(name, ty)| format!("CAST(NULL AS {}) AS {name}", bare_type(ty))).collect();
                return format!("CREATE VIEW {name} AS\nSELECT {} WHERE 1 = 0;", none.join(", "));
            }
            return format!("CREATE VIEW {name} AS\nSELECT * FROM VALUES\n  {}\nAS t ({});", rows.join(",\n  "), names.join(", "));
        }
        let table = self.changing_table(name, columns);
        if rows.is_empty() { table } else { format!("{table}\nINSERT INTO {name} VALUES\n  {};", rows.join(",\n  ")) }
    }

    /// A table whose rows come and go. Spark's take no constraints, and names of Latin letters only: a view gives such a one its own name.
    pub fn changing_table(self, name: &str, columns: &[(String, String)]) -> String {
        let spark = self == Dialect::Spark;
        let typed = |(name, ty): &(String, String)| format!("{name} {}", if spark { bare_type(ty) } else { ty });
        let columns: Vec<String> = columns.iter().map(typed).collect();
        let columns = columns.join(",\n  ");
        if !spark {
            return format!("CREATE TABLE {name} (\n  {columns}\n);");
        }
        let latin = latin(name);
        let table = format!("CREATE TABLE {latin} (\n  {columns}\n) USING parquet;");
        if latin == name { table } else { format!("{table}\n\nCREATE VIEW {name} AS\nSELECT * FROM {latin};") }
    }

    /// The array at a JSON pointer, for the functions on arrays.
    pub fn json_at(self, steps: &[&str]) -> String {
        match self {
            Dialect::Duckdb => duckdb::json_at(steps),
            Dialect::Postgresql => postgresql::json_at(steps),
            Dialect::Spark => spark::json_at(steps),
            Dialect::Sqlite => sqlite::json_at(steps),
        }
    }

    /// The query of the items of an array: line, place, item.
    pub fn items_of(self, steps: &[&str]) -> String {
        match self {
            Dialect::Duckdb => duckdb::items_of(steps),
            Dialect::Postgresql => postgresql::items_of(steps),
            Dialect::Spark => spark::items_of(steps),
            Dialect::Sqlite => sqlite::items_of(steps),
        }
    }

    /// Whether the array `{raw}` holds a text.
    pub fn array_has(self, key: &str) -> String {
        match self {
            Dialect::Duckdb => duckdb::array_has(key),
            Dialect::Postgresql => postgresql::array_has(key),
            Dialect::Spark => spark::array_has(key),
            Dialect::Sqlite => sqlite::array_has(key),
        }
    }

    /// Whether the array `{raw}` holds other texts than these.
    pub fn array_beyond(self, keys: &[&str]) -> String {
        let keys: Vec<String> = keys.iter().map(|k| self.text(k)).collect();
        let keys = keys.join(", ");
        match self {
            Dialect::Duckdb => duckdb::array_beyond(&keys),
            Dialect::Postgresql => postgresql::array_beyond(&keys),
            Dialect::Spark => spark::array_beyond(&keys),
            Dialect::Sqlite => sqlite::array_beyond(&keys),
        }
    }

    /// The number of members of the array `{raw}`.
    pub fn array_count(self) -> &'static str {
        match self {
            Dialect::Duckdb => duckdb::ARRAY_COUNT,
            Dialect::Postgresql => postgresql::ARRAY_COUNT,
            Dialect::Spark => spark::ARRAY_COUNT,
            Dialect::Sqlite => sqlite::ARRAY_COUNT,
        }
    }

    /// Where lines are read from: in Spark with what [`Dialect::document`] looks at besides the text.
    pub fn lines(self) -> &'static str {
        if self == Dialect::Spark { spark::LINES } else { "cases" }
    }

    /// The columns of lines that documents keep.
    pub fn line_columns(self) -> &'static str {
        if self == Dialect::Spark { "line, text, bare, json, strict, deep" } else { "line, text" }
    }

    /// The code of a line that is no document: not JSON. Spark reads no object in which a member stands twice either.
    pub fn broken(self, not_json: &str, twice: &str) -> String {
        match self {
            Dialect::Spark => format!("CASE WHEN json AND strict THEN '{twice}' ELSE '{not_json}' END"),
            Dialect::Duckdb | Dialect::Postgresql | Dialect::Sqlite => format!("'{not_json}'"),
        }
    }

    /// Whether a document's brackets nest deeper than a case may.
    pub fn too_deep(self) -> &'static str {
        if self == Dialect::Spark { "deep > 64" } else { "heads.depth > 64" }
    }

    /// The case within the column `text`; NULL where that is no JSON.
    pub fn document(self) -> &'static str {
        match self {
            Dialect::Duckdb => duckdb::DOCUMENT,
            Dialect::Postgresql => postgresql::DOCUMENT,
            Dialect::Spark => spark::DOCUMENT,
            Dialect::Sqlite => sqlite::DOCUMENT,
        }
    }

    /// Whether the column `text` opens more brackets than may nest before it says anything else: such a one is too deep even if it breaks off.
    pub fn dives(self) -> String {
        let pattern = self.text(DIVES);
        match self {
            Dialect::Duckdb => format!("regexp_matches(text, {pattern})"),
            Dialect::Postgresql => format!("text ~ {pattern}"),
            Dialect::Spark => format!("text RLIKE {pattern}"),
            // Without patterns: lists within lists.
            Dialect::Sqlite => {
                let blanks = ["' '", "char(9)", "char(10)", "char(13)", "char(65279)"];
                let bare = blanks.iter().fold("text".to_owned(), |inner, blank| format!("replace({inner}, {blank}, '')"));
                format!("substr({bare}, 1, 65) = '{}'", "[".repeat(65))
            }
        }
    }

    /// What ends a query whose columns must be worked out once, wherever they are used.
    pub fn fence(self) -> &'static str {
        match self {
            Dialect::Postgresql => " OFFSET 0",
            Dialect::Sqlite => " LIMIT -1 OFFSET 0",
            // These work out alike expressions once.
            Dialect::Duckdb | Dialect::Spark => "",
        }
    }

    /// The bytes of the column `text`.
    pub fn bytes(self) -> &'static str {
        match self {
            Dialect::Duckdb => "strlen(text)",
            Dialect::Postgresql | Dialect::Spark => "octet_length(text)",
            Dialect::Sqlite => "length(CAST(text AS BLOB))",
        }
    }

    /// Where a document's own members are found.
    pub fn top(self) -> &'static str {
        if self == Dialect::Spark { "top_nodes" } else { "nodes" }
    }

    /// The view `nodes`: every line as a tree. In Spark, where each level is a task of its own, no deeper than anything may stand: what is
    /// below stands within what is refused already.
    pub fn nodes(self, levels: usize) -> String {
        match self {
            Dialect::Duckdb => duckdb::NODES.to_owned(),
            Dialect::Postgresql => postgresql::NODES.to_owned(),
            Dialect::Spark => format!("{}\n\n{}", spark::TOP, spark::NODES.replace("{levels}", &levels.to_string())),
            Dialect::Sqlite => sqlite::NODES.to_owned(),
        }
    }

    /// What stands at a JSON pointer, whatever it is; NULL where nothing does.
    pub fn member(self, steps: &[&str]) -> String {
        match self {
            Dialect::Duckdb | Dialect::Postgresql | Dialect::Sqlite => self.at(steps),
            Dialect::Spark => self.at(steps).replace("'string')", "'variant')"),
        }
    }

    /// The query that reads events from lines.
    pub fn events(self) -> &'static str {
        match self {
            Dialect::Duckdb => duckdb::EVENTS,
            Dialect::Postgresql => postgresql::EVENTS,
            Dialect::Spark => spark::EVENTS,
            Dialect::Sqlite => sqlite::EVENTS,
        }
    }

    /// Texts of those of a group that pass a test, one after another, in the order of a column.
    pub fn joined(self, text: &str, by: &str, only: &str) -> String {
        match self {
            Dialect::Duckdb | Dialect::Postgresql => format!("string_agg({text}, '' ORDER BY {by}) FILTER (WHERE {only})"),
            // The rows come in that order; older releases take no ORDER BY here.
            Dialect::Sqlite => format!("group_concat({text}, '') FILTER (WHERE {only})"),
            Dialect::Spark => format!(
                "array_join(transform(array_sort(collect_list(struct({by} AS place, {text} AS text)) FILTER (WHERE {only})), s -> s.text), '')"
            ),
        }
    }

    /// Functions that the views call.
    pub fn prelude(self) -> &'static str {
        match self {
            Dialect::Duckdb => duckdb::PRELUDE,
            Dialect::Postgresql => postgresql::PRELUDE,
            Dialect::Spark => spark::PRELUDE,
            Dialect::Sqlite => sqlite::PRELUDE,
        }
    }

    /// Functions that only some programmes call: those that this text does.
    pub fn functions_of(self, text: &str) -> Vec<String> {
        let called = |punctuation: &bool| text.contains(&format!("{}(", words::name(*punctuation)));
        [true, false].into_iter().filter(called).filter_map(|punctuation| words::function(self, punctuation)).collect()
    }

    /// `AS`, where a common table expression is used more than once and costly.
    pub fn materialized(self) -> &'static str {
        match self {
            Dialect::Spark => "AS",
            Dialect::Duckdb | Dialect::Postgresql | Dialect::Sqlite => "AS MATERIALIZED",
        }
    }

    /// `AS`, where a common table expression must not be folded into its user.
    pub fn once(self) -> &'static str {
        match self {
            Dialect::Duckdb | Dialect::Spark => "AS",
            // Folding would write every shared part out again in each place.
            Dialect::Postgresql | Dialect::Sqlite => "AS MATERIALIZED",
        }
    }
}

/// The query for the working day so many places after the last one up to a day, in any dialect that has the table.
fn working_day(day: &str, places: &str) -> String {
    format!(
        "(SELECT max(there.day) FROM working_days AS here JOIN working_days AS there ON there.nth = here.nth + {places} \
         WHERE here.day = {day} AND there.worked)"
    )
}

/// A table's name, its columns, and the query that it is filled from.
pub type Filled = (&'static str, Vec<(&'static str, ColumnType)>, &'static str);

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ColumnType {
    /// A text, a key of a closed list, a day.
    Text,
    /// A whole number of 64 bits.
    Whole,
    /// A whole number of 38 digits, if the dialect has such.
    Broad,
    /// Yes or no.
    Truth,
}

/// A pattern with `\uXXXX` written as characters: engines differ on the escape.
fn written_out(pattern: &str) -> String {
    let mut out = String::new();
    let mut rest = pattern;
    while let Some(at) = rest.find("\\u") {
        let (before, after) = rest.split_at(at);
        out.push_str(before);
        let code = after.get(2..6).and_then(|hex| u32::from_str_radix(hex, 16).ok()).and_then(char::from_u32);
        out.extend(code);
        rest = after.get(6..).unwrap_or("");
    }
    out + rest
}

/// A point in time, but for the day in it.
const MOMENT: &str = "^.{10}T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]([.][0-9]{1,9})?(Z|[+-]([01][0-9]|2[0-3]):[0-5][0-9])$";

/// Sixty-five brackets, each the first thing within the one before.
const DIVES: &str = r#"^[ \t\r\n]*((\[|\{[ \t\r\n]*"([^"\\]|\\.)*"[ \t\r\n]*:)[ \t\r\n]*){64}[\[{]"#;

/// The pattern of a shape, as a quoted text.
fn pattern(dialect: Dialect, shape: Shape) -> String {
    dialect.text(&written_out(match shape {
        Shape::Email => entry::EMAIL,
        Shape::Phone => entry::PHONE,
        Shape::Mobile => entry::MOBILE,
        Shape::Postcode => entry::POSTCODE,
        Shape::Url => entry::URL,
    }))
}

/// A text as JSON.
fn json_text(text: &str) -> String {
    crate::json::compact(&crate::json::Json::from(text))
}

/// A type without its constraints.
fn bare_type(ty: &str) -> &str {
    let ends = [" PRIMARY", " NOT NULL", " DEFAULT", " CHECK"].iter().filter_map(|word| ty.find(word));
    &ty[..ends.min().unwrap_or(ty.len())]
}

/// A name of Latin letters, digits and `_`, told apart by a hash where that is not enough.
fn latin(name: &str) -> String {
    let bare = name.trim_matches('`').replace(' ', "_");
    let fits = |c: char| c.is_ascii_alphanumeric() || c == '_';
    if bare.chars().all(fits) {
        return if bare == name { bare } else { format!("{bare}_table") };
    }
    let kept: String = bare.chars().filter(|c| fits(*c)).collect();
    format!("{kept}{}", &crate::names::hex(name.as_bytes())[..8])
}
