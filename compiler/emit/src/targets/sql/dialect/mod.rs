//! The dialects: what each can hold, and how it spells what others spell differently.
//!
//! In: a function of the tree and its printed arguments. Out: SQL text. Always: exact; what a dialect cannot hold it says in [`Holds`], and
//! the lowering refuses it there.

mod duckdb;
mod postgresql;
mod spark;
mod sqlite;

use super::tree::{Function, Width};

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
    /// Regular expressions.
    pub patterns: bool,
    /// Months added with the end of the month clipped.
    pub months: bool,
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
            Dialect::Duckdb | Dialect::Spark => Holds { width: Width::Wide, patterns: true, months: true },
            Dialect::Postgresql => Holds { width: Width::Vast, patterns: true, months: true },
            Dialect::Sqlite => Holds { width: Width::Small, patterns: false, months: false },
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

    /// The text at a JSON pointer of the column `doc`: NULL where nothing stands there.
    pub fn at(self, steps: &[&str]) -> String {
        match self {
            Dialect::Duckdb => duckdb::at(steps),
            Dialect::Postgresql => postgresql::at(steps),
            Dialect::Spark => spark::at(steps),
            Dialect::Sqlite => sqlite::at(steps),
        }
    }

    /// A table with these columns and rows. Spark keeps none without a catalogue: there it is a view of its rows.
    pub fn table(self, name: &str, columns: &[(String, String)], rows: &[String]) -> String {
        if self == Dialect::Spark {
            let names: Vec<&str> = columns.iter().map(|(name, _)| name.as_str()).collect();
            if rows.is_empty() {
                let none: Vec<String> = columns.iter().map(|(name, ty)| format!("CAST(NULL AS {}) AS {name}", first_word(ty))).collect();
                return format!("CREATE VIEW {name} AS\nSELECT {} WHERE 1 = 0;", none.join(", "));
            }
            return format!("CREATE VIEW {name} AS\nSELECT * FROM VALUES\n  {}\nAS t ({});", rows.join(",\n  "), names.join(", "));
        }
        let columns: Vec<String> = columns.iter().map(|(name, ty)| format!("{name} {ty}")).collect();
        let table = format!("CREATE TABLE {name} (\n  {}\n);", columns.join(",\n  "));
        if rows.is_empty() { table } else { format!("{table}\nINSERT INTO {name} VALUES\n  {};", rows.join(",\n  ")) }
    }

    /// A table that is filled from the view of its name; in Spark that view itself, which must stand before it.
    pub fn filled_table(self, name: &str, load: &str, columns: &[(String, String)]) -> String {
        match self {
            Dialect::Spark => format!("CREATE VIEW {name} AS\nSELECT * FROM {load};"),
            Dialect::Duckdb | Dialect::Postgresql | Dialect::Sqlite => self.table(name, columns, &[]),
        }
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

    /// The case within the column `text`; NULL where that is no JSON.
    pub fn document(self) -> &'static str {
        match self {
            Dialect::Duckdb => duckdb::DOCUMENT,
            Dialect::Postgresql => postgresql::DOCUMENT,
            Dialect::Spark => spark::DOCUMENT,
            Dialect::Sqlite => sqlite::DOCUMENT,
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

    /// The view `nodes`: every line as a tree.
    pub fn nodes(self) -> &'static str {
        match self {
            Dialect::Duckdb => duckdb::NODES,
            Dialect::Postgresql => postgresql::NODES,
            Dialect::Spark => spark::NODES,
            Dialect::Sqlite => sqlite::NODES,
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

    /// Texts of a group one after another, in the order of lines.
    pub fn joined(self, text: &str) -> String {
        match self {
            Dialect::Duckdb | Dialect::Postgresql => format!("string_agg({text}, '' ORDER BY line)"),
            // The rows come in the order of lines; older releases take no ORDER BY here.
            Dialect::Sqlite => format!("group_concat({text}, '')"),
            Dialect::Spark => {
                format!("array_join(transform(array_sort(collect_list(struct(line AS line, {text} AS text))), s -> s.text), '')")
            }
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

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ColumnType {
    /// A text, a key of a closed list, a day.
    Text,
    /// A whole number of 64 bits.
    Whole,
    /// Yes or no.
    Truth,
}

/// A text as JSON.
fn json_text(text: &str) -> String {
    crate::json::compact(&crate::json::Json::from(text))
}

/// A type without its constraints.
fn first_word(ty: &str) -> &str {
    ty.split(' ').next().unwrap_or(ty)
}
