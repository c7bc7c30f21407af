//! Lines that are refused (semantics 5.1): a table of what may stand where, every line as a tree of nodes, the first fault of each.
//!
//! In: a programme. Out: SQL. Always: the codes are those of the strict reader; of several faults the first in the text's order counts, after
//! what concerns the whole text, the programme and the track.

use super::dialect::{ColumnType, Dialect};
use crate::names::pointer_step;
use prog_base::codes;
use prog_model::{FieldKind, FieldType, Origin, Programme, Test, Track};

/// What may stand at a pointer.
struct Place {
    pointer: String,
    kind: &'static str,
    blank: bool,
}

/// The tables `shape` and `rejected` and the views `documents`, `packages`, `all_nodes`, `load rejected`.
pub fn rejected(p: &Programme, d: Dialect) -> String {
    let (words, truth) = (d.type_of(ColumnType::Text), d.type_of(ColumnType::Truth));
    let mut rows = Vec::new();
    let shapes = p.tracks.iter().map(|track| (track.ident.key.as_str(), shape(p, track)));
    let mut levels = 0;
    for (track, places) in shapes.chain([(NO_CASE, no_case(p))]) {
        levels = places.iter().map(|place| place.pointer.matches('/').count()).max().unwrap_or(0).max(levels);
        for Place { pointer, kind, blank } in places {
            let blank = if blank { "TRUE" } else { "FALSE" };
            rows.push(format!("({}, {}, '{kind}', {blank})", d.text(track), d.text(&pointer)));
        }
    }
    let columns = [("track", words), ("pointer", words), ("kind", words), ("blank", truth)];
    let columns = columns.map(|(name, ty)| (name.to_owned(), format!("{ty} NOT NULL")));
    let shape = format!(
        "-- What may stand where in a case (of no track: in a package or decision): an object, a list, a text, a truth value, a whole number,\n-- something plain of these three, a key (plain, or an object of such); and whether null may.\n{}",
        d.table("shape", &columns, &rows)
    );
    let tracks: Vec<String> = p.tracks.iter().map(|t| d.text(&t.ident.key)).collect();
    let view = REJECTED
        .replace("{load}", &d.name_of("load rejected"))
        .replace("{once}", d.materialized())
        .replace("{missing}", codes::MISSING_MEMBER.0)
        .replace("{broken}", &d.broken(codes::NOT_JSON.0, codes::DUPLICATE_MEMBER.0))
        .replace("{type}", codes::WRONG_TYPE.0)
        .replace("{member}", codes::UNKNOWN_MEMBER.0)
        .replace("{twice}", codes::DUPLICATE_MEMBER.0)
        .replace("{deep}", codes::TOO_DEEP.0)
        .replace("{range}", codes::NUMBER_RANGE.0)
        .replace("{other}", codes::OTHER_PROGRAMME.0)
        .replace("{track}", codes::UNKNOWN_TRACK.0)
        .replace("{key}", &d.text(&p.ident.key))
        .replace("{tracks}", &tracks.join(", "))
        .replace("{stage_text}", &d.at(&["package", "stage"]))
        .replace("{quota_text}", &d.at(&["decision", "quota"]))
        .replace("{id_text}", &d.at(&["package", "id"]))
        .replace("{stages}", &listed(d, p.stages.iter().map(|s| s.key.as_str())))
        .replace("{quotas}", &listed(d, p.quotas.iter().map(|q| q.ident.key.as_str())))
        .replace("{stage}", codes::NO_SUCH_STAGE.0)
        .replace("{reference}", codes::BATCH_REFERENCE.0)
        .replace("{no_case}", &d.text(NO_CASE))
        .replace("{track_text}", &d.at(&["track"]))
        .replace("{programme_text}", &d.at(&["programme"]))
        .replace("{top}", d.top())
        .replace("{too_deep}", d.too_deep())
        .replace("{dives}", &d.dives())
        .replace("{filled}", &super::columns::is_filled(d, "id"))
        .replace("{length}", d.bytes())
        .replace("{large}", codes::TOO_LARGE.0);
    let documents = format!(
        "-- The case within each line; no document where the line is no JSON.\nCREATE VIEW documents AS\nSELECT {}, {} AS doc FROM {}{};",
        d.line_columns(),
        d.document(),
        d.lines(),
        d.fence()
    );
    let packages = format!(
        "-- Lines that are packages or decisions, no cases.\nCREATE VIEW no_cases AS\nSELECT line FROM documents WHERE {} IS NOT NULL OR {} IS NOT NULL;",
        d.member(&["package"]),
        d.member(&["decision"])
    );
    let columns = [("line", d.type_of(ColumnType::Whole)), ("code", words)];
    let table = d.changing_table("rejected", &columns.map(|(name, ty)| (name.to_owned(), format!("{ty} NOT NULL"))));
    [shape, documents, packages, d.nodes(levels + 1), view, table].join("\n\n")
}

/// One row a refused line.
const REJECTED: &str = "-- Lines that are refused, each with the code of its first fault.
CREATE VIEW {load} AS
WITH nodes {once} (
  SELECT * FROM all_nodes
), heads AS (
  SELECT
    line,
    MAX(CASE WHEN type IN ('object', 'list') THEN depth END) AS depth,
    MAX(CASE WHEN pointer = '' THEN type END) AS type,
    COUNT(CASE WHEN depth = 2 AND pointer IN ('/package', '/decision') AND type <> 'null' THEN 1 END) AS kinds,
    MAX(CASE WHEN pointer = '/programme' AND type <> 'null' THEN type END) AS programme,
    MAX(CASE WHEN pointer = '/track' AND type <> 'null' THEN type END) AS track
  FROM {top}
  GROUP BY line
), twice AS (
  SELECT DISTINCT line FROM {top} WHERE place <> '' GROUP BY line, parent, name HAVING COUNT(*) > 1 AND MAX(of) = 'object'
), named {once} (
  SELECT
    documents.line,
    CASE WHEN no_cases.line IS NULL THEN {track_text} ELSE {no_case} END AS track,
    {stage_text} AS stage,
    {quota_text} AS quota
  FROM documents
  LEFT JOIN no_cases ON no_cases.line = documents.line
  WHERE doc IS NOT NULL
), faults AS (
  SELECT
    nodes.line,
    MIN(nodes.place || ' ' || CASE
      WHEN shape.kind IS NULL THEN '{member}'
      WHEN nodes.type = 'number' AND shape.kind IN ('whole', 'plain', 'key') AND nodes.whole AND nodes.beyond THEN '{range}'
      WHEN nodes.type = 'text' AND nodes.pointer = '/package/stage' THEN '{stage}'
      WHEN nodes.type = 'text' AND nodes.pointer = '/decision/quota' THEN '{reference}'
      ELSE '{type}'
    END) AS fault
  FROM nodes
  JOIN named ON named.line = nodes.line
  LEFT JOIN shape ON shape.track = named.track AND shape.pointer = CASE
    WHEN named.track = {no_case} AND nodes.depth = 4 AND substr(nodes.pointer, 1, 13) = '/package/key/' THEN '/package/key/*'
    WHEN named.track = {no_case} AND nodes.depth = 4 AND substr(nodes.pointer, 1, 14) = '/decision/key/' THEN '/decision/key/*'
    ELSE nodes.pointer
  END
  WHERE nodes.place <> '' AND (
    shape.kind IS NULL
    OR nodes.type = 'null' AND NOT shape.blank
    OR nodes.type <> 'null' AND CASE shape.kind
      WHEN 'whole' THEN nodes.type <> 'number'
      WHEN 'plain' THEN nodes.type NOT IN ('text', 'truth', 'number')
      WHEN 'key' THEN nodes.type NOT IN ('text', 'truth', 'number', 'object')
      ELSE nodes.type <> shape.kind
    END
    OR nodes.type = 'number' AND (NOT nodes.whole OR nodes.beyond)
    OR named.track = {no_case} AND nodes.pointer = '/package/stage' AND nodes.type = 'text' AND named.stage NOT IN ({stages})
    OR named.track = {no_case} AND nodes.pointer = '/decision/quota' AND nodes.type = 'text' AND named.quota NOT IN ({quotas})
  )
  GROUP BY nodes.line
), twins AS (
  SELECT line FROM (
    SELECT no_cases.line, {id_text} AS id, ROW_NUMBER() OVER (PARTITION BY {id_text} ORDER BY no_cases.line) AS n
    FROM no_cases JOIN documents ON documents.line = no_cases.line
  ) AS ids
  WHERE n > 1 AND {filled}
)
SELECT line, code
FROM (
  SELECT
    documents.line,
    CASE
      WHEN {length} > 16777216 THEN '{large}'
      WHEN doc IS NULL THEN CASE WHEN {dives} THEN '{deep}' ELSE {broken} END
      WHEN {too_deep} THEN '{deep}'
      WHEN twice.line IS NOT NULL THEN '{twice}'
      WHEN heads.type = 'null' AND documents.text LIKE '%{%' THEN '{missing}'
      WHEN heads.type <> 'object' THEN '{type}'
      WHEN no_cases.line IS NOT NULL THEN CASE
        WHEN faults.line IS NOT NULL THEN substr(faults.fault, length(faults.fault) - 4, 5)
        WHEN twins.line IS NOT NULL THEN '{reference}'
        WHEN heads.kinds <> 1 THEN '{missing}'
      END
      WHEN heads.programme IS NULL THEN '{missing}'
      WHEN heads.programme <> 'text' THEN '{type}'
      WHEN {programme_text} <> {key} THEN '{other}'
      WHEN heads.track IS NULL THEN '{missing}'
      WHEN heads.track <> 'text' THEN '{type}'
      WHEN {track_text} NOT IN ({tracks}) THEN '{track}'
      ELSE substr(faults.fault, length(faults.fault) - 4, 5)
    END AS code
  FROM documents
  LEFT JOIN heads ON heads.line = documents.line
  LEFT JOIN twice ON twice.line = documents.line
  LEFT JOIN faults ON faults.line = documents.line
  LEFT JOIN twins ON twins.line = documents.line
  LEFT JOIN no_cases ON no_cases.line = documents.line
) AS judged
WHERE code IS NOT NULL;";

/// In the table `shape`, what a line is that is no case: no track's key has such a sign.
const NO_CASE: &str = "/";

/// Texts in a list; of none one that stands nowhere.
fn listed<'k>(d: Dialect, keys: impl Iterator<Item = &'k str>) -> String {
    let keys: Vec<String> = keys.map(|key| d.text(key)).collect();
    if keys.is_empty() { "''".to_owned() } else { keys.join(", ") }
}

/// Everything that may stand in a package or decision.
fn no_case(p: &Programme) -> Vec<Place> {
    let mut places = Places { p, all: Vec::new() };
    places.put("/package".to_owned(), "object", true);
    places.texts("/package", &["id", "stage", "by", "at", "channel"]);
    places.put("/package/cases".to_owned(), "list", true);
    places.put("/package/cases/*".to_owned(), "text", false);
    places.put("/package/reasons".to_owned(), "object", true);
    for quota in &p.quotas {
        places.put(format!("/package/reasons/{}", pointer_step(&quota.ident.key)), "text", true);
    }
    places.put("/package/materials".to_owned(), "object", true);
    for material in p.materials.iter().filter(|m| m.per_package) {
        places.copies(format!("/package/materials/{}", pointer_step(&material.ident.key)));
    }
    places.put("/package/summary".to_owned(), "list", true);
    places.put("/package/summary/*".to_owned(), "object", false);
    places.put("/package/summary/*/case".to_owned(), "plain", true);
    for summary in &p.summaries {
        for (index, column) in summary.columns.iter().enumerate() {
            let mut pointer = "/package/summary/*".to_owned();
            if let Some(group) = summary.group_of(index) {
                pointer = format!("{pointer}/{}", pointer_step(&group.key));
                places.put(pointer.clone(), "object", true);
            }
            places.put(format!("{pointer}/{}", pointer_step(&column.ident.key)), "plain", true);
        }
    }
    places.put("/decision".to_owned(), "object", true);
    places.texts("/decision", &["quota", "by", "why", "at"]);
    for line in ["package", "decision"] {
        places.put(format!("/{line}/key"), "key", true);
        places.put(format!("/{line}/key/*"), "plain", true);
    }
    places.all
}

/// Everything that may stand in a case of a track.
fn shape(p: &Programme, track: &Track) -> Vec<Place> {
    let mut places = Places { p, all: Vec::new() };
    for (member, kind) in [("programme", "text"), ("version", "text"), ("id", "text"), ("track", "text"), ("withdrawn", "truth")] {
        places.put(format!("/{member}"), kind, true);
    }
    for member in ["form", "facts", "attested", "judgements", "external", "reasons", "materials"] {
        places.put(format!("/{member}"), "object", true);
    }
    places.put("/events".to_owned(), "list", true);
    places.put("/events/*".to_owned(), "object", false);
    places.texts("/events/*", &["stage", "outcome", "by", "at", "channel"]);
    for id in &track.inputs {
        let input = p.input(*id);
        places.groups(&input.pointer);
        let origin = match &input.origin {
            Origin::Entered | Origin::Computed(_) => None,
            Origin::Attested { .. } => Some(ATTESTED),
            Origin::Judged { .. } => Some(JUDGED),
            Origin::External { .. } => Some(EXTERNAL),
        };
        match origin {
            None => places.field(&input.field, input.pointer.clone(), true),
            Some(beside) => {
                places.put(input.pointer.clone(), "object", true);
                places.texts(&input.pointer, beside);
                places.field(&input.field, format!("{}/value", input.pointer), true);
            }
        }
    }
    for rule in &track.rules {
        places.sheets(&rule.test, &rule.ident.key);
        places.put(format!("/reasons/{}", pointer_step(&rule.ident.key)), "text", true);
    }
    for material in &track.materials {
        let pointer = format!("/materials/{}", pointer_step(&p.materials[material.index()].ident.key));
        places.copies(pointer);
    }
    places.all
}

const JUDGED: &[&str] = &["by", "at", "reason"];
const ATTESTED: &[&str] = &["evidence"];
const EXTERNAL: &[&str] = &["as_of", "evidence"];

struct Places<'p> {
    p: &'p Programme,
    all: Vec<Place>,
}

impl Places<'_> {
    fn put(&mut self, pointer: String, kind: &'static str, blank: bool) {
        if !self.all.iter().any(|old| old.pointer == pointer) {
            self.all.push(Place { pointer, kind, blank });
        }
    }

    fn texts(&mut self, under: &str, names: &[&str]) {
        for name in names {
            self.put(format!("{under}/{name}"), "text", true);
        }
    }

    /// The copies of a material.
    fn copies(&mut self, pointer: String) {
        self.put(pointer.clone(), "list", true);
        self.put(format!("{pointer}/*"), "object", false);
        self.put(format!("{pointer}/*/format"), "text", true);
        self.put(format!("{pointer}/*/sealed"), "truth", true);
    }

    /// The groups that an entry stands in.
    fn groups(&mut self, pointer: &str) {
        for (at, _) in pointer.match_indices('/').skip(1) {
            self.put(pointer[..at].to_owned(), "object", true);
        }
    }

    fn sheets(&mut self, test: &Test, key: &str) {
        let (member, beside) = match test {
            Test::Judged { .. } => ("judgements", JUDGED),
            Test::Attested { .. } => ("attested", ATTESTED),
            Test::External { .. } => ("external", EXTERNAL),
            Test::Threshold { members, .. } => return members.iter().for_each(|m| self.sheets(&m.test, &m.ident.key)),
            Test::Bad | Test::Expr(_) => return,
        };
        let pointer = format!("/{member}/{}", pointer_step(key));
        self.put(pointer.clone(), "object", true);
        self.put(format!("{pointer}/value"), "truth", true);
        self.texts(&pointer, beside);
    }

    fn field(&mut self, field: &FieldType, pointer: String, blank: bool) {
        match &field.kind {
            FieldKind::Integer | FieldKind::Count | FieldKind::Year => self.put(pointer, "whole", blank),
            FieldKind::YesNo => self.put(pointer, "truth", blank),
            FieldKind::AnyOf(_) => {
                self.put(pointer.clone(), "list", blank);
                self.put(format!("{pointer}/*"), "text", false);
            }
            FieldKind::List(item) => {
                self.put(pointer.clone(), "list", blank);
                self.field(item, format!("{pointer}/*"), true);
            }
            FieldKind::Record(id) => {
                self.put(pointer.clone(), "object", blank);
                for field in &self.p.records[id.index()].fields {
                    self.field(&field.field, format!("{pointer}/{}", pointer_step(&field.ident.key)), true);
                }
            }
            FieldKind::File { .. } => {
                self.put(pointer.clone(), "object", blank);
                self.put(format!("{pointer}/name"), "text", true);
                self.put(format!("{pointer}/size"), "whole", true);
                self.put(format!("{pointer}/sealed"), "truth", true);
            }
            FieldKind::Text
            | FieldKind::Prose
            | FieldKind::Decimal { .. }
            | FieldKind::Percent { .. }
            | FieldKind::Money { .. }
            | FieldKind::Date
            | FieldKind::Month
            | FieldKind::Email
            | FieldKind::Phone
            | FieldKind::Mobile
            | FieldKind::Postcode
            | FieldKind::Url
            | FieldKind::OneOf(_)
            | FieldKind::Unknown => self.put(pointer, "text", blank),
        }
    }
}
