//! `prog coverage [PATH…]`: the notice clause by clause — encoded where, left out why, absent, still to be encoded, uncited.
//!
//! Always: a leaf clause counts as encoded by its own citation or by `all of` a clause that holds it (semantics 10.1);
//! a clause with sub-clauses is listed, never judged; one that its author calls `todo` is not done, whatever cites it. Exit 1 if a leaf is
//! uncited or any clause todo.

use crate::args::FormatArg;
use crate::disk::Disk;
use crate::shell::{FAILED, OK, Shell};
use crate::work::each_unit;
use clap::Args;
use prog_base::{Lang, SourceMap, Span};
use prog_driver::{Session, UnitKind};
use prog_model::{Clause, ClauseId, Programme};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

/// Show clause by clause what is encoded where, left out, absent, to do or uncited
#[derive(Debug, Args)]
pub struct CoverageArgs {
    /// A .prog file, a programme's folder or a folder of programmes; `-` reads stdin
    #[arg(default_value = ".", value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// How the list is written
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    format: FormatArg,
}

/// Lines are no longer than this.
const COLUMNS: usize = 80;

/// What is said of a clause.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Status {
    Encoded,
    LeftOut,
    Absent,
    /// Its author says that it is not, or not wholly, encoded yet.
    Todo,
    Uncited,
    /// It has sub-clauses, and is not cited itself.
    Divided,
}

/// One clause with its places.
struct Row<'p> {
    clause: &'p Clause,
    depth: usize,
    status: Status,
    why: Option<&'p str>,
    /// Files and lines, in order, each once.
    places: BTreeSet<(String, usize)>,
}

/// Lists and counts.
pub fn run(args: &CoverageArgs, shell: &Shell) -> u8 {
    let disk = Disk;
    let mut session = Session::new(&disk);
    let (mut human, mut list, mut open, mut programmes) = (String::new(), Vec::new(), 0, 0);
    each_unit(&mut session, &args.paths, None, shell, |session, unit, compiled| {
        programmes += usize::from(unit.kind == UnitKind::Programme);
        if let Some(programme) = compiled.programme.filter(|_| compiled.sound) {
            let rows = rows(&programme, session.sources());
            open += rows.iter().filter(|row| matches!(row.status, Status::Uncited | Status::Todo)).count();
            human += &show(&programme, &rows, shell.lang);
            list.push(as_json(&programme, &rows));
        }
    });
    if programmes == 0 && session.errors().is_empty() {
        session.say_no_programme(&args.paths);
    }
    let errors = session.errors();
    let printed = match args.format {
        FormatArg::Human => shell.print(&human),
        FormatArg::Json => shell.print(&format!("{:#}\n", json!({ "programmes": list }))),
    };
    let told = if errors.is_empty() { OK } else { shell.refusal(&errors, session.sources(), args.format.into()) };
    printed.max(told).max(if open > 0 { FAILED } else { OK })
}

fn rows<'p>(p: &'p Programme, sources: &SourceMap) -> Vec<Row<'p>> {
    let ids = (0..p.clauses.len()).map(|index| ClauseId(index as u32)).filter(|id| p.clause(*id).of_base.is_none());
    ids.map(|id| {
        let clause = p.clause(id);
        let lineage: Vec<ClauseId> = std::iter::successors(Some(id), |id| p.clause(*id).parent).collect();
        let cites = p.cited.iter().filter(|cite| cite.clause == id || (cite.whole && lineage.contains(&cite.clause)));
        let places: BTreeSet<(String, usize)> = cites.map(|cite| place(sources, cite.span)).collect();
        let why = lineage.iter().find_map(|id| p.clause(*id).left_out.as_deref());
        let absent = lineage.iter().any(|id| p.clause(*id).absent);
        let status = match (why, absent, places.is_empty()) {
            _ if clause.todo.is_some() => Status::Todo,
            (Some(_), _, _) => Status::LeftOut,
            (None, true, _) => Status::Absent,
            (None, false, false) => Status::Encoded,
            (None, false, true) if clause.children.is_empty() => Status::Uncited,
            (None, false, true) => Status::Divided,
        };
        Row { clause, depth: lineage.len(), status, why, places }
    })
    .collect()
}

fn place(sources: &SourceMap, span: Span) -> (String, usize) {
    let source = sources.get(span.file);
    (source.path.clone(), source.position(span.start as usize).line)
}

/// `programme.prog:57,75 workflow.prog:4`: the folder is known, and lines of one file stand together.
fn short(places: &BTreeSet<(String, usize)>) -> String {
    let mut files: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for (path, line) in places {
        files.entry(path.rsplit(['/', '\\']).next().unwrap_or(path)).or_default().push(line.to_string());
    }
    let parts: Vec<String> = files.iter().map(|(file, lines)| format!("{file}:{}", lines.join(","))).collect();
    parts.join(" ")
}

fn show(p: &Programme, rows: &[Row<'_>], lang: Lang) -> String {
    let mut out = format!("{}\n", p.ident.name);
    for row in rows {
        let said = match (row.status, lang) {
            (Status::Encoded, _) => short(&row.places),
            (Status::LeftOut, Lang::Zh) => format!("略去：{}", row.why.unwrap_or("")),
            (Status::LeftOut, Lang::En) => format!("left out: {}", row.why.unwrap_or("")),
            (Status::Absent, Lang::Zh) => format!("原文未附 {}", short(&row.places)),
            (Status::Absent, Lang::En) => format!("absent in source {}", short(&row.places)),
            (Status::Todo, _) => todo(row, lang),
            (Status::Uncited, Lang::Zh) => "未引用".to_owned(),
            (Status::Uncited, Lang::En) => "UNCITED".to_owned(),
            (Status::Divided, _) => String::new(),
        };
        let label = row.clause.label.as_deref().map(|label| format!(" {label}")).unwrap_or_default();
        let line = format!("{}{}{label}  {said}", "  ".repeat(row.depth), row.clause.address);
        out += &wrapped(line.trim_end(), 2 * row.depth + 4);
    }
    let count = |status| rows.iter().filter(|row| row.status == status).count();
    let [encoded, left_out, absent] = [Status::Encoded, Status::LeftOut, Status::Absent].map(count);
    let (todo, uncited) = (count(Status::Todo), count(Status::Uncited));
    let (todo_zh, todo_en) = match todo {
        0 => (String::new(), String::new()),
        n => (format!("{n} 条待编写，"), format!("{n} to do, ")),
    };
    out + &match lang {
        Lang::Zh => format!("  {encoded} 条已编写，{left_out} 条略去，{absent} 条原文未附，{todo_zh}{uncited} 条未引用\n"),
        Lang::En => format!("  {encoded} encoded, {left_out} left out, {absent} absent in source, {todo_en}{uncited} uncited\n"),
    }
}

/// `TODO what` with the places where a part is encoded already.
fn todo(row: &Row<'_>, lang: Lang) -> String {
    let word = match lang {
        Lang::Zh => "待编写",
        Lang::En => "TODO",
    };
    let what = row.clause.todo.as_deref().unwrap_or("");
    [word, what, &short(&row.places)].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

/// A line in eighty columns; what does not fit goes on below, further in.
fn wrapped(line: &str, indent: usize) -> String {
    let (mut out, mut row, mut used, mut fits) = (String::new(), String::new(), 0, None);
    for c in line.chars() {
        let width = if is_wide(c) { 2 } else { 1 };
        if let (true, Some(at)) = (used + width > COLUMNS, fits) {
            let rest = row.split_off(at);
            out += &format!("{}\n", row.trim_end());
            row = " ".repeat(indent) + rest.trim_start();
            used = row.chars().map(|c| if is_wide(c) { 2 } else { 1 }).sum();
            fits = None;
        }
        row.push(c);
        used += width;
        if row.len() > indent && (is_wide(c) || c == ' ' || c == ',') && !row.trim().is_empty() {
            fits = Some(row.len());
        }
    }
    format!("{out}{}\n", row.trim_end())
}

/// Whether a terminal gives it two columns.
fn is_wide(c: char) -> bool {
    matches!(u32::from(c), 0x1100..=0x115F | 0x2E80..=0xA4CF | 0xAC00..=0xD7A3 | 0xF900..=0xFAFF | 0xFE30..=0xFE6F | 0xFF00..=0xFF60 | 0xFFE0..=0xFFE6 | 0x20000..=0x3FFFD)
}

fn as_json(p: &Programme, rows: &[Row<'_>]) -> Value {
    let clauses = rows.iter().map(|row| {
        let status = match row.status {
            Status::Encoded => "encoded",
            Status::LeftOut => "left out",
            Status::Absent => "absent in source",
            Status::Todo => "todo",
            Status::Uncited => "uncited",
            Status::Divided => "divided",
        };
        let places: Vec<Value> = row.places.iter().map(|(file, line)| json!({ "file": file, "line": line })).collect();
        let why = row.why.filter(|_| row.status == Status::LeftOut);
        let todo = row.clause.todo.as_deref();
        json!({ "address": row.clause.address, "label": row.clause.label, "status": status, "why": why, "todo": todo, "places": places })
    });
    json!({ "programme": p.ident.name, "clauses": clauses.collect::<Vec<_>>() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_lines_go_on_below() {
        let places = (1..40).map(|n| n.to_string()).collect::<Vec<_>>().join(",");
        let text = wrapped(&format!("    四(一) 申报条件  programme.prog:{places}"), 8);
        let widths: Vec<usize> = text.lines().map(|l| l.chars().map(|c| if is_wide(c) { 2 } else { 1 }).sum()).collect();
        assert!(widths.len() == 2 && widths.iter().all(|w| *w <= COLUMNS), "{text}");
        assert_eq!(text.replace("\n        ", ""), format!("    四(一) 申报条件  programme.prog:{places}\n"));
        assert_eq!(wrapped("  一 总则", 4), "  一 总则\n");
    }
}
