//! The view behind `workflow.svg`, also part of the reading page.
//!
//! In: pools with their drawings. Out: what the template prints. Always: words are cut to fit only where the whole stands in a `title`.

use crate::flow::{Box, Drawing, Kind, Pool};
use crate::prose::Prose;
use crate::{Plan, templates};
use prog_base::{Diagnostic, text};
use serde::Serialize;

/// How much fits in a line of a task, in hundredths of an em.
const ROOM: usize = 860;
/// The same of a flow's words.
const FLOW: usize = 900;
/// The same of the words below an end or a timer.
const EVENT: usize = 700;

/// What the template prints.
#[derive(Serialize)]
struct View {
    title: String,
    about: String,
    width: i32,
    height: i32,
    pools: Vec<PoolView>,
}

#[derive(Serialize)]
struct PoolView {
    label: String,
    at: At,
    lanes: Vec<LaneView>,
    nodes: Vec<NodeView>,
    flows: Vec<FlowView>,
}

#[derive(Serialize)]
struct At {
    x: i32,
    y: i32,
    width: i32,
    height: i32,
    /// The middle.
    cx: i32,
    cy: i32,
}

#[derive(Serialize)]
struct LaneView {
    label: String,
    /// The same in lines, each with its place from the left of the strip.
    lines: Vec<Words>,
    at: At,
}

#[derive(Serialize)]
struct NodeView {
    kind: &'static str,
    title: String,
    at: At,
    lines: Vec<Words>,
}

/// A line of words.
#[derive(Serialize)]
struct Words {
    text: String,
    /// Its base line.
    y: i32,
}

#[derive(Serialize)]
struct FlowView {
    title: String,
    label: String,
    path: String,
    x: i32,
    y: i32,
    quiet: bool,
}

impl From<Box> for At {
    fn from(b: Box) -> Self {
        Self { x: b.x, y: b.y, width: b.width, height: b.height, cx: b.x + b.width / 2, cy: b.y + b.height / 2 }
    }
}

/// The drawing, to stand in a file or in a page.
pub fn drawing(plan: &Plan<'_>, drawn: &[(Pool, Drawing)]) -> Result<String, Vec<Diagnostic>> {
    let prose = Prose::native(plan.programme);
    let width = drawn.iter().map(|(_, d)| d.pool.width).max().unwrap_or_default();
    let height = drawn.last().map(|(_, d)| d.pool.bottom()).unwrap_or_default();
    let view = View {
        title: prose.say(text!("{}：流程", "{}: workflow", prose.name(&plan.programme.ident))),
        about: prose
            .say(text!("各环节由谁办理，之后转到哪里；线上的字是办理结果。", "Who acts at each stage, and where its outcomes lead.")),
        width: width + 2,
        height: height + 2,
        pools: drawn.iter().map(|(pool, drawing)| of_pool(pool, drawing)).collect(),
    };
    templates::render("workflow/workflow.svg.xml", &view)
}

fn of_pool(pool: &Pool, drawing: &Drawing) -> PoolView {
    let node = |(node, at): (&crate::flow::Node, &Box)| {
        let kind = match node.kind {
            Kind::Start => "start",
            Kind::Task => "task",
            Kind::Join | Kind::Enter | Kind::Leave => "gateway",
            Kind::Wait(_) => "wait",
            Kind::Due { stops: true, .. } => "due stops",
            Kind::Due { stops: false, .. } => "due",
            Kind::End => "end",
            Kind::Overdue => "end overdue",
        };
        let lines = match node.kind {
            Kind::Task => centred(&wrapped(&node.label, ROOM, 3), at.y + at.height / 2),
            Kind::End | Kind::Wait(_) | Kind::Start => beside(&node.label, at.y + at.height + 14),
            Kind::Join | Kind::Enter | Kind::Leave | Kind::Due { .. } | Kind::Overdue => Vec::new(),
        };
        let title = [node.label.as_str(), node.doc.as_str()].into_iter().filter(|t| !t.is_empty()).collect::<Vec<_>>().join("\n");
        NodeView { kind, title, at: (*at).into(), lines }
    };
    let flow = |(flow, line): (&crate::flow::Flow, &crate::flow::Line)| {
        let points: Vec<String> = line.points.iter().map(|p| format!("{} {}", p.x, p.y)).collect();
        FlowView {
            title: if flow.doc.is_empty() { flow.label.clone() } else { flow.doc.clone() },
            label: wrapped(&flow.label, FLOW, 1).concat(),
            path: format!("M{}", points.join("L")),
            x: line.label.x,
            y: line.label.y,
            quiet: pool.nodes[flow.to].kind == Kind::Overdue,
        }
    };
    let lane = |(lane, at): (&crate::flow::Lane, &Box)| {
        // Letters of 12 pixels run up the strip.
        let lines = wrapped(&lane.label, (at.height.max(24) as usize - 12) * 100 / 12, 2);
        let first = if lines.len() > 1 { 13 } else { 19 };
        let lines = lines.into_iter().enumerate().map(|(i, text)| Words { text, y: first + 13 * i as i32 }).collect();
        LaneView { label: lane.label.clone(), lines, at: (*at).into() }
    };
    PoolView {
        label: pool.label.clone(),
        at: drawing.pool.into(),
        lanes: pool.lanes.iter().zip(&drawing.lanes).map(lane).collect(),
        nodes: pool.nodes.iter().zip(&drawing.nodes).map(node).collect(),
        flows: pool.flows.iter().zip(&drawing.lines).map(flow).collect(),
    }
}

/// The width of a letter in hundredths of an em.
fn width(c: char) -> usize {
    if c.is_ascii() { 55 } else { 100 }
}

/// Lines of this width, at most so many of them; what does not fit ends in an ellipsis.
fn wrapped(words: &str, room: usize, most: usize) -> Vec<String> {
    let (mut lines, mut line, mut used) = (Vec::new(), String::new(), 0);
    for c in words.chars() {
        if used + width(c) > room {
            lines.push(std::mem::take(&mut line));
            used = 0;
        }
        line.push(c);
        used += width(c);
    }
    lines.push(line);
    if lines.len() > most {
        lines.truncate(most);
        if let Some(last) = lines.last_mut() {
            last.pop();
            last.push('…');
        }
    }
    lines
}

fn centred(lines: &[String], middle: i32) -> Vec<Words> {
    let top = middle - (lines.len() as i32 - 1) * 9 + 5;
    lines.iter().enumerate().map(|(i, text)| Words { text: text.clone(), y: top + 18 * i as i32 }).collect()
}

fn beside(label: &str, y: i32) -> Vec<Words> {
    let text = wrapped(label, EVENT, 1).concat();
    if text.is_empty() { Vec::new() } else { vec![Words { text, y }] }
}
