//! What the items of a list come to: a join with its table, layers over its items, aggregates by line; and how layers are written.
//!
//! In: layers of a case or of a group. Out: common table expressions. Always: a case without items has a row too, in which `place` is NULL.

use super::dialect::Dialect;
use super::node::{Layer, Layers};
use super::print::scalar;
use super::tree::{Function, Sql, call, column, compare, int, text};
use std::collections::BTreeSet;

/// Where items come from.
#[derive(Clone, Debug)]
pub enum Source {
    /// A table with `line` and `place`.
    Table(String),
    /// Values of a closed list that stand in a set, written `/a/b/`.
    Choices(Vec<String>, Sql),
}

/// Aggregates over the items of a list.
#[derive(Clone, Debug)]
pub struct Fold {
    /// Its number among those of a track.
    pub number: usize,
    /// The list.
    pub from: Source,
    /// Columns of each item, over those of its table and of the case.
    pub layers: Vec<Layer>,
    /// Name and text of each aggregate.
    pub columns: Vec<(String, String)>,
}

/// What the names of an item's own columns begin with.
pub const ITEM: &str = "item";

/// Whether a column is one of the item.
fn of_item(name: &str) -> bool {
    name == "place" || name.strip_prefix(ITEM).is_some_and(|rest| rest.starts_with('/'))
}

impl Fold {
    /// Shows every scalar.
    pub fn visit(&self, see: &mut dyn FnMut(&Sql)) {
        self.layers.iter().flat_map(|layer| &layer.columns).for_each(|(_, sql)| see(sql));
        if let Source::Choices(_, set) = &self.from {
            see(set);
        }
    }

    /// Columns that are not worked out here: of the case, and of the item.
    pub fn used(&self) -> (BTreeSet<String>, BTreeSet<String>) {
        let mut all = BTreeSet::new();
        self.visit(&mut |sql| {
            sql.visit(&mut |part| {
                if let Sql::Column(name) = part {
                    all.insert(name.clone());
                }
            });
        });
        for (name, _) in self.layers.iter().flat_map(|layer| &layer.columns) {
            all.remove(name);
        }
        all.remove("place");
        all.into_iter().partition(|name| !of_item(name))
    }

    /// The query that lays items beside what of their case is used; `more`: columns of the case besides.
    pub fn base(&self, d: Dialect, cases: &str, more: &[String]) -> String {
        let (of_case, of_item) = self.used();
        let mut columns = vec!["base.line".to_owned(), "items.place".to_owned()];
        columns.extend(of_case.iter().chain(more).map(|name| format!("base.{}", d.name_of(name))));
        columns.extend(of_item.iter().map(|name| format!("items.{}", d.name_of(name))));
        let (items, on) = match &self.from {
            Source::Table(name) => (d.name_of(name), "items.line = base.line".to_owned()),
            Source::Choices(keys, set) => {
                let value = d.name_of(&format!("{ITEM}/value"));
                let rows = keys.iter().enumerate().map(|(at, key)| format!("SELECT {at} AS place, {} AS {value}", d.text(key)));
                let step = Sql::Concat(vec![text("/"), column(format!("{ITEM}/value")), text("/")]);
                let chosen = compare(">", call(Function::Position, [set.clone(), step]), int(0));
                (format!("({})", rows.collect::<Vec<_>>().join(" UNION ALL ")), scalar(d, &chosen, 4))
            }
        };
        // Where texts are joined in the order in which rows come.
        let order = if d == Dialect::Sqlite { "\n  ORDER BY base.line, items.place" } else { "" };
        format!("  SELECT\n    {}\n  FROM {cases} AS base\n  LEFT JOIN {items} AS items ON {on}{order}", columns.join(",\n    "))
    }

    /// Appends the layers of the items, and their aggregates by line.
    fn write(&self, d: Dialect, view: &mut String, cases: &str, once: &str) -> String {
        let name = format!("fold{}", self.number);
        *view += &format!(", {name}_0 {once} (\n{}\n)", self.base(d, cases, &[]));
        let last = layers_of(d, view, &format!("{name}_"), &self.layers, once);
        let columns: Vec<String> = self.columns.iter().map(|(name, sql)| format!("    {sql} AS {}", d.name_of(name))).collect();
        // What is asked of other rows leaves them in another order.
        let mut moved = false;
        self.visit(&mut |sql| sql.visit(&mut |part| moved |= matches!(part, Sql::Over(..))));
        let from = match d == Dialect::Sqlite && moved {
            true => format!("(SELECT * FROM {name}_{last} ORDER BY line, place)"),
            false => format!("{name}_{last}"),
        };
        *view += &format!(", {name} {once} (\n  SELECT\n    line,\n{}\n  FROM {from}\n  GROUP BY line\n)", columns.join(",\n"));
        name
    }
}

/// Appends layers to a view that has `layer0`; gives the number of the last.
pub fn layers(d: Dialect, view: &mut String, layers: &[Layer], once: &str) -> usize {
    layers_of(d, view, "layer", layers, once)
}

/// The same under another name.
pub fn layers_of(d: Dialect, view: &mut String, name: &str, layers: &[Layer], once: &str) -> usize {
    for (index, layer) in layers.iter().enumerate() {
        let own = format!("{name}{index}");
        let mut columns: Vec<String> =
            layer.columns.iter().map(|(name, sql)| format!("    {} AS {}", scalar(d, sql, 4), d.name_of(name))).collect();
        let mut joins = String::new();
        for fold in &layer.folds {
            let from = fold.write(d, view, &own, once);
            columns.extend(fold.columns.iter().map(|(name, _)| format!("    {from}.{}", d.name_of(name))));
            joins += &format!("\n  JOIN {from} ON {from}.line = {own}.line");
        }
        *view += &format!(", {name}{} {once} (\n  SELECT\n    {own}.*,\n{}\n  FROM {own}{joins}\n)", index + 1, columns.join(",\n"));
    }
    layers.len()
}

impl Layers {
    /// The columns of all layers, taken out.
    pub fn taken(&mut self) -> Vec<Layer> {
        std::mem::take(&mut self.layers)
    }
}
