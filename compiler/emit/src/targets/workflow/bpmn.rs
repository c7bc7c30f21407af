//! The view behind `workflow.bpmn`: BPMN 2.0 with diagram interchange.
//!
//! In: pools with their drawings. Out: what the template prints. Always: every stage is a user task that sets `outcome`; conditions and times
//! are expressions as engines read them, texts in quotes; whoever receives documents is a pool of its own, to which messages flow.

use crate::Plan;
use crate::flow::{Box, Drawing, Flow, Kind, Node, Point, Pool, Timer};
use crate::prose::Prose;
use prog_base::{Duration, DurationUnit, Zone, text};
use serde::Serialize;

/// Height of the pool of whoever receives documents, with the space above it.
pub const RECEIVER: i32 = 100;
const RECEIVER_BOX: i32 = 60;

/// What the template prints.
#[derive(Serialize)]
pub struct View {
    pub id: String,
    pub title: String,
    pub version: String,
    pub pools: Vec<PoolView>,
    pub messages: Vec<Message>,
    pub sendings: Vec<Sending>,
}

/// A pool.
#[derive(Serialize)]
pub struct PoolView {
    pub id: String,
    pub label: String,
    pub at: At,
    pub lanes: Vec<LaneView>,
    pub nodes: Vec<NodeView>,
    pub flows: Vec<FlowView>,
    pub receiver: Option<Receiver>,
}

/// A box.
#[derive(Serialize)]
pub struct At {
    x: i32,
    y: i32,
    width: i32,
    height: i32,
}

/// A lane.
#[derive(Serialize)]
pub struct LaneView {
    pub id: String,
    pub label: String,
    pub at: At,
    pub nodes: Vec<String>,
}

/// A node.
#[derive(Serialize)]
pub struct NodeView {
    pub id: String,
    /// `start`, `task`, `gateway`, `wait`, `due`, `end`
    pub kind: &'static str,
    pub label: String,
    pub doc: Vec<String>,
    pub at: At,
    pub incoming: Vec<String>,
    pub outgoing: Vec<String>,
    pub default: Option<String>,
    /// `timeDate` or `timeDuration` with its expression.
    pub timer: Option<(&'static str, String)>,
    /// For `due`: the task, and whether it is given up.
    pub on: Option<String>,
    pub stops: bool,
}

/// A flow.
#[derive(Serialize)]
pub struct FlowView {
    pub id: String,
    pub from: String,
    pub to: String,
    pub label: String,
    pub doc: String,
    pub when: Option<String>,
    pub points: Vec<(i32, i32)>,
    pub words: Option<(i32, i32)>,
}

/// Whoever receives documents.
#[derive(Serialize)]
pub struct Receiver {
    pub id: String,
    pub label: String,
    pub at: At,
}

/// Documents that are sent, wherever they are sent from.
#[derive(Serialize)]
pub struct Message {
    pub id: String,
    pub label: String,
}

/// Documents on their way.
#[derive(Serialize)]
pub struct Sending {
    pub id: String,
    pub message: String,
    pub from: String,
    pub to: String,
    pub points: Vec<(i32, i32)>,
}

impl From<Box> for At {
    fn from(b: Box) -> Self {
        Self { x: b.x, y: b.y, width: b.width, height: b.height }
    }
}

/// The view of all pools.
pub fn view(plan: &Plan<'_>, drawn: &[(Pool, Drawing)]) -> View {
    let prose = Prose::native(plan.programme);
    let (mut messages, mut sendings) = (Vec::new(), Vec::new());
    let pools = drawn.iter().map(|(pool, drawing)| of_pool(plan, &prose, pool, drawing, (&mut messages, &mut sendings))).collect();
    View {
        id: crate::names::ascii(&plan.programme.ident.key),
        title: prose.name(&plan.programme.ident),
        version: plan.programme.version.clone(),
        pools,
        messages,
        sendings,
    }
}

fn of_pool(
    plan: &Plan<'_>,
    prose: &Prose<'_>,
    pool: &Pool,
    drawing: &Drawing,
    (messages, sendings): (&mut Vec<Message>, &mut Vec<Sending>),
) -> PoolView {
    let zone = plan.programme.zone.as_ref();
    let nodes: Vec<NodeView> = (0..pool.nodes.len()).map(|i| of_node(pool, drawing, i, zone)).collect();
    let lane = |(index, lane): (usize, &crate::flow::Lane)| LaneView {
        id: lane.id.clone(),
        label: lane.label.clone(),
        at: drawing.lanes[index].into(),
        nodes: pool.nodes.iter().filter(|n| n.lane == index).map(|n| n.id.clone()).collect(),
    };
    let suffix = pool.id.trim_start_matches("Process");
    let receiver_id = format!("Receiver{suffix}");
    let below = drawing.pool.bottom() + RECEIVER - RECEIVER_BOX;
    let before = sendings.len();
    for (node, at) in pool.nodes.iter().zip(&drawing.nodes).filter(|(n, _)| !n.sends.is_empty()) {
        let x = at.x + at.width - 24;
        let known = messages.iter().position(|message| message.label == node.sends);
        let message = known.unwrap_or_else(|| {
            messages.push(Message { id: format!("Message_{}", messages.len() + 1), label: node.sends.clone() });
            messages.len() - 1
        });
        sendings.push(Sending {
            id: format!("Sending_{}", node.id.trim_start_matches("Task_")),
            message: messages[message].id.clone(),
            from: node.id.clone(),
            to: receiver_id.clone(),
            points: vec![(x, at.bottom()), (x, below)],
        });
    }
    let receiver = (sendings.len() > before).then(|| Receiver {
        id: receiver_id,
        label: prose.say(text!("接收材料的单位", "whoever receives the documents")),
        at: At { x: 0, y: below, width: drawing.pool.width, height: RECEIVER_BOX },
    });
    PoolView {
        id: pool.id.clone(),
        label: pool.label.clone(),
        at: drawing.pool.into(),
        lanes: pool.lanes.iter().enumerate().map(lane).collect(),
        flows: pool.flows.iter().enumerate().map(|(i, flow)| of_flow(pool, drawing, i, flow)).collect(),
        nodes,
        receiver,
    }
}

fn of_node(pool: &Pool, drawing: &Drawing, index: usize, zone: Option<&Zone>) -> NodeView {
    let node: &Node = &pool.nodes[index];
    let (kind, timer, on, stops) = match node.kind {
        Kind::Start => ("start", None, None, false),
        Kind::Task => ("task", None, None, false),
        Kind::Join | Kind::Enter | Kind::Leave => ("gateway", None, None, false),
        Kind::Wait(timer) => ("wait", Some(timed(timer, zone)), None, false),
        Kind::Due { on, at, stops } => ("due", Some(timed(Timer::At(at), zone)), Some(pool.nodes[on].id.clone()), stops),
        Kind::End | Kind::Overdue => ("end", None, None, false),
    };
    let ids = |flows: Vec<&Flow>| flows.into_iter().map(|flow| flow.id.clone()).collect();
    NodeView {
        id: node.id.clone(),
        kind,
        label: node.label.clone(),
        doc: node.doc.lines().map(str::to_owned).collect(),
        at: drawing.nodes[index].into(),
        incoming: ids(pool.flows.iter().filter(|flow| flow.to == index).collect()),
        outgoing: ids(pool.leaving(index).collect()),
        default: pool.leaving(index).find(|flow| flow.default).map(|flow| flow.id.clone()),
        timer,
        on,
        stops,
    }
}

/// Engines evaluate what stands there: a text has to be in quotes.
fn timed(timer: Timer, zone: Option<&Zone>) -> (&'static str, String) {
    match timer {
        Timer::At(moment) => ("timeDate", format!("\"{}\"", Zone::show(zone, moment))),
        Timer::For(Duration { count, unit }) => {
            let unit = match unit {
                // A length in working days is no timer.
                DurationUnit::Days | DurationUnit::WorkingDays => "D",
                DurationUnit::Weeks => "W",
                DurationUnit::Months => "M",
                DurationUnit::Years => "Y",
            };
            ("timeDuration", format!("\"P{count}{unit}\""))
        }
    }
}

fn of_flow(pool: &Pool, drawing: &Drawing, index: usize, flow: &Flow) -> FlowView {
    let line = &drawing.lines[index];
    let pair = |p: &Point| (p.x, p.y);
    // The only way on needs no name; its outcome is told.
    let named = matches!(pool.nodes[flow.from].kind, Kind::Leave | Kind::Enter);
    let label = if named { flow.label.clone() } else { String::new() };
    let doc = if flow.doc.is_empty() { &flow.label } else { &flow.doc };
    let words = (!label.is_empty()).then(|| (line.label.x, line.label.y - 10));
    FlowView {
        id: flow.id.clone(),
        from: pool.nodes[flow.from].id.clone(),
        to: pool.nodes[flow.to].id.clone(),
        doc: if *doc == label { String::new() } else { doc.clone() },
        label,
        when: flow.when.clone(),
        points: line.points.iter().map(pair).collect(),
        words,
    }
}
