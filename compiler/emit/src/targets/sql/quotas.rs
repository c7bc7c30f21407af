//! The views of quotas, laid out: cases with their route, members of groups, counts, results.
//!
//! In: lowered quotas. Out: SQL. Always: at a stage where senders have caps only what fitted counts; where the dialect can't say what fitted,
//! the result is `not carried`.

use super::columns::short;
use super::dialect::{ColumnType, Dialect};
use super::fold::layers;
use super::number::Refused;
use super::print::scalar;
use super::quota::{Lowered, binds, entered, is_cap, lower, parts};
use super::scope::Scope;
use super::table::Held;
use super::tree::{Function, Sql, call, case, column, is_null, text};
use prog_base::text as words;
use prog_model::{Key, Programme, StageId, Strength, TrackId};

/// What the quotas of a programme come to.
pub struct Quotas {
    /// Views in order.
    pub sections: Vec<String>,
    /// Places of the quotas carried.
    pub carried: Vec<usize>,
    /// Those that are not, with the reason.
    pub refused: Vec<(usize, Refused)>,
    /// Tracks whose routes have been laid out.
    pub routes: Vec<TrackId>,
}

/// Lays out all quotas; `missing` holds per track the fields that its table does not.
pub fn quotas(p: &Programme, d: Dialect, held: &[Held]) -> Quotas {
    let mut refused = Vec::new();
    let mut lowered = Vec::new();
    for (index, quota) in p.quotas.iter().enumerate() {
        let mut scope = Scope::new(p, quota.tracks.first().copied().unwrap_or(TrackId(0)), d, Held::default());
        match lower(&mut scope, index, quota) {
            Ok(one) => lowered.push(one),
            Err(why) => refused.push((index, why)),
        }
    }
    let mut writer = Writer { p, d, out: Vec::new(), routes: Vec::new() };
    let tracks = writer.cases(&mut lowered, held, &mut refused);
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
        writer.belonging(one, &tracks);
    }
    let bind = |one: &&Lowered| is_cap(&p.quotas[one.index]) && binds(&p.quotas[one.index]);
    let mut capped: Vec<Option<StageId>> = Vec::new();
    for one in lowered.iter().filter(bind) {
        writer.counted(one, false);
        let stage = p.quotas[one.index].at;
        if !capped.contains(&stage) {
            capped.push(stage);
        }
    }
    for stage in &capped {
        let caps: Vec<&Lowered> = lowered.iter().filter(bind).filter(|one| p.quotas[one.index].at == *stage).collect();
        writer.sendings(*stage, &caps);
    }
    for one in &lowered {
        writer.quota(one, capped.contains(&p.quotas[one.index].at));
    }
    refused.sort_by_key(|(index, _)| *index);
    let carried: Vec<usize> = lowered.iter().map(|one| one.index).collect();
    writer.findings(&carried);
    Quotas { sections: writer.out, carried, refused, routes: writer.routes }
}

/// Views in the making.
pub struct Writer<'p> {
    /// The programme.
    pub p: &'p Programme,
    /// The dialect.
    pub d: Dialect,
    /// Views in order.
    pub out: Vec<String>,
    /// Tracks whose routes have been laid out.
    pub routes: Vec<TrackId>,
}

impl<'p> Writer<'p> {
    /// A name, cut where it is too long, quoted.
    pub fn name(&self, name: &str) -> String {
        self.d.name_of(&short(name))
    }

    /// A scalar.
    pub fn print(&self, sql: &Sql) -> String {
        scalar(self.d, sql, 4)
    }

    /// What others build upon: a table, filled from a view in its turn, since engines work a view out anew wherever it is named.
    pub fn kept(&mut self, name: &str, view: &str, columns: &[(String, ColumnType)]) {
        let own = self.name(name);
        let load = self.name(&format!("load {name}"));
        self.out.push(view.replacen(&format!("CREATE VIEW {own} AS"), &format!("CREATE VIEW {load} AS"), 1));
        let columns: Vec<(String, String)> =
            columns.iter().map(|(column, ty)| (self.name(column), self.d.type_of(*ty).to_owned())).collect();
        self.out.push(self.d.changing_table(&own, &columns));
    }

    /// The key of a stage; of none: nothing.
    pub fn stage_key(&self, stage: Option<StageId>) -> &'p str {
        stage.map_or("", |s| self.p.stages[s.index()].key.as_str())
    }

    /// Per track a view of its cases with their part in every quota.
    fn cases(&mut self, lowered: &mut Vec<Lowered>, held: &[Held], refused: &mut Vec<(usize, Refused)>) -> Vec<TrackId> {
        let p = self.p;
        let mut scopes: Vec<Scope<'p>> = (0..p.tracks.len()).map(|t| Scope::new(p, TrackId(t as u32), self.d, held[t].clone())).collect();
        let mut columns: Vec<Vec<(String, Sql)>> = p.tracks.iter().map(|_| Vec::new()).collect();
        lowered.retain(|one| {
            let quota = &p.quotas[one.index];
            let mut own = Vec::new();
            for track in &quota.tracks {
                let scope = &mut scopes[track.index()];
                let part = entered(scope, quota.at).and_then(|node| {
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
                self.case_view(&scope, &columns, lowered);
                tracks.push(TrackId(index as u32));
            }
        }
        tracks
    }

    /// Where each case of a track has been.
    pub fn route(&mut self, id: TrackId) {
        if self.routes.contains(&id) {
            return;
        }
        self.routes.push(id);
        let (p, d) = (self.p, self.d);
        let track = p.track(id);
        let stages = p.route(id).map(|r| r.stages.as_slice()).unwrap_or_default();
        let keys: Vec<String> = stages.iter().map(|s| d.text(&s.ident.key)).collect();
        let known = if keys.is_empty() { "FALSE".to_owned() } else { format!("stage IN ({})", keys.join(", ")) };
        let mut columns = vec!["COUNT(*) AS events".to_owned(), format!("MAX(CASE WHEN {known} THEN place END) AS last")];
        for stage in self.stages() {
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
        for (at, stage) in self.stages().into_iter().enumerate() {
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

    /// Stages at which something is asked of whoever entered.
    fn stages(&self) -> Vec<StageId> {
        let mut stages = self.quota_stages();
        stages.extend(self.p.selections.iter().filter_map(|s| s.at));
        stages.sort();
        stages.dedup();
        stages
    }

    fn quota_stages(&self) -> Vec<StageId> {
        let mut stages: Vec<StageId> = self.p.quotas.iter().filter_map(|q| q.at).collect();
        stages.sort();
        stages.dedup();
        stages
    }

    fn case_view(&mut self, scope: &Scope<'_>, columns: &[(String, Sql)], lowered: &[Lowered]) {
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
        let texts = stages.iter().map(|stage| (format!("sent/{}", self.stage_key(Some(*stage))), ColumnType::Text));
        let head = [("line", ColumnType::Whole), ("case", ColumnType::Text), ("withdrawn", ColumnType::Truth)];
        let head = head.map(|(name, ty)| (name.to_owned(), ty)).into_iter().chain(texts);
        let all: Vec<(String, ColumnType)> =
            head.chain(columns.iter().map(|(name, _)| (name.clone(), type_of_part(name, lowered)))).collect();
        self.kept(&format!("cases {}", track.ident.key), &view, &all);
    }

    /// The view of one quota; at a stage with caps, of what fitted.
    fn quota(&mut self, one: &Lowered, capped: bool) {
        let (p, d) = (self.p, self.d);
        let quota = &p.quotas[one.index];
        let key = &quota.ident.key;
        let own = capped && is_cap(quota) && binds(quota);
        if capped || !own {
            self.counted(one, capped);
        }
        let counted = self.name(&format!("{} {key}", if capped { "fitting" } else { "all" }));
        let source = if own {
            let (breaches, back) = (self.name(&format!("breaches {key}")), self.name("sent back"));
            let same: Vec<String> = (0..quota.keys.len()).map(|k| format!("b.{0} = f.{0}", self.name(&format!("k{k}")))).collect();
            let same = if same.is_empty() { "1 = 1".to_owned() } else { same.join(" AND ") };
            format!(
                "(\n  SELECT b.*, TRUE AS {back} FROM {breaches} AS b\n  UNION ALL\n  SELECT f.*, FALSE AS {back} FROM {counted} AS f WHERE NOT EXISTS (SELECT 1 FROM {breaches} AS b WHERE {same})\n)"
            )
        } else {
            counted
        };
        let mut plain = self.name("result");
        if quota.strength == Some(Strength::InPrinciple) {
            plain = format!(
                "CASE WHEN result = 'unmet'{} AND EXISTS (\n    SELECT 1 FROM package_reasons JOIN packages ON packages.line = package_reasons.line\n    WHERE package_reasons.quota = {} AND (packages.stage IS NULL OR packages.stage = {})\n  ) THEN 'met' ELSE result END",
                // What was sent back stays so.
                if own { format!(" AND NOT {}", self.name("sent back")) } else { String::new() },
                d.text(key),
                d.text(self.stage_key(quota.at))
            );
        }
        if capped && !d.looks_back() {
            let carried = self.name(&format!("carried {}", self.stage_key(quota.at)));
            plain = format!("CASE WHEN (SELECT carried FROM {carried}) THEN {plain} ELSE 'not carried' END");
        }
        let shown = shown_keys(&quota.keys);
        let needs = case([(is_null(column("awaited")), text("[]"))], call(Function::NeedsJson, [column("awaited")]));
        let addresses: Vec<crate::json::Json> = p.addresses(&quota.cites).into_iter().map(crate::json::Json::from).collect();
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

/// The keys of a group, which stand in columns, as a JSON object.
pub fn shown_keys(keys: &[Key]) -> Sql {
    let mut order: Vec<usize> = (0..keys.len()).collect();
    order.sort_by(|a, b| keys[*a].name.encode_utf16().cmp(keys[*b].name.encode_utf16()));
    let mut shown = vec![text("{")];
    for (n, k) in order.iter().enumerate() {
        let comma = if n == 0 { "" } else { "," };
        let name = crate::json::compact(&crate::json::Json::from(keys[*k].name.as_str()));
        shown.push(text(format!("{comma}{name}:")));
        shown.push(call(Function::Quoted, [column(format!("k{k}"))]));
    }
    shown.push(text("}"));
    if keys.is_empty() { text("{}") } else { Sql::Concat(shown) }
}

/// The type of a case's part in a quota, by its name: `q3 entered`, `q3 k0?`, `q3 a1 value`.
fn type_of_part(name: &str, lowered: &[Lowered]) -> ColumnType {
    let Some((quota, part)) = name.split_once(' ') else { return ColumnType::Text };
    if part == "entered" {
        return ColumnType::Truth;
    }
    let digits: String = part.chars().skip(1).take_while(char::is_ascii_digit).collect();
    let aggregate = || {
        let one = lowered.iter().find(|one| format!("q{}", one.index) == quota)?;
        one.aggregates.get(digits.parse::<usize>().ok()?)
    };
    match (part.starts_with('a'), aggregate()) {
        (true, Some(aggregate)) => super::groups::type_of(&part[1 + digits.len()..], aggregate.number.is_some()),
        (_, _) => ColumnType::Text,
    }
}
