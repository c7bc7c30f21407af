//! Quotas as views over groups of cases (semantics 3).
//!
//! In: the quotas of a programme. Out: per quota a view of its groups with result, value and limit. Always: an aggregate is an interval over
//! members surely in and maybe in (semantics 3.7); of what is sent in turn only one sending a sender is judged, more are said to be not carried.

use super::columns::{or_empty, short};
use super::expr::refuse;
use super::node::{Awaits, Node, Number};
use super::number::Refused;
use super::scope::Scope;
use super::tree::{Function, Sql, and, call, case, column, compare, equal, given, int, is_false, is_null, is_true, not, or, text, when};
use prog_base::Exact;
use prog_model::{
    Aggregation, ArithmeticOp, Binding, Bound, CaseMember, Expr, ExprKind, Key, KeyCell, KeyRange, Programme, Quota, ShareMember, Strength,
    Type,
};

/// Aggregates over cases that a quota's check asks for: each once, in order.
#[derive(Debug, Default)]
pub struct Aggregates {
    /// What is counted, per track.
    pub all: Vec<(Aggregation, Vec<CaseMember>)>,
}

/// A quota of which all parts can be said.
pub struct Lowered {
    /// Its place among the quotas.
    pub index: usize,
    /// Aggregates of its check and guard.
    pub aggregates: Vec<(Aggregation, Vec<CaseMember>)>,
    /// The scope of a group, with its layers.
    pub result: Sql,
    /// Whether it can no longer change.
    pub settled: Sql,
    /// What is awaited.
    pub needs: Sql,
    /// The value, its ends, the limit.
    pub numbers: [Sql; 4],
    /// Whether the value is surely over the cap: its sending does not fit.
    pub over: Sql,
    /// Layers over the groups.
    pub layers: Vec<Vec<(String, Sql)>>,
}

impl Scope<'_> {
    /// An aggregate over the cases of a group.
    pub fn over_cases(&mut self, op: Aggregation, members: &[CaseMember], _e: &Expr) -> Result<Node, Refused> {
        let Some(aggregates) = &mut self.aggregates else { return refuse("跨申报的统计", "an aggregate over cases") };
        let wanted = (op, members.to_vec());
        let at = aggregates.all.iter().position(|old| *old == wanted).unwrap_or_else(|| {
            aggregates.all.push(wanted);
            aggregates.all.len() - 1
        });
        let part = |name: &str| column(format!("a{at} {name}"));
        let (low, high, open) = (part("low"), part("high"), compare(">", part("open"), int(0)));
        if !matches!(op, Aggregation::Count | Aggregation::CountDistinct) {
            return refuse("合计以外的统计", "an aggregate other than a count");
        }
        let number = Number { quantum: Exact::ONE, most: Exact::from(1 << 31), over: None, ends: Some((low.clone(), high)) };
        let value = when(not(open.clone()), low);
        Ok(Node {
            value,
            needs: when(open, or_empty(part("needs"))),
            number: Some(number),
            absent: false,
            awaits: Awaits { judged: true, other: true },
        })
    }

    /// A share of the cases of a group.
    pub fn share_of_cases(&mut self, _members: &[ShareMember], _e: &Expr) -> Result<Node, Refused> {
        refuse("占比", "a share of cases")
    }
}

/// What a quota's groups come to.
pub fn lower(scope: &mut Scope<'_>, index: usize, quota: &Quota) -> Result<Lowered, Refused> {
    scope.aggregates = Some(Aggregates::default());
    scope.keys = quota.keys.iter().enumerate().map(|(k, key)| group_key(k, key)).collect();
    if quota.keys.iter().any(|key| !matches!(key.ty, Type::Enum(_) | Type::Text | Type::Number(_) | Type::Date)) {
        return refuse("以是否为键", "a key that is a truth value");
    }
    let applies = match &quota.when {
        Some(guard) => scope.expr(guard)?,
        None => Node::known(Sql::Bool(true)),
    };
    let test = scope.expr(&quota.test)?;
    let value = quota.value.as_ref().map(|e| scope.expr(e)).transpose()?;
    let limits = quota.bound.as_ref().map(Bound::limits).unwrap_or_default();
    let limits: Vec<Node> = limits.into_iter().map(|e| scope.expr(e)).collect::<Result<_, _>>()?;
    let over = over(scope, quota, value.as_ref(), &limits)?;
    let applies = scope.layers.shared(applies);
    let judged = scope.result(applies.clone(), test, "result")?;
    let grows = quota.value.as_ref().is_some_and(grows);
    let closed = column("closed");
    let is = |word: &str| equal(judged.result.clone(), text(word));
    let sure = is_true(applies.value.clone());
    let unknown = text("unknown");
    // While the batch is open only what cannot change any more is known (semantics 3.4).
    let open = match &quota.bound {
        Some(Bound::AtMost(_) | Bound::Less(_)) if grows => judged.result.clone(),
        Some(Bound::AtLeast(_) | Bound::More(_)) if grows => case([(is("met"), text("met"))], unknown.clone()),
        Some(Bound::Between(..) | Bound::Equal(_)) if grows => case([(is_true(over.clone()), text("unmet"))], unknown.clone()),
        Some(_) | None => unknown.clone(),
    };
    let open = if grows { case([(not(sure), unknown)], open) } else { open };
    let result = scope.layers.name("judged", case([(or([closed.clone(), is("not applicable")]), judged.result.clone())], open));
    let settled = match &quota.bound {
        Some(Bound::AtMost(_) | Bound::Less(_) | Bound::Between(..) | Bound::Equal(_)) => equal(result.clone(), text("unmet")),
        Some(Bound::AtLeast(_) | Bound::More(_)) => equal(result.clone(), text("met")),
        Some(Bound::About(_)) | None => Sql::Bool(false),
    };
    let whole = |node: &Node| node.number.as_ref().is_some_and(|n| n.quantum == Exact::ONE && n.over.is_none());
    let (mut numbers, number) = ([Sql::Null, Sql::Null, Sql::Null, Sql::Null], value.filter(whole));
    if let Some(value) = &number {
        let (low, high) = super::number::ends_of(value);
        numbers[0] = value.value.clone();
        numbers[1] = when(is_null(value.value.clone()), low);
        numbers[2] = when(is_null(value.value.clone()), high);
    }
    if let [one] = limits.as_slice() {
        numbers[3] = if whole(one) { one.value.clone() } else { Sql::Null };
    }
    let aggregates = scope.aggregates.take().map(|a| a.all).unwrap_or_default();
    Ok(Lowered {
        index,
        aggregates,
        settled: or([closed, settled]),
        needs: when(Sql::In(Box::new(judged.result), vec![text("unknown"), text("pending")]), or_empty(judged.needs)),
        result,
        numbers,
        over: and([not(is_false(applies.value)), is_true(over)]),
        layers: std::mem::take(&mut scope.layers.layers),
    })
}

/// A key of a group, which its column holds as text.
fn group_key(k: usize, key: &Key) -> Node {
    let text = column(format!("k{k}"));
    match &key.ty {
        Type::Number(_) => {
            let most = Exact::from((1 << 53) - 1);
            Node::known(call(Function::Whole, [text])).sized(Number { quantum: Exact::ONE, most, over: None, ends: None })
        }
        _other => Node::known(text),
    }
}

/// Whether the value is over the cap.
fn over(scope: &mut Scope<'_>, quota: &Quota, value: Option<&Node>, limits: &[Node]) -> Result<Sql, Refused> {
    use prog_model::Comparison;
    let (Some(value), Some(limit)) = (value, limits.last()) else { return Ok(Sql::Bool(false)) };
    let op = match &quota.bound {
        Some(Bound::AtMost(_) | Bound::Equal(_) | Bound::Between(..)) => Comparison::More,
        Some(Bound::Less(_)) => Comparison::AtLeast,
        Some(Bound::AtLeast(_) | Bound::More(_) | Bound::About(_)) | None => return Ok(Sql::Bool(false)),
    };
    Ok(scope.numbers().compare(op, value.clone(), limit.clone())?.value)
}

/// Whether a value can only grow as cases are added.
fn grows(e: &Expr) -> bool {
    match &e.kind {
        ExprKind::OverCases { op, .. } => matches!(op, Aggregation::Count | Aggregation::CountDistinct),
        ExprKind::Number(_) | ExprKind::Key(_) | ExprKind::Lookup { .. } | ExprKind::OverColumn { .. } => true,
        ExprKind::Arithmetic { op: ArithmeticOp::Add, left, right } => grows(left) && grows(right),
        ExprKind::Arithmetic { op: ArithmeticOp::Multiply, left, right } => match (&left.kind, &right.kind) {
            (ExprKind::Number(n), _) => !n.is_negative() && grows(right),
            (_, ExprKind::Number(n)) => !n.is_negative() && grows(left),
            (_, _) => false,
        },
        ExprKind::Extreme { of, .. } => of.iter().all(grows),
        _other => false,
    }
}

/// A cap of its sender: it is judged sending by sending.
pub fn is_cap(quota: &Quota) -> bool {
    let upper = matches!(quota.bound, Some(Bound::AtMost(_) | Bound::Less(_) | Bound::Between(..) | Bound::Equal(_)));
    matches!(quota.binding, Binding::Sender(_)) && !quota.soft && upper && quota.value.as_ref().is_some_and(grows)
}

/// Whether exceeding it keeps a sending out.
pub fn binds(quota: &Quota) -> bool {
    match quota.strength {
        None | Some(Strength::Require | Strength::Complete | Strength::InPrinciple) => !quota.soft,
        Some(Strength::Prefer | Strength::Encourage | Strength::Note | Strength::Waive) => false,
    }
}

/// The sender's key among the keys of a quota, by its place.
pub fn sender_key(p: &Programme, quota: &Quota) -> Option<usize> {
    let Binding::Sender(actor) = quota.binding else { return None };
    let per = p.actors[actor.index()].per.as_ref()?;
    quota.keys.iter().position(|k| k.name == *per)
}

/// A case's part in a quota, as columns of its track: keys, and per aggregate whether it counts and its value.
pub fn parts(scope: &mut Scope<'_>, quota: &Quota, lowered: &Lowered) -> Result<Vec<(String, Sql)>, Refused> {
    let mut columns = Vec::new();
    for (k, key) in quota.keys.iter().enumerate() {
        let node = match key.by_track.iter().find(|(track, _)| *track == scope.track) {
            Some((_, e)) => scope.expr(e)?,
            None => Node::none(),
        };
        let node = match &node.number {
            None => node,
            Some(number) if number.quantum == Exact::ONE && number.over.is_none() => {
                Node { value: call(Function::Shown, [node.value.clone()]), ..node }
            }
            Some(_) => return refuse("以小数为键", "a key that is no whole number"),
        };
        columns.push((format!("k{k}"), node.value.clone()));
        // What is awaited; NULL where the key is known or there is none.
        let unknown = if node.absent { node.needs.clone() } else { when(is_null(node.value), or_empty(node.needs)) };
        columns.push((format!("k{k}?"), unknown));
    }
    for (a, (op, members)) in lowered.aggregates.iter().enumerate() {
        let Some(member) = members.iter().find(|m| m.track == scope.track) else {
            columns.push((format!("a{a}"), Sql::Bool(false)));
            columns.push((format!("a{a}?"), Sql::Null));
            columns.push((format!("a{a} value"), Sql::Null));
            columns.push((format!("a{a} value?"), Sql::Null));
            continue;
        };
        let filter = match &member.filter {
            Some(e) => scope.expr(e)?,
            None => Node::known(Sql::Bool(true)),
        };
        columns.push((format!("a{a}"), filter.value.clone()));
        columns.push((format!("a{a}?"), filter.needs));
        let value = match (&member.value, op) {
            (Some(e), Aggregation::CountDistinct) => {
                if matches!(e.ty, Type::Number(_) | Type::Bool) {
                    return refuse("不同的数的个数", "how many different numbers there are");
                }
                Some(scope.expr(e)?)
            }
            (_, _) => None,
        };
        columns.push((format!("a{a} value"), value.as_ref().map_or(Sql::Null, |v| v.value.clone())));
        columns.push((format!("a{a} value?"), value.map_or(Sql::Null, |v| v.needs)));
    }
    Ok(columns)
}

/// The constant values of a key's range, and whether those present come on top.
pub fn range(p: &Programme, quota: &Quota, at: usize, key: &Key) -> (Vec<String>, bool) {
    match key.range {
        KeyRange::Enum(id) => (p.enumeration(id).values.iter().map(|v| v.ident.key.clone()).collect(), false),
        KeyRange::Table(_) => (table_keys(p, quota, at), true),
        KeyRange::Present => (Vec::new(), true),
    }
}

fn table_keys(p: &Programme, quota: &Quota, at: usize) -> Vec<String> {
    let mut found = None;
    quota.test.visit(&mut |e| {
        if let (None, ExprKind::Lookup { table, keys, .. }) = (&found, &e.kind) {
            found = keys.iter().position(|k| k.kind == ExprKind::Key(at)).map(|c| (*table, c));
        }
    });
    let Some((table, column)) = found else { return Vec::new() };
    let mut keys = Vec::new();
    for row in &p.table(table).rows {
        let Some(KeyCell::OneOf(constants)) = row.keys.get(column) else { continue };
        for constant in constants {
            let key = match &constant.kind {
                ExprKind::EnumValue { of, value } => p.enumeration(*of).values[*value].ident.key.clone(),
                ExprKind::Text(text) => text.clone(),
                _other => continue,
            };
            if !keys.contains(&key) {
                keys.push(key);
            }
        }
    }
    keys
}

/// Whether a member belongs to a group and counts for an aggregate: value and needs, over the columns of both.
pub fn counts(quota: &Quota, a: usize) -> (Sql, Sql) {
    let mut values = vec![column("entered")];
    let mut needs = vec![when(is_null(column("entered")), or_empty(column("entered?")))];
    for k in 0..quota.keys.len() {
        let (own, open) = (column(format!("k{k}")), column(format!("k{k}?")));
        let group = column(format!("g{k}"));
        values.push(case([(given(own.clone()), equal(own, group)), (given(open.clone()), Sql::Null)], Sql::Bool(false)));
        needs.push(open);
    }
    values.push(column(format!("a{a}")));
    needs.push(column(format!("a{a}?")));
    let value = and(values);
    let needs = Sql::Concat(needs.into_iter().map(or_empty).collect());
    (value, needs)
}

/// Whether a case entered a stage (semantics 3.3), over the columns of its route.
pub fn entered(scope: &mut Scope<'_>, quota: &Quota) -> Result<Node, Refused> {
    let Some(stage) = quota.at else { return Ok(Node::known(Sql::Bool(true))) };
    let p = scope.p;
    let no_events = is_null(column("route events"));
    let Some(route) = p.route(scope.track) else { return Ok(Node::known(no_events)) };
    let Some(target) = route.stages.iter().position(|s| s.id == stage) else { return Ok(Node::known(no_events)) };
    if route.stages.iter().any(|s| s.late.is_some()) {
        return refuse("逾期后转往别处的环节", "a stage that lateness leads away from");
    }
    let key = |i: usize| text(route.stages[i].ident.key.clone());
    // Where the last event led; before any recognised one: where the route begins.
    let mut arms: Vec<(Sql, Node)> = vec![(is_null(column("route stage")), super::route::reaches(scope, 0, target)?)];
    for (at, stage) in route.stages.iter().enumerate() {
        let here = equal(column("route stage"), key(at));
        let mut outcomes: Vec<&str> = stage.transitions.iter().map(|t| t.outcome.as_str()).collect();
        outcomes.dedup();
        for outcome in outcomes {
            let leads = super::route::leads(scope, at, outcome, target)?;
            if leads.value != Sql::Bool(false) {
                arms.push((and([here.clone(), equal(column("route outcome"), text(outcome))]), leads));
            }
        }
    }
    let reached = column(short(&format!("reached/{}", p.stages[stage.index()].key)));
    let mut value = vec![(or([no_events, is_true(reached)]), Sql::Bool(true))];
    let mut needs = vec![(value[0].0.clone(), Sql::Null)];
    let mut awaits = Awaits::NOTHING;
    for (test, node) in arms {
        value.push((test.clone(), node.value));
        needs.push((test, node.needs));
        awaits = awaits.and(node.awaits);
    }
    let needs = if awaits == Awaits::NOTHING { Sql::Null } else { case(needs, Sql::Null) };
    Ok(Node { value: case(value, Sql::Bool(false)), needs, number: None, absent: false, awaits })
}
