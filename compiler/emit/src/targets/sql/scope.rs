//! A case's entries, lets and rules as nodes, each worked out once.
//!
//! In: a track. Out: nodes over the track's table. Always: what one of them refuses is refused wherever it is used, with the same reason.

use super::columns::{column_of, fault_of, has_entry, number_shape};
use super::dialect::{Dialect, Holds};
use super::expr::refuse;
use super::items::{EachItem, Item};
use super::node::{Awaits, Layers, Node, Number, awaited, judged, notice};
use super::number::{Numbers, Refused};
use super::rules::Judged;
use super::table::Held;
use super::tree::{Function, Sql, and, call, case, coalesce, column, compare, equal, given, is_false, is_null, or, text, when};
use prog_base::{Exact, Zone};
use prog_model::{
    Deadline, Expr, ExprKind, FieldKind, FieldType, Input, InputId, LetId, Limit, LimitKind, Origin, Programme, RuleId, StageId, TrackId,
    Type,
};
use std::collections::BTreeMap;

/// Where expressions stand.
pub struct Scope<'p> {
    /// The programme.
    pub p: &'p Programme,
    /// The track of the case.
    pub track: TrackId,
    /// The dialect.
    pub dialect: Dialect,
    /// What it holds.
    pub holds: Holds,
    /// Columns worked out so far.
    pub layers: Layers,
    /// Keys in scope: of a quota's group, or of a table's row.
    pub keys: Vec<Node>,
    /// What the tables of the track do not hold.
    pub held: Held,
    /// Aggregates over cases asked for, if that is allowed here.
    pub aggregates: Option<super::quota::Aggregates>,
    /// The item of a list in scope.
    pub item: Option<Item<'p>>,
    /// How many lists were gone through.
    pub folds: usize,
    /// What came of rules on each item.
    pub each: BTreeMap<RuleId, EachItem>,
    inputs: BTreeMap<InputId, Result<Node, Refused>>,
    lets: BTreeMap<LetId, Result<Node, Refused>>,
    rules: BTreeMap<RuleId, Result<Judged, Refused>>,
}

impl<'p> Scope<'p> {
    /// A track of which nothing is worked out yet.
    pub fn new(p: &'p Programme, track: TrackId, dialect: Dialect, held: Held) -> Self {
        Self {
            p,
            track,
            dialect,
            holds: dialect.holds(),
            layers: Layers::default(),
            keys: Vec::new(),
            held,
            aggregates: None,
            item: None,
            folds: 0,
            each: BTreeMap::new(),
            inputs: BTreeMap::new(),
            lets: BTreeMap::new(),
            rules: BTreeMap::new(),
        }
    }

    /// Exact arithmetic here.
    pub fn numbers(&mut self) -> Numbers<'_> {
        Numbers { layers: &mut self.layers, widest: self.holds.width }
    }

    /// A fact or field.
    pub fn input(&mut self, id: InputId) -> Result<Node, Refused> {
        if let Some(known) = self.inputs.get(&id) {
            return known.clone();
        }
        let node = self.at_case(|scope| scope.work_out_input(id));
        self.inputs.insert(id, node.clone());
        node
    }

    /// Where nothing is recorded of a selection it goes by what is proposed: a truth, NULL while that is open.
    pub fn going_by(&mut self, id: InputId, proposed: Result<Sql, Refused>) {
        let node = match (self.input(id), proposed) {
            (Ok(own), Ok(proposed)) => {
                let needs = case([(given(proposed.clone()), Sql::Null)], own.needs);
                Ok(Node { value: coalesce(own.value, proposed), needs, ..own })
            }
            (Err(why), _) | (_, Err(why)) => Err(why),
        };
        self.inputs.insert(id, node);
    }

    fn entered(&self, id: InputId) -> Result<&'p Input, Refused> {
        match self.held.missing.get(&id) {
            Some(reason) => Err(reason.clone()),
            None => Ok(self.p.input(id)),
        }
    }

    /// Whether an input is relevant.
    pub fn relevance(&mut self, input: &Input) -> Result<Node, Refused> {
        match &input.when {
            None => Ok(Node::known(Sql::Bool(true))),
            Some(guard) => {
                let node = self.expr(guard)?;
                Ok(self.layers.shared(node))
            }
        }
    }

    fn work_out_input(&mut self, id: InputId) -> Result<Node, Refused> {
        let input = self.entered(id)?;
        if !self.p.track(self.track).inputs.contains(&id) {
            return Ok(Node::none());
        }
        let relevant = self.relevance(input)?;
        let own = match &input.origin {
            Origin::Computed(value) => return self.computed(input, value, relevant),
            Origin::External { as_of: Some(day), .. } => self.stated_at(input, day)?,
            Origin::Entered | Origin::Attested { .. } | Origin::Judged { .. } | Origin::External { as_of: None, .. } => {
                let own = self.entry(&input.field, &input.pointer, &input.ident.key, input.optional);
                self.of_length(input, own)?
            }
        };
        let own = match &input.origin {
            Origin::Judged { .. } => {
                Node { needs: replaced(own.needs, &awaited(&input.ident.key), &judged(&input.ident.key)), awaits: Awaits::JUDGED, ..own }
            }
            Origin::Entered | Origin::Attested { .. } | Origin::External { .. } | Origin::Computed(_) => own,
        };
        Ok(self.guarded(own, relevant))
    }

    /// An entry as it stands in the table.
    pub fn entry(&mut self, field: &FieldType, pointer: &str, key: &str, optional: bool) -> Node {
        let value = column(column_of(pointer));
        let blank = is_null(value.clone());
        let needs = if optional {
            // A blank one has no value; one that is not acceptable is unknown.
            when(and([given(fault_of(pointer))]), awaited(key))
        } else {
            when(blank, awaited(key))
        };
        let awaits = if optional && !can_fail(field) { Awaits::NOTHING } else { Awaits::OTHER };
        let needs = if awaits == Awaits::NOTHING { Sql::Null } else { needs };
        let node = Node { value: value.clone(), needs: needs.clone(), number: None, absent: optional, awaits };
        let Some((quantum, most)) = number_shape(self.p, field) else {
            let count = Number { quantum: Exact::ONE, most: Exact::from(1 << 31), over: None, ends: None };
            return if matches!(field.kind, FieldKind::List(_)) { node.sized(count) } else { node };
        };
        let ends = self.declared_ends(field, &value, &needs, &quantum, optional);
        node.sized(Number { quantum, most, over: None, ends })
    }

    /// A text that breaks a limit on its length is not acceptable, as the reading counts (semantics 5.1).
    fn of_length(&mut self, input: &Input, own: Node) -> Result<Node, Refused> {
        if !matches!(input.field.kind, FieldKind::Text | FieldKind::Prose) {
            return Ok(own);
        }
        let hard: Vec<_> = input.field.limits.iter().filter(|limit| limit.kind != LimitKind::About).collect();
        if hard.is_empty() {
            return Ok(own);
        }
        let count = if input.field.counts_characters() {
            call(Function::CharacterCount, [own.value.clone()])
        } else {
            self.words(own.value.clone())?
        };
        let count = self.layers.share(count);
        let keeps = |limit: &&Limit| {
            let op = if limit.kind == LimitKind::AtMost { "<=" } else { ">=" };
            compare(op, count.clone(), Sql::Int(limit.value.to_string()))
        };
        let kept = self.layers.share(and(hard.iter().map(keeps)));
        let value = when(kept.clone(), own.value);
        let broken = if input.optional { is_false(kept) } else { is_null(value.clone()) };
        Ok(Node { value, needs: when(broken, awaited(&input.ident.key)), awaits: Awaits::OTHER, ..own })
    }

    /// A blank number lies between its declared bounds (semantics 3.7).
    fn declared_ends(&self, field: &FieldType, value: &Sql, needs: &Sql, quantum: &Exact, optional: bool) -> Option<(Sql, Sql)> {
        if *needs == Sql::Null {
            return None;
        }
        let (low, high) = field.range();
        if low.is_none() && high.is_none() {
            return None;
        }
        let factor = super::columns::base_factor(self.p, field);
        let end = |bound: Option<Exact>| match bound.and_then(|n| (&n * &factor).checked_div(quantum)) {
            None => value.clone(),
            Some(n) if optional => coalesce(value.clone(), when(given(needs.clone()), Sql::Int(n.to_parts().0))),
            Some(n) => coalesce(value.clone(), Sql::Int(n.to_parts().0)),
        };
        Some((end(low), end(high)))
    }

    /// Not relevant: no value. Relevance open: first that must be known.
    fn guarded(&mut self, own: Node, relevant: Node) -> Node {
        if relevant.value == Sql::Bool(true) {
            return own;
        }
        let off = is_false(relevant.value.clone());
        let hide = |x: Sql| if x == Sql::Null { x } else { case([(off.clone(), Sql::Null)], x) };
        let needs = match (&own.needs, &relevant.needs) {
            (Sql::Null, _) => Sql::Null,
            (own_needs, Sql::Null) => own_needs.clone(),
            // NULL stays NULL: only what is unknown waits for its guard too.
            (own_needs, guard) => Sql::Concat(vec![coalesce(guard.clone(), text("")), own_needs.clone()]),
        };
        let number = own.number.map(|n| Number { ends: n.ends.map(|(low, high)| (hide(low), hide(high))), ..n });
        let awaits = own.awaits.and(relevant.awaits);
        Node { value: hide(own.value), needs: hide(needs), number, absent: true, awaits }
    }

    /// A register entry counts only if it is of the day asked for (semantics 2.3).
    fn stated_at(&mut self, input: &Input, day: &Expr) -> Result<Node, Refused> {
        let own = self.entry(&input.field, &input.pointer, &input.ident.key, input.optional);
        let day = self.expr(day)?;
        let as_of = column(super::columns::short(&format!("{}@", column_of(&input.pointer))));
        let counts = super::tree::is_true(equal(as_of, day.value));
        let value = when(counts.clone(), own.value.clone());
        let entered = has_entry(&input.pointer);
        let needs = if input.optional {
            case([(and([entered, super::tree::not(counts)]), awaited(&input.ident.key))], own.needs)
        } else {
            when(is_null(value.clone()), awaited(&input.ident.key))
        };
        let number = own.number.map(|n| Number { ends: None, ..n });
        if number.is_some() {
            return refuse("登记册中的数值", "a number of a register");
        }
        Ok(Node { value, needs, number, absent: input.optional, awaits: Awaits::OTHER })
    }

    /// A computed field; filled in with another value, it is not acceptable.
    fn computed(&mut self, input: &Input, value: &Expr, relevant: Node) -> Result<Node, Refused> {
        let computed = self.expr(value)?;
        let computed = self.layers.shared(computed);
        let entered = self.entry(&input.field, &input.pointer, &input.ident.key, true);
        let other = if computed.number.is_some() {
            let (own, entered) = (computed.clone(), Node { number: entered.number.clone().map(|n| Number { ends: None, ..n }), ..entered });
            let own = Node { number: own.number.map(|n| Number { ends: None, ..n }), ..own };
            self.numbers().compare(prog_model::Comparison::NotEqual, own, entered)?.value
        } else {
            compare("<>", computed.value.clone(), entered.value.clone())
        };
        let wrong = self.layers.share(super::tree::is_true(other));
        let hide = |x: Sql| if x == Sql::Null { x } else { case([(wrong.clone(), Sql::Null)], x) };
        let number = computed.number.map(|n| Number { ends: n.ends.map(|(low, high)| (hide(low), hide(high))), ..n });
        let needs = case([(wrong.clone(), awaited(&input.ident.key))], computed.needs);
        let awaits = computed.awaits.and(Awaits::OTHER);
        let node = Node { value: hide(computed.value), needs, number, absent: computed.absent, awaits };
        if relevant.value == Sql::Bool(true) {
            return Ok(node);
        }
        let off = is_false(relevant.value.clone());
        let hide = |x: Sql| if x == Sql::Null { x } else { case([(off.clone(), Sql::Null)], x) };
        let number = node.number.map(|n| Number { ends: n.ends.map(|(low, high)| (hide(low), hide(high))), ..n });
        Ok(Node { value: hide(node.value), needs: hide(node.needs), number, absent: true, awaits: node.awaits })
    }

    /// Whether something was entered and is asked for.
    pub fn input_given(&mut self, id: InputId) -> Result<Sql, Refused> {
        let input = self.entered(id)?;
        let relevant = self.at_case(|scope| scope.relevance(input))?;
        let entered = match &input.field.kind {
            FieldKind::Record(record) => {
                let fields = self.p.records[record.index()].fields.iter();
                or(fields.map(|f| has_entry(&format!("{}/{}", input.pointer, crate::names::pointer_step(&f.ident.key)))))
            }
            _other => has_entry(&input.pointer),
        };
        Ok(match relevant.value {
            Sql::Bool(true) => entered,
            relevant => and([entered, super::tree::not(is_false(relevant))]),
        })
    }

    /// A field of a record that is entered as a whole.
    pub fn member(&mut self, of: &Expr, field: usize) -> Result<Node, Refused> {
        let (ExprKind::Input(id), Type::Record(record)) = (&of.kind, &of.ty) else {
            return refuse("记录的成员", "a member of this record");
        };
        self.at_case(|scope| scope.member_of(*id, record.index(), field))
    }

    fn member_of(&mut self, id: InputId, record: usize, field: usize) -> Result<Node, Refused> {
        let input = self.entered(id)?;
        let declared = &self.p.records[record].fields[field];
        let pointer = format!("{}/{}", input.pointer, crate::names::pointer_step(&declared.ident.key));
        let own = self.entry(&declared.field, &pointer, &declared.ident.key, declared.optional);
        let fields = self.p.records[record].fields.iter();
        let entered = or(fields.map(|f| has_entry(&format!("{}/{}", input.pointer, crate::names::pointer_step(&f.ident.key)))));
        let entered = self.layers.share(entered);
        let blank = if input.optional { Sql::Null } else { awaited(&input.ident.key) };
        let needs = case([(entered.clone(), own.needs)], blank);
        let hide = |x: Sql| when(entered.clone(), x);
        let number = own.number.map(|n| Number { ends: n.ends.map(|(low, high)| (hide(low), hide(high))), ..n });
        let node = Node { value: own.value, needs, number, absent: own.absent || input.optional, awaits: own.awaits.and(Awaits::OTHER) };
        let relevant = self.relevance(input)?;
        // An unknown record passes on what it waits for, but a field that is there waits for nothing else.
        if relevant.value == Sql::Bool(true) { Ok(node) } else { refuse("有条件的记录", "a record that is not always relevant") }
    }

    /// A let of the track.
    pub fn named(&mut self, id: LetId) -> Result<Node, Refused> {
        if let Some(known) = self.lets.get(&id) {
            return known.clone();
        }
        let named = &self.p.track(self.track).lets[id.index()];
        let node = self.at_case(|scope| scope.expr(&named.value).map(|node| scope.layers.shared(node)));
        self.lets.insert(id, node.clone());
        node
    }

    /// A rule that has been judged.
    pub fn judged(&mut self, id: RuleId) -> Result<Judged, Refused> {
        if let Some(known) = self.rules.get(&id) {
            return known.clone();
        }
        let judged = self.at_case(|scope| scope.judge(id));
        self.rules.insert(id, judged.clone());
        judged
    }

    /// A rule as truth: not applicable has no value (semantics 1.3).
    pub fn rule_operand(&mut self, id: RuleId) -> Result<Node, Refused> {
        let judged = self.judged(id)?;
        let is = |word: &str| equal(judged.result.clone(), text(word));
        let value = case([(is("met"), Sql::Bool(true)), (is("unmet"), Sql::Bool(false))], Sql::Null);
        Ok(Node { value, needs: judged.needs, number: None, absent: judged.optional, awaits: judged.awaits })
    }

    /// A deadline as a day, where the notice states one.
    pub fn due(&mut self, stage: StageId) -> Result<Node, Refused> {
        let p = self.p;
        let own = p.route(self.track).and_then(|r| r.stages.iter().find(|s| s.id == stage));
        let found = own.or_else(|| p.workflows.iter().flat_map(|w| &w.stages).find(|s| s.id == stage));
        match found.and_then(|s| s.due.as_ref()) {
            Some(Deadline::At(e) | Deadline::Inferred(e)) => match &e.kind {
                ExprKind::Moment(moment) => {
                    // Midnight belongs to the day that ends then.
                    let day = p.zone.as_ref().and_then(|z: &Zone| z.day_of(prog_base::Moment(moment.0 - 1)));
                    Ok(day.map_or_else(|| Node::unknown(notice(), Awaits::OTHER), |day| Node::known(text(day.to_string()))))
                }
                _other => self.expr(e),
            },
            Some(Deadline::Unknown(_) | Deadline::Absent) | None => Ok(Node::unknown(notice(), Awaits::OTHER)),
        }
    }

    /// An entry of a sheet: a judgement, an attestation, a register's word.
    pub fn sheet(&mut self, pointer: &str, needs: Sql, awaits: Awaits) -> Node {
        let value = column(column_of(pointer));
        let needs = when(is_null(value.clone()), needs);
        Node { value, needs, number: None, absent: false, awaits }
    }
}

/// Whether an entry of this field can be unacceptable.
fn can_fail(field: &FieldType) -> bool {
    match &field.kind {
        FieldKind::YesNo | FieldKind::Unknown => false,
        FieldKind::Text | FieldKind::Prose => !field.limits.is_empty(),
        _other => true,
    }
}

/// A judged fact waits for its judge.
fn replaced(needs: Sql, old: &Sql, new: &Sql) -> Sql {
    match needs {
        Sql::Case(arms, other) => {
            Sql::Case(arms.into_iter().map(|(test, value)| (test, if value == *old { new.clone() } else { value })).collect(), other)
        }
        other => other,
    }
}
