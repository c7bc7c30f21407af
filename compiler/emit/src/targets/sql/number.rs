//! Exact numbers in whole ones: each node counts quanta that are fixed when the file is written, ratios keep their denominator, and what is
//! unknown keeps its ends where they can decide (semantics 3.7, 6.1, 6.2).
//!
//! In: nodes. Out: nodes. Always: nothing is rounded but by name; how many digits a result can need is known, and what the dialect cannot
//! hold is refused.

use super::node::{Layers, Node, Number, needs_beside_absent};
use super::tree::{Sql, Width, and, case, compare, given, int, is_null, or, when};
use prog_base::{Exact, RoundMode};
use prog_model::Comparison;

/// Why something is not carried: Chinese and English.
pub type Refused = prog_base::Text;

/// Numbers in a dialect.
pub struct Numbers<'l> {
    /// Where shared parts go.
    pub layers: &'l mut Layers,
    /// The widest number that the dialect holds.
    pub widest: Width,
}

/// How wide a number of at most so many quanta is.
pub fn width(most: &Exact) -> Width {
    let limit = |digits: &str| Exact::parse(digits).is_some_and(|limit| *most <= limit);
    if limit("9223372036854775807") {
        Width::Small
    } else if limit("99999999999999999999999999999999999999") {
        Width::Wide
    } else {
        Width::Vast
    }
}

/// The greatest quantum of which both are whole multiples.
pub fn common(a: &Exact, b: &Exact) -> Exact {
    let (mut x, mut y) = (a.clone(), b.clone());
    while !y.is_zero() {
        let times = x.checked_div(&y).map_or(Exact::ZERO, |t| t.round(RoundMode::Down, 0));
        (x, y) = (y.clone(), &x - &(&times * &y));
    }
    x
}

fn digits(n: &Exact) -> Sql {
    Sql::Int(n.to_parts().0)
}

impl Numbers<'_> {
    /// Refuses what the dialect cannot hold.
    fn fits(&self, most: &Exact) -> Result<Width, Refused> {
        let needed = width(most);
        if needed <= self.widest {
            return Ok(needed);
        }
        let (zh, en) = match self.widest {
            Width::Small => ("64 位", "64 bits"),
            Width::Wide | Width::Vast => ("38 位数字", "38 digits"),
        };
        Err(Refused { zh: format!("数值可能超出{zh}"), en: format!("a number can need more than {en}") })
    }

    fn operate(&self, op: char, a: Sql, b: Sql, most: &Exact) -> Result<Sql, Refused> {
        let width = self.fits(most)?;
        Ok(Sql::Arithmetic(op, width, Box::new(a), Box::new(b)))
    }

    /// A scalar times a whole constant.
    fn times(&self, a: &Sql, factor: &Exact, most: &Exact) -> Result<Sql, Refused> {
        match a {
            Sql::Null => Ok(Sql::Null),
            _ if *factor == Exact::ONE => Ok(a.clone()),
            Sql::Int(text) => Ok(Exact::parse(text).map_or(Sql::Null, |n| digits(&(&n * factor)))),
            other => self.operate('*', other.clone(), digits(factor), most),
        }
    }

    /// The same number in another, finer quantum.
    pub fn refine(&self, node: &Node, quantum: &Exact) -> Result<Node, Refused> {
        let Some(number) = &node.number else { return Ok(node.clone()) };
        let factor = number.quantum.checked_div(quantum).unwrap_or(Exact::ONE);
        let most = &number.most * &factor;
        let ends = match &number.ends {
            Some((low, high)) => Some((self.times(low, &factor, &most)?, self.times(high, &factor, &most)?)),
            None => None,
        };
        let value = self.times(&node.value, &factor, &most)?;
        let number = Number { quantum: quantum.clone(), most, over: number.over.clone(), ends };
        Ok(Node { value, ..node.clone() }.sized(number))
    }

    /// Both in one quantum.
    pub fn aligned(&mut self, a: Node, b: Node) -> Result<(Node, Node), Refused> {
        let (Some(x), Some(y)) = (&a.number, &b.number) else { return Ok((a, b)) };
        let quantum = common(&x.quantum, &y.quantum);
        Ok((self.refine(&a, &quantum)?, self.refine(&b, &quantum)?))
    }

    /// `a + b`.
    pub fn add(&mut self, a: Node, b: Node) -> Result<Node, Refused> {
        let (a, b) = self.aligned(a, b)?;
        let (a, b) = (self.layers.shared(a), self.layers.shared(b));
        let (Some(x), Some(y)) = (&a.number, &b.number) else { return Ok(Node::none()) };
        if x.over.is_some() || y.over.is_some() {
            return self.add_ratios(&a, &b);
        }
        let most = &x.most + &y.most;
        let ends = match (&x.ends, &y.ends) {
            (None, None) => None,
            (_, _) => {
                let ((al, ah), (bl, bh)) = (ends_of(&a), ends_of(&b));
                Some((self.operate('+', al, bl, &most)?, self.operate('+', ah, bh, &most)?))
            }
        };
        let value = self.operate('+', a.value.clone(), b.value.clone(), &most)?;
        let quantum = x.quantum.clone();
        let (needs, awaits) = needs_beside_absent(&a, &b);
        let absent = a.absent || b.absent;
        Ok(Node { value, needs, absent, awaits, number: Some(Number { quantum, most, over: None, ends }) })
    }

    fn add_ratios(&mut self, a: &Node, b: &Node) -> Result<Node, Refused> {
        let ((an, ad, am, adm), (bn, bd, bm, bdm)) = (fraction(a), fraction(b));
        let quantum = a.number.as_ref().map_or(Exact::ONE, |n| n.quantum.clone());
        let (left, right) = (&am * &bdm, &bm * &adm);
        let most = &left + &right;
        let (l, r) = (self.operate('*', an, bd.clone(), &left)?, self.operate('*', bn, ad.clone(), &right)?);
        let value = self.operate('+', l, r, &most)?;
        let over_most = &adm * &bdm;
        let over = self.operate('*', ad, bd, &over_most)?;
        let (needs, awaits) = needs_beside_absent(a, b);
        Ok(Node {
            value,
            needs,
            absent: a.absent || b.absent,
            awaits,
            number: Some(Number { quantum, most, over: Some((over, over_most)), ends: None }),
        })
    }

    /// `−a`.
    pub fn negate(&mut self, a: Node) -> Node {
        let flip = |x: Sql| match x {
            Sql::Null => Sql::Null,
            Sql::Int(text) => Exact::parse(&text).map_or(Sql::Null, |n| digits(&-&n)),
            other => Sql::Negate(Box::new(other)),
        };
        let number = a.number.map(|n| Number { ends: n.ends.map(|(low, high)| (flip(high), flip(low))), ..n });
        Node { value: flip(a.value), number, ..a }
    }

    /// `a × factor`, a constant of the programme.
    pub fn scale(&mut self, a: Node, factor: &Exact) -> Node {
        if factor.is_negative() {
            let positive = self.negate(a);
            return self.scale(positive, &-factor);
        }
        if factor.is_zero() {
            let zero = |x: Sql| when(given(x), int(0));
            let number = a.number.clone().map(|n| Number {
                quantum: Exact::ONE,
                most: Exact::ZERO,
                over: None,
                ends: n.ends.map(|(low, high)| (zero(low), zero(high))),
            });
            return Node { value: zero(a.value.clone()), number, ..a };
        }
        let number = a.number.map(|n| Number { quantum: &n.quantum * factor, ..n });
        Node { number, ..a }
    }

    /// `a × b`; bounds do not pass.
    pub fn multiply(&mut self, a: Node, b: Node) -> Result<Node, Refused> {
        let (a, b) = (self.layers.shared(a), self.layers.shared(b));
        let (Some(x), Some(y)) = (&a.number, &b.number) else { return Ok(Node::none()) };
        let most = &x.most * &y.most;
        let quantum = &x.quantum * &y.quantum;
        let over = match (&x.over, &y.over) {
            (None, None) => None,
            (Some(one), None) | (None, Some(one)) => Some(one.clone()),
            (Some((m, mm)), Some((n, nm))) => {
                let most = mm * nm;
                Some((self.operate('*', m.clone(), n.clone(), &most)?, most))
            }
        };
        let value = self.operate('*', a.value.clone(), b.value.clone(), &most)?;
        let (needs, awaits) = needs_beside_absent(&a, &b);
        Ok(Node { value, needs, absent: a.absent || b.absent, awaits, number: Some(Number { quantum, most, over, ends: None }) })
    }

    /// `a ÷ b`, neither a constant; by zero it is unknown.
    pub fn divide(&mut self, a: Node, b: Node) -> Result<Node, Refused> {
        let (a, b) = (self.layers.shared(a), self.layers.shared(b));
        let (Some(x), Some(y)) = (&a.number, &b.number) else { return Ok(Node::none()) };
        let quantum = x.quantum.checked_div(&y.quantum).unwrap_or(Exact::ONE);
        let ((an, ad, am, adm), (bn, bd, bm, bdm)) = (fraction(&a), fraction(&b));
        // (an / ad) / (bn / bd) = an × bd / (ad × bn), the denominator made positive.
        let (most, over_most) = (&am * &bdm, &adm * &bm);
        let above = if bd == int(1) { an } else { self.operate('*', an, bd, &most)? };
        let below = if ad == int(1) { bn } else { self.operate('*', ad, bn, &over_most)? };
        let (above, below) = (self.layers.share(above), self.layers.share(below));
        let negative = compare("<", below.clone(), int(0));
        let flip = |x: &Sql| case([(negative.clone(), Sql::Negate(Box::new(x.clone())))], x.clone());
        let over = self.layers.share(flip(&below));
        let divides = compare("<>", below.clone(), int(0));
        let value = when(and([divides.clone(), given(above.clone())]), flip(&above));
        let value = self.layers.share(value);
        let (needs, mut awaits) = needs_beside_absent(&a, &b);
        awaits.other = true;
        let zero = and([compare("=", below, int(0)), given(above)]);
        let needs = case([(zero, super::tree::text(""))], needs);
        let number = Number { quantum, most, over: Some((over, over_most)), ends: None };
        Ok(Node { value, needs, absent: a.absent || b.absent, awaits, number: Some(number) })
    }

    /// The larger, or the smaller, of two.
    pub fn extreme(&mut self, larger: bool, a: Node, b: Node) -> Result<Node, Refused> {
        let (a, b) = self.aligned(a, b)?;
        let (a, b) = (self.layers.shared(a), self.layers.shared(b));
        let (Some(x), Some(y)) = (&a.number, &b.number) else { return Ok(Node::none()) };
        if x.over.is_some() || y.over.is_some() {
            return Err(Refused { zh: "比值取大取小".to_owned(), en: "the larger or smaller of ratios".to_owned() });
        }
        let op = if larger { ">=" } else { "<=" };
        let most = if x.most >= y.most { x.most.clone() } else { y.most.clone() };
        let strict = |p: Sql, q: Sql| case([(compare(op, p.clone(), q.clone()), p.clone()), (given(p), q)], Sql::Null);
        let loose = |p: Sql, q: Sql| {
            case([(is_null(p.clone()), q.clone()), (is_null(q.clone()), p.clone()), (compare(op, p.clone(), q.clone()), p)], q)
        };
        let ends = if a.is_sure() && b.is_sure() {
            None
        } else {
            let ((al, ah), (bl, bh)) = (ends_of(&a), ends_of(&b));
            Some(if larger { (loose(al, bl), strict(ah, bh)) } else { (strict(al, bl), loose(ah, bh)) })
        };
        let value = strict(a.value.clone(), b.value.clone());
        let (needs, awaits) = needs_beside_absent(&a, &b);
        let number = Number { quantum: x.quantum.clone(), most, over: None, ends };
        Ok(Node { value, needs, absent: a.absent || b.absent, awaits, number: Some(number) })
    }

    /// Rounds in a unit; bounds do not pass.
    pub fn round(&mut self, a: Node, mode: RoundMode, places: u32, unit: &Exact) -> Result<Node, Refused> {
        let a = self.layers.shared(a);
        let Some(number) = &a.number else { return Ok(Node::none()) };
        let step = (0..places).fold(unit.clone(), |u, _| u.checked_div(&Exact::from(10)).unwrap_or(u));
        // value × quantum / (over × step) as a quotient of whole numbers.
        let (above, below) = number.quantum.checked_div(&step).map_or_else(|| ("1".into(), "1".into()), |q| q.to_parts());
        let exact = |text: &String| Exact::parse(text).unwrap_or(Exact::ONE);
        let (above, below) = (exact(&above), exact(&below));
        let (over, over_most) = number.over.clone().unwrap_or((int(1), Exact::ONE));
        let most = &number.most * &above;
        let most_below = &over_most * &below;
        let doubled = &(&most + &most_below) * &Exact::from(2);
        let width = self.fits(&doubled)?;
        let size = case([(compare("<", a.value.clone(), int(0)), Sql::Negate(Box::new(a.value.clone())))], a.value.clone());
        let size = self.times(&size, &above, &doubled)?;
        let size = self.layers.share(size);
        let over = self.times(&over, &below, &doubled)?;
        let over = self.layers.share(over);
        let whole = if over == int(1) { size.clone() } else { Sql::Quotient(width, Box::new(size.clone()), Box::new(over.clone())) };
        let whole = self.layers.share(whole);
        let product = self.operate('*', whole.clone(), over.clone(), &doubled)?;
        let rest = self.operate('-', size, product, &doubled)?;
        let rest = if over == int(1) { int(0) } else { self.layers.share(rest) };
        let next = self.operate('+', whole.clone(), int(1), &doubled)?;
        let twice = self.operate('*', rest.clone(), int(2), &doubled)?;
        let rounded = match mode {
            _ if rest == int(0) => whole,
            RoundMode::Down => whole,
            RoundMode::Up => case([(compare(">", rest, int(0)), next)], whole),
            RoundMode::HalfUp => case([(compare(">=", twice, over), next)], whole),
            RoundMode::HalfEven => {
                let half = Sql::Quotient(width, Box::new(whole.clone()), Box::new(int(2)));
                let even = self.operate('*', half, int(2), &doubled)?;
                let odd = compare("<>", even, whole.clone());
                case([(or([compare(">", twice.clone(), over.clone()), and([compare("=", twice, over), odd])]), next)], whole)
            }
        };
        let rounded = self.layers.share(rounded);
        let value = case([(compare("<", a.value.clone(), int(0)), Sql::Negate(Box::new(rounded.clone())))], rounded);
        let value = when(given(a.value.clone()), value);
        let number = Number { quantum: step, most: doubled, over: None, ends: None };
        Ok(Node { value, needs: a.needs, absent: a.absent, awaits: a.awaits, number: Some(number) })
    }

    /// Compares two numbers; ends decide where they can. Ratios by cross-multiplication.
    pub fn compare(&mut self, op: Comparison, a: Node, b: Node) -> Result<Node, Refused> {
        let (a, b) = self.aligned(a, b)?;
        let (a, b) = self.crossed(a, b)?;
        let (a, b) = (self.layers.shared(a), self.layers.shared(b));
        let ((al, ah), (bl, bh)) = (ends_of(&a), ends_of(&b));
        let plain = [&a, &b].iter().all(|n| n.number.as_ref().is_none_or(|n| n.ends.is_none()));
        let (needs, awaits) = needs_beside_absent(&a, &b);
        let absent = a.absent || b.absent;
        if plain {
            let value = compare(sign(op), a.value.clone(), b.value.clone());
            return Ok(Node { value, needs, number: None, absent, awaits });
        }
        let less = |x: &Sql, op: &'static str, y: &Sql| compare(op, x.clone(), y.clone());
        let apart = or([less(&al, ">", &bh), less(&bl, ">", &ah)]);
        let same = and([less(&al, "=", &ah), less(&al, "=", &bl), less(&al, "=", &bh)]);
        let (yes, no) = match op {
            Comparison::AtMost => (less(&ah, "<=", &bl), less(&al, ">", &bh)),
            Comparison::Less | Comparison::Before => (less(&ah, "<", &bl), less(&al, ">=", &bh)),
            Comparison::AtLeast => (less(&al, ">=", &bh), less(&ah, "<", &bl)),
            Comparison::More | Comparison::After => (less(&al, ">", &bh), less(&ah, "<=", &bl)),
            Comparison::Equal => (same, apart),
            Comparison::NotEqual => (apart, same),
        };
        let value = self.layers.share(case([(yes, Sql::Bool(true)), (no, Sql::Bool(false))], Sql::Null));
        let needs = if needs == Sql::Null { needs } else { when(is_null(value.clone()), needs) };
        Ok(Node { value, needs, number: None, absent, awaits })
    }

    /// Two numbers as numerators over one denominator.
    fn crossed(&mut self, a: Node, b: Node) -> Result<(Node, Node), Refused> {
        let (Some(x), Some(y)) = (a.number.clone(), b.number.clone()) else { return Ok((a, b)) };
        if x.over.is_none() && y.over.is_none() {
            return Ok((a, b));
        }
        let by = |node: Node, own: &Number, other: &Option<(Sql, Exact)>| -> Result<Node, Refused> {
            let Some((over, over_most)) = other else { return Ok(Node { number: Some(Number { over: None, ..own.clone() }), ..node }) };
            let most = &own.most * over_most;
            let ends = match &own.ends {
                Some((low, high)) => {
                    Some((self.operate('*', low.clone(), over.clone(), &most)?, self.operate('*', high.clone(), over.clone(), &most)?))
                }
                None => None,
            };
            let value = self.operate('*', node.value.clone(), over.clone(), &most)?;
            let number = Number { quantum: own.quantum.clone(), most, over: None, ends };
            Ok(Node { value, number: Some(number), ..node })
        };
        Ok((by(a, &x, &y.over)?, by(b, &y, &x.over)?))
    }

    /// Within a band (a fraction) around the target, ends included.
    pub fn about(&mut self, value: Node, target: Node, band: &Exact) -> Result<Node, Refused> {
        let low = self.scale(target.clone(), &(&Exact::ONE - band));
        let high = self.scale(target, &(&Exact::ONE + band));
        let above = self.compare(Comparison::AtLeast, value.clone(), low)?;
        let below = self.compare(Comparison::AtMost, value, high)?;
        let absent = above.absent || below.absent;
        let all = self.layers.all(vec![above, below]);
        Ok(Node { absent, ..all })
    }
}

/// The ends of a number; of one without bounds its value.
pub fn ends_of(node: &Node) -> (Sql, Sql) {
    node.number.as_ref().and_then(|n| n.ends.clone()).unwrap_or((node.value.clone(), node.value.clone()))
}

/// Numerator, denominator, and the greatest of both.
fn fraction(node: &Node) -> (Sql, Sql, Exact, Exact) {
    let Some(number) = &node.number else { return (Sql::Null, int(1), Exact::ZERO, Exact::ONE) };
    let (over, most) = number.over.clone().unwrap_or((int(1), Exact::ONE));
    (node.value.clone(), over, number.most.clone(), most)
}

/// The operator of a comparison of numbers.
pub fn sign(op: Comparison) -> &'static str {
    match op {
        Comparison::Equal => "=",
        Comparison::NotEqual => "<>",
        Comparison::Less | Comparison::Before => "<",
        Comparison::AtMost => "<=",
        Comparison::More | Comparison::After => ">",
        Comparison::AtLeast => ">=",
    }
}
