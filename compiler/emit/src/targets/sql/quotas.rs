//! The views of quotas, laid out: cases with their route, members of groups, counts, results.
//!
//! In: lowered quotas. Out: SQL. Always: groups are formed over all cases of the batch, empty ones included where the key's range says so; at a
//! stage where senders have caps only batches with one sending a sender are judged, all else is said to be `not carried`.

use super::columns::short;
use super::dialect::Dialect;
use super::number::Refused;
use super::print::scalar;
use super::quota::{Lowered, binds, counts, entered, is_cap, lower, parts, range, sender_key};
use super::scope::Scope;
use super::tree::{Function, Sql, call, case, column, is_null, text};
use prog_base::text as words;
use prog_model::{Aggregation, InputId, Programme, StageId, Strength, TrackId};
use std::collections::BTreeMap;

/// What the quotas of a programme come to.
pub struct Quotas {
    /// Views in order.
    pub sections: Vec<String>,
    /// Places of the quotas carried.
    pub carried: Vec<usize>,
    /// Those that are not, with the reason.
    pub refused: Vec<(usize, Refused)>,
}

/// Lays out all quotas; `missing` holds per track the fields that its table does not.
pub fn quotas(p: &Programme, d: Dialect, missing: &[BTreeMap<InputId, Refused>]) -> Quotas {
    let mut refused = Vec::new();
    let mut lowered = Vec::new();
    for (index, quota) in p.quotas.iter().enumerate() {
        let mut scope = Scope::new(p, quota.tracks.first().copied().unwrap_or(TrackId(0)), d, BTreeMap::new());
        match lower(&mut scope, index, quota) {
            Ok(one) => lowered.push(one),
            Err(why) => refused.push((index, why)),
        }
    }
    let mut writer = Writer { p, d, out: Vec::new() };
    let tracks = writer.cases(&mut lowered, missing, &mut refused);
    // Where one of the caps at a stage is refused, who fits there is not known.
    let caps_left: Vec<Option<StageId>> = refused.iter().map(|(i, _)| &p.quotas[*i]).filter(|q| is_cap(q)).map(|q| q.at).collect();
    lowered.retain(|one| {
        let here = caps_left.contains(&p.quotas[one.index].at);
        if here {
            refused.push((one.index, words!("同一环节有未能表达的上限", "a cap at the same stage is not carried")));
        }
        !here
    });
    for one in &lowered {
        let capped = lowered.iter().any(|other| is_cap(&p.quotas[other.index]) && p.quotas[other.index].at == p.quotas[one.index].at);
        if capped {
            writer.counted(one, &tracks, false);
        }
    }
    let stages: Vec<Option<StageId>> = lowered.iter().map(|one| p.quotas[one.index].at).collect();
    for (at, stage) in stages.iter().enumerate() {
        if !stages[..at].contains(stage) {
            writer.unfit(*stage, &lowered);
        }
    }
    for one in &lowered {
        writer.quota(one, &lowered, &tracks);
    }
    refused.sort_by_key(|(index, _)| *index);
    let carried: Vec<usize> = lowered.iter().map(|one| one.index).collect();
    writer.findings(&carried);
    Quotas { sections: writer.out, carried, refused }
}

struct Writer<'p> {
    p: &'p Programme,
    d: Dialect,
    out: Vec<String>,
}

impl<'p> Writer<'p> {
    fn name(&self, name: &str) -> String {
        self.d.name_of(&short(name))
    }

    fn print(&self, sql: &Sql) -> String {
        scalar(self.d, sql, 4)
    }

    fn stage_key(&self, stage: Option<StageId>) -> &'p str {
        stage.map_or("", |s| self.p.stages[s.index()].key.as_str())
    }

    /// Per track a view of its cases with their part in every quota.
    fn cases(
        &mut self,
        lowered: &mut Vec<Lowered>,
        missing: &[BTreeMap<InputId, Refused>],
        refused: &mut Vec<(usize, Refused)>,
    ) -> Vec<TrackId> {
        let p = self.p;
        let mut scopes: Vec<Scope<'p>> =
            (0..p.tracks.len()).map(|t| Scope::new(p, TrackId(t as u32), self.d, missing[t].clone())).collect();
        let mut columns: Vec<Vec<(String, Sql)>> = p.tracks.iter().map(|_| Vec::new()).collect();
        lowered.retain(|one| {
            let quota = &p.quotas[one.index];
            let mut own = Vec::new();
            for track in &quota.tracks {
                let scope = &mut scopes[track.index()];
                let part = entered(scope, quota).and_then(|node| {
                    let mut all = vec![("entered".to_owned(), node.value), ("entered?".to_owned(), node.needs)];
                    all.extend(parts(scope, quota, one)?);
                    Ok(all)
                });
                match part {
                    Ok(part) => own.push((track.index(), part)),
                    Err(why) => {
                        refused.push((one.index, why));
                        return false;
                    }
                }
            }
            for (track, part) in own {
                columns[track].extend(part.into_iter().map(|(name, sql)| (format!("q{} {name}", one.index), sql)));
            }
            true
        });
        if lowered.is_empty() {
            return Vec::new();
        }
        let mut tracks = Vec::new();
        for (index, (scope, columns)) in scopes.into_iter().zip(columns).enumerate() {
            if !columns.is_empty() {
                self.route(TrackId(index as u32));
                self.case_view(&scope, &columns);
                tracks.push(TrackId(index as u32));
            }
        }
        tracks
    }

    /// Where each case of a track has been.
    fn route(&mut self, id: TrackId) {
        let (p, d) = (self.p, self.d);
        let track = p.track(id);
        let stages = p.route(id).map(|r| r.stages.as_slice()).unwrap_or_default();
        let keys: Vec<String> = stages.iter().map(|s| d.text(&s.ident.key)).collect();
        let known = if keys.is_empty() { "FALSE".to_owned() } else { format!("stage IN ({})", keys.join(", ")) };
        let mut columns = vec!["COUNT(*) AS events".to_owned(), format!("MAX(CASE WHEN {known} THEN place END) AS last")];
        for stage in self.quota_stages() {
            let key = self.stage_key(Some(stage));
            columns.push(format!("COUNT(CASE WHEN stage = {} THEN 1 END) > 0 AS {}", d.text(key), self.name(&format!("reached/{key}"))));
            columns.push(format!("MIN(CASE WHEN stage = {} THEN place END) AS {}", d.text(key), self.name(&format!("first/{key}"))));
        }
        let mut outer = vec![
            "events AS \"route events\"".to_owned(),
            "last.stage AS \"route stage\"".to_owned(),
            "last.outcome AS \"route outcome\"".to_owned(),
        ];
        let mut joins = vec!["LEFT JOIN events AS last ON last.line = way.line AND last.place = way.last".to_owned()];
        for (at, stage) in self.quota_stages().into_iter().enumerate() {
            let key = self.stage_key(Some(stage));
            outer.push(self.name(&format!("reached/{key}")));
            outer.push(format!("sent{at}.moment AS {}", self.name(&format!("sent/{key}"))));
            joins.push(format!(
                "LEFT JOIN events AS sent{at} ON sent{at}.line = way.line AND sent{at}.place = way.{}",
                self.name(&format!("first/{key}"))
            ));
        }
        let outer = outer.join(",\n  ");
        let outer = if d == Dialect::Spark { outer.replace('"', "`") } else { outer };
        self.out.push(format!(
            "-- Where cases have been: how many events, the last that the route knows, and the stages of quotas.\nCREATE VIEW {} AS\nSELECT\n  way.line,\n  {outer}\nFROM (\n  SELECT\n    line,\n    {}\n  FROM events\n  GROUP BY line\n) AS way\n{};",
            self.name(&format!("route {}", track.ident.key)),
            columns.join(",\n    "),
            joins.join("\n")
        ));
    }

    fn quota_stages(&self) -> Vec<StageId> {
        let mut stages: Vec<StageId> = self.p.quotas.iter().filter_map(|q| q.at).collect();
        stages.sort();
        stages.dedup();
        stages
    }

    fn case_view(&mut self, scope: &Scope<'_>, columns: &[(String, Sql)]) {
        let track = self.p.track(scope.track);
        let (table, route) = (self.name(&format!("track {}", track.ident.key)), self.name(&format!("route {}", track.ident.key)));
        let once = self.d.once();
        let mut route_columns = vec!["route events".to_owned(), "route stage".to_owned(), "route outcome".to_owned()];
        let stages = self.quota_stages();
        for stage in &stages {
            let key = self.stage_key(Some(*stage));
            route_columns.extend([format!("reached/{key}"), format!("sent/{key}")]);
        }
        let route_columns: Vec<String> = route_columns.iter().map(|c| format!("way.{}", self.name(c))).collect();
        let mut view = format!(
            "CREATE VIEW {} AS\nWITH layer0 {once} (\n  SELECT case_.*, settings.*, {}\n  FROM {table} AS case_\n  CROSS JOIN settings\n  LEFT JOIN {route} AS way ON way.line = case_.line\n)",
            self.name(&format!("cases {}", track.ident.key)),
            route_columns.join(", ")
        );
        let last = layers(self.d, &mut view, &scope.layers.layers, once);
        let mut own = vec!["line".to_owned(), self.name("case"), "withdrawn".to_owned()];
        for stage in &stages {
            own.push(self.name(&format!("sent/{}", self.stage_key(Some(*stage)))));
        }
        let list: Vec<String> = columns.iter().map(|(name, sql)| format!("{} AS {}", self.print(sql), self.name(name))).collect();
        own.extend(list);
        view += &format!("\nSELECT\n  {}\nFROM layer{last};", own.join(",\n  "));
        self.out.push(view);
    }

    /// The members of a quota as one relation, with their sender and how they were sent.
    fn members(&self, one: &Lowered, tracks: &[TrackId]) -> String {
        let quota = &self.p.quotas[one.index];
        let mut names = vec!["entered".to_owned(), "entered?".to_owned()];
        for k in 0..quota.keys.len() {
            names.extend([format!("k{k}"), format!("k{k}?")]);
        }
        for a in 0..one.aggregates.len() {
            names.extend([format!("a{a}"), format!("a{a}?"), format!("a{a} value"), format!("a{a} value?")]);
        }
        let types = |name: &str| {
            let truth = name == "entered" || (name.starts_with('a') && !name.contains(' ') && !name.ends_with('?'));
            self.d.type_of(if truth { super::dialect::ColumnType::Truth } else { super::dialect::ColumnType::Text })
        };
        let parts: Vec<String> = tracks
            .iter()
            .filter(|t| quota.tracks.contains(t))
            .map(|t| {
                let own: Vec<String> = names
                    .iter()
                    .map(|n| format!("CAST({} AS {}) AS {}", self.name(&format!("q{} {n}", one.index)), types(n), self.name(n)))
                    .collect();
                let track = self.p.track(*t);
                format!("SELECT line, withdrawn, {} FROM {}", own.join(", "), self.name(&format!("cases {}", track.ident.key)))
            })
            .collect();
        parts.join("\n    UNION ALL\n    ")
    }

    /// The view of a quota's groups with what they come to; with `fitting`, only of cases whose sender keeps within all caps.
    fn counted(&mut self, one: &Lowered, tracks: &[TrackId], fitting: bool) {
        let (p, d) = (self.p, self.d);
        let quota = &p.quotas[one.index];
        let keys = quota.keys.len();
        let mut ranges = Vec::new();
        for (k, key) in quota.keys.iter().enumerate() {
            let (constant, present) = range(p, quota, k, key);
            let mut rows: Vec<String> = constant.iter().map(|c| format!("SELECT {} AS g", d.text(c))).collect();
            if present {
                rows.push(format!(
                    "SELECT {} AS g FROM members WHERE {} IS NOT NULL",
                    self.name(&format!("k{k}")),
                    self.name(&format!("k{k}"))
                ));
            }
            ranges.push(format!("(SELECT DISTINCT g AS g{k} FROM ({}) AS r) AS range{k}", rows.join(" UNION ALL ")));
        }
        let groups =
            if ranges.is_empty() { "SELECT 1 AS one".to_owned() } else { format!("SELECT * FROM {}", ranges.join(" CROSS JOIN ")) };
        let group_columns: Vec<String> = if keys == 0 { vec!["one".to_owned()] } else { (0..keys).map(|k| format!("g{k}")).collect() };
        let mut belonging = Vec::new();
        for a in 0..one.aggregates.len() {
            let (value, needs) = counts(quota, a);
            belonging.push(format!("{} AS c{a}", self.print(&value)));
            belonging.push(format!("{} AS {}", self.print(&needs), self.name(&format!("c{a}?"))));
            belonging.push(self.name(&format!("a{a} value")));
            belonging.push(self.name(&format!("a{a} value?")));
        }
        let fits = if fitting {
            format!(" AND line NOT IN (SELECT line FROM {})", self.name(&format!("unfit {}", self.stage_key(quota.at))))
        } else {
            String::new()
        };
        let mut aggregates = Vec::new();
        for (a, (op, _)) in one.aggregates.iter().enumerate() {
            aggregates.extend(self.aggregate(a, *op));
        }
        let on: Vec<String> = group_columns.iter().map(|g| format!("belonging.{g} = groups.{g}")).collect();
        let same: Vec<String> = group_columns.iter().map(|g| format!("groups.{g}")).collect();
        let named: Vec<String> = if keys == 0 {
            vec!["groups.one".to_owned()]
        } else {
            (0..keys).map(|k| format!("groups.g{k} AS {}", self.name(&format!("k{k}")))).collect()
        };
        let once = d.once();
        let none = if belonging.is_empty() { String::new() } else { format!(",\n    {}", belonging.join(",\n    ")) };
        let mut view = format!(
            "CREATE VIEW {} AS\nWITH members {once} (\n    {}\n), groups {once} (\n  {groups}\n), belonging {once} (\n  SELECT\n    {},\n    line{none}\n  FROM groups CROSS JOIN members\n  WHERE NOT withdrawn AND entered IS NOT FALSE{fits}\n  ORDER BY line\n), counted {once} (\n  SELECT\n    {},\n    {}\n  FROM groups LEFT JOIN belonging ON {}\n  GROUP BY {}\n), layer0 {once} (\n  SELECT * FROM counted CROSS JOIN settings\n)",
            self.name(&format!("{} {}", if fitting { "fitting" } else { "all" }, quota.ident.key)),
            self.members(one, tracks),
            group_columns.join(", "),
            named.join(", "),
            aggregates.join(",\n    "),
            on.join(" AND "),
            same.join(", ")
        );
        let last = layers(d, &mut view, &one.layers, once);
        let mut columns = vec![
            ("result", one.result.clone()),
            ("final", one.settled.clone()),
            ("awaited", one.needs.clone()),
            ("over the cap", one.over.clone()),
        ];
        for (name, sql) in ["value", "low", "high", "limit"].into_iter().zip(&one.numbers) {
            columns.push((name, sql.clone()));
        }
        let mut own: Vec<String> = (0..keys).map(|k| self.name(&format!("k{k}"))).collect();
        own.extend(columns.iter().map(|(name, sql)| format!("{} AS {}", self.print(sql), self.name(name))));
        view += &format!("\nSELECT\n  {}\nFROM layer{last};", own.join(",\n  "));
        self.out.push(view);
    }

    /// The columns of one aggregate over a group.
    fn aggregate(&self, a: usize, op: Aggregation) -> Vec<String> {
        let (value, needs) = (self.name(&format!("a{a} value")), self.name(&format!("a{a} value?")));
        let own = self.name(&format!("c{a}?"));
        let there = format!("line IS NOT NULL AND c{a} IS NOT FALSE");
        let name = |part: &str| self.name(&format!("a{a} {part}"));
        let awaited = format!("CASE WHEN {there} THEN COALESCE(CASE WHEN c{a} IS NULL THEN {own} END, '') || COALESCE({needs}, '') END");
        let joined = self.d.joined(&awaited);
        let maybe = format!("COUNT(CASE WHEN line IS NOT NULL AND c{a} IS NULL THEN 1 END)");
        let [low, high, open] = if op == Aggregation::CountDistinct {
            let nameless = format!("COUNT(CASE WHEN {there} AND {value} IS NULL THEN 1 END)");
            let sure = format!("COUNT(DISTINCT CASE WHEN c{a} THEN {value} END)");
            [
                format!("CASE WHEN {sure} = 0 AND COUNT(CASE WHEN c{a} AND {value} IS NULL THEN 1 END) > 0 THEN 1 ELSE {sure} END"),
                format!("COUNT(DISTINCT CASE WHEN {there} THEN {value} END) + {nameless}"),
                format!("{maybe} + {nameless}"),
            ]
        } else {
            [format!("COUNT(CASE WHEN c{a} THEN 1 END)"), format!("COUNT(CASE WHEN {there} THEN 1 END)"), maybe]
        };
        vec![
            format!("{low} AS {}", name("low")),
            format!("{high} AS {}", name("high")),
            format!("{open} AS {}", name("open")),
            format!("{joined} AS {}", name("needs")),
        ]
    }

    /// At a stage: the cases whose sender exceeds a cap, and whether the batch is one that is judged here.
    fn unfit(&mut self, stage: Option<StageId>, lowered: &[Lowered]) {
        let p = self.p;
        let caps: Vec<&Lowered> = lowered.iter().filter(|one| is_cap(&p.quotas[one.index]) && p.quotas[one.index].at == stage).collect();
        if caps.is_empty() {
            return;
        }
        // Senders over a cap; under a cap without senders, everyone.
        let mut senders = Vec::new();
        for quota in caps.iter().map(|one| &p.quotas[one.index]).filter(|q| binds(q)) {
            let key = sender_key(p, quota).map_or_else(|| "NULL".to_owned(), |k| self.name(&format!("k{k}")));
            let (all, over) = (self.name(&format!("all {}", quota.ident.key)), self.name("over the cap"));
            senders.push(format!("SELECT {key} AS sender FROM {all} WHERE {over}"));
        }
        if senders.is_empty() {
            senders.push("SELECT 'none' AS sender FROM cases WHERE 1 = 0".to_owned());
        }
        let mut rows = Vec::new();
        for (index, track) in p.tracks.iter().enumerate() {
            let of_track = |one: &&&Lowered| p.quotas[one.index].tracks.contains(&TrackId(index as u32));
            let keys: Vec<String> = caps
                .iter()
                .filter(of_track)
                .filter_map(|one| sender_key(p, &p.quotas[one.index]).map(|k| self.name(&format!("q{} k{k}", one.index))))
                .collect();
            let sender = match keys.as_slice() {
                [] => "NULL".to_owned(),
                [one] => one.clone(),
                many => format!("COALESCE({})", many.join(", ")),
            };
            if lowered.iter().any(|one| p.quotas[one.index].tracks.contains(&TrackId(index as u32))) {
                let view = self.name(&format!("cases {}", track.ident.key));
                rows.push(format!(
                    "SELECT line, CAST({sender} AS {}) AS sender FROM {view}",
                    self.d.type_of(super::dialect::ColumnType::Text)
                ));
            }
        }
        let once = self.d.materialized();
        self.out.push(format!(
            "-- Cases whose sender exceeds a cap: they take no place.\nCREATE VIEW {} AS\nWITH over_cap {once} (\n  {}\n), sent AS (\n  {}\n)\nSELECT line FROM sent WHERE sender IN (SELECT sender FROM over_cap) OR EXISTS (SELECT 1 FROM over_cap WHERE sender IS NULL);",
            self.name(&format!("unfit {}", self.stage_key(stage))),
            senders.join("\n  UNION ALL\n  "),
            rows.join("\n  UNION ALL\n  ")
        ));
        let key = self.stage_key(stage);
        let sent: Vec<String> = p
            .tracks
            .iter()
            .enumerate()
            .filter(|(t, _)| lowered.iter().any(|one| p.quotas[one.index].tracks.iter().any(|x| x.index() == *t)))
            .map(|(_, track)| {
                format!(
                    "SELECT COALESCE({}, '') AS sent FROM {} WHERE NOT withdrawn",
                    self.name(&format!("sent/{key}")),
                    self.name(&format!("cases {}", track.ident.key))
                )
            })
            .collect();
        self.out.push(format!(
            "-- Whether everything came at once: what is sent in turn is not judged here.\nCREATE VIEW {} AS\nSELECT COUNT(DISTINCT sent) <= 1 AND NOT EXISTS (SELECT 1 FROM packages) AS at_once\nFROM (\n  {}\n) AS cases;",
            self.name(&format!("turns {key}")),
            sent.join("\n  UNION ALL\n  ")
        ));
    }

    /// The view of one quota.
    fn quota(&mut self, one: &Lowered, lowered: &[Lowered], tracks: &[TrackId]) {
        let (p, d) = (self.p, self.d);
        let quota = &p.quotas[one.index];
        let key = &quota.ident.key;
        let capped = lowered.iter().any(|o| is_cap(&p.quotas[o.index]) && p.quotas[o.index].at == quota.at);
        self.counted(one, tracks, capped);
        let all = self.name(&format!("all {key}"));
        let (source, carried) = if capped {
            let fitting = self.name(&format!("fitting {key}"));
            let over = self.name("over the cap");
            let own = is_cap(quota) && binds(quota);
            let same: Vec<String> = (0..quota.keys.len()).map(|k| format!("a.{0} = f.{0}", self.name(&format!("k{k}")))).collect();
            let same = if same.is_empty() { "1 = 1".to_owned() } else { same.join(" AND ") };
            let source = if own {
                format!(
                    "(SELECT * FROM {all} WHERE {over} UNION ALL SELECT f.* FROM {fitting} AS f WHERE NOT EXISTS (SELECT 1 FROM {all} AS a WHERE a.{over} AND {same}))"
                )
            } else {
                fitting
            };
            (source, format!("(SELECT at_once FROM {})", self.name(&format!("turns {}", self.stage_key(quota.at)))))
        } else if quota.strength == Some(Strength::InPrinciple) {
            (all, "NOT EXISTS (SELECT 1 FROM packages)".to_owned())
        } else {
            (all, "TRUE".to_owned())
        };
        let mut keys: Vec<usize> = (0..quota.keys.len()).collect();
        keys.sort_by(|a, b| quota.keys[*a].name.encode_utf16().cmp(quota.keys[*b].name.encode_utf16()));
        let mut shown = vec![text("{")];
        for (n, k) in keys.iter().enumerate() {
            let comma = if n == 0 { "" } else { "," };
            let name = crate::json::compact(&crate::json::Json::from(quota.keys[*k].name.as_str()));
            shown.push(text(format!("{comma}{name}:")));
            shown.push(call(Function::Quoted, [column(format!("k{k}"))]));
        }
        shown.push(text("}"));
        let shown = if keys.is_empty() { text("{}") } else { Sql::Concat(shown) };
        let needs = case([(is_null(column("awaited")), text("[]"))], call(Function::NeedsJson, [column("awaited")]));
        let addresses: Vec<crate::json::Json> = p.addresses(&quota.cites).into_iter().map(crate::json::Json::from).collect();
        let plain = if carried == "TRUE" {
            self.name("result")
        } else {
            format!("CASE WHEN {carried} THEN {} ELSE 'not carried' END", self.name("result"))
        };
        self.out.push(format!(
            "-- {}\nCREATE VIEW {} AS\nSELECT\n  {} AS stage,\n  {} AS quota,\n  {} AS {},\n  {plain} AS result,\n  {},\n  {},\n  {},\n  {},\n  {},\n  {} AS clause,\n  {} AS needs\nFROM {source} AS groups;",
            quota.ident.label.text,
            self.name(&format!("quota {key}")),
            d.text(self.stage_key(quota.at)),
            d.text(key),
            self.print(&shown),
            self.name("key"),
            self.name("final"),
            self.name("value"),
            self.name("low"),
            self.name("high"),
            self.name("limit"),
            d.text(&crate::json::compact(&crate::json::Json::from(addresses))),
            self.print(&needs)
        ));
    }

    fn findings(&mut self, carried: &[usize]) {
        let mut all: Vec<String> =
            carried.iter().map(|i| format!("SELECT * FROM {}", self.name(&format!("quota {}", self.p.quotas[*i].ident.key)))).collect();
        if all.is_empty() {
            let columns = ["stage", "quota", "key", "result", "final", "value", "low", "high", "limit", "clause", "needs"];
            let none: Vec<String> = columns.iter().map(|c| format!("NULL AS {}", self.name(c))).collect();
            all.push(format!("SELECT {} FROM cases WHERE 1 = 0", none.join(", ")));
        }
        self.out
            .push(format!("-- What every quota comes to, group by group.\nCREATE VIEW quota_findings AS\n{};", all.join("\nUNION ALL\n")));
    }
}

/// Appends layers to a view that has `layer0`; gives the number of the last.
pub fn layers(d: Dialect, view: &mut String, layers: &[Vec<(String, Sql)>], once: &str) -> usize {
    let mut last = 0;
    for (index, layer) in layers.iter().enumerate() {
        let columns: Vec<String> = layer.iter().map(|(name, sql)| format!("    {} AS {}", scalar(d, sql, 4), d.name_of(name))).collect();
        *view += &format!(", layer{} {once} (\n  SELECT\n    layer{index}.*,\n{}\n  FROM layer{index}\n)", index + 1, columns.join(",\n"));
        last = index + 1;
    }
    last
}
