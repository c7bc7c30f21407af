//! Quotas as views over groups of cases (semantics 3).
//!
//! In: the quotas of a programme. Out: per quota a view of its groups with result, value and limit. Always: an aggregate is an interval over
//! members surely in and maybe in (semantics 3.7); of what is sent in turn only one sending a sender is judged, more are said to be not carried.

use super::columns::{or_empty, short};
use super::expr::refuse;
use super::node::{Awaits, Layer, Node, Number};
use super::number::Refused;
use super::scope::Scope;
use super::table::Held;
use super::tree::{Function, Sql, Width, and, call, case, column, compare, equal, given, int, is_null, is_true, not, or, text, when};
use prog_base::Exact;
use prog_model::{
    Aggregation, ArithmeticOp, Binding, Bound, CaseMember, Comparison, Dimension, Expr, ExprKind, Key, KeyCell, KeyRange, Programme, Quota,
    ShareMember, StageId, Strength, Type,
};

/// What is asked of the cases of a group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Of {
    /// An aggregate, per track.
    Cases(Aggregation, Vec<CaseMember>),
    /// A share, per track.
    Share(Vec<ShareMember>),
}

/// An aggregate over cases.
#[derive(Clone, Debug)]
pub struct Aggregate {
    /// What is asked.
    pub of: Of,
    /// Of numbers: the quantum of all tracks, and the most quanta of one case.
    pub number: Option<(Exact, Exact)>,
}

/// Aggregates over cases that a quota's check asks for: each once, in order.
#[derive(Debug, Default)]
pub struct Aggregates {
    /// All of them.
    pub all: Vec<Aggregate>,
}

/// A quota of which all parts can be said.
pub struct Lowered {
    /// Its place among the quotas.
    pub index: usize,
    /// Aggregates of its check and guard.
    pub aggregates: Vec<Aggregate>,
    /// The result in words.
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
    pub layers: Vec<Layer>,
}

impl Scope<'_> {
    /// The place of an aggregate among those asked for.
    fn asked(&mut self, of: Of) -> Result<usize, Refused> {
        let known = self.aggregates.as_ref().map(|a| a.all.iter().position(|old| old.of == of));
        match known {
            None => refuse("跨申报的统计", "an aggregate over cases"),
            Some(Some(at)) => Ok(at),
            Some(None) => {
                let number = match &of {
                    Of::Cases(op, members) if *op != Aggregation::Count => self.shape_of(members)?,
                    Of::Cases(..) | Of::Share(_) => None,
                };
                let Some(aggregates) = &mut self.aggregates else { return refuse("跨申报的统计", "an aggregate over cases") };
                aggregates.all.push(Aggregate { of, number });
                Ok(aggregates.all.len() - 1)
            }
        }
    }

    /// One quantum for the numbers of all tracks.
    fn shape_of(&self, members: &[CaseMember]) -> Result<Option<(Exact, Exact)>, Refused> {
        let mut shapes = Vec::new();
        for member in members {
            let Some(value) = &member.value else { continue };
            let mut scope = Scope::new(self.p, member.track, self.dialect, Held::default());
            match scope.expr(value)?.number {
                Some(number) if number.over.is_none() => shapes.push(number),
                Some(_) => return refuse("比值的合计", "an aggregate over ratios"),
                None => return Ok(None),
            }
        }
        let Some(quantum) = shapes.iter().map(|n| n.quantum.clone()).reduce(|a, b| super::number::common(&a, &b)) else { return Ok(None) };
        let most = shapes.iter().filter_map(|n| Some(&n.most * &n.quantum.checked_div(&quantum)?)).max();
        Ok(most.map(|most| (quantum, most)))
    }

    /// An aggregate over the cases of a group.
    pub fn over_cases(&mut self, op: Aggregation, members: &[CaseMember]) -> Result<Node, Refused> {
        if is_truth(op) {
            return self.truth_of_cases(op, members);
        }
        let at = self.asked(Of::Cases(op, members.to_vec()))?;
        let part = |name: &str| column(format!("a{at} {name}"));
        let (low, high, open) = (part("low"), part("high"), compare(">", part("open"), int(0)));
        let number = self.aggregates.as_ref().and_then(|a| a.all[at].number.clone());
        let cases = Exact::from(1 << 31);
        let (quantum, most) = match (op, number) {
            (Aggregation::Count | Aggregation::CountDistinct, _) => (Exact::ONE, cases),
            (Aggregation::Sum, Some((quantum, most))) => (quantum, &most * &cases),
            (_, Some((quantum, most))) => (quantum, most),
            (_, None) => return refuse("不是数的合计", "an aggregate over what is no number"),
        };
        if super::number::width(&most) > self.holds.width {
            return refuse("合计可能超出数值范围", "a total can need more digits than there are");
        }
        let number = Number { quantum, most, over: None, ends: Some((low.clone(), high)) };
        let value = when(not(open.clone()), low);
        Ok(Node {
            value,
            needs: when(open, or_empty(part("needs"))),
            number: Some(number),
            absent: false,
            awaits: Awaits { judged: true, other: true },
        })
    }

    /// Whether one of the cases of a group is so, or all, or none.
    fn truth_of_cases(&mut self, op: Aggregation, members: &[CaseMember]) -> Result<Node, Refused> {
        let at = self.asked(Of::Cases(op, members.to_vec()))?;
        let part = |name: &str| column(format!("a{at} {name}"));
        let all = op == Aggregation::All;
        let decided = compare(">", part(if all { "no" } else { "yes" }), int(0));
        let value = case([(decided, Sql::Bool(!all)), (equal(part("open"), int(0)), Sql::Bool(all))], Sql::Null);
        let value = self.layers.share(value);
        let needs = when(is_null(value.clone()), or_empty(part("needs")));
        let node = Node { value, needs, number: None, absent: false, awaits: Awaits { judged: true, other: true } };
        Ok(if op == Aggregation::None { self.layers.not(node) } else { node })
    }

    /// A share of the cases of a group against a number; `flipped`: the share stands on the right. Each end decides over its own base.
    pub fn compare_share(&mut self, op: Comparison, members: &[ShareMember], other: &Expr, flipped: bool) -> Result<Node, Refused> {
        let at = self.asked(Of::Share(members.to_vec()))?;
        let part = |name: &str| column(format!("a{at} {name}"));
        let plus = |a: Sql, b: Sql| Sql::Arithmetic('+', Width::Small, Box::new(a), Box::new(b));
        let cases = Exact::from(1 << 31);
        let end = |above: Sql, rest: Sql| {
            let base = plus(above.clone(), rest);
            let number = Number { quantum: Exact::ONE, most: cases.clone(), over: Some((base.clone(), cases.clone())), ends: None };
            (Node::known(above).sized(number), compare(">", base, int(0)))
        };
        let (low, low_there) = end(part("in"), part("maybe out"));
        let (high, high_there) = end(part("maybe in"), part("out"));
        let other = self.expr(other)?;
        let other = self.layers.shared(other);
        let mut holds = |op: Comparison, end: &Node| -> Result<Sql, Refused> {
            self.numbers().compare(op, end.clone(), other.clone()).map(|n| is_true(n.value))
        };
        let same = and([holds(Comparison::Equal, &low)?, holds(Comparison::Equal, &high)?]);
        let apart = or([holds(Comparison::More, &low)?, holds(Comparison::Less, &high)?]);
        let op = if flipped { turned(op) } else { op };
        let (yes, no) = match op {
            Comparison::AtMost => (holds(Comparison::AtMost, &high)?, holds(Comparison::More, &low)?),
            Comparison::Less | Comparison::Before => (holds(Comparison::Less, &high)?, holds(Comparison::AtLeast, &low)?),
            Comparison::AtLeast => (holds(Comparison::AtLeast, &low)?, holds(Comparison::Less, &high)?),
            Comparison::More | Comparison::After => (holds(Comparison::More, &low)?, holds(Comparison::AtMost, &high)?),
            Comparison::Equal => (same, apart),
            Comparison::NotEqual => (apart, same),
        };
        let there = and([low_there, high_there]);
        let value =
            self.layers.share(case([(and([there.clone(), yes]), Sql::Bool(true)), (and([there, no]), Sql::Bool(false))], Sql::Null));
        let mut needs = vec![or_empty(part("needs")), or_empty(other.needs)];
        if flipped {
            needs.reverse();
        }
        let needs = when(is_null(value.clone()), Sql::Concat(needs));
        Ok(Node { value, needs, number: None, absent: other.absent, awaits: Awaits { judged: true, other: true } })
    }
}

/// Whether an aggregate asks whether members are so, not how many or how much.
fn is_truth(op: Aggregation) -> bool {
    matches!(op, Aggregation::Any | Aggregation::All | Aggregation::None)
}

/// The comparison with its sides exchanged.
fn turned(op: Comparison) -> Comparison {
    match op {
        Comparison::AtMost => Comparison::AtLeast,
        Comparison::Less | Comparison::Before => Comparison::More,
        Comparison::AtLeast => Comparison::AtMost,
        Comparison::More | Comparison::After => Comparison::Less,
        Comparison::Equal | Comparison::NotEqual => op,
    }
}

/// What a quota's groups come to.
pub fn lower(scope: &mut Scope<'_>, index: usize, quota: &Quota) -> Result<Lowered, Refused> {
    scope.aggregates = Some(Aggregates::default());
    scope.keys = quota.keys.iter().enumerate().map(|(k, key)| group_key(k, key)).collect();
    can_be_keys(&quota.keys)?;
    let applies = match &quota.when {
        Some(guard) => scope.expr(guard)?,
        None => Node::known(Sql::Bool(true)),
    };
    let test = scope.expr(&quota.test)?;
    // A share is judged, not shown: it is no whole number.
    let value = quota.value.as_ref().filter(|e| !matches!(e.kind, ExprKind::Share { .. }));
    let value = value.map(|e| scope.expr(e)).transpose()?;
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
    let (p, is_count) = (scope.p, |node: &Node| node.number.as_ref().is_some_and(|n| n.quantum == Exact::ONE && n.over.is_none()));
    let whole = |e: Option<&Expr>, node: &Node| is_count(node) && e.is_some_and(|e| is_whole(p, &e.ty));
    let number = value.filter(|node| whole(quota.value.as_ref(), node));
    let mut numbers = [Sql::Null, Sql::Null, Sql::Null, Sql::Null];
    if let Some(value) = &number {
        let (low, high) = super::number::ends_of(value);
        numbers[0] = value.value.clone();
        numbers[1] = when(is_null(value.value.clone()), low);
        numbers[2] = when(is_null(value.value.clone()), high);
    }
    if let [one] = limits.as_slice() {
        let e = quota.bound.as_ref().and_then(|b| b.limits().first().copied());
        numbers[3] = if whole(e, one) { one.value.clone() } else { Sql::Null };
    }
    let aggregates = scope.aggregates.take().map(|a| a.all).unwrap_or_default();
    Ok(Lowered {
        index,
        aggregates,
        settled: or([closed, settled]),
        needs: when(Sql::In(Box::new(judged.result), vec![text("unknown"), text("pending")]), or_empty(judged.needs)),
        result,
        numbers,
        over: and([is_true(applies.value), is_true(over)]),
        layers: scope.layers.taken(),
    })
}

/// Whether data show values of a type as whole numbers of one: shares and money are texts there.
fn is_whole(p: &Programme, ty: &Type) -> bool {
    let Type::Number(number) = ty else { return false };
    let plain = match number.shown_as() {
        Dimension::Bare | Dimension::Plain => true,
        Dimension::Ratio | Dimension::Times => false,
        Dimension::Units(units) => !units.iter().any(|(u, _)| p.unit(*u).dimension == "money"),
    };
    plain && number.digits.is_none_or(|d| d == 0) && number.unit.is_none_or(|u| p.unit(u).factor == Exact::ONE)
}

/// Whether columns can hold these keys.
pub fn can_be_keys(keys: &[Key]) -> Result<(), Refused> {
    if keys.iter().all(|key| matches!(key.ty, Type::Enum(_) | Type::Text | Type::Number(_) | Type::Date)) {
        return Ok(());
    }
    refuse("以是否为键", "a key that is a truth value")
}

/// A key of a group, which its column holds as text.
pub fn group_key(k: usize, key: &Key) -> Node {
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
        ExprKind::OverCases { op, members } => match op {
            Aggregation::Count | Aggregation::CountDistinct | Aggregation::Max | Aggregation::Any => true,
            Aggregation::Sum => members.iter().all(|m| m.value.as_ref().is_some_and(not_negative)),
            Aggregation::Min | Aggregation::All | Aggregation::None | Aggregation::Consecutive(_) => false,
        },
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

/// Whether what is added can't be below zero.
pub fn not_negative(e: &Expr) -> bool {
    matches!(&e.ty, Type::Number(number) if number.low.as_ref().is_some_and(|low| !low.is_negative()))
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
        let (value, unknown) = key_of(scope, key)?;
        columns.extend([(format!("k{k}"), value), (format!("k{k}?"), unknown)]);
    }
    for (a, aggregate) in lowered.aggregates.iter().enumerate() {
        match &aggregate.of {
            Of::Cases(op, members) => match members.iter().find(|m| m.track == scope.track) {
                Some(member) => measured(scope, &format!("a{a}"), *op, member, aggregate, &mut columns)?,
                None => nothing(&format!("a{a}"), &["?", " value", " value?", " low", " high"], &mut columns),
            },
            Of::Share(members) => match members.iter().find(|m| m.track == scope.track) {
                Some(member) => {
                    for (part, of) in [("", &member.base), (" part", &member.part)] {
                        let node = of.as_ref().map_or(Ok(Node::known(Sql::Bool(false))), |e| scope.expr(e))?;
                        columns.push((format!("a{a}{part}"), node.value));
                        columns.push((format!("a{a}{part}?"), node.needs));
                    }
                }
                None => nothing(&format!("a{a}"), &["?", " part", " part?"], &mut columns),
            },
        }
    }
    Ok(columns)
}

/// A case's key as text, and what it awaits: NULL where the key is known or there is none.
pub fn key_of(scope: &mut Scope<'_>, key: &Key) -> Result<(Sql, Sql), Refused> {
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
    let unknown = if node.absent { node.needs } else { when(is_null(node.value.clone()), or_empty(node.needs)) };
    Ok((node.value, unknown))
}

/// A case that an aggregate passes over.
fn nothing(name: &str, rest: &[&str], columns: &mut Vec<(String, Sql)>) {
    columns.push((name.to_owned(), Sql::Bool(false)));
    columns.extend(rest.iter().map(|part| (format!("{name}{part}"), Sql::Null)));
}

/// Whether a case counts, and its value with its ends.
fn measured(
    scope: &mut Scope<'_>,
    name: &str,
    op: Aggregation,
    member: &CaseMember,
    aggregate: &Aggregate,
    columns: &mut Vec<(String, Sql)>,
) -> Result<(), Refused> {
    let filter = member.filter.as_ref().map_or(Ok(Node::known(Sql::Bool(true))), |e| scope.expr(e))?;
    columns.push((name.to_owned(), filter.value));
    columns.push((format!("{name}?"), filter.needs));
    let Some(e) = member.value.as_ref().filter(|_| op != Aggregation::Count) else {
        if is_truth(op) {
            columns.extend([(format!("{name} value"), text("true")), (format!("{name} value?"), Sql::Null)]);
        }
        return Ok(());
    };
    let node = scope.expr(e)?;
    let node = match &aggregate.number {
        Some((quantum, _)) => scope.numbers().refine(&node, quantum)?,
        None => node,
    };
    let (low, high) = super::number::ends_of(&node);
    let value = match (&aggregate.number, &e.ty) {
        // What differs is told apart as text.
        (None, Type::Bool) => case([(node.value.clone(), text("true")), (not(node.value), text("false"))], Sql::Null),
        (_, _) => node.value,
    };
    columns.extend([(format!("{name} value"), value), (format!("{name} value?"), node.needs)]);
    columns.extend([(format!("{name} low"), low), (format!("{name} high"), high)]);
    Ok(())
}

/// The constant values of a key's range, and whether those present come on top; `reads`: where a table may be indexed with it.
pub fn range(p: &Programme, reads: &[&Expr], at: usize, key: &Key) -> (Vec<String>, bool) {
    match key.range {
        KeyRange::Enum(id) => (p.enumeration(id).values.iter().map(|v| v.ident.key.clone()).collect(), false),
        KeyRange::Table(_) => (table_keys(p, reads, at), true),
        KeyRange::Present => (Vec::new(), true),
    }
}

fn table_keys(p: &Programme, reads: &[&Expr], at: usize) -> Vec<String> {
    let mut found = None;
    for read in reads {
        read.visit(&mut |e| {
            if let (None, ExprKind::Lookup { table, keys, .. }) = (&found, &e.kind) {
                found = keys.iter().position(|k| k.kind == ExprKind::Key(at)).map(|c| (*table, c));
            }
        });
    }
    let Some((table, column)) = found else { return Vec::new() };
    let mut keys = Vec::new();
    for row in &p.table(table).rows {
        let Some(KeyCell::OneOf(constants)) = row.keys.get(column) else { continue };
        for constant in constants {
            let key = match &constant.kind {
                ExprKind::EnumValue { of, value } => p.enumeration(*of).values[*value].ident.key.clone(),
                ExprKind::Text(text) => text.clone(),
                ExprKind::Number(n) if n.is_integer() => n.to_string(),
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
pub fn entered(scope: &mut Scope<'_>, stage: Option<StageId>) -> Result<Node, Refused> {
    let Some(stage) = stage else { return Ok(Node::known(Sql::Bool(true))) };
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
