//! The tables of lists, and what rules on each item found.
//!
//! In: lists of a track, rules on their items. Out: SQL. Always: an item is told by its line and its place in the list, from 0.

use super::columns::{Column, short};
use super::dialect::{ColumnType, Dialect};
use super::fold::layers_of;
use super::items::{EachItem, list_table};
use super::print::scalar;
use super::table::List;
use super::tree::{Function, Sql, call, case, coalesce, column, is_null, text};
use prog_model::{Programme, Rule, Track};

/// The query's columns that read entries: what stands where, and what it is read as.
pub fn reads(d: Dialect, columns: &[Column], indent: usize) -> (Vec<String>, Vec<String>) {
    let (mut raw, mut read) = (Vec::new(), Vec::new());
    let mut seen: Vec<(Vec<String>, String)> = Vec::new();
    for Column { name, read: sql, steps, .. } in columns {
        let source = match seen.iter().find(|(s, _)| s == steps) {
            Some((_, source)) => source.clone(),
            None => {
                let source = format!("j{}", seen.len() + 1);
                let at: Vec<&str> = steps.iter().map(String::as_str).collect();
                let at = if mentions_array(sql) { d.json_at(&at) } else { d.at(&at) };
                raw.push(format!("{}{at} AS {source}", " ".repeat(indent)));
                seen.push((steps.clone(), source.clone()));
                source
            }
        };
        read.push(format!("  {} AS {}", scalar(d, &sql.with_raw(&source), 2), d.name_of(name)));
    }
    (raw, read)
}

fn mentions_array(sql: &Sql) -> bool {
    let mut found = false;
    sql.visit(&mut |x| found |= matches!(x, Sql::Spelled(_)));
    found
}

/// The view that reads the items of a list, and its table.
pub fn list(p: &Programme, d: Dialect, track: &Track, list: &List, columns: &[(String, String)]) -> [String; 2] {
    let input = p.input(list.input);
    let name = list_table(track, input);
    let (raw, read) = reads(d, &list.columns, 4);
    let at: Vec<&str> = list.steps.iter().map(String::as_str).collect();
    let all = [vec!["  line".to_owned(), "  place".to_owned()], read].concat();
    let load = format!(
        "CREATE VIEW {} AS\nWITH items AS (\n  {}\n  WHERE line NOT IN (SELECT line FROM rejected) AND {} = {}\n), entries AS (\n  SELECT\n    line,\n    place,\n{}\n  FROM (SELECT line, place, item AS doc FROM items) AS items{}\n)\nSELECT\n{}\nFROM entries;",
        d.name_of(&format!("load {name}")),
        d.items_of(&at),
        d.at(&["track"]),
        d.text(&track.ident.key),
        raw.join(",\n"),
        d.fence(),
        all.join(",\n")
    );
    let whole = d.type_of(ColumnType::Whole);
    let mut typed = vec![("line".to_owned(), format!("{whole} NOT NULL")), ("place".to_owned(), format!("{whole} NOT NULL"))];
    typed.extend(columns.iter().cloned());
    let table = d.changing_table(&d.name_of(&name), &typed);
    [load, format!("-- {}: a row an item, in the order of place.\n{table}", input.ident.label.text)]
}

/// The items of which a rule is not met, over the view of the track's results.
pub fn items_view(d: Dialect, track: &Track, rule: &Rule, code: usize, each: &EachItem) -> (String, String) {
    let name = d.name_of(&short(&format!("items {}.{}", track.ident.key, rule.ident.key)));
    let judged = d.name_of(&format!("judged {}", track.ident.key));
    let more = ["case".to_owned(), format!("r{code}")];
    let once = d.once();
    let mut view = format!("CREATE VIEW {name} AS\nWITH item0 {once} (\n{}\n)", each.fold.base(d, &judged, &more));
    let last = layers_of(d, &mut view, "item", &each.fold.layers, once);
    let path = Sql::Concat(vec![text(format!("{}/", each.pointer)), call(Function::Shown, [column("place")])]);
    let needs = column("item needs");
    let shown = case([(is_null(needs.clone()), text("[]"))], call(Function::NeedsJson, [coalesce(needs, text(""))]));
    let found = "'unmet', 'unknown', 'pending'";
    view += &format!(
        "\nSELECT\n  line,\n  {},\n  {} AS track,\n  {} AS rule,\n  {} AS path,\n  {} AS result,\n  {} AS needs\nFROM item{last}\nWHERE {} AND r{code} <> 'not applicable' AND {} IN ({found});",
        d.name_of("case"),
        d.text(&track.ident.key),
        d.text(&rule.ident.key),
        scalar(d, &path, 2),
        d.name_of("item result"),
        scalar(d, &shown, 2),
        d.name_of("item here"),
        d.name_of("item result"),
    );
    (name, format!("-- Items that are not met: {}\n{view}", rule.ident.label.text))
}
