//! One dialect's file: tables, views that read JSON lines, views that judge.
//!
//! In: a programme. Out: a [`Script`]. Always: nothing that the dialect cannot hold exactly stands in it; what is left out is named at its head
//! with the reason.

use super::columns::{Column, Holding, Means, short};
use super::dialect::{ColumnType, Dialect};
use super::lists::reads;
use super::number::Refused;
use super::print::scalar;
use super::scope::Scope;
use super::table::{Held, Table};
use super::tree::{Function, Sql, Width, call, column, text};
use crate::Plan;
use crate::json::Json;
use prog_model::{Reading, ReadingValue, RuleId, Track, TrackId};

/// What a file holds.
pub struct Script {
    /// Its text.
    pub text: String,
    /// Keys that it carries.
    pub carries: Vec<String>,
    /// Keys that it cannot carry, with the place and the reason.
    pub not_carried: Vec<(String, String, Refused)>,
}

/// The column of `settings` that holds a reading's word.
pub fn setting(reading: &Reading) -> String {
    short(&format!("reading/{}", reading.ident.key))
}

/// Writes the file of a dialect.
pub fn script(plan: &Plan<'_>, dialect: Dialect) -> Script {
    let mut writer = Writer {
        plan,
        dialect,
        out: Vec::new(),
        findings: Vec::new(),
        rules: Vec::new(),
        items: Vec::new(),
        held: Vec::new(),
        carries: Vec::new(),
        not_carried: Vec::new(),
    };
    writer.settings();
    writer.out.extend(plan.programme.calendar.as_ref().and_then(|calendar| super::calendar::table(calendar, dialect)));
    for index in 0..plan.programme.tracks.len() {
        writer.track(TrackId(index as u32));
    }
    writer.findings();
    writer.quotas();
    writer.messages();
    let mut sections = vec![writer.head()];
    sections.append(&mut writer.out);
    let not_carried = std::mem::take(&mut writer.not_carried);
    let mut carries = Vec::new();
    for key in writer.carries {
        if !carries.contains(&key) && !not_carried.iter().any(|(left, _, _)| *left == key) {
            carries.push(key);
        }
    }
    let text = sections.join("\n\n") + "\n";
    // Spark keeps views of temporary ones only as temporary.
    let text = if dialect == Dialect::Spark { text.replace("\nCREATE VIEW ", "\nCREATE OR REPLACE TEMPORARY VIEW ") } else { text };
    Script { text, carries, not_carried }
}

struct Writer<'p> {
    plan: &'p Plan<'p>,
    dialect: Dialect,
    out: Vec<String>,
    /// Names of the views that together are the findings.
    findings: Vec<String>,
    /// Rows of the table `rules`.
    rules: Vec<String>,
    /// Names of the views of items.
    items: Vec<String>,
    /// Per track what its tables do not hold.
    held: Vec<Held>,
    carries: Vec<String>,
    not_carried: Vec<(String, String, Refused)>,
}

impl<'p> Writer<'p> {
    fn head(&self) -> String {
        let p = self.plan.programme;
        let mut lines = vec![
            format!("-- {} ({}, version {}) for {}.", p.ident.label.text, p.ident.key, p.version, self.dialect.title()),
            "--".to_owned(),
            "-- Put cases into cases, one a line: the case's JSON, or {\"case\": …}. Then fill rejected, the table of each track and events from".to_owned(),
            "-- the views of their names (INSERT INTO rejected SELECT * FROM \"load rejected\", and so on), rejected first: lines that are no case".to_owned(),
            "-- stand there with a code. Or fill the tables directly. In Spark: INSERT OVERWRITE TABLE.".to_owned(),
            "-- findings gives (line, case, track, kind, rule, result, clause, path, needs), quota_findings what quotas come to by key; texts by joining messages.".to_owned(),
            "-- Whether the batch is closed and how the notice is read stand in settings; set them by UPDATE (in Spark: INSERT OVERWRITE).".to_owned(),
        ];
        if !self.not_carried.is_empty() {
            lines.push("--".to_owned());
            lines.push("-- Not carried here, since it could not be exact:".to_owned());
            lines.extend(self.not_carried.iter().map(|(_, place, why)| format!("--   {place}: {} / {}", why.zh, why.en)));
        }
        let prelude = self.dialect.prelude();
        let d = self.dialect;
        let (whole, words) = (d.type_of(ColumnType::Whole), d.type_of(ColumnType::Text));
        let cases = match d {
            Dialect::Spark => {
                "-- The lines as they came: a view cases (line BIGINT, text STRING) must be there, of a file or a table.".to_owned()
            }
            Dialect::Duckdb | Dialect::Postgresql | Dialect::Sqlite => {
                let columns = [("line".to_owned(), format!("{whole} PRIMARY KEY")), ("text".to_owned(), format!("{words} NOT NULL"))];
                format!("-- The lines as they came.\n{}", d.table("cases", &columns, &[]))
            }
        };
        let functions = d.functions_of(&self.out.concat()).join("\n\n");
        let parts =
            [lines.join("\n"), prelude.to_owned(), functions, cases, super::rejected::rejected(p, self.dialect), self.rules_table()];
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n\n")
    }

    fn name(&self, name: &str) -> String {
        self.dialect.name_of(name)
    }

    fn print(&self, sql: &Sql) -> String {
        scalar(self.dialect, sql, 4)
    }

    fn type_of(&self, holding: Holding) -> &'static str {
        match holding {
            Holding::Text => self.dialect.type_of(ColumnType::Text),
            Holding::Truth => self.dialect.type_of(ColumnType::Truth),
            Holding::Whole(Width::Small) => self.dialect.type_of(ColumnType::Whole),
            Holding::Whole(width) => self.dialect.wide(width),
        }
    }

    /// Readings and how the batch stands, in one row.
    fn settings(&mut self) {
        let (truth, words) = (self.dialect.type_of(ColumnType::Truth), self.dialect.type_of(ColumnType::Text));
        let mut columns = vec![("closed".to_owned(), format!("{truth} NOT NULL"))];
        let mut values = vec!["FALSE".to_owned()];
        for reading in &self.plan.programme.readings {
            let ReadingValue::Choice { values: choices, chosen: Some(chosen) } = &reading.value else { continue };
            let name = self.name(&setting(reading));
            let list: Vec<String> = choices.iter().map(|c| self.dialect.text(&c.key)).collect();
            columns.push((name.clone(), format!("{words} NOT NULL CHECK ({name} IN ({}))", list.join(", "))));
            values.push(choices.get(*chosen).map_or("NULL".to_owned(), |c| self.dialect.text(&c.key)));
        }
        let table = self.dialect.changing_table("settings", &columns);
        let table = format!("{table}\nINSERT INTO settings VALUES\n  ({});", values.join(", "));
        self.out.push(format!(
            "-- One row: whether the batch is closed, and the reading of what the notice leaves to interpretation.\n{table}"
        ));
    }

    fn track(&mut self, id: TrackId) {
        let p = self.plan.programme;
        let track = p.track(id);
        let means = Means::of(self.dialect);
        let table = Table::of(p, track, &means);
        self.load(track, &table);
        self.create_table(track, &table);
        for one in &table.lists {
            let columns = self.typed(&one.columns);
            self.out.extend(super::lists::list(p, self.dialect, track, one, &columns));
        }
        self.held.push(table.held.clone());
        let mut scope = Scope::new(p, id, self.dialect, table.held.clone());
        let mut rows: Vec<(String, Sql, Sql)> = Vec::new();
        for (index, rule) in track.rules.iter().enumerate() {
            match scope.judged(RuleId(index as u32)) {
                Ok(judged) => {
                    self.carries.push(rule.ident.key.clone());
                    rows.push((format!("{}.{}", track.ident.key, rule.ident.key), judged.result, judged.needs));
                }
                Err(why) => self.not_carried.push((rule.ident.key.clone(), format!("{}.{}", track.ident.key, rule.ident.key), why)),
            }
        }
        self.judged(track, &scope);
        let judged: Vec<(&prog_model::Rule, Sql, Sql)> = track
            .rules
            .iter()
            .filter_map(|rule| {
                let name = format!("{}.{}", track.ident.key, rule.ident.key);
                rows.iter().find(|(n, _, _)| *n == name).map(|(_, result, needs)| (rule, result.clone(), needs.clone()))
            })
            .collect();
        self.findings_of(track, &judged);
        for (rule, result, needs) in &judged {
            self.rule_view(track, rule, (result, needs));
        }
        for (id, each) in &scope.each {
            let (name, view) = super::lists::items_view(self.dialect, track, &track.rules[id.index()], id.index() + 1, each);
            self.items.push(name);
            self.out.push(view);
        }
    }

    fn create_table(&mut self, track: &Track, table: &Table) {
        let (whole, words, truth) =
            (self.dialect.type_of(ColumnType::Whole), self.dialect.type_of(ColumnType::Text), self.dialect.type_of(ColumnType::Truth));
        let mut columns = vec![
            ("line".to_owned(), format!("{whole} PRIMARY KEY")),
            (self.name("case"), words.to_owned()),
            ("withdrawn".to_owned(), format!("{truth} DEFAULT FALSE NOT NULL")),
        ];
        columns.extend(self.typed(&table.columns));
        let name = self.name(&format!("track {}", track.ident.key));
        self.out.push(format!("-- {}\n{}", track.ident.label.text, self.dialect.changing_table(&name, &columns)));
    }

    /// Entries as columns of a table, with type and constraint.
    fn typed(&self, entries: &[Column]) -> Vec<(String, String)> {
        let mut columns = Vec::new();
        for column in entries {
            let check = column.check.as_ref().map_or(String::new(), |c| format!(" CHECK ({})", self.print(c)));
            let name = self.name(&column.name);
            let told = column.steps.contains(&column.remark) || column.remark.is_empty() || self.dialect == Dialect::Spark;
            let name = if told { name } else { format!("-- {}\n  {name}", column.remark) };
            columns.push((name, format!("{}{check}", self.type_of(column.holding))));
        }
        columns
    }

    /// The view that reads a track's lines.
    fn load(&mut self, track: &Track, table: &Table) {
        let d = self.dialect;
        let name = self.name(&format!("load {}", track.ident.key));
        let (mut raw, mut read) = reads(d, &table.columns, 4);
        let head = |steps: &[&str], name: &str| format!("    {} AS {name}", d.at(steps));
        let mut first = vec![head(&["id"], "id"), head(&["withdrawn"], "withdrawn")];
        first.append(&mut raw);
        let means = Means::of(d);
        let id = scalar(d, &means.filled().with_raw("id"), 2);
        let withdrawn = scalar(d, &super::tree::coalesce(call(Function::Truth, [column("withdrawn")]), Sql::Bool(false)), 2);
        let mut all = vec!["  line".to_owned(), format!("  {id} AS {}", self.name("case")), format!("  {withdrawn} AS withdrawn")];
        all.append(&mut read);
        self.out.push(format!(
            "CREATE VIEW {name} AS\nWITH entries AS (\n  SELECT\n    line,\n{}\n  FROM documents\n  WHERE line NOT IN (SELECT line FROM rejected) AND {} = {}{}\n)\nSELECT\n{}\nFROM entries;",
            first.join(",\n"),
            d.at(&["track"]),
            d.text(&track.ident.key),
            d.fence(),
            all.join(",\n")
        ));
    }

    /// The view that holds every result of a track as columns, layer by layer.
    fn judged(&mut self, track: &Track, scope: &Scope<'_>) {
        let name = self.name(&format!("judged {}", track.ident.key));
        let table = self.name(&format!("track {}", track.ident.key));
        let mut text =
            format!("CREATE VIEW {name} AS\nWITH layer0 {} (\n  SELECT * FROM {table} CROSS JOIN settings\n)", self.dialect.once());
        let last = super::fold::layers(self.dialect, &mut text, &scope.layers.layers, self.dialect.once());
        text += &format!("\nSELECT * FROM layer{last};");
        self.out.push(text);
    }

    /// The rows of all rules of a track: its results laid under one another, so that they are worked out once.
    fn findings_of(&mut self, track: &Track, judged: &[(&prog_model::Rule, Sql, Sql)]) {
        let d = self.dialect;
        if judged.is_empty() {
            return;
        }
        let place = column("place");
        let mut results = Vec::new();
        let mut needs_of = Vec::new();
        for (at, (rule, result, needs)) in judged.iter().enumerate() {
            let at = at as i64 + 1;
            let strength = super::strength_word(if rule.soft { prog_model::Strength::Note } else { rule.strength });
            let words = [&track.ident.key, "rule", &rule.ident.key, strength, &self.clauses(&rule.cites), &rule.path].map(|t| d.text(t));
            let [key, rest @ ..] = words;
            self.rules.push(format!("({key}, {at}, {})", rest.join(", ")));
            let here = super::tree::equal(place.clone(), super::tree::int(at));
            results.push((here.clone(), result.clone()));
            if *needs != Sql::Null {
                needs_of.push((here, needs.clone()));
            }
        }
        let result = super::tree::case(results, Sql::Null);
        let needs = super::tree::case(needs_of, Sql::Null);
        let name = self.name(&format!("findings {}", track.ident.key));
        let from = self.name(&format!("judged {}", track.ident.key));
        let shown =
            super::tree::case([(super::tree::is_null(column("awaited")), text("[]"))], call(Function::NeedsJson, [column("awaited")]));
        self.out.push(format!(
            "CREATE VIEW {name} AS\nSELECT line, {}, track, kind, rule, result, clause, path, {} AS needs\nFROM (\n  SELECT\n    line,\n    {},\n    rules.track,\n    kind,\n    rule,\n    {} AS result,\n    clause,\n    path,\n    {} AS awaited\n  FROM {from} CROSS JOIN rules\n  WHERE rules.track = {}\n) AS judged;",
            self.name("case"),
            self.print(&shown),
            self.name("case"),
            self.print(&result),
            self.print(&needs),
            d.text(&track.ident.key)
        ));
        self.findings.push(name);
    }

    /// Clauses as a JSON array.
    fn clauses(&self, cites: &[prog_model::Citation]) -> String {
        let addresses = self.plan.programme.addresses(cites);
        crate::json::compact(&Json::from(addresses.into_iter().map(Json::from).collect::<Vec<_>>()))
    }

    /// The rows of one rule.
    fn rule_view(&mut self, track: &Track, rule: &prog_model::Rule, (result, needs): (&Sql, &Sql)) {
        let d = self.dialect;
        let name = self.name(&short(&format!("rule {}.{}", track.ident.key, rule.ident.key)));
        let from = self.name(&format!("judged {}", track.ident.key));
        let needs = match needs {
            Sql::Null => text("[]"),
            needs => super::tree::case([(super::tree::is_null(needs.clone()), text("[]"))], call(Function::NeedsJson, [needs.clone()])),
        };
        self.out.push(format!(
            "-- {}\nCREATE VIEW {name} AS\nSELECT\n  line,\n  {},\n  {} AS result,\n  {} AS clause,\n  {} AS path,\n  {} AS needs\nFROM {from};",
            rule.ident.label.text,
            self.name("case"),
            self.print(result),
            d.text(&self.clauses(&rule.cites)),
            d.text(&rule.path),
            self.print(&needs)
        ));
    }

    /// The rules that are carried, one row each.
    fn rules_table(&self) -> String {
        let d = self.dialect;
        let (whole, words) = (d.type_of(ColumnType::Whole), d.type_of(ColumnType::Text));
        let columns: Vec<(String, String)> = ["track", "place", "kind", "rule", "strength", "clause", "path"]
            .map(|name| (name.to_owned(), format!("{} NOT NULL", if name == "place" { whole } else { words })))
            .into();
        format!("-- What is judged, where it stands in the notice and in the case.\n{}", d.table("rules", &columns, &self.rules))
    }

    fn findings(&mut self) {
        let mut all: Vec<String> = self.findings.iter().map(|name| format!("SELECT * FROM {name}")).collect();
        if all.is_empty() {
            let none = format!(
                "SELECT place AS line, rule AS {}, track, kind, rule, rule AS result, clause, path, rule AS needs FROM rules",
                self.name("case")
            );
            all.push(none);
        }
        self.out.push(format!("-- Everything found.\nCREATE VIEW findings AS\n{};", all.join("\nUNION ALL\n")));
        let items: Vec<String> = self.items.iter().map(|name| format!("SELECT * FROM {name}")).collect();
        if !items.is_empty() {
            self.out.push(format!("-- Items of lists that are not met.\nCREATE VIEW item_findings AS\n{};", items.join("\nUNION ALL\n")));
        }
    }

    /// Events, and the views of quotas and selections.
    fn quotas(&mut self) {
        let (p, d) = (self.plan.programme, self.dialect);
        if p.quotas.is_empty() && p.selections.is_empty() {
            return;
        }
        let (whole, words) = (d.type_of(ColumnType::Whole), d.type_of(ColumnType::Text));
        let load = self.name("load events");
        let columns = [("line", whole), ("place", whole), ("stage", words), ("outcome", words), ("moment", words)];
        let columns = columns.map(|(name, ty)| (name.to_owned(), ty.to_owned()));
        self.out.push(format!("CREATE VIEW {load} AS\n{};", d.events()));
        let table = d.changing_table("events", &columns);
        self.out.push(format!("-- What happened to cases, in their order: a case without any is counted everywhere.\n{table}"));
        for (name, columns, query) in d.packages().into_iter().filter(|_| !p.quotas.is_empty()) {
            let load = self.name(&format!("load {name}"));
            self.out.push(format!("CREATE VIEW {load} AS\n{query};"));
            let columns: Vec<(String, String)> = columns.into_iter().map(|(c, ty)| (c.to_owned(), d.type_of(ty).to_owned())).collect();
            self.out.push(d.changing_table(name, &columns));
        }
        let mut routes = Vec::new();
        if !p.quotas.is_empty() {
            routes = self.of_quotas();
        }
        let selections = super::selections::selections(p, d, &self.held, routes);
        self.out.extend(selections.sections);
        self.carries.extend(selections.carried.iter().map(|i| p.selections[*i].ident.key.clone()));
        for (index, why) in selections.refused {
            let key = &p.selections[index].ident.key;
            self.not_carried.push((key.clone(), format!("select {key}"), why));
        }
    }

    /// The views of quotas; gives the tracks whose routes they lay out.
    fn of_quotas(&mut self) -> Vec<TrackId> {
        let p = self.plan.programme;
        let quotas = super::quotas::quotas(p, self.dialect, &self.held);
        self.out.extend(quotas.sections);
        self.carries.extend(quotas.carried.iter().map(|i| p.quotas[*i].ident.key.clone()));
        for (index, why) in quotas.refused {
            let key = &p.quotas[index].ident.key;
            self.not_carried.push((key.clone(), format!("quota {key}"), why));
        }
        quotas.routes
    }

    /// The words of rules in each language.
    fn messages(&mut self) {
        let d = self.dialect;
        let words = d.type_of(ColumnType::Text);
        let mut rows = Vec::new();
        for track in &self.plan.programme.tracks {
            for rule in &track.rules {
                for (lang, code) in [(prog_base::Lang::Zh, "zh"), (prog_base::Lang::En, "en")] {
                    let row = [&track.ident.key, &rule.ident.key, code, rule.ident.label.get(lang)].map(|t| d.text(t));
                    rows.push(format!("({})", row.join(", ")));
                }
            }
        }
        let p = self.plan.programme;
        for ident in p.quotas.iter().map(|q| &q.ident).chain(p.selections.iter().map(|s| &s.ident)) {
            for (lang, code) in [(prog_base::Lang::Zh, "zh"), (prog_base::Lang::En, "en")] {
                let row = ["", &ident.key, code, ident.label.get(lang)].map(|t| d.text(t));
                rows.push(format!("({})", row.join(", ")));
            }
        }
        let columns = ["track", "rule", "lang", "text"].map(|name| (name.to_owned(), format!("{words} NOT NULL")));
        let table = d.table("messages", &columns, &rows);
        self.out.push(format!("-- The words of each rule, and of each quota and selection (which are of no track).\n{table}"));
    }
}
