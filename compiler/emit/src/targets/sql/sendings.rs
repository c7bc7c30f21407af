//! What is sent in turn (semantics 3.1): packages and loose cases in the order of time, each laid against the sender's caps.
//!
//! In: the caps of a stage. Out: views `sent S` (which case came in which sending), `over Q` (groups that everything together would
//! exceed), `turns S` (what fitted), `breaches Q`, `unfit S`. Always: a sending that meets no group over its cap fits, since what a cap
//! counts only grows; the others are taken one after another. Where a dialect can't look back while it goes on, only groups with one
//! sending are judged, and `carried S` says so.

use super::dialect::ColumnType;
use super::quota::{Lowered, sender_key};
use super::quotas::Writer;
use super::time::seconds;
use super::tree::{Function, column, given};
use prog_model::{StageId, Strength, TrackId};

impl Writer<'_> {
    fn view(&self, kind: &str, key: &str) -> String {
        self.name(&format!("{kind} {key}"))
    }

    fn key_of(&self, one: &Lowered) -> &str {
        &self.p.quotas[one.index].ident.key
    }

    /// All views of a stage with caps.
    pub fn sendings(&mut self, stage: Option<StageId>, caps: &[&Lowered]) {
        self.sent(stage, caps);
        for one in caps {
            self.over(stage, one);
        }
        if self.d.looks_back() {
            self.turns(stage, caps);
        } else {
            self.at_once(stage, caps);
        }
        for one in caps {
            if self.d.looks_back() {
                self.breaches(stage, one);
            } else {
                self.breaches_at_once(stage, one);
            }
        }
        let key = self.stage_key(stage);
        let (sent, turns) = (self.view("sent", key), self.view("turns", key));
        let view = format!(
            "-- Cases whose sending did not fit: they take no place.\nCREATE VIEW {} AS\nSELECT line\nFROM {sent}\nWHERE line IS NOT NULL\nGROUP BY line\nHAVING COUNT(CASE WHEN n IN (SELECT n FROM {turns} WHERE NOT fits) THEN NULL ELSE 1 END) = 0;",
            self.view("unfit", key)
        );
        self.kept(&format!("unfit {key}"), &view, &[("line".to_owned(), ColumnType::Whole)]);
    }

    /// Which case came in which sending.
    fn sent(&mut self, stage: Option<StageId>, caps: &[&Lowered]) {
        let (p, d, key) = (self.p, self.d, self.stage_key(stage));
        let mut ids = Vec::new();
        let mut senders = Vec::new();
        for (index, track) in p.tracks.iter().enumerate() {
            let table = self.view("track", &track.ident.key);
            ids.push(format!("SELECT line, {} AS id FROM {table} WHERE NOT withdrawn", self.name("case")));
            let own: Vec<&&Lowered> = caps.iter().filter(|one| p.quotas[one.index].tracks.contains(&TrackId(index as u32))).collect();
            let Some(first) = own.first() else { continue };
            let mut keys: Vec<String> = own
                .iter()
                .filter_map(|one| sender_key(p, &p.quotas[one.index]).map(|k| self.name(&format!("q{} k{k}", one.index))))
                .collect();
            keys.push("''".to_owned());
            senders.push(format!(
                "SELECT line, {} AS entered, COALESCE({}) AS sender, {} AS moment FROM {} WHERE NOT withdrawn",
                self.name(&format!("q{} entered", first.index)),
                keys.join(", "),
                self.name(&format!("sent/{key}")),
                self.view("cases", &track.ident.key)
            ));
        }
        let at = self.print(&seconds(p.zone.as_ref(), &column("moment")));
        let timed = self.print(&given(column("at_second")));
        let binary = d.binary_order();
        let view = format!(
            "-- What was sent together, numbered in turn: first what has no time, then by time, then packages without one.\nCREATE VIEW {} AS\nWITH ids AS (\n  {}\n), senders AS (\n  {}\n), packed AS (\n  SELECT packages.line AS package, packages.moment, packages.sender, package_cases.place, ids.line\n  FROM packages\n  LEFT JOIN package_cases ON package_cases.line = packages.line\n  LEFT JOIN ids ON ids.id = package_cases.id\n  WHERE packages.stage IS NULL OR packages.stage = {}\n), firsts AS (\n  SELECT package, MIN(place) AS place FROM packed WHERE line IS NOT NULL GROUP BY package\n), timed AS (\n  SELECT packed.package, packed.line, packed.moment, COALESCE(packed.sender, senders.sender, '') AS sender\n  FROM packed\n  LEFT JOIN firsts ON firsts.package = packed.package\n  LEFT JOIN packed AS head ON head.package = firsts.package AND head.place = firsts.place\n  LEFT JOIN senders ON senders.line = head.line\n  UNION ALL\n  SELECT NULL, line, moment, sender\n  FROM senders\n  WHERE entered IS NOT FALSE AND line NOT IN (SELECT line FROM packed WHERE line IS NOT NULL)\n), clocked AS (\n  SELECT timed.*, {at} AS at_second FROM timed\n)\nSELECT\n  DENSE_RANK() OVER (\n    ORDER BY CASE WHEN {timed} THEN 1 WHEN package IS NULL THEN 0 ELSE 2 END, COALESCE(at_second, package, 0), sender{binary}\n  ) AS n,\n  line,\n  package\nFROM clocked;",
            self.view("sent", key),
            ids.join("\n  UNION ALL\n  "),
            senders.join("\n  UNION ALL\n  "),
            d.text(key),
        );
        let columns = ["n", "line", "package"].map(|name| (name.to_owned(), ColumnType::Whole));
        self.kept(&format!("sent {key}"), &view, &columns);
    }

    /// Who is in a group that is over its cap once everything counts.
    fn over(&mut self, stage: Option<StageId>, one: &Lowered) {
        let key = self.key_of(one).to_owned();
        let same: Vec<String> = (0..self.p.quotas[one.index].keys.len())
            .map(|k| format!("everything.{} = belonging.g{k}", self.name(&format!("k{k}"))))
            .collect();
        let same = if same.is_empty() { "1 = 1".to_owned() } else { same.join(" AND ") };
        self.out.push(format!(
            "CREATE VIEW {} AS\nSELECT sent.n, belonging.*\nFROM {} AS belonging\nJOIN {} AS everything ON {same} AND everything.{}\nJOIN {} AS sent ON sent.line = belonging.line;",
            self.view("over", &key),
            self.view("belonging", &key),
            self.view("all", &key),
            self.name("over the cap"),
            self.view("sent", self.stage_key(stage))
        ));
    }

    /// A written reason of the sending's packages lets it exceed an `in principle` cap.
    fn excused(&self, one: &Lowered, stage: Option<StageId>, n: &str) -> Option<String> {
        let quota = &self.p.quotas[one.index];
        (quota.strength == Some(Strength::InPrinciple)).then(|| {
            format!(
                "{n} IN (SELECT sent.n FROM package_reasons JOIN {} AS sent ON sent.package = package_reasons.line WHERE package_reasons.quota = {})",
                self.view("sent", self.stage_key(stage)),
                self.d.text(&quota.ident.key)
            )
        })
    }

    /// The rows of a group over its cap that stand beside a sending: what was taken before, and its own.
    fn beside(&self, one: &Lowered, head: &[&str], turn: &str, from: &str) -> String {
        let own: Vec<String> = head
            .iter()
            .map(|&c| c.to_owned())
            .chain(self.group_columns(one))
            .chain(["line".to_owned()])
            .chain(self.belonging_columns(one))
            .collect();
        let own = own.iter().map(|c| if head.contains(&c.as_str()) { format!("{turn}.{c}") } else { format!("over_cap.{c}") });
        let own: Vec<String> = own.collect();
        format!(
            "SELECT {}, MAX(CASE WHEN over_cap.n = {turn}.n THEN 1 ELSE 0 END) AS own\n{from}\nGROUP BY {}",
            own.join(", "),
            own.join(", ")
        )
    }

    fn taken(&self, before: &str) -> String {
        let n = format!("('/' || CAST(over_cap.n AS {}) || '/')", self.d.type_of(ColumnType::Text));
        self.d.call(Function::Position, &[before.to_owned(), n]) + " > 0"
    }

    /// The sendings that meet a group over its cap, in turn: what was taken before each, and whether it fits.
    fn turns(&mut self, stage: Option<StageId>, caps: &[&Lowered]) {
        let key = self.stage_key(stage);
        let text = self.d.type_of(ColumnType::Text);
        let full: Vec<String> = caps
            .iter()
            .enumerate()
            .map(|(i, one)| format!("full{i} AS MATERIALIZED (\n  SELECT * FROM {}\n)", self.view("over", self.key_of(one))))
            .collect();
        let met: Vec<String> = (0..caps.len()).map(|i| format!("SELECT n FROM full{i}")).collect();
        let mut breaks = Vec::new();
        for (i, one) in caps.iter().enumerate() {
            let from = format!("FROM full{i} AS over_cap\nWHERE over_cap.n = met.n OR {}", self.taken("took.taken"));
            let mut test = format!("WITH belonging AS (\n{}\n)", self.beside(one, &[], "met", &from));
            let last = self.totals(&mut test, one, &[], &["MAX(own) AS own"]);
            let test = format!("EXISTS (\n{test}\nSELECT 1 FROM layer{last} WHERE own = 1 AND {})", self.print(&one.over));
            breaks.push(match self.excused(one, stage, "met.n") {
                Some(excused) => format!("({test} AND NOT {excused})"),
                None => test,
            });
        }
        let view = format!(
            "-- The sendings that meet a group over its cap, one after another: what was taken before (`/n/n/`), and whether it fits.\nCREATE VIEW {} AS\nWITH RECURSIVE {}, met AS MATERIALIZED (\n  SELECT n, ROW_NUMBER() OVER (ORDER BY n) AS r FROM ({}) AS numbers\n), took (r, n, taken) AS (\n  SELECT CAST(0 AS {whole}), CAST(0 AS {whole}), CAST('/' AS {text})\n  UNION ALL\n  SELECT met.r, met.n, CASE WHEN {} THEN took.taken ELSE took.taken || CAST(met.n AS {text}) || '/' END\n  FROM took JOIN met ON met.r = took.r + 1\n)\nSELECT later.r, later.n, took.taken, later.taken <> took.taken AS fits\nFROM took JOIN took AS later ON later.r = took.r + 1;",
            self.view("turns", key),
            full.join(", "),
            met.join(" UNION "),
            breaks.join(" OR "),
            whole = self.d.type_of(ColumnType::Whole),
        );
        let number = |name: &str| (name.to_owned(), ColumnType::Whole);
        let columns = [number("r"), number("n"), ("taken".to_owned(), ColumnType::Text), ("fits".to_owned(), ColumnType::Truth)];
        self.kept(&format!("turns {key}"), &view, &columns);
    }

    /// What the first sending that did not fit came to, group by group.
    fn breaches(&mut self, stage: Option<StageId>, one: &Lowered) {
        let key = self.key_of(one).to_owned();
        let stage_key = self.stage_key(stage);
        let from = format!(
            "FROM {} AS turns\nJOIN {} AS over_cap ON over_cap.n = turns.n OR {}\nWHERE NOT turns.fits",
            self.view("turns", stage_key),
            self.view("over", &key),
            self.taken("turns.taken")
        );
        let mut view = format!(
            "CREATE VIEW {} AS\nWITH belonging {} (\n{}\n)",
            self.view("breaches", &key),
            self.d.once(),
            self.beside(one, &["r", "n"], "turns", &from)
        );
        let last = self.totals(&mut view, one, &["r", "n"], &["MAX(own) AS own"]);
        let excused = self.excused(one, stage, "n").map_or(String::new(), |excused| format!(" AND NOT {excused}"));
        let keys: Vec<String> = (0..self.p.quotas[one.index].keys.len()).map(|k| self.name(&format!("k{k}"))).collect();
        let by = if keys.is_empty() { "own".to_owned() } else { keys.join(", ") };
        let mut own = keys.clone();
        own.extend(self.shown(one));
        let list = self.shown_of_breach(&keys);
        view += &format!(
            "\nSELECT {list}\nFROM (\n  SELECT {}, ROW_NUMBER() OVER (PARTITION BY {by} ORDER BY r) AS place\n  FROM layer{last}\n  WHERE own = 1 AND {}{excused}\n) AS breaching\nWHERE place = 1;",
            own.join(", "),
            self.print(&one.over)
        );
        self.kept(&format!("breaches {key}"), &view, &self.shown_columns(one));
    }

    /// A breach as a finding: unmet for good, waiting for nothing.
    fn shown_of_breach(&self, keys: &[String]) -> String {
        let mut list = keys.to_vec();
        list.extend(["'unmet' AS result".to_owned(), format!("TRUE AS {}", self.name("final")), "NULL AS awaited".to_owned()]);
        list.extend(super::groups::SHOWN[3..].iter().map(|c| self.name(c)));
        list.join(", ")
    }

    /// Without looking back: a group over its cap that came in one sending is judged, of several nothing is said.
    fn at_once(&mut self, stage: Option<StageId>, caps: &[&Lowered]) {
        let key = self.stage_key(stage);
        let (mut numbers, mut several) = (Vec::new(), Vec::new());
        for one in caps {
            let over = self.view("over", self.key_of(one));
            let kept = self.excused(one, stage, "n").map_or(String::new(), |excused| format!(" WHERE NOT ({excused})"));
            numbers.push(format!("SELECT n FROM {over}{kept}"));
            let by = self.group_columns(one).join(", ");
            several.push(format!("SELECT COUNT(DISTINCT n) AS sendings FROM {over} GROUP BY {by}"));
        }
        let view = format!(
            "-- Sendings that meet a group over its cap: each alone in it.\nCREATE VIEW {} AS\nSELECT n, FALSE AS fits FROM ({}) AS numbers;",
            self.view("turns", key),
            numbers.join(" UNION ")
        );
        self.kept(&format!("turns {key}"), &view, &[("n".to_owned(), ColumnType::Whole), ("fits".to_owned(), ColumnType::Truth)]);
        let view = format!(
            "-- Whether no group over its cap came in several sendings: those are not judged here.\nCREATE VIEW {} AS\nSELECT COUNT(*) = 0 AS carried FROM ({}) AS groups WHERE sendings > 1;",
            self.view("carried", key),
            several.join(" UNION ALL ")
        );
        self.kept(&format!("carried {key}"), &view, &[("carried".to_owned(), ColumnType::Truth)]);
    }

    fn breaches_at_once(&mut self, stage: Option<StageId>, one: &Lowered) {
        let key = self.key_of(one).to_owned();
        let keys: Vec<String> = (0..self.p.quotas[one.index].keys.len()).map(|k| self.name(&format!("k{k}"))).collect();
        let excused = self.excused(one, stage, "over_cap.n");
        let same: Vec<String> = keys.iter().enumerate().map(|(k, name)| format!("over_cap.g{k} = everything.{name}")).collect();
        let same = if same.is_empty() { "1 = 1".to_owned() } else { same.join(" AND ") };
        let kept = excused.map_or(String::new(), |excused| format!(" AND NOT ({excused})"));
        let list = self.shown_of_breach(&keys);
        let view = format!(
            "CREATE VIEW {} AS\nSELECT {list}\nFROM {} AS everything\nWHERE {} AND EXISTS (SELECT 1 FROM {} AS over_cap WHERE {same}{kept});",
            self.view("breaches", &key),
            self.view("all", &key),
            self.name("over the cap"),
            self.view("over", &key)
        );
        self.kept(&format!("breaches {key}"), &view, &self.shown_columns(one));
    }
}
