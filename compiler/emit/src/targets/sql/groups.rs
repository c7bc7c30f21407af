//! The groups of a quota: who belongs to each, and what each comes to.
//!
//! In: a lowered quota. Out: views `belonging Q` (a row for each group and case, and one for the group itself), `all Q`, `fitting Q`. Always:
//! groups are formed over all cases of the batch, empty ones included where the key's range says so; a case whose key is not known may be in
//! any group.

use super::aggregate::{Members, count};
use super::columns::short;
use super::dialect::{ColumnType, Dialect};
use super::fold::layers;
use super::print::scalar;
use super::quota::{Lowered, Of, binds, counts, is_cap, range};
use super::quotas::Writer;
use super::tree::Sql;
use prog_model::{Aggregation, TrackId};

/// What a group's view shows besides its keys, in order.
pub const SHOWN: [&str; 8] = ["result", "final", "awaited", "over the cap", "value", "low", "high", "limit"];

/// The type of a part of an aggregate.
pub fn type_of(part: &str, number: bool) -> ColumnType {
    match part {
        "" | " part" => ColumnType::Truth,
        " value" | " low" | " high" if number => ColumnType::Broad,
        _needs_or_text => ColumnType::Text,
    }
}

impl Writer<'_> {
    /// The columns of a case's part in an aggregate, after its number.
    fn parts_of(of: &Of) -> &'static [&'static str] {
        match of {
            Of::Cases(Aggregation::Count, _) => &["", "?"],
            Of::Cases(Aggregation::CountDistinct | Aggregation::Any | Aggregation::All | Aggregation::None, _) => {
                &["", "?", " value", " value?"]
            }
            Of::Cases(..) => &["", "?", " value", " value?", " low", " high"],
            Of::Share(_) => &["", "?", " part", " part?"],
        }
    }

    /// The members of a quota as one relation.
    fn members(&self, one: &Lowered, tracks: &[TrackId]) -> String {
        let quota = &self.p.quotas[one.index];
        let mut names = vec![("entered".to_owned(), ColumnType::Truth), ("entered?".to_owned(), ColumnType::Text)];
        for k in 0..quota.keys.len() {
            names.extend([(format!("k{k}"), ColumnType::Text), (format!("k{k}?"), ColumnType::Text)]);
        }
        for (a, aggregate) in one.aggregates.iter().enumerate() {
            for part in Self::parts_of(&aggregate.of) {
                names.push((format!("a{a}{part}"), type_of(part, aggregate.number.is_some())));
            }
        }
        let of_track = |t: &TrackId| {
            let own = names.iter().map(|(n, ty)| {
                let ty = self.d.type_of(*ty);
                format!("CAST({} AS {ty}) AS {}", self.name(&format!("q{} {n}", one.index)), self.name(n))
            });
            let view = self.name(&format!("cases {}", self.p.track(*t).ident.key));
            format!("SELECT line, withdrawn, {} FROM {view}", own.collect::<Vec<_>>().join(", "))
        };
        let parts: Vec<String> = tracks.iter().filter(|t| quota.tracks.contains(t)).map(of_track).collect();
        parts.join("\n  UNION ALL\n  ")
    }

    /// The keys' columns of the groups: `one` where there is but one group.
    pub fn group_columns(&self, one: &Lowered) -> Vec<String> {
        let keys = self.p.quotas[one.index].keys.len();
        if keys == 0 { vec!["one".to_owned()] } else { (0..keys).map(|k| format!("g{k}")).collect() }
    }

    /// The columns of a group's case besides keys and line.
    pub fn belonging_columns(&self, one: &Lowered) -> Vec<String> {
        self.typed_columns(one).into_iter().map(|(name, _)| self.name(&name)).collect()
    }

    /// The same with their types.
    fn typed_columns(&self, one: &Lowered) -> Vec<(String, ColumnType)> {
        let own = one.aggregates.iter().enumerate().flat_map(|(a, aggregate)| {
            let numbers = aggregate.number.is_some();
            let rest = Self::parts_of(&aggregate.of)[2..].iter().map(move |part| (format!("a{a}{part}"), type_of(part, numbers)));
            [(format!("c{a}"), ColumnType::Truth), (format!("c{a}?"), ColumnType::Text)].into_iter().chain(rest)
        });
        own.collect()
    }

    /// What a group's view shows, with types: keys first.
    pub fn shown_columns(&self, one: &Lowered) -> Vec<(String, ColumnType)> {
        let keys = (0..self.p.quotas[one.index].keys.len()).map(|k| (format!("k{k}"), ColumnType::Text));
        let shown = SHOWN.iter().enumerate().map(|(i, name)| {
            let ty = match i {
                0 | 2 => ColumnType::Text,
                1 | 3 => ColumnType::Truth,
                _number if one.aggregates.iter().any(|a| a.number.is_some()) => ColumnType::Broad,
                _number => ColumnType::Whole,
            };
            ((*name).to_owned(), ty)
        });
        keys.chain(shown).collect()
    }

    /// The view of a quota's groups and who belongs to each.
    pub fn belonging(&mut self, one: &Lowered, tracks: &[TrackId]) {
        let quota = &self.p.quotas[one.index];
        let keys: Vec<(String, String, String)> =
            (0..quota.keys.len()).map(|k| (format!("g{k}"), self.name(&format!("k{k}")), self.name(&format!("k{k}?")))).collect();
        let ranges: Vec<String> = quota
            .keys
            .iter()
            .zip(&keys)
            .enumerate()
            .map(|(k, (key, (group, own, _)))| {
                let (constant, present) = range(self.p, &[&quota.test], k, key);
                let mut rows: Vec<String> = constant.iter().map(|c| format!("SELECT {} AS g", self.d.text(c))).collect();
                if present {
                    rows.push(format!("SELECT {own} AS g FROM members WHERE {own} IS NOT NULL"));
                }
                format!("(SELECT DISTINCT g AS {group} FROM ({}) AS r) AS range{k}", rows.join(" UNION ALL "))
            })
            .collect();
        let groups =
            if ranges.is_empty() { "SELECT 1 AS one".to_owned() } else { format!("SELECT * FROM {}", ranges.join(" CROSS JOIN ")) };
        let head = self.group_columns(one);
        let mut columns = Vec::new();
        for (a, aggregate) in one.aggregates.iter().enumerate() {
            let (value, needs) = counts(quota, a);
            columns.push(format!("{} AS c{a}", self.print(&value)));
            columns.push(format!("{} AS {}", self.print(&needs), self.name(&format!("c{a}?"))));
            columns.extend(Self::parts_of(&aggregate.of)[2..].iter().map(|part| self.name(&format!("a{a}{part}"))));
        }
        let row = |columns: &[String]| {
            let all: Vec<String> = head.iter().cloned().chain(["line".to_owned()]).chain(columns.iter().cloned()).collect();
            format!("SELECT\n  {}", all.join(",\n  "))
        };
        let here = "NOT withdrawn AND entered IS NOT FALSE";
        let known: Vec<String> = keys.iter().map(|(group, own, _)| format!("{own} = {group}")).collect();
        let joined = if known.is_empty() { "CROSS JOIN members".to_owned() } else { format!("JOIN members ON {}", known.join(" AND ")) };
        let mut parts = vec![format!("{}\nFROM groups {joined}\nWHERE {here}", row(&columns))];
        if !keys.is_empty() {
            let open: Vec<String> = keys.iter().map(|(_, own, _)| format!("{own} IS NULL")).collect();
            let maybe: Vec<String> =
                keys.iter().map(|(group, own, why)| format!("({own} = {group} OR {own} IS NULL AND {why} IS NOT NULL)")).collect();
            let open = open.join(" OR ");
            parts.push(format!("{}\nFROM groups CROSS JOIN members\nWHERE {here} AND ({open}) AND {}", row(&columns), maybe.join(" AND ")));
        }
        let nobody: Vec<String> = head.iter().cloned().chain(std::iter::repeat_n("NULL".to_owned(), columns.len() + 1)).collect();
        parts.push(format!("SELECT {} FROM groups", nobody.join(", ")));
        let once = self.d.once();
        let view = format!(
            "-- {}: each group with the cases that are or may be in it, and a row of its own.\nCREATE VIEW {} AS\nWITH members {once} (\n  {}\n), groups {once} (\n  {groups}\n)\n{};",
            quota.ident.label.text,
            self.name(&format!("belonging {}", quota.ident.key)),
            self.members(one, tracks),
            parts.join("\nUNION ALL\n")
        );
        let keys = head.iter().map(|g| (g.clone(), if keys.is_empty() { ColumnType::Whole } else { ColumnType::Text }));
        let columns: Vec<(String, ColumnType)> =
            keys.chain([("line".to_owned(), ColumnType::Whole)]).chain(self.typed_columns(one)).collect();
        // Caps of senders look at it again and again, other quotas once.
        if is_cap(quota) && binds(quota) {
            self.kept(&format!("belonging {}", quota.ident.key), &view, &columns);
        } else {
            self.out.push(view);
        }
    }

    /// What groups come to, as common table expressions from `belonging`; gives the last layer's number. `more`: columns to group by besides.
    pub fn totals(&self, text: &mut String, one: &Lowered, more: &[&str], extra: &[&str]) -> usize {
        let once = self.d.once();
        let head = self.group_columns(one);
        let keys = self.p.quotas[one.index].keys.len();
        let mut columns: Vec<String> = more.iter().map(|&c| c.to_owned()).collect();
        columns.extend((0..keys).map(|k| format!("g{k} AS {}", self.name(&format!("k{k}")))));
        columns.extend(extra.iter().map(|&c| c.to_owned()));
        for (a, aggregate) in one.aggregates.iter().enumerate() {
            columns.extend(self.aggregate(a, &aggregate.of));
        }
        if columns.is_empty() {
            columns.push("COUNT(*) AS rows".to_owned());
        }
        let by: Vec<&str> = more.iter().copied().chain(head.iter().map(String::as_str)).collect();
        *text += &format!(
            ", counted {once} (\n  SELECT\n    {}\n  FROM belonging\n  GROUP BY {}\n), layer0 {once} (\n  SELECT * FROM counted CROSS JOIN settings\n)",
            columns.join(",\n    "),
            by.join(", ")
        );
        layers(self.d, text, &one.layers, once)
    }

    /// What a group's view shows, as columns of the last layer.
    pub fn shown(&self, one: &Lowered) -> Vec<String> {
        let first = [&one.result, &one.settled, &one.needs, &one.over];
        let all = first.into_iter().chain(&one.numbers).zip(SHOWN);
        let numbers = |name: &str| SHOWN[4..].contains(&name);
        let typed = |sql: &Sql, name: &str| {
            let text = scalar(self.d, sql, 4);
            if *sql == Sql::Null && numbers(name) { format!("CAST(NULL AS {})", self.d.type_of(ColumnType::Whole)) } else { text }
        };
        all.map(|(sql, name)| format!("{} AS {}", typed(sql, name), self.name(name))).collect()
    }

    /// The view of a quota's groups with what they come to; with `fitting`, only of cases whose sending fitted.
    pub fn counted(&mut self, one: &Lowered, fitting: bool) {
        let quota = &self.p.quotas[one.index];
        let unfit = self.name(&format!("unfit {}", self.stage_key(quota.at)));
        let fits = if fitting { format!(" WHERE line IS NULL OR line NOT IN (SELECT line FROM {unfit})") } else { String::new() };
        // Where texts are joined in the order in which rows come.
        let order = if self.d == Dialect::Sqlite { " ORDER BY line" } else { "" };
        let mut view = format!(
            "CREATE VIEW {} AS\nWITH belonging {} (\n  SELECT * FROM {}{fits}{order}\n)",
            self.name(&format!("{} {}", if fitting { "fitting" } else { "all" }, quota.ident.key)),
            self.d.once(),
            self.name(&format!("belonging {}", quota.ident.key)),
        );
        let last = self.totals(&mut view, one, &[], &[]);
        let mut own: Vec<String> = (0..quota.keys.len()).map(|k| self.name(&format!("k{k}"))).collect();
        own.extend(self.shown(one));
        view += &format!("\nSELECT\n  {}\nFROM layer{last};", own.join(",\n  "));
        self.kept(&format!("{} {}", if fitting { "fitting" } else { "all" }, quota.ident.key), &view, &self.shown_columns(one));
    }

    /// The columns of one aggregate over a group.
    fn aggregate(&self, a: usize, of: &Of) -> Vec<String> {
        let (counts, value) = (format!("c{a}"), format!("a{a}"));
        let members = Members { dialect: self.d, counts: &counts, value: &value, place: "line" };
        let columns = match of {
            Of::Cases(op, _) => members.aggregate(*op),
            Of::Share(_) => self.share(a),
        };
        columns.into_iter().map(|(name, sql)| format!("{sql} AS {}", self.name(&short(&format!("a{a} {name}"))))).collect()
    }

    /// Who is in the part, and who beside it.
    fn share(&self, a: usize) -> Vec<(&'static str, String)> {
        let (inside, own, part) = (self.name(&format!("a{a} part")), self.name(&format!("c{a}?")), self.name(&format!("a{a} part?")));
        let there = format!("line IS NOT NULL AND c{a} IS NOT FALSE");
        let both = format!("(c{a} AND {inside})");
        let beside = format!("(c{a} AND NOT {inside})");
        let needs = format!("COALESCE(CASE WHEN c{a} IS NULL THEN {own} END, '') || COALESCE({part}, '')");
        let open = format!("{there} AND ({both} IS NULL OR {beside} IS NULL)");
        vec![
            ("in", count(&both)),
            ("maybe in", count(&format!("line IS NOT NULL AND {both} IS NOT FALSE"))),
            ("out", count(&beside)),
            ("maybe out", count(&format!("line IS NOT NULL AND {beside} IS NOT FALSE"))),
            ("needs", self.d.joined(&needs, "line", &open)),
        ]
    }
}
