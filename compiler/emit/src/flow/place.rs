//! Where everything stands: boxes and lines of a pool, on whole pixels.
//!
//! In: a [`Pool`]. Out: a [`Drawing`]. Always: lanes lie one below the other; every stage has a column of its own, so that a line may run up or
//! down at its column through every other lane; a line that would run through a task takes the strip at the top of the lane; ends stand right of
//! and below their gateway.

use super::{Flow, Kind, Pool};
use std::collections::BTreeMap;

/// A box.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Box {
    /// Left.
    pub x: i32,
    /// Top.
    pub y: i32,
    /// Width.
    pub width: i32,
    /// Height.
    pub height: i32,
}

/// A point.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Point {
    /// From the left.
    pub x: i32,
    /// From the top.
    pub y: i32,
}

/// A flow as drawn.
#[derive(Clone, Debug, Default)]
pub struct Line {
    /// Its corners.
    pub points: Vec<Point>,
    /// Where its words begin.
    pub label: Point,
}

/// A pool as drawn.
#[derive(Clone, Debug, Default)]
pub struct Drawing {
    /// The pool, its name in the strip at the left.
    pub pool: Box,
    /// Its lanes, in order.
    pub lanes: Vec<Box>,
    /// Its nodes, in order.
    pub nodes: Vec<Box>,
    /// Its flows, in order.
    pub lines: Vec<Line>,
}

/// The strip with the name of a pool or a lane.
pub const STRIP: i32 = 30;
const TASK: (i32, i32) = (132, 64);
const GATEWAY: i32 = 40;
const EVENT: i32 = 36;
/// Between the nodes of a column.
const GAP: i32 = 34;
/// Between columns, before the lines that run there.
const CHANNEL: i32 = 56;
/// Between lines side by side.
const APART: i32 = 9;
/// From the middle of a lane up to its strip of lines, and down to its end.
const ABOVE: i32 = 58;
const BELOW: i32 = 62;
/// From one end to the next below it.
const ENDS: i32 = 66;

impl Box {
    fn middle(self) -> Point {
        Point { x: self.x + self.width / 2, y: self.y + self.height / 2 }
    }

    fn right(self) -> i32 {
        self.x + self.width
    }

    /// Its lower end.
    pub fn bottom(self) -> i32 {
        self.y + self.height
    }
}

/// How a line runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    /// Within its column, or to the next node.
    Near,
    /// On to a later column, through the channel behind its own.
    On,
    /// The same, in the strip of the lane that it comes to.
    Over,
    /// Back to a column before, in the strip of its own lane.
    Back,
    /// On from before a task that is passed over, in the strip of its own lane.
    Past,
}

struct Placing<'p> {
    pool: &'p Pool,
    boxes: Vec<Box>,
    ways: Vec<Way>,
    /// The middle of each lane.
    middles: Vec<i32>,
    /// The top of each lane.
    tops: Vec<i32>,
    /// Right of each column.
    edges: Vec<i32>,
    /// Lines so far in each strip and each channel.
    strips: BTreeMap<usize, i32>,
    channels: BTreeMap<usize, i32>,
}

/// Draws a pool from this height on.
pub fn draw(pool: &Pool, top: i32) -> Drawing {
    let columns = pool.nodes.iter().map(|n| n.column + 1).max().unwrap_or_default();
    let mut placing = Placing {
        pool,
        boxes: vec![Box::default(); pool.nodes.len()],
        ways: pool.flows.iter().map(|flow| way(pool, flow)).collect(),
        middles: Vec::new(),
        tops: Vec::new(),
        edges: Vec::new(),
        strips: BTreeMap::new(),
        channels: BTreeMap::new(),
    };
    let bottom = placing.lanes(top);
    let width = placing.columns(columns);
    let lines = (0..pool.flows.len()).map(|flow| placing.line(flow)).collect();
    let mut ends: Vec<i32> = placing.tops.iter().skip(1).copied().collect();
    ends.push(bottom);
    let lane = |(y, end): (&i32, &i32)| Box { x: STRIP, y: *y, width: width - STRIP, height: end - y };
    Drawing {
        pool: Box { x: 0, y: top, width, height: bottom - top },
        lanes: placing.tops.iter().zip(&ends).map(lane).collect(),
        nodes: placing.boxes,
        lines,
    }
}

fn way(pool: &Pool, flow: &Flow) -> Way {
    let (from, to) = (&pool.nodes[flow.from], &pool.nodes[flow.to]);
    if from.column == to.column && !(from.kind == Kind::Leave && to.kind != Kind::End) && flow.from != flow.to {
        return if to.kind == Kind::Join && from.kind != Kind::Start { Way::Back } else { Way::Near };
    }
    if to.column <= from.column {
        return Way::Back;
    }
    if from.kind == Kind::Enter {
        return Way::Past;
    }
    let between = from.column + 1..to.column;
    let blocked = pool.nodes.iter().any(|n| n.lane == to.lane && between.contains(&n.column));
    if blocked { Way::Over } else { Way::On }
}

impl Placing<'_> {
    /// Heights of lanes, by what stands in them and how many lines run in their strips; gives the end of the last.
    fn lanes(&mut self, top: i32) -> i32 {
        let mut y = top;
        for lane in 0..self.pool.lanes.len() {
            let strips = self.pool.flows.iter().zip(&self.ways).filter(|(flow, way)| match way {
                Way::Over => self.pool.nodes[flow.to].lane == lane,
                Way::Back | Way::Past => self.pool.nodes[flow.from].lane == lane,
                Way::Near | Way::On => false,
            });
            let above = ABOVE + APART * strips.count() as i32;
            let below = self.columns_of(lane).map(|column| self.below(lane, column)).max().unwrap_or(BELOW);
            self.tops.push(y);
            self.middles.push(y + above);
            y += above + below;
        }
        y
    }

    fn columns_of(&self, lane: usize) -> impl Iterator<Item = usize> {
        let mut columns: Vec<usize> = self.pool.nodes.iter().filter(|n| n.lane == lane).map(|n| n.column).collect();
        columns.dedup();
        columns.into_iter()
    }

    /// How far a column reaches below the middle of its lane.
    fn below(&self, lane: usize, column: usize) -> i32 {
        let here = || self.pool.nodes.iter().filter(|n| n.lane == lane && n.column == column);
        let ends = here().filter(|n| n.kind == Kind::End).count() as i32;
        let branching = here().any(|n| matches!(n.kind, Kind::Leave | Kind::Enter));
        let overdue = here().any(|n| n.kind == Kind::Overdue);
        let ends = if branching { BELOW + ENDS * ends } else { BELOW };
        ends.max(if overdue { BELOW + ENDS } else { BELOW })
    }

    /// Places nodes from left to right; gives the width of the whole.
    fn columns(&mut self, count: usize) -> i32 {
        let mut x = 2 * STRIP + GAP;
        for column in 0..count {
            x = self.column(column, x);
            self.edges.push(x);
            let lines =
                self.pool.flows.iter().zip(&self.ways).filter(|(flow, way)| **way != Way::Near && self.runs_behind(flow, **way, column));
            x += CHANNEL + APART * lines.count() as i32;
        }
        x
    }

    /// Whether a line runs up or down in the channel behind a column.
    fn runs_behind(&self, flow: &Flow, way: Way, column: usize) -> bool {
        let (from, to) = (self.pool.nodes[flow.from].column, self.pool.nodes[flow.to].column);
        (from == column && !matches!(way, Way::Back | Way::Past)) || (to == column + 1 && way != Way::On)
    }

    /// One column; gives where it ends.
    fn column(&mut self, column: usize, left: i32) -> i32 {
        let nodes: Vec<usize> = (0..self.pool.nodes.len()).filter(|i| self.pool.nodes[*i].column == column).collect();
        let rank = |kind: Kind| match kind {
            Kind::Start => 0,
            Kind::Join | Kind::Enter => 1,
            Kind::Wait(_) => 2,
            Kind::Task => 3,
            Kind::Leave => 4,
            Kind::End => 5,
            Kind::Due { .. } | Kind::Overdue => 6,
        };
        let mut order = nodes.clone();
        // A join was made last and stands first.
        order.sort_by_key(|i| (rank(self.pool.nodes[*i].kind), self.pool.nodes[*i].kind != Kind::Join));
        let branching = nodes.iter().any(|i| matches!(self.pool.nodes[*i].kind, Kind::Leave | Kind::Enter));
        let (mut x, mut end, mut ends) = (left, left, 0);
        for i in order {
            let node = &self.pool.nodes[i];
            let middle = self.middles[node.lane];
            let (width, height) = match node.kind {
                Kind::Task => TASK,
                Kind::Join | Kind::Enter | Kind::Leave => (GATEWAY, GATEWAY),
                Kind::Start | Kind::Wait(_) | Kind::End | Kind::Due { .. } | Kind::Overdue => (EVENT, EVENT),
            };
            let (at, y) = match node.kind {
                Kind::Due { on, .. } => (self.boxes[on].x + 8, self.boxes[on].bottom()),
                Kind::Overdue => (self.boxes[self.due_of(i)].x + EVENT / 2, middle + TASK.1 / 2 + ENDS),
                Kind::End if branching => {
                    ends += 1;
                    (x, middle + ENDS * ends)
                }
                Kind::End | Kind::Start | Kind::Join | Kind::Enter | Kind::Leave | Kind::Wait(_) | Kind::Task => (x, middle),
            };
            self.boxes[i] =
                Box { x: if matches!(node.kind, Kind::Overdue) { at - EVENT / 2 } else { at }, y: y - height / 2, width, height };
            let stays = matches!(node.kind, Kind::Due { .. } | Kind::Overdue) || (node.kind == Kind::End && branching);
            end = end.max(self.boxes[i].right());
            if !stays {
                x = self.boxes[i].right() + GAP;
            }
        }
        end
    }

    /// The timer before an end of it.
    fn due_of(&self, end: usize) -> usize {
        self.pool.flows.iter().find(|flow| flow.to == end).map_or(end, |flow| flow.from)
    }

    fn strip(&mut self, lane: usize) -> i32 {
        let used = self.strips.entry(lane).or_default();
        *used += 1;
        self.tops[lane] + 4 + APART * *used
    }

    fn channel(&mut self, column: usize) -> i32 {
        let used = self.channels.entry(column).or_default();
        *used += 1;
        self.edges[column] + CHANNEL / 2 - 8 + APART * *used
    }

    fn line(&mut self, index: usize) -> Line {
        let flow = &self.pool.flows[index];
        let (from, to) = (&self.pool.nodes[flow.from], &self.pool.nodes[flow.to]);
        let (start, end) = (self.boxes[flow.from], self.boxes[flow.to]);
        let (a, b) = (start.middle(), end.middle());
        let point = |x: i32, y: i32| Point { x, y };
        let into = point(end.x, b.y);
        let out = match from.kind {
            Kind::Due { .. } => point(a.x, start.bottom()),
            _ => point(start.right(), a.y),
        };
        let points = match self.ways[index] {
            Way::Near if a.x == b.x => vec![point(a.x, start.bottom()), point(b.x, end.y)],
            Way::Near if a.y == b.y => vec![point(start.right(), a.y), into],
            Way::Near => vec![point(a.x, start.bottom()), point(a.x, b.y), into],
            Way::On if a.y == b.y => vec![out, into],
            Way::On => {
                let x = self.channel(from.column);
                elbow(out, &[point(x, out.y), point(x, b.y), into])
            }
            Way::Over => {
                let (x, y) = (self.channel(from.column), self.strip(to.lane));
                let before = self.channel(to.column - 1);
                elbow(out, &[point(x, out.y), point(x, y), point(before, y), point(before, b.y), into])
            }
            Way::Back | Way::Past => {
                let y = self.strip(from.lane);
                let before = if to.column == 0 { end.x - GAP / 2 } else { self.channel(to.column - 1) };
                elbow(point(a.x, start.y), &[point(a.x, y), point(before, y), point(before, b.y), into])
            }
        };
        // What leaves a node after another line is named further on.
        let first = self.pool.flows[..index].iter().zip(&self.ways).all(|(other, way)| other.from != flow.from || *way == Way::Near);
        let label = label(&points, self.ways[index], first);
        Line { points, label }
    }
}

/// A line through these points; what leaves a timer goes down a little first.
fn elbow(start: Point, rest: &[Point]) -> Vec<Point> {
    let mut points = vec![start];
    for next in rest {
        if points.last() != Some(next) {
            points.push(*next);
        }
    }
    points
}

/// Words stand where a line leaves its node, above a level start, right of an upright one; of a later one, further on.
fn label(points: &[Point], way: Way, first: bool) -> Point {
    match (first, way, points) {
        (false, Way::Over, [_, _, corner, ..]) => return Point { x: corner.x + 4, y: corner.y - 5 },
        (false, Way::On, [from, _, corner, ..]) => {
            return Point { x: corner.x + 5, y: if corner.y > from.y { from.y + 30 } else { from.y - 22 } };
        }
        _other => {}
    }
    let (Some(first), Some(second)) = (points.first(), points.get(1)) else { return Point::default() };
    let last = points.last().copied().unwrap_or(*first);
    match (first.y == second.y, way) {
        (true, _) => Point { x: first.x + 4, y: first.y - 6 },
        (false, Way::Past) => Point { x: first.x + 5, y: second.y + 12 },
        (false, Way::Back) => Point { x: first.x + 5, y: first.y - 8 },
        (false, _) => Point { x: first.x + 5, y: last.y - 6 },
    }
}
