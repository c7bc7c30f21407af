//! How far targets have come, day by day: a page with a table and a drawing for each block.
//!
//! In: what was reported and what is due, in words and numbers. Out: the text of a page. Always: the table says everything that the drawing shows;
//! what goes into the page is escaped; heights compare within one line, never between two; whole pixels, no clock, no scripts.

use crate::drawing::{cut, path, rise};
use crate::targets::SHARED_STYLE;
use crate::templates;
use prog_base::{Date, Diagnostic, Exact, Lang, text};
use serde::Serialize;

/// How the targets of a programme stand, in words of one language.
#[derive(Clone, Debug)]
pub struct Progress {
    /// The language of every word.
    pub lang: Lang,
    /// The programme.
    pub programme: String,
    /// Its version.
    pub version: String,
    /// One a block of targets.
    pub blocks: Vec<Block>,
}

/// One block of targets.
#[derive(Clone, Debug)]
pub struct Block {
    /// What it is called.
    pub title: String,
    /// The days at which something was reported, ascending.
    pub days: Vec<Date>,
    /// One an indicator and reporting body.
    pub lines: Vec<Line>,
}

/// One indicator of one body.
#[derive(Clone, Debug)]
pub struct Line {
    /// What it is called.
    pub name: String,
    /// Clauses it rests on.
    pub clauses: Vec<String>,
    /// What is due, the earliest first.
    pub dues: Vec<Due>,
    /// How it stood, one a day of the block.
    pub points: Vec<Point>,
}

/// One milestone.
#[derive(Clone, Debug)]
pub struct Due {
    /// Its last day, where that is known.
    pub day: Option<Date>,
    /// What must be reached by when.
    pub words: String,
    /// The number that must be reached.
    pub number: Option<Exact>,
}

/// How an indicator stood on a day.
#[derive(Clone, Debug, Default)]
pub struct Point {
    /// The value.
    pub words: String,
    /// What came of the milestone that was asked about then.
    pub result: String,
    /// The same as one of the words `met`, `unmet`, `later`, `open`.
    pub state: &'static str,
    /// The value as a number.
    pub number: Option<Exact>,
}

/// What the template prints.
#[derive(Serialize)]
struct Page<'a> {
    lang: &'static str,
    programme: &'a str,
    title: &'static str,
    indicator: &'static str,
    due: &'static str,
    legend: &'static str,
    nothing: &'static str,
    footer: String,
    style: String,
    blocks: Vec<Part<'a>>,
}

#[derive(Serialize)]
struct Part<'a> {
    title: &'a str,
    days: Vec<String>,
    rows: Vec<Row>,
    drawing: Option<Drawing<'a>>,
}

#[derive(Serialize)]
struct Row {
    name: String,
    clauses: String,
    dues: Vec<String>,
    points: Vec<Cell>,
}

#[derive(Serialize)]
struct Cell {
    words: String,
    result: String,
    state: &'static str,
}

#[derive(Serialize)]
struct Drawing<'a> {
    width: i32,
    height: i32,
    ticks: Vec<Tick>,
    rows: Vec<Drawn<'a>>,
}

#[derive(Serialize)]
struct Tick {
    x: i32,
    label: String,
}

#[derive(Serialize)]
struct Drawn<'a> {
    y: i32,
    label: String,
    name: &'a str,
    bounds: String,
    values: String,
    dues: Vec<Dot<'a>>,
    points: Vec<Dot<'a>>,
}

#[derive(Serialize)]
struct Dot<'a> {
    x: i32,
    y: i32,
    words: &'a str,
    label: String,
    state: &'a str,
}

const LABELS: i32 = 220;
const WIDTH: i32 = 640;
const MARGIN: i32 = 70;
const HEAD: i32 = 28;
const ROW: i32 = 84;
/// How far the largest number of a line stands above its base.
const RISE: i64 = 38;
/// So many letters of a label fit, those of East-Asian scripts counted twice.
const LETTERS: usize = 32;

/// The page.
pub fn page(progress: &Progress) -> Result<String, Vec<Diagnostic>> {
    let lang = progress.lang;
    let in_lang = |zh: &'static str, en: &'static str| if lang == Lang::Zh { zh } else { en };
    let version = &progress.version;
    let page = Page {
        lang: in_lang("zh-CN", "en"),
        programme: &progress.programme,
        title: in_lang("目标进展", "Progress on targets"),
        indicator: in_lang("指标", "Indicator"),
        due: in_lang("要求", "What is due"),
        legend: in_lang(
            "实线和实心点：填报的数；虚线和空心点：到那一天要达到的数。高低只在同一行里比较。",
            "Solid line and filled points: what was reported; dashed line and hollow points: what must be reached by that day. Heights compare within one row only.",
        ),
        nothing: in_lang("还没有填报。", "Nothing has been reported."),
        footer: text!(
            "按填报的数和方案的目标算出。方案版本 {version}",
            "Worked out from the reports and the programme's targets. Version {version}"
        )
        .get(lang)
        .to_owned(),
        style: [SHARED_STYLE, include_str!("page.css")].concat(),
        blocks: progress.blocks.iter().map(|block| part(block, lang)).collect(),
    };
    templates::render("progress/page.html", &page)
}

fn part(block: &Block, lang: Lang) -> Part<'_> {
    let row = |line: &Line| Row {
        name: line.name.clone(),
        clauses: line.clauses.join(text!("、", ", ").get(lang)),
        dues: line.dues.iter().map(|due| due.words.clone()).collect(),
        points: line.points.iter().map(|p| Cell { words: p.words.clone(), result: p.result.clone(), state: p.state }).collect(),
    };
    Part {
        title: &block.title,
        days: block.days.iter().map(ToString::to_string).collect(),
        rows: block.lines.iter().map(row).collect(),
        drawing: drawing(block),
    }
}

/// Lines of numbers along the days; none where no number was reported.
fn drawing(block: &Block) -> Option<Drawing<'_>> {
    let drawn: Vec<&Line> = block.lines.iter().filter(|line| line.points.iter().any(|p| p.number.is_some())).collect();
    let dues = drawn.iter().flat_map(|line| &line.dues).filter_map(|due| due.day);
    let mut days: Vec<Date> = dues.chain(block.days.iter().copied()).collect();
    days.sort();
    days.dedup();
    let (first, last) = (along(*days.first()?), along(*days.last()?));
    let x = |day: Date| LABELS + MARGIN + i32::try_from((along(day) - first) * i64::from(WIDTH) / (last - first).max(1)).unwrap_or(0);
    let rows: Vec<Drawn<'_>> =
        drawn.iter().enumerate().map(|(at, line)| row(line, &block.days, HEAD + ROW * (at as i32 + 1) - 30, &x)).collect();
    let mut ticks: Vec<Tick> = Vec::new();
    for day in days {
        if ticks.last().is_none_or(|before| x(day) - before.x >= MARGIN) {
            ticks.push(Tick { x: x(day), label: day.to_string() });
        }
    }
    let height = HEAD + ROW * rows.len() as i32;
    (!rows.is_empty()).then_some(Drawing { width: LABELS + WIDTH + 2 * MARGIN, height, ticks, rows })
}

fn row<'a>(line: &'a Line, days: &[Date], y: i32, x: &dyn Fn(Date) -> i32) -> Drawn<'a> {
    let numbers = line.dues.iter().filter_map(|d| d.number.as_ref()).chain(line.points.iter().filter_map(|p| p.number.as_ref()));
    let largest = numbers.max().cloned();
    let dot = |day: Date, number: &Option<Exact>, words: &'a str, state: &'a str| {
        let number = number.as_ref()?;
        Some(Dot { x: x(day), y: y - rise(number, largest.as_ref(), RISE), words, label: cut(words, LETTERS), state })
    };
    let dues: Vec<Dot<'_>> = line.dues.iter().filter_map(|due| dot(due.day?, &due.number, &due.words, "due")).collect();
    let points: Vec<Dot<'_>> = days.iter().zip(&line.points).filter_map(|(day, p)| dot(*day, &p.number, &p.words, p.state)).collect();
    Drawn { y, label: cut(&line.name, LETTERS), name: &line.name, bounds: line_of(&dues), values: line_of(&points), dues, points }
}

fn line_of(dots: &[Dot<'_>]) -> String {
    if dots.len() > 1 { path(dots.iter().map(|dot| (dot.x, dot.y))) } else { String::new() }
}

/// Days along the axis; months count alike.
fn along(day: Date) -> i64 {
    let (year, month, day) = day.parts();
    i64::from(year) * 372 + i64::from(month) * 31 + i64::from(day)
}
