//! Values in the making, three-valued logic written out, and the layers of columns that hold what is used more than once.
//!
//! In: scalars over a relation. Out: [`Node`]s. Always: `value` is NULL unless the value is known; `needs` is NULL unless it is unknown, else
//! the awaited keys, each followed by `/` (a judgement's by `~j/`, the notice by `~n/`), in order of use and maybe more than once; a node that
//! is neither known nor unknown has no value. Text grows in proportion to the programme: what is used twice is a column of an earlier layer.

use super::fold::Fold;
use super::tree::{Sql, Width, and, case, coalesce, column, compare, given, int, is_false, is_null, not, or, text, when};
use crate::names::pointer_step;
use prog_base::Exact;
use std::collections::BTreeMap;

/// A value.
#[derive(Clone, Debug)]
pub struct Node {
    /// The value, NULL unless known. Of a number in its quantum; of a ratio the numerator.
    pub value: Sql,
    /// What is awaited, NULL unless unknown.
    pub needs: Sql,
    /// Of a number: its shape.
    pub number: Option<Number>,
    /// Whether it may have no value at all.
    pub absent: bool,
    /// What it may wait for.
    pub awaits: Awaits,
}

/// The shape of a number.
#[derive(Clone, Debug)]
pub struct Number {
    /// The value is so many of these.
    pub quantum: Exact,
    /// It is never further from zero than so many quanta.
    pub most: Exact,
    /// Of a ratio: the denominator, above zero wherever the value is known, and its greatest value.
    pub over: Option<(Sql, Exact)>,
    /// Lower and upper end, also of a known one; NULL: open. `None`: an unknown one has none.
    pub ends: Option<(Sql, Sql)>,
}

/// What an unknown may wait for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Awaits {
    /// A judgement.
    pub judged: bool,
    /// Anything else, or nothing that can be named.
    pub other: bool,
}

impl Awaits {
    /// Nothing: it is always known.
    pub const NOTHING: Awaits = Awaits { judged: false, other: false };
    /// Not a judgement.
    pub const OTHER: Awaits = Awaits { judged: false, other: true };
    /// A judgement.
    pub const JUDGED: Awaits = Awaits { judged: true, other: false };

    /// What both wait for.
    pub fn and(self, other: Awaits) -> Awaits {
        Awaits { judged: self.judged || other.judged, other: self.other || other.other }
    }
}

/// A key awaited from anyone but judges; the empty one, of a bare item, is written `~e`.
pub fn awaited(key: &str) -> Sql {
    text(if key.is_empty() { "~e/".to_owned() } else { format!("{}/", pointer_step(key)) })
}

/// A key awaited from judges.
pub fn judged(key: &str) -> Sql {
    text(format!("{}~j/", pointer_step(key)))
}

/// The notice is silent.
pub fn notice() -> Sql {
    text("notice~n/")
}

impl Node {
    /// A known value.
    pub fn known(value: Sql) -> Self {
        Self { value, needs: Sql::Null, number: None, absent: false, awaits: Awaits::NOTHING }
    }

    /// A known number.
    pub fn exact(n: &Exact) -> Self {
        let (numerator, denominator) = n.to_parts();
        let quantum = Exact::parse(&denominator).and_then(|d| Exact::ONE.checked_div(&d)).unwrap_or(Exact::ONE);
        let most = Exact::parse(numerator.trim_start_matches('-')).unwrap_or(Exact::ZERO);
        Node::known(Sql::Int(numerator)).sized(Number { quantum, most, over: None, ends: None })
    }

    /// Unknown because of this.
    pub fn unknown(needs: Sql, awaits: Awaits) -> Self {
        Self { value: Sql::Null, needs, number: None, absent: false, awaits }
    }

    /// No value.
    pub fn none() -> Self {
        Self { value: Sql::Null, needs: Sql::Null, number: None, absent: true, awaits: Awaits::NOTHING }
    }

    /// As a number of this shape.
    #[must_use]
    pub fn sized(mut self, number: Number) -> Self {
        self.number = Some(number);
        self
    }

    /// Known, whatever comes.
    pub fn is_sure(&self) -> bool {
        !self.absent && self.awaits == Awaits::NOTHING
    }

    /// What is awaited, as text that is never NULL.
    fn needs_text(&self) -> Sql {
        if self.needs == Sql::Null { text("") } else { coalesce(self.needs.clone(), text("")) }
    }
}

/// What several await together, in their order: NULL only if none awaits anything.
pub fn all_needs<'n>(nodes: impl IntoIterator<Item = &'n Node>) -> (Sql, Awaits) {
    let mut awaits = Awaits::NOTHING;
    let mut parts = Vec::new();
    for node in nodes {
        awaits = awaits.and(node.awaits);
        // What has no value counts as unknown where it is used as a truth.
        awaits.other |= node.absent;
        if node.needs != Sql::Null {
            parts.push(node);
        }
    }
    let needs = match parts.as_slice() {
        [] => Sql::Null,
        [one] => one.needs.clone(),
        many => Sql::Concat(many.iter().map(|n| n.needs_text()).collect()),
    };
    (needs, awaits)
}

/// Columns that look only at earlier layers.
#[derive(Clone, Debug, Default)]
pub struct Layer {
    /// Names and scalars.
    pub columns: Vec<(String, Sql)>,
    /// What lists come to.
    pub folds: Vec<Fold>,
}

/// Columns worked out step by step, each from those before it.
#[derive(Debug, Default)]
pub struct Layers {
    /// All of them, in order.
    pub layers: Vec<Layer>,
    /// What the names given here begin with.
    prefix: &'static str,
    levels: BTreeMap<String, usize>,
}

/// Parts above which a scalar that is used more than once becomes a column.
const LARGE: usize = 6;

impl Layers {
    /// None yet; names that are given begin so.
    pub fn beginning(prefix: &'static str) -> Self {
        Self { prefix, ..Self::default() }
    }

    /// The number of the last layer that a scalar looks at; 0: only the relation itself.
    fn level(&self, sql: &Sql) -> usize {
        let mut level = 0;
        sql.visit(&mut |x| {
            if let Sql::Column(name) = x {
                level = level.max(self.levels.get(name).copied().unwrap_or(0));
            }
        });
        level
    }

    /// Gives a scalar a name, one layer after what it looks at.
    pub fn name(&mut self, name: impl Into<String>, sql: Sql) -> Sql {
        let name = name.into();
        let level = self.level(&sql);
        self.at(level).columns.push((name.clone(), sql));
        self.levels.insert(name.clone(), level + 1);
        column(name)
    }

    /// A list's aggregates, one layer after what they look at.
    pub fn fold(&mut self, fold: Fold) {
        let mut level = 0;
        fold.visit(&mut |sql| level = level.max(self.level(sql)));
        for (name, _) in &fold.columns {
            self.levels.insert(name.clone(), level + 1);
        }
        self.at(level).folds.push(fold);
    }

    fn at(&mut self, level: usize) -> &mut Layer {
        while self.layers.len() <= level {
            self.layers.push(Layer::default());
        }
        &mut self.layers[level]
    }

    /// A large scalar becomes a column; the same scalar the same column.
    pub fn share(&mut self, sql: Sql) -> Sql {
        if sql.size() <= LARGE {
            return sql;
        }
        let level = self.level(&sql);
        if let Some((name, _)) = self.layers.get(level).and_then(|layer| layer.columns.iter().find(|(_, old)| *old == sql)) {
            return column(name.clone());
        }
        let name = format!("{}x{}", self.prefix, self.levels.len() + 1);
        self.name(name, sql)
    }

    /// A node whose parts may be used more than once.
    pub fn shared(&mut self, node: Node) -> Node {
        let Node { value, needs, number, absent, awaits } = node;
        let number = number.map(|n| Number {
            over: n.over.map(|(over, most)| (self.share(over), most)),
            ends: n.ends.map(|(low, high)| (self.share(low), self.share(high))),
            ..n
        });
        Node { value: self.share(value), needs: self.share(needs), number, absent, awaits }
    }

    /// True iff all are (Kleene).
    pub fn all(&mut self, nodes: Vec<Node>) -> Node {
        self.truth(nodes, and)
    }

    /// True iff one is (Kleene).
    pub fn any(&mut self, nodes: Vec<Node>) -> Node {
        self.truth(nodes, or)
    }

    fn truth(&mut self, nodes: Vec<Node>, of: fn(Vec<Sql>) -> Sql) -> Node {
        if let [one] = nodes.as_slice() {
            return Node { absent: false, ..one.clone() };
        }
        let nodes: Vec<Node> = nodes.into_iter().map(|n| self.shared(n)).collect();
        let value = of(nodes.iter().map(|n| n.value.clone()).collect());
        let (needs, awaits) = all_needs(&nodes);
        if let Sql::Bool(_) = value {
            return Node::known(value);
        }
        let open = nodes.iter().filter(|n| !n.is_sure()).count();
        let value = if needs == Sql::Null { value } else { self.share(value) };
        // With one that can be open, its needs stand only where the whole is open or another has decided.
        let needs = if needs == Sql::Null { needs } else { when(is_null(value.clone()), needs) };
        let awaits = if open == 0 { Awaits::NOTHING } else { awaits };
        Node { value, needs, number: None, absent: false, awaits }
    }

    /// The opposite.
    pub fn not(&mut self, node: Node) -> Node {
        let mut awaits = node.awaits;
        awaits.other |= node.absent;
        Node { value: not(node.value), needs: node.needs, number: None, absent: false, awaits }
    }

    /// At least so many are true (Kleene).
    pub fn at_least(&mut self, need: usize, nodes: Vec<Node>) -> Node {
        if need == nodes.len() {
            return self.all(nodes);
        }
        if need == 1 {
            return self.any(nodes);
        }
        let nodes: Vec<Node> = nodes.into_iter().map(|n| self.shared(n)).collect();
        let sum = |of: &dyn Fn(Sql) -> Sql| {
            let ones = nodes.iter().map(|n| case([(of(n.value.clone()), int(1))], int(0)));
            ones.reduce(|a, b| Sql::Arithmetic('+', Width::Small, Box::new(a), Box::new(b))).unwrap_or(int(0))
        };
        let sure = self.share(sum(&|v| v));
        let possible = self.share(sum(&|v| not(is_false(v))));
        let need = int(i64::try_from(need).unwrap_or(i64::MAX));
        let value = self.share(case(
            [(compare(">=", sure, need.clone()), Sql::Bool(true)), (compare("<", possible, need), Sql::Bool(false))],
            Sql::Null,
        ));
        let (needs, awaits) = all_needs(&nodes);
        let needs = if needs == Sql::Null { needs } else { when(is_null(value.clone()), needs) };
        Node { value, needs, number: None, absent: false, awaits }
    }

    /// Where a value stands or is awaited it is that; without value it is the default.
    pub fn otherwise(&mut self, node: Node, default: Node) -> Node {
        if !node.absent {
            return node;
        }
        let (node, default) = (self.shared(node), self.shared(default));
        let unknown = given(node.needs.clone());
        let pick = |own: Sql, other: Sql| {
            if node.needs == Sql::Null {
                coalesce(own, other)
            } else {
                case([(given(node.value.clone()), own.clone()), (unknown.clone(), own)], other)
            }
        };
        let value = if node.needs == Sql::Null {
            coalesce(node.value.clone(), default.value.clone())
        } else {
            let arms = [(unknown.clone(), Sql::Null)];
            coalesce(node.value.clone(), case(arms, default.value.clone()))
        };
        let needs = case([(given(node.value.clone()), Sql::Null)], coalesce(node.needs.clone(), default.needs.clone()));
        let number = node.number.clone().zip(default.number.clone()).map(|(a, _)| a);
        let number = number.map(|n| Number {
            ends: match (&n.ends, default.number.as_ref().and_then(|d| d.ends.clone())) {
                (None, None) => None,
                (mine, theirs) => {
                    let (low, high) = mine.clone().unwrap_or((node.value.clone(), node.value.clone()));
                    let (other_low, other_high) = theirs.unwrap_or((default.value.clone(), default.value.clone()));
                    Some((pick(low, other_low), pick(high, other_high)))
                }
            },
            ..n
        });
        let awaits = node.awaits.and(default.awaits);
        Node { value, needs, number, absent: default.absent, awaits }
    }

    /// A condition's choice; an open condition leaves it open.
    pub fn choose(&mut self, test: Node, then: Node, other: Node) -> Node {
        if let Sql::Bool(known) = test.value {
            return if known { then } else { other };
        }
        let (test, then, other) = (self.shared(test), self.shared(then), self.shared(other));
        let pick = |a: Sql, b: Sql, open: Sql| {
            if open == Sql::Null && b == Sql::Null {
                when(test.value.clone(), a)
            } else if test.is_sure() {
                case([(test.value.clone(), a)], b)
            } else {
                case([(test.value.clone(), a), (not(test.value.clone()), b)], open)
            }
        };
        let open = if test.is_sure() { Sql::Null } else { coalesce(test.needs.clone(), text("")) };
        let needs = pick(then.needs.clone(), other.needs.clone(), open);
        let number = match (&then.number, &other.number) {
            (Some(a), Some(b)) => {
                let most = if a.most >= b.most { a.most.clone() } else { b.most.clone() };
                let ends = match (&a.ends, &b.ends) {
                    (None, None) => None,
                    (a, b) => {
                        let (al, ah) = a.clone().unwrap_or((then.value.clone(), then.value.clone()));
                        let (bl, bh) = b.clone().unwrap_or((other.value.clone(), other.value.clone()));
                        Some((pick(al, bl, Sql::Null), pick(ah, bh, Sql::Null)))
                    }
                };
                Some(Number { quantum: a.quantum.clone(), most, over: None, ends })
            }
            (_, _) => None,
        };
        let mut awaits = test.awaits.and(then.awaits).and(other.awaits);
        awaits.other |= test.absent;
        Node { value: pick(then.value, other.value, Sql::Null), needs, number, absent: then.absent || other.absent, awaits }
    }

    /// Equality of two values that are not numbers; where one has no value there is none.
    pub fn same(&mut self, a: Node, b: Node) -> Node {
        self.compared("=", a, b)
    }

    /// A comparison of two values whose order is that of their columns.
    pub fn compared(&mut self, op: &'static str, a: Node, b: Node) -> Node {
        let (a, b) = (self.shared(a), self.shared(b));
        let value = compare(op, a.value.clone(), b.value.clone());
        let (needs, awaits) = needs_beside_absent(&a, &b);
        Node { value, needs, number: None, absent: a.absent || b.absent, awaits }
    }
}

/// What two await together; without value where one has none.
pub fn needs_beside_absent(a: &Node, b: &Node) -> (Sql, Awaits) {
    let (needs, _) = all_needs([a, b]);
    let awaits = a.awaits.and(b.awaits);
    let none = |n: &Node| and([is_null(n.value.clone()), is_null(n.needs.clone())]);
    let gone: Vec<Sql> = [a, b].into_iter().filter(|n| n.absent).map(none).collect();
    if gone.is_empty() || needs == Sql::Null {
        return (needs, awaits);
    }
    // With one operand sure, its absence is already the whole's.
    if (a.is_sure() && b.absent) || (b.is_sure() && a.absent) {
        return (needs, awaits);
    }
    let both_open = case([(or(gone), Sql::Null)], needs);
    (both_open, awaits)
}
