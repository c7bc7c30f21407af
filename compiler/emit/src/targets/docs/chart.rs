//! Targets as a drawing: a line an indicator, a point each day at which something falls due, as high as its bound.
//!
//! In: a block of targets. Out: an SVG drawing to stand in the page. Always: only what has a day is drawn, in the table's own words;
//! heights compare within one indicator, never between two; whole pixels.

use super::sentences::Sentences;
use crate::drawing::{cut, path, rise};
use crate::templates;
use prog_base::{Date, Diagnostic, Exact, text};
use prog_model::{Bound, ExprKind, Indicator, Milestone, MilestoneTime, Targets};
use serde::Serialize;

/// What the template prints.
#[derive(Serialize)]
struct View {
    title: String,
    width: i32,
    height: i32,
    columns: Vec<Column>,
    rows: Vec<Row>,
}

#[derive(Serialize)]
struct Column {
    x: i32,
    label: String,
}

#[derive(Serialize)]
struct Row {
    label: String,
    title: String,
    /// Its base line.
    y: i32,
    path: String,
    points: Vec<Point>,
}

#[derive(Serialize)]
struct Point {
    x: i32,
    y: i32,
    label: String,
    title: String,
    /// It has a bound.
    bound: bool,
}

const LABELS: i32 = 210;
const COLUMN: i32 = 150;
const HEAD: i32 = 30;
const ROW: i32 = 58;
/// How far the largest bound stands above the base line.
const RISE: i64 = 24;
/// So many letters of a label fit, those of East-Asian scripts counted twice.
const LETTERS: usize = 30;

impl Sentences<'_> {
    /// One drawing a block, of those with more than one day.
    pub(super) fn charts(&self) -> Result<Vec<String>, Vec<Diagnostic>> {
        let views = self.plan.programme.targets.iter().filter_map(|t| self.chart(t));
        views.map(|view| templates::render("docs/chart.svg.xml", &view)).collect()
    }

    fn chart(&self, targets: &Targets) -> Option<View> {
        let mut days: Vec<Date> = targets.indicators.iter().flat_map(|i| &i.milestones).filter_map(day).collect();
        days.sort();
        days.dedup();
        let drawn: Vec<&Indicator> = targets.indicators.iter().filter(|i| i.milestones.iter().any(|m| day(m).is_some())).collect();
        if days.len() < 2 {
            return None;
        }
        let x = |day: Date| LABELS + COLUMN / 2 + COLUMN * days.iter().position(|d| *d == day).unwrap_or(0) as i32;
        let rows: Vec<Row> = drawn.iter().enumerate().map(|(at, i)| self.chart_row(i, HEAD + ROW * (at as i32 + 1) - 18, &x)).collect();
        let name = self.prose.name(&targets.ident);
        Some(View {
            title: self.say(text!("{name}：各年要达到的", "{name}: what is due when")),
            width: LABELS + COLUMN * days.len() as i32,
            height: HEAD + ROW * drawn.len() as i32,
            columns: days.iter().map(|d| Column { x: x(*d), label: self.when(&MilestoneTime::By(*d)) }).collect(),
            rows,
        })
    }

    fn chart_row(&self, indicator: &Indicator, y: i32, x: &dyn Fn(Date) -> i32) -> Row {
        let largest = indicator.milestones.iter().filter_map(number).max();
        let mut due: Vec<(Date, &Milestone)> = indicator.milestones.iter().filter_map(|m| Some((day(m)?, m))).collect();
        due.sort_by_key(|(day, _)| *day);
        let point = |(day, m): &(Date, &Milestone)| {
            let words = self.milestone(indicator, m);
            Point { x: x(*day), y: y - height(m, largest.as_ref()), label: cut(&words, LETTERS), title: words, bound: m.bound.is_some() }
        };
        let points: Vec<Point> = due.iter().map(point).collect();
        let name = self.prose.name(&indicator.ident);
        Row { label: cut(&name, LETTERS), title: name, y, path: path(points.iter().map(|p| (p.x, p.y))), points }
    }
}

/// The day at which a milestone falls due.
fn day(m: &Milestone) -> Option<Date> {
    match m.when {
        MilestoneTime::By(day) | MilestoneTime::Total(Some(day)) => Some(day),
        MilestoneTime::Total(None) | MilestoneTime::EachYear | MilestoneTime::Year(_) => None,
    }
}

/// The number that a bound states.
fn number(m: &Milestone) -> Option<Exact> {
    match &m.bound.as_ref().map(Bound::limits)?.first()?.kind {
        ExprKind::Number(n) => Some(n.clone()),
        _other => None,
    }
}

fn height(m: &Milestone, largest: Option<&Exact>) -> i32 {
    number(m).map_or(0, |n| rise(&n, largest, RISE))
}
