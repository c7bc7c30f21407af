//! The view of a selection, laid out: candidates, their groups, where they stand, how they fare.
//!
//! In: lowered selections. Out: SQL, one statement a selection. Always: a candidate is in or out only if it is so whatever the unknown turns out to
//! be: the best places are counted against the worst ones, as the evaluation does; sums run along the list.

use super::aggregate::count;
use super::columns::short;
use super::cut::{Sides, greatest};
use super::dialect::{ColumnType, Dialect};
use super::fold::layers_of;
use super::number::Refused;
use super::print::scalar;
use super::quota::range;
use super::quotas::{Writer, shown_keys};
use super::selection::{Limit, Lowered, OfTrack, Taken, lower, proposed};
use super::standing::{Along, placed, points};
use super::table::Held;
use super::tree::Sql;
use prog_model::{Programme, Selection, TrackId};
use std::collections::BTreeSet;

/// What the selections of a programme come to.
pub struct Selections {
    /// Views in order.
    pub sections: Vec<String>,
    /// Places of the selections carried.
    pub carried: Vec<usize>,
    /// Those that are not, with the reason.
    pub refused: Vec<(usize, Refused)>,
}

/// Lays out all selections; `routes`: tracks whose routes stand in the file already.
pub fn selections(p: &Programme, d: Dialect, held: &[Held], routes: Vec<TrackId>) -> Selections {
    let mut writer = Writer { p, d, out: Vec::new(), routes };
    let (mut carried, mut refused) = (Vec::new(), Vec::new());
    for index in 0..p.selections.len() {
        match lower(p, d, held, index, &carried) {
            Ok(one) => {
                writer.selection(&one);
                carried.push(index);
            }
            Err(why) => refused.push((index, why)),
        }
    }
    writer.proposals(&carried);
    Selections { sections: writer.out, carried, refused }
}

impl Writer<'_> {
    fn selection(&mut self, one: &Lowered) {
        let selection = &self.p.selections[one.index];
        let keys: Vec<String> = (0..selection.keys.len()).map(|k| format!("k{k}")).collect();
        let mut all = vec!["line".to_owned(), self.name("case"), "withdrawn".to_owned(), "decided".to_owned()];
        // What is the same everywhere is not carried along.
        all.extend((one.tracks.len() > 1).then(|| "track".to_owned()));
        all.extend((0..selection.order.len()).map(|c| format!("value{c}")));
        if let Taken::Sum { .. } = one.taken {
            all.extend(["adds_least".to_owned(), "adds_most".to_owned()]);
        }
        let along = Along { keys, all, places: one.places };
        let mut text = String::new();
        let candidates: Vec<String> = one.tracks.iter().enumerate().map(|(at, track)| self.candidates(one, at, track, &mut text)).collect();
        let again = one.loose || !along.keys.is_empty();
        let kept = if again { self.kept_of(one) } else { "AS" };
        text += &format!(", candidates {kept} (\n  {}\n)", candidates.join("\n  UNION ALL\n  "));
        text += &self.in_groups(selection, &along);
        text += &points(one, &along);
        text += &self.ranked(one, &along);
        text += &placed(self.d, one, &along);
        text += &self.limits(one, &along);
        text += &self.fares(selection, one, &along);
        let body = text.trim_start_matches(", ");
        let list = self.listed(selection, one);
        self.out.push(format!(
            "-- {}: who is proposed, in which order; open where it depends on what is not known.\nCREATE VIEW {} AS\nWITH {body}\nSELECT\n  {}\nFROM told;",
            selection.ident.label.text,
            self.name(&format!("select {}", selection.ident.key)),
            list.join(",\n  ")
        ));
    }

    /// What the view shows.
    fn listed(&self, selection: &Selection, one: &Lowered) -> Vec<String> {
        let sure = "ahead_least = ahead_most AND belongs IS TRUE";
        let track = match one.tracks.as_slice() {
            [only] => format!("{} AS track", self.d.text(&self.p.track(only.track).ident.key)),
            _several => "track".to_owned(),
        };
        let mut list = vec!["line".to_owned(), self.name("case"), track];
        list.push(format!("{} AS {}", self.print(&shown_keys(&selection.keys)), self.name("key")));
        let mut names: Vec<String> = Vec::new();
        for (at, criterion) in selection.order.iter().enumerate() {
            let own = short(&format!("order/{}", criterion.name));
            let name = if names.contains(&own) { format!("order/{}", at + 1) } else { own };
            list.push(format!("value{at} AS {}", self.name(&name)));
            names.push(name);
        }
        list.push(format!("ahead_least + 1 AS {}", self.name("best place")));
        list.push(format!("ahead_most + 1 AS {}", self.name("worst place")));
        list.push(format!("CASE WHEN {sure} THEN ahead_least + 1 END AS {}", self.name("rank")));
        list.push(format!("({sure} AND with_least - ahead_most > 1) AS {}", self.name("level")));
        list.extend([format!("fare AS {}", self.name("result")), format!("turn AS {}", self.name("position")), "decided".to_owned()]);
        list
    }

    /// `AS` of the candidates, which are looked at more than once: to read a table again is cheaper than to keep its rows, unless more is worked
    /// out of them.
    fn kept_of(&self, one: &Lowered) -> &'static str {
        let earlier = |of: &OfTrack| (0..one.index).any(|at| used(of).contains(&proposed(self.p, at)));
        let plain = one.tracks.iter().all(|of| of.layers.is_empty() && !earlier(of));
        match self.d {
            Dialect::Postgresql | Dialect::Sqlite if plain => "AS NOT MATERIALIZED",
            Dialect::Duckdb | Dialect::Postgresql | Dialect::Sqlite => "AS MATERIALIZED",
            Dialect::Spark => "AS",
        }
    }

    /// The layers of a track's cases, appended, and the query of those that may be candidates.
    fn candidates(&mut self, one: &Lowered, at: usize, of: &OfTrack, text: &mut String) -> String {
        let own = self.of_case(one, of);
        let name = if one.tracks.len() == 1 { "layer".to_owned() } else { format!("track{at}_") };
        *text += &format!(", {name}0 AS (\n{own}\n)");
        let last = layers_of(self.d, text, &name, &of.layers, self.d.once());
        let mut columns = vec!["line".to_owned(), self.name("case"), "withdrawn".to_owned()];
        if one.tracks.len() > 1 {
            columns.push(format!("{} AS track", self.d.text(&self.p.track(of.track).ident.key)));
        }
        columns.push(format!("{} AS decided", self.print(&of.decided)));
        columns.push(format!("{} AS belongs", self.print(&of.belongs)));
        columns.extend(of.columns.iter().map(|(name, sql)| format!("{} AS {}", self.print(sql), self.name(name))));
        let mut here = vec![format!("(NOT withdrawn OR {})", self.print(&of.decided))];
        if of.belongs != Sql::Bool(true) {
            here.push(format!("({}) IS NOT FALSE", self.print(&of.belongs)));
        }
        format!("SELECT\n    {}\n  FROM {name}{last}\n  WHERE {}", columns.join(",\n    "), here.join(" AND "))
    }

    /// Cases with what is looked at: their own columns, settings, where they have been, what was proposed before.
    fn of_case(&mut self, one: &Lowered, of: &OfTrack) -> String {
        let track = self.p.track(of.track);
        let used = used(of);
        let settings: BTreeSet<String> = self.p.readings.iter().map(super::script::setting).chain(["closed".to_owned()]).collect();
        let from_route = |name: &String| name.starts_with("route ") || name.starts_with("reached/");
        let mut columns = vec!["case_.line".to_owned(), format!("case_.{}", self.name("case")), "case_.withdrawn".to_owned()];
        let mut from = format!("  FROM {} AS case_", self.name(&format!("track {}", track.ident.key)));
        let mut joined = (false, false);
        let earlier: Vec<usize> = (0..one.index).filter(|at| used.contains(&proposed(self.p, *at))).collect();
        for name in used.iter().filter(|name| !earlier.iter().any(|at| **name == proposed(self.p, *at))) {
            let of = match (settings.contains(name), from_route(name)) {
                (true, _) => "settings",
                (_, true) => "way",
                (false, false) => "case_",
            };
            joined = (joined.0 || of == "settings", joined.1 || of == "way");
            columns.push(format!("{of}.{}", self.name(name)));
        }
        if joined.0 {
            from += "\n  CROSS JOIN settings";
        }
        if joined.1 {
            self.route(of.track);
            from += &format!("\n  LEFT JOIN {} AS way ON way.line = case_.line", self.name(&format!("route {}", track.ident.key)));
        }
        for at in earlier {
            columns.push(format!(
                "CASE WHEN before{at}.line IS NULL THEN FALSE ELSE before{at}.taken END AS {}",
                self.name(&proposed(self.p, at))
            ));
            from += &format!("\n  LEFT JOIN (\n{}\n  ) AS before{at} ON before{at}.line = case_.line", self.proposal(at));
        }
        format!("  SELECT\n    {}\n{from}", columns.join(",\n    "))
    }

    /// What a selection proposes of each case: open where it is open in one of its lists.
    fn proposal(&self, index: usize) -> String {
        let selection = &self.p.selections[index];
        let view = self.name(&format!("select {}", selection.ident.key));
        let result = self.name("result");
        let open = format!("{result} IN ('tied', 'unknown')");
        let taken = format!("{result} = 'selected'");
        if selection.keys.is_empty() {
            return format!("    SELECT line, CASE WHEN NOT {open} THEN {taken} END AS taken FROM {view}");
        }
        format!("    SELECT line, CASE WHEN {} = 0 THEN {} > 0 END AS taken FROM {view} GROUP BY line", count(&open), count(&taken))
    }

    /// Candidates in their groups: one whose key is not known may be in any.
    fn in_groups(&self, selection: &Selection, along: &Along) -> String {
        let mut columns = along.all.clone();
        columns.extend(along.ends());
        let columns = columns.join(", ");
        let kept = if matches!(self.d, Dialect::Postgresql | Dialect::Sqlite) { "AS NOT MATERIALIZED" } else { "AS" };
        if along.keys.is_empty() {
            return format!(", members {kept} (\n  SELECT {columns}, belongs FROM candidates\n)");
        }
        let keys: Vec<(String, String, &String)> =
            along.keys.iter().enumerate().map(|(k, key)| (format!("own{k}"), self.name(&format!("own{k}?")), key)).collect();
        let reads: Vec<&prog_model::Expr> = selection.of_group().collect();
        let ranges = selection.keys.iter().zip(&keys).enumerate().map(|(k, (key, (own, _, name)))| {
            let (constant, present) = range(self.p, &reads, k, key);
            let mut rows: Vec<String> = constant.iter().map(|c| format!("SELECT {} AS g", self.d.text(c))).collect();
            if present {
                rows.push(format!("SELECT {own} AS g FROM candidates WHERE {own} IS NOT NULL"));
            }
            format!("(SELECT DISTINCT g AS {name} FROM ({}) AS r) AS range{k}", rows.join(" UNION ALL "))
        });
        let ranges: Vec<String> = ranges.collect();
        let named: Vec<String> = keys.iter().map(|(own, _, name)| format!("{own} AS {name}")).collect();
        let known: Vec<String> = keys.iter().map(|(own, _, _)| format!("{own} IS NOT NULL")).collect();
        let open: Vec<String> = keys.iter().map(|(own, _, _)| format!("{own} IS NULL")).collect();
        let maybe: Vec<String> =
            keys.iter().map(|(own, why, name)| format!("({own} = {name} OR {own} IS NULL AND {why} IS NOT NULL)")).collect();
        let nobody = format!("CAST(NULL AS {})", self.d.type_of(ColumnType::Truth));
        format!(
            ", groups AS (\n  SELECT * FROM {}\n), members {kept} (\n  SELECT {}, {columns}, belongs\n  FROM candidates\n  WHERE {}\n  UNION ALL\n  SELECT {}, {columns}, {nobody} AS belongs\n  FROM candidates CROSS JOIN groups\n  WHERE ({}) AND {}\n)",
            ranges.join(" CROSS JOIN "),
            named.join(", "),
            known.join(" AND "),
            along.keys.join(", "),
            open.join(" OR "),
            maybe.join(" AND ")
        )
    }

    /// How many stand before each place, and at it.
    fn ranked(&self, one: &Lowered, along: &Along) -> String {
        let binary = self.d.binary_order();
        let keys: Vec<String> = along.keys.iter().map(|k| format!("{k}{binary}")).collect();
        let places = along.named("place");
        let list = if keys.is_empty() { String::new() } else { format!("PARTITION BY {} ", keys.join(", ")) };
        let mut columns = Vec::new();
        let mut both = |sql: &str, name: &str| {
            columns.push(format!("{sql} OVER until_here AS {name}_upto"));
            columns.push(format!("{sql} OVER at_place AS {name}_here"));
        };
        both(&count("may"), "may");
        both(&count("sure"), "sure");
        // The same order for both, so that rows are sorted once.
        let order = format!("{list}ORDER BY {}", places.join(", "));
        let mut windows =
            vec![format!("until_here AS ({order})"), format!("at_place AS ({order} RANGE BETWEEN CURRENT ROW AND CURRENT ROW)")];
        if let Taken::Sum { falls, endless, .. } = one.taken {
            both("SUM(CASE WHEN may THEN COALESCE(adds_most, 0) ELSE 0 END)", "may_sum");
            if endless {
                both(&count("may AND adds_most IS NULL"), "endless");
            }
            both("SUM(CASE WHEN sure THEN adds_least ELSE 0 END)", "sure_sum");
            columns.push("MIN(CASE WHEN sure THEN adds_least END) OVER at_place AS level_least".to_owned());
            let more = [("sure", "sure_least"), ("own AND NOT settled", "loose_least"), ("own", "lowest")];
            columns.extend(
                more.into_iter()
                    .take(if falls { 3 } else { 2 })
                    .map(|(of, name)| format!("MIN(CASE WHEN {of} THEN adds_least END) OVER in_list AS {name}")),
            );
            windows.push(format!("in_list AS ({})", list.trim_end()));
        }
        format!(", counted AS (\n  SELECT\n    *,\n    {}\n  FROM points\n  WINDOW {}\n)", columns.join(",\n    "), windows.join(", "))
    }

    /// The numbers of each group, where they are not the same everywhere.
    fn limits(&self, one: &Lowered, along: &Along) -> String {
        let all: Vec<(&str, &Limit)> = limits_of(one);
        if all.iter().all(|(_, limit)| is_constant(limit)) {
            return String::new();
        }
        let groups = if along.keys.is_empty() {
            "SELECT * FROM settings".to_owned()
        } else {
            format!("SELECT * FROM (SELECT DISTINCT {} FROM members) AS groups_ CROSS JOIN settings", along.keys.join(", "))
        };
        let mut text = format!(", layer_of_group0 {} (\n  {groups}\n)", self.d.once());
        let last = layers_of(self.d, &mut text, "layer_of_group", &one.layers, self.d.once());
        let mut columns = along.keys.clone();
        for (name, limit) in all {
            columns.push(format!("{} AS {name}_low", self.print(&limit.low)));
            columns.push(format!("{} AS {name}_high", self.print(&limit.high)));
        }
        text += &format!(", limits AS (\n  SELECT {} FROM layer_of_group{last}\n)", columns.join(", "));
        text
    }

    /// How each candidate fares: taken or not, then who waits.
    fn fares(&self, selection: &Selection, one: &Lowered, along: &Along) -> String {
        let d = self.d;
        let same: Vec<String> = along.keys.iter().map(|k| format!("limits.{k} = placed.{k}")).collect();
        let from = match (limits_of(one).iter().all(|(_, limit)| is_constant(limit)), same.is_empty()) {
            (true, _) => "placed".to_owned(),
            (false, true) => "placed CROSS JOIN limits".to_owned(),
            (false, false) => format!("placed JOIN limits ON {}", same.join(" AND ")),
        };
        let constant = limits_of(one).iter().all(|(_, limit)| is_constant(limit));
        let ends = |name: &str, limit: &Limit| {
            if constant { (scalar(d, &limit.low, 4), scalar(d, &limit.high, 4)) } else { (format!("{name}_low"), format!("{name}_high")) }
        };
        let sides = match &one.taken {
            Taken::All => None,
            Taken::Number(limit) => {
                Some(Sides::of_counts(limit, ends("limit", limit), ["ahead_least + 1", "ahead_most + 1", "with_least", "with_most"]))
            }
            Taken::Sum { limit, falls, .. } => Some(Sides::of_sums(ends("limit", limit), *falls)),
        };
        let fare =
            sides.as_ref().map_or("CASE WHEN belongs IS TRUE THEN 'selected' ELSE 'unknown' END".to_owned(), |s| s.taken(selection.tied));
        let limits = if constant { "" } else { ", limits.*" };
        let limits = if constant || along.keys.is_empty() { limits.to_owned() } else { limit_columns(one) };
        let mut text = format!(", cut AS (\n  SELECT placed.*{limits},\n    {fare} AS fare\n  FROM {from}\n)");
        let Some(wait) = &one.wait else {
            return text + ", told AS (\n  SELECT *, CAST(NULL AS " + d.type_of(ColumnType::Whole) + ") AS turn FROM cut\n)";
        };
        let over = if along.keys.is_empty() { "OVER ()".to_owned() } else { format!("OVER (PARTITION BY {})", self.binary_keys(along)) };
        let tally = |word: &str| format!("{} {over} AS {word}_all", count(&format!("fare = '{word}'")));
        text += &format!(
            ", tallied AS (\n  SELECT *,\n    {},\n    {},\n    {}\n  FROM cut\n)",
            tally("selected"),
            tally("tied"),
            tally("unknown")
        );
        let most = "selected_all + tied_all + unknown_all";
        let (mut least, mut most) = ("selected_all".to_owned(), most.to_owned());
        if let (Taken::Number(limit), Some(prog_model::Tied::Judged(_))) = (&one.taken, selection.tied) {
            // Of a group that somebody parts as many are taken as there are places.
            let (low, high) = ends("limit", limit);
            let places = Sides::floor(d, limit, &low);
            let known = format!("tied_all > 0 AND unknown_all = 0 AND {low} = {high} AND {low} >= 0");
            least = format!("CASE WHEN {known} THEN {places} ELSE {least} END");
            most = format!("CASE WHEN {known} THEN {places} ELSE {most} END");
        }
        text += &format!(", filled AS (\n  SELECT *,\n    {least} AS taken_least,\n    {most} AS taken_most\n  FROM tallied\n)");
        let after = |count: &str, taken: &str, floor: &str| greatest(d, &format!("{count} - {taken}"), floor);
        text += &format!(
            ", waiting AS (\n  SELECT *,\n    {} + 1 AS turn_least,\n    {} + 1 AS turn_most,\n    {} AS turns_least,\n    {} AS turns_most\n  FROM filled\n)",
            after("ahead_least", "taken_most", "0"),
            after("ahead_most", "taken_least", "0"),
            after("with_least", "taken_most", "1"),
            after("with_most", "taken_least", "1")
        );
        let sides = Sides::of_counts(wait, ends("wait", wait), ["turn_least", "turn_most", "turns_least", "turns_most"]);
        text += &format!(", lined AS (\n  SELECT *,\n    {} AS line_fare\n  FROM waiting\n)", sides.waits(selection.tied));
        let columns: Vec<String> = along.keys.iter().chain(&along.all).cloned().collect();
        text + &format!(
            ", told AS (\n  SELECT {}, belongs, ahead_least, ahead_most, with_least,\n    line_fare AS fare,\n    CASE WHEN line_fare = 'waiting' THEN turn_least END AS turn\n  FROM lined\n)",
            columns.join(", ")
        )
    }

    fn binary_keys(&self, along: &Along) -> String {
        let binary = self.d.binary_order();
        along.keys.iter().map(|k| format!("{k}{binary}")).collect::<Vec<_>>().join(", ")
    }

    /// All selections laid under one another.
    fn proposals(&mut self, carried: &[usize]) {
        if carried.is_empty() {
            return;
        }
        let own = ["line", "case", "track", "key", "best place", "worst place", "rank", "level", "result", "position", "decided"];
        let own: Vec<String> = own.iter().map(|name| self.name(name)).collect();
        let of = |index: &usize| {
            let selection = &self.p.selections[*index];
            format!(
                "SELECT {} AS stage, {} AS selection, {} FROM {}",
                self.d.text(self.stage_key(selection.at)),
                self.d.text(&selection.ident.key),
                own.join(", "),
                self.name(&format!("select {}", selection.ident.key))
            )
        };
        let all: Vec<String> = carried.iter().map(of).collect();
        self.out.push(format!("-- What every selection proposes.\nCREATE VIEW proposals AS\n{};", all.join("\nUNION ALL\n")));
    }
}

/// Columns of cases, settings and routes that a track's part looks at.
fn used(of: &OfTrack) -> BTreeSet<String> {
    let mut all = BTreeSet::new();
    let mut see = |sql: &Sql| {
        sql.visit(&mut |part| {
            if let Sql::Column(name) = part {
                all.insert(name.clone());
            }
        });
    };
    see(&of.belongs);
    see(&of.decided);
    of.columns.iter().chain(of.layers.iter().flat_map(|layer| &layer.columns)).for_each(|(_, sql)| see(sql));
    for fold in of.layers.iter().flat_map(|layer| &layer.folds) {
        all.extend(fold.used().0);
    }
    for layer in &of.layers {
        layer.columns.iter().for_each(|(name, _)| {
            all.remove(name);
        });
        layer.folds.iter().flat_map(|fold| &fold.columns).for_each(|(name, _)| {
            all.remove(name);
        });
    }
    all
}

fn limits_of(one: &Lowered) -> Vec<(&'static str, &Limit)> {
    let limit = match &one.taken {
        Taken::All => None,
        Taken::Number(limit) | Taken::Sum { limit, .. } => Some(("limit", limit)),
    };
    limit.into_iter().chain(one.wait.as_ref().map(|wait| ("wait", wait))).collect()
}

fn limit_columns(one: &Lowered) -> String {
    limits_of(one).iter().map(|(name, _)| format!(", limits.{name}_low, limits.{name}_high")).collect()
}

/// Whether a limit is the same in every group, whatever the settings.
fn is_constant(limit: &Limit) -> bool {
    let mut constant = true;
    for end in [&limit.low, &limit.high] {
        end.visit(&mut |part| constant &= !matches!(part, Sql::Column(_)));
    }
    constant
}
