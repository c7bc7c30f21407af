//! The items of a list or set: aggregates over them, rules on each of them.
//!
//! In: expressions in the scope of an item. Out: nodes over the case. Always: an empty list has no items, a missing one is unknown; what stands
//! outside the item is worked out for the case, once.

use super::aggregate::{Members, count};
use super::columns::{column_of, has_entry, short};
use super::expr::refuse;
use super::fold::{Fold, ITEM, Source};
use super::node::{Awaits, Layers, Node, Number, awaited};
use super::number::{Refused, ends_of, width};
use super::rules::Judged;
use super::scope::Scope;
use super::tree::{Function, Sql, Width, and, call, case, coalesce, column, compare, equal, given, int, is_null, not, or, text, when};
use crate::names::pointer_step;
use prog_base::Exact;
use prog_model::{Aggregation, Expr, ExprKind, FieldKind, FieldType, Input, InputId, RecordField, Rule, Track, Type};

/// The item in scope.
pub struct Item<'p> {
    kind: Kind<'p>,
    /// The layers of the case, while those of the item stand in their place.
    pub outer: Layers,
}

#[derive(Clone, Copy)]
pub(super) enum Kind<'p> {
    Record(&'p [RecordField]),
    Field(&'p FieldType),
    Choice,
}

/// More items than a line can hold.
const ITEMS: i64 = 1 << 24;

/// The name of the table of a list.
pub fn list_table(track: &Track, input: &Input) -> String {
    short(&format!("list {} {}", track.ident.key, input.pointer.trim_start_matches('/')))
}

/// Where an item's own column of a field stands.
pub fn item_pointer(field: &str) -> String {
    format!("/{ITEM}/{}", pointer_step(field))
}

/// What came of an `each` rule, item by item.
#[derive(Clone, Debug)]
pub struct EachItem {
    /// The items with their results, as columns `item result`, `item needs`.
    pub fold: Fold,
    /// Where the list stands.
    pub pointer: String,
}

/// What a list comes to before its items count: the node of the list itself.
pub(super) struct Listed<'p> {
    node: Node,
    from: Source,
    pub(super) kind: Kind<'p>,
    pointer: String,
}

impl<'p> Scope<'p> {
    /// Works something out for the case, not for the item in scope.
    pub fn at_case<T>(&mut self, work: impl FnOnce(&mut Self) -> T) -> T {
        let Some(mut item) = self.item.take() else { return work(self) };
        std::mem::swap(&mut self.layers, &mut item.outer);
        let done = work(self);
        std::mem::swap(&mut self.layers, &mut item.outer);
        self.item = Some(item);
        done
    }

    /// Works something out for each item; gives what came of it and the layers that it stands on.
    pub(super) fn at_item<T>(
        &mut self,
        kind: Kind<'p>,
        work: impl FnOnce(&mut Self) -> Result<T, Refused>,
    ) -> Result<(T, Layers), Refused> {
        let outer = std::mem::replace(&mut self.layers, Layers::beginning("i"));
        self.item = Some(Item { kind, outer });
        let done = work(self);
        let item = self.item.take();
        let outer = item.map(|item| item.outer).unwrap_or_default();
        let inner = std::mem::replace(&mut self.layers, outer);
        Ok((done?, inner))
    }

    /// The list that an expression names.
    fn listed(&mut self, list: &Expr) -> Result<Listed<'p>, Refused> {
        if self.aggregates.is_some() {
            return refuse("名额中的列表", "a list within a quota");
        }
        let p = self.p;
        let node = self.expr(list)?;
        let node = self.layers.shared(node);
        if let Type::Set(id) = &list.ty {
            let keys = p.enumeration(*id).values.iter().map(|v| v.ident.key.clone()).collect();
            return Ok(Listed { from: Source::Choices(keys, node.value.clone()), node, kind: Kind::Choice, pointer: String::new() });
        }
        let ExprKind::Input(id) = &list.kind else { return refuse("算出的列表", "a list that is computed") };
        if let Some(why) = self.held.items.get(id) {
            return Err(why.clone());
        }
        self.list_of(*id, node)
    }

    fn list_of(&mut self, id: InputId, node: Node) -> Result<Listed<'p>, Refused> {
        let p = self.p;
        let input = p.input(id);
        let FieldKind::List(field) = &input.field.kind else { return refuse("此种列表", "this kind of list") };
        let kind = match &field.kind {
            FieldKind::Record(record) => Kind::Record(&p.records[record.index()].fields),
            _scalar => Kind::Field(field),
        };
        let from = Source::Table(list_table(p.track(self.track), input));
        Ok(Listed { node, from, kind, pointer: input.pointer.clone() })
    }

    /// The item in scope.
    pub fn item_itself(&mut self, depth: usize) -> Result<Node, Refused> {
        match self.kind_at(depth)? {
            Kind::Choice => Ok(Node::known(column(column_of(&item_pointer("value"))))),
            // A record as a whole is only a place to look into.
            Kind::Record(_) => refuse("整条记录", "a record as a whole"),
            Kind::Field(field) => {
                let own = self.entry(field, &item_pointer("value"), "", false);
                let number = own.number.clone().map(|n| Number { ends: None, ..n });
                Ok(Node { number, ..own })
            }
        }
    }

    fn kind_at(&self, depth: usize) -> Result<Kind<'p>, Refused> {
        match &self.item {
            Some(item) if depth == 0 => Ok(item.kind),
            Some(_) | None => refuse("列表中的列表", "a list within a list"),
        }
    }

    /// A field of the item in scope; an item of which nothing is filled in waits for whatever is asked.
    pub fn item_field(&mut self, depth: usize, index: usize) -> Result<Node, Refused> {
        let Kind::Record(fields) = self.kind_at(depth)? else { return Ok(Node::none()) };
        let declared = &fields[index];
        let key = &declared.ident.key;
        let own = self.entry(&declared.field, &item_pointer(key), key, declared.optional);
        let bounded = own.number.as_ref().is_some_and(|n| n.ends.is_some());
        if !declared.optional && !bounded {
            return Ok(own);
        }
        let entered = self.layers.share(or(fields.iter().map(|f| has_entry(&item_pointer(&f.ident.key)))));
        let number =
            own.number.map(|n| Number { ends: n.ends.map(|(low, high)| (when(entered.clone(), low), when(entered.clone(), high))), ..n });
        let needs = case([(entered, own.needs)], awaited(key));
        Ok(Node { value: own.value, needs, number, absent: declared.optional, awaits: Awaits::OTHER })
    }

    /// An aggregate over the items of one list.
    pub fn over_list(&mut self, op: Aggregation, list: &Expr, filter: Option<&Expr>, value: Option<&Expr>) -> Result<Node, Refused> {
        self.at_case(|scope| {
            let listed = scope.listed(list)?;
            let of_items = match op {
                Aggregation::Consecutive(length) => match value {
                    Some(year) => scope.run_of_items(length, &listed, filter, year)?,
                    None => Node::none(),
                },
                Aggregation::Any | Aggregation::All | Aggregation::None => scope.truth_of_items(op, &listed, filter, value)?,
                Aggregation::Count | Aggregation::CountDistinct | Aggregation::Sum | Aggregation::Min | Aggregation::Max => {
                    scope.number_of_items(op, &listed, filter, value)?
                }
            };
            Ok(beside_list(&listed.node, of_items))
        })
    }

    pub(super) fn folded(&mut self, listed: &Listed<'_>, layers: Layers, columns: Vec<(&'static str, String)>) -> Fold {
        self.folds += 1;
        let number = self.folds;
        let columns = columns.into_iter().map(|(name, sql)| (format!("f{number} {name}"), sql)).collect();
        Fold { number, from: listed.from.clone(), layers: layers.layers, columns }
    }

    fn truth_of_items(
        &mut self,
        op: Aggregation,
        listed: &Listed<'p>,
        filter: Option<&Expr>,
        value: Option<&Expr>,
    ) -> Result<Node, Refused> {
        let (awaits, layers) = self.at_item(listed.kind, |scope| {
            let known = || Ok(Node::known(Sql::Bool(true)));
            let counts = filter.map_or_else(known, |e| scope.expr(e))?;
            let holds = value.map_or_else(known, |e| scope.expr(e))?;
            let node = if op == Aggregation::All {
                let out = scope.layers.not(counts);
                scope.layers.any(vec![out, holds])
            } else {
                scope.layers.all(vec![counts, holds])
            };
            Ok(scope.truth_column("counts", node))
        })?;
        let columns = self.three_valued("", "counts");
        let fold = self.folded(listed, layers, columns);
        let number = fold.number;
        self.layers.fold(fold);
        let node = match op {
            Aggregation::All => self.every(number, "", awaits),
            _any_or_none => self.some(number, "", awaits),
        };
        Ok(if op == Aggregation::None { self.layers.not(node) } else { node })
    }

    /// A truth of each item as columns: NULL for the row without item.
    pub(super) fn truth_column(&mut self, name: &str, node: Node) -> Awaits {
        let mut awaits = node.awaits;
        awaits.other |= node.absent;
        let there = given(column("place"));
        self.layers.name(name, when(there, node.value));
        self.layers.name(format!("{name}?"), node.needs);
        awaits
    }

    /// How many items surely are, surely are not, and what the others wait for.
    fn three_valued(&self, name: &'static str, from: &str) -> Vec<(&'static str, String)> {
        let d = self.dialect;
        let open = format!("place IS NOT NULL AND {from} IS NULL");
        let needs = d.joined(&d.name_of(&format!("{from}?")), "place", &open);
        let [yes, no, maybe, awaited] = match name {
            "" => ["yes", "no", "open", "needs"],
            _guard => ["guard yes", "guard no", "guard open", "guard needs"],
        };
        vec![(yes, count(from)), (no, count(&format!("NOT {from}"))), (maybe, count(&open)), (awaited, needs)]
    }

    pub(super) fn part(number: usize, name: &str, part: &str) -> Sql {
        column(format!("f{number} {name}{part}"))
    }

    /// Whether one item is so.
    fn some(&mut self, number: usize, name: &str, awaits: Awaits) -> Node {
        let part = |of: &str| Self::part(number, name, of);
        let found = compare(">", part("yes"), int(0));
        let value = case([(found, Sql::Bool(true)), (equal(part("open"), int(0)), Sql::Bool(false))], Sql::Null);
        let value = self.layers.share(value);
        let needs = when(is_null(value.clone()), coalesce(part("needs"), text("")));
        Node { value, needs, number: None, absent: false, awaits }
    }

    /// Whether all items are so.
    fn every(&mut self, number: usize, name: &str, awaits: Awaits) -> Node {
        let part = |of: &str| Self::part(number, name, of);
        let broken = compare(">", part("no"), int(0));
        let value = case([(broken, Sql::Bool(false)), (equal(part("open"), int(0)), Sql::Bool(true))], Sql::Null);
        let value = self.layers.share(value);
        let needs = when(is_null(value.clone()), coalesce(part("needs"), text("")));
        Node { value, needs, number: None, absent: false, awaits }
    }

    fn number_of_items(
        &mut self,
        op: Aggregation,
        listed: &Listed<'p>,
        filter: Option<&Expr>,
        value: Option<&Expr>,
    ) -> Result<Node, Refused> {
        let widest = self.holds.width;
        let items = Exact::from(ITEMS);
        let ((shape, awaits), layers) = self.at_item(listed.kind, |scope| {
            let counts = filter.map_or_else(|| Ok(Node::known(Sql::Bool(true))), |e| scope.expr(e))?;
            let mut awaits = scope.truth_column("counts", Node { value: and([given(column("place")), counts.value]), ..counts });
            let Some(e) = value.filter(|_| op != Aggregation::Count) else { return Ok((None, awaits)) };
            let node = scope.expr(e)?;
            awaits = awaits.and(node.awaits);
            awaits.other = true;
            Ok((scope.value_columns(op, e, node, widest)?, awaits))
        })?;
        let columns = Members { dialect: self.dialect, counts: "counts", value: "value", place: "place" }.aggregate(op);
        let fold = self.folded(listed, layers, columns);
        let part = |name: &str| Self::part(fold.number, "", name);
        let (low, high, open) = (part("low"), part("high"), compare(">", part("open"), int(0)));
        let (quantum, most) = match (op, shape) {
            (Aggregation::Sum, Some((quantum, most))) => (quantum, &most * &items),
            (Aggregation::Min | Aggregation::Max, Some((quantum, most))) => (quantum, most),
            (_, _) => (Exact::ONE, items),
        };
        let needs = when(open.clone(), coalesce(part("needs"), text("")));
        self.layers.fold(fold);
        let number = Number { quantum, most, over: None, ends: Some((low.clone(), high)) };
        Ok(Node { value: when(not(open), low), needs, number: Some(number), absent: false, awaits })
    }

    /// The value of each item as columns, with its ends; gives quantum and most of a number.
    fn value_columns(&mut self, op: Aggregation, e: &Expr, node: Node, widest: Width) -> Result<Option<(Exact, Exact)>, Refused> {
        let (low, high) = ends_of(&node);
        let shape = match &node.number {
            Some(number) if number.over.is_some() => return refuse("比值的合计", "an aggregate over ratios"),
            Some(number) => Some((number.quantum.clone(), number.most.clone())),
            None if op == Aggregation::CountDistinct => None,
            None => return refuse("不是数的合计", "an aggregate over what is no number"),
        };
        let total = shape.as_ref().filter(|_| op == Aggregation::Sum).map(|(_, most)| width(&(most * &Exact::from(ITEMS))));
        if total > Some(widest) {
            return refuse("合计可能超出数值范围", "a total can need more digits than there are");
        }
        let broad = |end: Sql| if total > Some(Width::Small) { call(Function::Broad, [end]) } else { end };
        let value = match &e.ty {
            Type::Bool => case([(node.value.clone(), text("true")), (not(node.value), text("false"))], Sql::Null),
            _other => node.value,
        };
        let columns = [("value value", value), ("value value?", node.needs), ("value low", broad(low)), ("value high", broad(high))];
        for (name, sql) in columns.into_iter().take(if op == Aggregation::CountDistinct { 2 } else { 4 }) {
            self.layers.name(name, sql);
        }
        Ok(shape)
    }

    /// A rule on each item: Kleene-and over items; an empty list: not applicable.
    pub fn each_item(&mut self, rule: &Rule, list: &Expr, waived: Option<Node>, code: usize) -> Result<(Judged, EachItem), Refused> {
        let listed = self.listed(list)?;
        let here = given(listed.node.value.clone());
        let ((guard, test), layers) = self.at_item(listed.kind, |scope| {
            scope.layers.name("item here", and([given(column("place")), here.clone()]));
            let guard = scope.guard(rule)?;
            let guard = scope.layers.shared(guard);
            let test = scope.test(&rule.test, &rule.ident.key)?;
            let test = scope.layers.shared(test);
            let judged = scope.result(guard.clone(), test.clone(), "item result")?;
            scope.layers.name("item needs", judged.needs);
            let off = scope.layers.not(guard.clone());
            let holds = scope.layers.any(vec![off, test]);
            Ok((scope.truth_column("guard", guard), scope.truth_column("holds", holds)))
        })?;
        let columns = [self.three_valued("guard", "guard"), self.three_valued("", "holds")].concat();
        let fold = self.folded(&listed, layers, columns);
        let number = fold.number;
        self.layers.fold(fold.clone());
        let applies = self.some(number, "guard ", guard);
        let test = self.every(number, "", test);
        // Of a missing list nothing is known but that the rule is asked for.
        let list = &listed.node;
        let unknown = if list.needs == Sql::Null { Sql::Bool(false) } else { given(list.needs.clone()) };
        let none = if list.absent { not(here.clone()) } else { Sql::Bool(false) };
        let applies = Node {
            value: case([(unknown.clone(), Sql::Bool(true)), (none, Sql::Bool(false))], applies.value),
            needs: case([(unknown.clone(), Sql::Null)], applies.needs),
            awaits: applies.awaits,
            ..Node::known(Sql::Null)
        };
        let test = Node {
            value: case([(unknown.clone(), Sql::Null)], test.value),
            needs: case([(unknown, list.needs.clone())], test.needs),
            awaits: test.awaits.and(list.awaits),
            ..Node::known(Sql::Null)
        };
        let applies = self.lifted(applies, waived);
        let judged = self.result(applies, test, &format!("r{code}"))?;
        Ok((judged, EachItem { fold, pointer: listed.pointer }))
    }
}

/// What the items come to where the list is known; a missing list is awaited, without bounds.
fn beside_list(list: &Node, of_items: Node) -> Node {
    if list.is_sure() {
        return of_items;
    }
    let here = given(list.value.clone());
    let number =
        of_items.number.map(|n| Number { ends: n.ends.map(|(low, high)| (when(here.clone(), low), when(here.clone(), high))), ..n });
    let needs = case([(here.clone(), of_items.needs)], list.needs.clone());
    let awaits = of_items.awaits.and(list.awaits);
    Node { value: when(here, of_items.value), needs, number, absent: list.absent, awaits }
}
