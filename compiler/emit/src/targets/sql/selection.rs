//! Selections, lowered: per track who is a candidate and between which places it stands, per group how many are taken.
//!
//! In: a selection. Out: a [`Lowered`]. Always: a place is one number or a few, the smaller the better, and never the same for two that
//! differ; what is not known lies between the ends that the evaluation gives it; what can't be said in one statement is refused.

use super::dialect::Dialect;
use super::expr::refuse;
use super::node::{Layer, Node};
use super::number::{Refused, common, ends_of, width};
use super::quota::{can_be_keys, entered, group_key, key_of, not_negative};
use super::scope::Scope;
use super::table::Held;
use super::tree::{Function, Sql, Width, and, call, case, coalesce, column, compare, equal, given, int, not, text};
use prog_base::Exact;
use prog_model::{EnumOrder, Expr, Programme, Selection, StageId, Take, TrackId, Type};

/// A selection of which all parts can be said.
pub struct Lowered {
    /// Its place among the selections.
    pub index: usize,
    /// Its candidates, per track.
    pub tracks: Vec<OfTrack>,
    /// How many columns a place has.
    pub places: usize,
    /// Whether a case may stand at one place or another.
    pub loose: bool,
    /// How many are taken.
    pub taken: Taken,
    /// How many wait.
    pub wait: Option<Limit>,
    /// Layers over the groups.
    pub layers: Vec<Layer>,
}

/// Candidates of one track.
pub struct OfTrack {
    /// The track.
    pub track: TrackId,
    /// Layers over its cases.
    pub layers: Vec<Layer>,
    /// Whether a case is one of them.
    pub belongs: Sql,
    /// Where the decision on it is recorded.
    pub decided: Sql,
    /// Its keys, its places, what it adds, what is compared.
    pub columns: Vec<(String, Sql)>,
}

/// How many are taken.
pub enum Taken {
    /// Every candidate.
    All,
    /// So many.
    Number(Limit),
    /// As long as their sum is not more.
    Sum {
        /// Than this.
        limit: Limit,
        /// Whether a case may add less than nothing.
        falls: bool,
        /// Whether it may not be known how much one adds at most.
        endless: bool,
    },
}

/// A number in the scope of the group, at least and at most, NULL where it is open.
#[derive(Clone)]
pub struct Limit {
    /// At least.
    pub low: Sql,
    /// At most.
    pub high: Sql,
    /// One case counts so many of its steps.
    pub one: Exact,
}

/// The column that holds what an earlier selection proposes.
pub fn proposed(p: &Programme, index: usize) -> String {
    super::columns::short(&format!("proposed/{}", p.selections[index].ident.key))
}

/// What a case of one track brings along, before all tracks are laid on one measure.
struct Part<'p> {
    scope: Scope<'p>,
    belongs: Sql,
    keys: Vec<(Sql, Sql)>,
    order: Vec<Node>,
    adds: Option<Node>,
}

/// Lowers a selection; `carried`: the earlier ones that are.
pub fn lower(p: &Programme, d: Dialect, held: &[Held], index: usize, carried: &[usize]) -> Result<Lowered, Refused> {
    let selection = &p.selections[index];
    possible(selection, d)?;
    let mut parts: Vec<Part<'_>> = Vec::new();
    for track in &selection.tracks {
        let mut scope = Scope::new(p, *track, d, held[track.index()].clone());
        scope.folds = parts.last().map_or(0, |part| part.scope.folds);
        go_by(&mut scope, index, carried);
        parts.push(part(scope, selection)?);
    }
    let sums = on_one_measure(&mut parts, |part| part.adds.iter_mut().collect())?;
    let mut group = Scope::new(p, selection.tracks.first().copied().unwrap_or(TrackId(0)), d, Held::default());
    group.keys = selection.keys.iter().enumerate().map(|(k, key)| group_key(k, key)).collect();
    let taken = match &selection.take {
        Take::All => Taken::All,
        Take::Number(e) => Taken::Number(limit(&mut group, e, &Exact::ONE)?),
        Take::While { passing: true, .. } => return refuse("超出跳过", "a sum that passes over what does not fit"),
        Take::While { of, limit: e, passing: false } => {
            let quantum = sums.unwrap_or(Exact::ONE);
            let found = limit(&mut group, e, &quantum)?;
            let fine = quantum.checked_div(&found.one).unwrap_or(Exact::ONE);
            for part in &mut parts {
                let adds = part.adds.take().map(|node| part.scope.numbers().refine(&node, &fine)).transpose()?;
                part.adds = adds;
            }
            let endless =
                parts.iter().filter_map(|part| part.adds.as_ref()).any(|node| !is_never_null(&adds_of(node).1) && !node.is_sure());
            Taken::Sum { limit: found, falls: !of.iter().all(|(_, e)| not_negative(e)), endless }
        }
        Take::Nearest { .. } => return refuse("最接近目标的合计", "the sum nearest to a target"),
    };
    let wait = selection.wait.as_ref().map(|e| limit(&mut group, e, &Exact::ONE)).transpose()?;
    let criteria = selection.order.len();
    let mut ranges = vec![Exact::ZERO; criteria];
    for (at, range) in ranges.iter_mut().enumerate() {
        on_one_measure(&mut parts, |part| part.order.get_mut(at).into_iter().collect())?;
        let most = parts.iter().filter_map(|part| Some(measured(p, part.order.get(at)?, type_of(selection, at)?).ok()?.most)).max();
        *range = &most.unwrap_or(Exact::ZERO) + &Exact::ONE;
    }
    let tracks: Vec<OfTrack> = parts.into_iter().map(|part| of_track(p, selection, part, &ranges)).collect::<Result<_, _>>()?;
    let named = |name: &str| tracks.iter().map(|t| t.columns.iter().filter(|(n, _)| n.starts_with(name)).count()).max().unwrap_or(0);
    let apart = |t: &OfTrack| {
        let all = |name: &str| t.columns.iter().filter(|(n, _)| n.starts_with(name)).map(|(_, sql)| sql.clone()).collect::<Vec<_>>();
        all("best") != all("worst")
    };
    let (places, loose) = (named("best"), tracks.iter().any(apart));
    Ok(Lowered { index, places, loose, tracks, taken, wait, layers: group.layers.taken() })
}

/// What one statement can't say.
fn possible(selection: &Selection, d: Dialect) -> Result<(), Refused> {
    if d == Dialect::Spark {
        return refuse("遴选", "a selection");
    }
    if !selection.counted.is_empty() {
        return refuse("按申报数算出的限额", "a limit that counts cases");
    }
    if selection.refill.is_some() {
        return refuse("递补", "places that are filled again");
    }
    if selection.assign.is_some() {
        return refuse("按志愿依次分派", "places by wish, one after another");
    }
    can_be_keys(&selection.keys)
}

/// Where nothing is recorded of an earlier selection, what it proposes counts.
fn go_by(scope: &mut Scope<'_>, index: usize, carried: &[usize]) {
    let p = scope.p;
    for (earlier, selection) in p.selections[..index].iter().enumerate().filter(|(_, s)| is_due(p, s, p.selections[index].at)) {
        let Some((_, input)) = selection.recorded.iter().find(|(track, _)| *track == scope.track) else { continue };
        let refused =
            || Refused { zh: "所依据的遴选未能表达".to_owned(), en: "it goes by a selection that is not carried".to_owned() };
        scope.going_by(*input, if carried.contains(&earlier) { Ok(column(proposed(p, earlier))) } else { Err(refused()) });
    }
}

/// Whether a selection is made at a stage or before it.
fn is_due(p: &Programme, selection: &Selection, at: Option<StageId>) -> bool {
    let (Some(at), Some(own)) = (at, selection.at) else { return true };
    let mut routes = selection.tracks.iter().filter_map(|t| p.route(*t));
    at == own
        || routes.any(|route| {
            let position = |id| route.stages.iter().position(|s| s.id == id);
            position(at).is_some() && position(own) < position(at)
        })
}

fn type_of(selection: &Selection, criterion: usize) -> Option<&Type> {
    selection.order[criterion].by_track.first().map(|(_, e)| &e.ty)
}

fn part<'p>(mut scope: Scope<'p>, selection: &Selection) -> Result<Part<'p>, Refused> {
    let track = scope.track;
    let mut all = vec![entered(&mut scope, selection.at)?.value];
    if let Some((_, condition)) = selection.candidates.iter().find(|(t, _)| *t == track) {
        all.push(scope.expr(condition)?.value);
    }
    // Written twice, since a layer of its own would cost more: what it is made of is shared already.
    let belongs = and(all);
    let keys = selection.keys.iter().map(|key| key_of(&mut scope, key)).collect::<Result<_, _>>()?;
    let of = |scope: &mut Scope<'p>, of: &[(TrackId, Expr)]| match of.iter().find(|(t, _)| *t == track) {
        Some((_, e)) => scope.expr(e).map(|node| scope.layers.shared(node)),
        None => Ok(Node::none()),
    };
    let order = selection.order.iter().map(|criterion| of(&mut scope, &criterion.by_track)).collect::<Result<_, _>>()?;
    let adds = match &selection.take {
        Take::While { of: adds, .. } => Some(of(&mut scope, adds)?),
        Take::Nearest { .. } | Take::Number(_) | Take::All => None,
    };
    Ok(Part { scope, belongs, keys, order, adds })
}

/// Lays the same number of all tracks on one quantum, which it gives.
fn on_one_measure(parts: &mut [Part<'_>], of: impl for<'a> Fn(&'a mut Part<'_>) -> Vec<&'a mut Node>) -> Result<Option<Exact>, Refused> {
    let mut quantum: Option<Exact> = None;
    for part in parts.iter_mut() {
        for number in of(part).into_iter().filter_map(|node| node.number.as_ref()) {
            if number.over.is_some() {
                return refuse("按比值排序或合计", "a ratio that ranks or is added up");
            }
            quantum = Some(quantum.map_or(number.quantum.clone(), |q| common(&q, &number.quantum)));
        }
    }
    let Some(quantum) = quantum else { return Ok(None) };
    for part in parts.iter_mut() {
        let refined: Vec<Node> = of(part).into_iter().map(|node| node.clone()).collect();
        let refined: Vec<Node> = refined.iter().map(|node| part.scope.numbers().refine(node, &quantum)).collect::<Result<_, _>>()?;
        of(part).into_iter().zip(refined).for_each(|(node, refined)| *node = refined);
    }
    Ok(Some(quantum))
}

/// A number of the group in steps of which `quantum` is a whole multiple.
fn limit(group: &mut Scope<'_>, e: &Expr, quantum: &Exact) -> Result<Limit, Refused> {
    let node = group.expr(e)?;
    let Some(number) = &node.number else { return refuse("不是数的限额", "a limit that is no number") };
    if number.over.is_some() {
        return refuse("以比值为限额", "a ratio as a limit");
    }
    let fine = common(quantum, &number.quantum);
    let node = group.numbers().refine(&node, &fine)?;
    let (low, high) = ends_of(&node);
    let (low, high) = (group.layers.share(low), group.layers.share(high));
    Ok(Limit { low, high, one: quantum.checked_div(&fine).unwrap_or(Exact::ONE) })
}

/// A value as a number that ranks, its ends, and how far from zero it can be.
struct Measured {
    value: Sql,
    low: Sql,
    high: Sql,
    most: Exact,
}

fn measured(p: &Programme, node: &Node, ty: &Type) -> Result<Measured, Refused> {
    let value = node.value.clone();
    match (ty, &node.number) {
        (Type::Number(_), Some(number)) => {
            let (low, high) = number.ends.clone().unwrap_or((Sql::Null, Sql::Null));
            Ok(Measured { value, low, high, most: number.most.clone() })
        }
        (Type::Bool, _) => {
            let value = case([(value.clone(), int(1)), (not(value), int(0))], Sql::Null);
            Ok(Measured { value, low: int(0), high: int(1), most: Exact::ONE })
        }
        (Type::Enum(id), _) => {
            let list = p.enumeration(*id);
            let rank = |at: usize| if list.order == EnumOrder::BestFirst { -(at as i64) } else { at as i64 };
            let ranks = (0..list.values.len()).map(rank);
            let arms = list.values.iter().enumerate().map(|(at, v)| (equal(value.clone(), text(v.ident.key.clone())), int(rank(at))));
            let value = Sql::Case(arms.collect(), None);
            let (low, high) = (int(ranks.clone().min().unwrap_or(0)), int(ranks.max().unwrap_or(0)));
            Ok(Measured { value, low, high, most: Exact::from(list.values.len() as i64) })
        }
        (Type::Date, _) => {
            // As `20310401`: cheaper than to count days.
            let value = call(Function::Whole, [call(Function::Replace, [value, text("-"), text("")])]);
            Ok(Measured { value, low: Sql::Null, high: Sql::Null, most: Exact::from(99_991_231) })
        }
        (_, _) => refuse("按此种值排序", "an order by such values"),
    }
}

fn negative(of: Sql) -> Sql {
    match of {
        Sql::Null => Sql::Null,
        Sql::Int(digits) => Exact::parse(&digits).map_or(Sql::Null, |n| Sql::Int((-&n).to_parts().0)),
        Sql::Negate(inner) => *inner,
        Sql::Coalesce(all) => Sql::Coalesce(all.into_iter().map(negative).collect()),
        Sql::Case(arms, None) if arms.iter().all(|(_, value)| matches!(value, Sql::Int(_))) => {
            Sql::Case(arms.into_iter().map(|(test, value)| (test, negative(value))).collect(), None)
        }
        other => Sql::Negate(Box::new(other)),
    }
}

/// Whether a number is surely there.
fn is_never_null(of: &Sql) -> bool {
    matches!(of, Sql::Coalesce(all) if matches!(all.last(), Some(Sql::Int(_))))
}

/// The best and the worst place by one criterion; no value of it is as far from zero as `range`.
fn ends_of_place(node: &Node, measured: Measured, highest: bool, range: &Exact) -> (Sql, Sql) {
    let Measured { value, low, high, .. } = measured;
    let (value, first, last) = if highest { (negative(value), negative(high), negative(low)) } else { (value, low, high) };
    if node.is_sure() {
        return (value.clone(), value);
    }
    let end = Sql::Int(range.to_parts().0);
    let bounded = node.number.as_ref().is_some_and(|n| n.ends.is_some());
    let of = |end_of_open: Sql, farthest: Sql| {
        // The ends of a known number are the number.
        let open = if is_never_null(&end_of_open) { end_of_open } else { coalesce(end_of_open, farthest) };
        match (node.absent, bounded) {
            (false, true) => open,
            (false, false) => coalesce(value.clone(), open),
            // What has no value stands last.
            (true, _) => case([(given(node.value.clone()), value.clone()), (given(node.needs.clone()), open)], end.clone()),
        }
    };
    (of(first, negative(end.clone())), of(last, end.clone()))
}

/// Criteria as columns: as many of them in one number as 64 bits hold.
fn places(all: Vec<((Sql, Sql), &Exact)>, widest: Width) -> Result<Vec<(Sql, Sql)>, Refused> {
    let mut packed: Vec<((Sql, Sql), Exact)> = Vec::new();
    for ((best, worst), range) in all {
        if width(range) > widest {
            return refuse("数值可能超出 64 位", "a number can need more than 64 bits");
        }
        // Between the ends of one criterion all those of the next find place.
        let step = &(range + range) + &Exact::ONE;
        let last = packed.last().map(|(_, most)| &(most * &step) + range).filter(|most| width(most) == Width::Small);
        match (last, packed.pop()) {
            (Some(most), Some(((b, w), _))) => {
                let join = |a: Sql, b: Sql| {
                    let times =
                        Sql::Arithmetic('*', Width::Small, Box::new(call(Function::Whole, [a])), Box::new(Sql::Int(step.to_parts().0)));
                    Sql::Arithmetic('+', Width::Small, Box::new(times), Box::new(b))
                };
                packed.push(((join(b, best), join(w, worst)), most));
            }
            (_, before) => {
                packed.extend(before);
                packed.push(((best, worst), range.clone()));
            }
        }
    }
    Ok(if packed.is_empty() { vec![(int(0), int(0))] } else { packed.into_iter().map(|(ends, _)| ends).collect() })
}

fn of_track(p: &Programme, selection: &Selection, part: Part<'_>, ranges: &[Exact]) -> Result<OfTrack, Refused> {
    let Part { mut scope, belongs, keys, order, adds } = part;
    let track = scope.track;
    let mut columns = Vec::new();
    for (k, (value, open)) in keys.into_iter().enumerate() {
        columns.extend([(format!("own{k}"), value), (format!("own{k}?"), open)]);
    }
    let mut ends = Vec::new();
    for ((criterion, node), range) in selection.order.iter().zip(&order).zip(ranges) {
        let Some((_, e)) = criterion.by_track.iter().find(|(t, _)| *t == track) else { return refuse("此种排序", "this order") };
        ends.push((ends_of_place(node, measured(p, node, &e.ty)?, criterion.highest, range), range));
    }
    for (at, (best, worst)) in places(ends, scope.holds.width)?.into_iter().enumerate() {
        columns.extend([(format!("best{at}"), best), (format!("worst{at}"), worst)]);
    }
    columns.extend(order.iter().enumerate().map(|(at, node)| (format!("value{at}"), node.value.clone())));
    if let Some(node) = adds {
        let most = node.number.as_ref().map_or(Exact::ZERO, |n| n.most.clone());
        if width(&(&most * &Exact::from(1 << 31))) > scope.holds.width {
            return refuse("合计可能超出数值范围", "a total can need more digits than there are");
        }
        let (least, most) = adds_of(&node);
        columns.extend([("adds_least".to_owned(), least), ("adds_most".to_owned(), most)]);
    }
    let recorded = selection.recorded.iter().find(|(t, _)| *t == track);
    let decided = recorded.map_or(Sql::Bool(false), |(_, input)| column(super::columns::column_of(&p.input(*input).pointer)));
    Ok(OfTrack { track, layers: scope.layers.taken(), belongs, decided, columns })
}

/// What a case adds at least, and at most: NULL without end. What has no value adds nothing, what is not known nothing below zero.
fn adds_of(node: &Node) -> (Sql, Sql) {
    let value = node.value.clone();
    if node.is_sure() {
        return (value.clone(), value);
    }
    let (low, high) = node.number.as_ref().and_then(|n| n.ends.clone()).unwrap_or((Sql::Null, Sql::Null));
    let low = if low == Sql::Null { int(0) } else { case([(compare(">", low.clone(), int(0)), low)], int(0)) };
    let of = |open: Sql| {
        let known = (given(value.clone()), value.clone());
        if !node.absent && is_never_null(&open) {
            return open;
        }
        if node.absent { case([known, (given(node.needs.clone()), open)], int(0)) } else { case([known], open) }
    };
    (of(low), of(high))
}
