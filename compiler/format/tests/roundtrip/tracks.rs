//! Random tracks, quotas, workflows, forms, targets and scenarios.

use super::bytes::Bytes;
use super::exprs::*;
use super::items::{DEPTH, define, effective, reading_name, reading_value, stated};
use prog_syntax::ast::*;

fn guard(b: &mut Bytes<'_>) -> Option<Expr> {
    b.maybe(|b| expr(b, DEPTH))
}

pub fn track(b: &mut Bytes<'_>) -> Track {
    let heads = if b.flag() { b.list(2, plain_head) } else { vec![head(b)] };
    Track { heads, forms: if b.flag() { names(b) } else { Vec::new() }, members: b.list(0, |b| track_member(b, 1)), span: here() }
}

pub fn track_member(b: &mut Bytes<'_>, depth: usize) -> TrackMember {
    match b.below(9) {
        0 | 1 => TrackMember::Fact(Fact {
            head: head(b),
            ty: ty(b),
            optional: b.flag(),
            origin: b.maybe(origin),
            when: guard(b),
            at: b.maybe(name),
            span: here(),
        }),
        2 => TrackMember::Let(define(b)),
        3 => TrackMember::Output(Let { effective: None, ..define(b) }),
        4 => TrackMember::Outcomes(Outcomes { cites: cites(b), values: b.list(1, plain_head), span: here() }),
        5 if depth > 0 => {
            TrackMember::Conditions(Conditions { head: head(b), members: b.list(0, |b| track_member(b, depth - 1)), span: here() })
        }
        6 => TrackMember::Score(Score {
            head: head(b),
            at: b.maybe(name),
            out_of: b.maybe(literal),
            pass: b.maybe(literal),
            outcome: b.maybe(name),
            items: b.list(0, score_item),
            span: here(),
        }),
        _ => TrackMember::Rule(rule(b)),
    }
}

fn score_item(b: &mut Bytes<'_>) -> ScoreItem {
    ScoreItem {
        head: head(b),
        weight: b.maybe(literal),
        out_of: b.maybe(literal),
        value: expr(b, DEPTH),
        least: b.maybe(literal),
        other_than: b.maybe(literal),
        span: here(),
    }
}

pub fn strength(b: &mut Bytes<'_>) -> Strength {
    use Strength::*;
    b.pick(&[Require, Complete, InPrinciple, Prefer, Encourage, Note, Waive])
}

fn rule(b: &mut Bytes<'_>) -> Rule {
    Rule {
        strength: strength(b),
        head: head(b),
        effective: b.maybe(effective),
        at: b.maybe(name),
        each: b.maybe(|b| Expr { kind: ExprKind::Name(name(b)), span: here() }),
        when: guard(b),
        unless: guard(b),
        test: test(b, 2),
        outcome: b.maybe(name),
        waives: b.list(0, |b| Waived { name: name(b), to: b.maybe(name) }),
        needs: if b.flag() { names(b) } else { Vec::new() },
        span: here(),
    }
}

/// A judge, an attestation or a register.
fn origin(b: &mut Bytes<'_>) -> Test {
    match b.below(3) {
        0 => Test::Judged { by: name(b), on: if b.flag() { names(b) } else { Vec::new() }, span: here() },
        1 => Test::Attested { with: if b.flag() { names(b) } else { Vec::new() }, span: here() },
        _ => Test::External { register: text(b), as_of: b.maybe(|b| Box::new(literal(b))), span: here() },
    }
}

fn test(b: &mut Bytes<'_>, depth: usize) -> Test {
    match b.below(4) {
        0 | 1 => Test::Expr(expr(b, DEPTH)),
        2 if depth > 0 => {
            let need = match b.below(3) {
                0 => Need::Any,
                1 => Need::All,
                _ => Need::AtLeast(1 + b.below(4) as u32),
            };
            let member = |b: &mut Bytes<'_>| Member { head: head(b), when: guard(b), test: test(b, depth - 1), span: here() };
            Test::Threshold { need, members: b.list(1, member), span: here() }
        }
        _ => origin(b),
    }
}

pub fn quota(b: &mut Bytes<'_>) -> Quota {
    let per = if b.flag() { b.list(1, |b| expr(b, 1)) } else { Vec::new() };
    Quota {
        strength: b.maybe(strength),
        head: head(b),
        at: b.maybe(name),
        every: !per.is_empty() && b.flag(),
        per,
        when: guard(b),
        test: expr(b, DEPTH),
        outcome: b.maybe(name),
        span: here(),
    }
}

pub fn select(b: &mut Bytes<'_>) -> Select {
    Select {
        head: head(b),
        at: b.maybe(name),
        per: b.list(0, |b| expr(b, 1)),
        from: b.list(0, name),
        filter: guard(b),
        order: b.list(0, criterion),
        take: b.maybe(take),
        tied: b.maybe(|b| match b.below(3) {
            0 => Tied::AdmitAll(here()),
            1 => Tied::AdmitNone(here()),
            _ => Tied::Judged(name(b)),
        }),
        wait: b.maybe(literal),
        refill: b.maybe(name),
        assign: b.maybe(|b| Assign { wishes: expr(b, 1), within: name(b) }),
        span: here(),
    }
}

fn criterion(b: &mut Bytes<'_>) -> Criterion {
    match b.below(4) {
        0 => Criterion::Judged(name(b)),
        1 => Criterion::First(expr(b, 1)),
        _ => Criterion::Value { value: expr(b, 1), highest: b.flag() },
    }
}

fn take(b: &mut Bytes<'_>) -> Take {
    match b.below(4) {
        0 => Take::All(here()),
        1 => Take::While { sum: expr(b, 1), limit: literal(b), passing: b.flag() },
        2 => Take::Nearest { sum: expr(b, 1), target: literal(b), least: b.maybe(literal) },
        _ => Take::Number(expr(b, 1)),
    }
}

pub fn material(b: &mut Bytes<'_>) -> Material {
    let format = |b: &mut Bytes<'_>| Format { name: name(b), sealed: b.flag() };
    Material {
        heads: b.list(1, |b| Head { key: None, ..plain_head(b) }),
        per_package: b.flag(),
        tracks: if b.flag() { names(b) } else { Vec::new() },
        by: b.maybe(name),
        formats: b.list(0, format),
        channel: b.maybe(name),
        at: b.maybe(name),
        when: guard(b),
        optional: b.flag(),
        refuse: b.list(0, |b| (name(b), cites(b))),
        span: here(),
    }
}

pub fn workflow(b: &mut Bytes<'_>) -> Workflow {
    Workflow { tracks: if b.flag() { names(b) } else { Vec::new() }, stages: b.list(1, stage), span: here() }
}

fn moment(b: &mut Bytes<'_>) -> Stated<Expr> {
    stated(b, literal)
}

/// When a stage opens or is due: written out, or so long after another.
fn point_in_time(b: &mut Bytes<'_>) -> Stated<Expr> {
    if b.below(3) != 0 {
        return moment(b);
    }
    let at = |kind| Box::new(Expr { kind, span: here() });
    let (left, right) = (at(ExprKind::Time(name(b))), at(ExprKind::Duration(duration(b))));
    Stated::Given(*at(ExprKind::Arithmetic { op: ArithmeticOp::Add, left, right }))
}

pub fn stage(b: &mut Bytes<'_>) -> Stage {
    Stage {
        head: head(b),
        by: b.maybe(name),
        open: b.maybe(point_in_time),
        due: b.maybe(point_in_time),
        when: guard(b),
        members: b.list(0, action),
        span: here(),
    }
}

fn action(b: &mut Bytes<'_>) -> StageMember {
    match b.below(6) {
        0 => StageMember::Fill(names(b)),
        1 => StageMember::Review(names(b)),
        2 => StageMember::Send { what: names(b), channel: b.maybe(name) },
        3 => StageMember::PublicNotice {
            at_least: b.maybe(|b| Expr { kind: ExprKind::Duration(duration(b)), span: here() }),
            cites: cites(b),
            span: here(),
        },
        4 => StageMember::May(plain_head(b)),
        _ => StageMember::On(Transition {
            outcome: if b.below(5) == 4 { None } else { Some(name(b)) },
            guard: match b.below(3) {
                0 => Guard::Always,
                1 => Guard::When(expr(b, DEPTH)),
                _ => Guard::Otherwise,
            },
            target: if b.flag() { Target::End(b.maybe(name)) } else { Target::Stage(name(b)) },
            span: here(),
        }),
    }
}

pub fn field(b: &mut Bytes<'_>) -> Field {
    Field {
        head: head(b),
        ty: ty(b),
        optional: b.flag(),
        when: guard(b),
        computed: b.maybe(|b| expr(b, DEPTH)),
        seal: b.flag(),
        prompt: b.maybe(message),
        help: b.maybe(message),
        span: here(),
    }
}

pub fn form(b: &mut Bytes<'_>) -> Form {
    Form { head: head(b), absent: b.flag(), landscape: b.flag(), members: b.list(0, |b| form_member(b, 2)), span: here() }
}

fn form_member(b: &mut Bytes<'_>, depth: usize) -> FormMember {
    let members = |b: &mut Bytes<'_>| b.list(0, |b| form_member(b, depth - 1));
    match b.below(8) {
        1 if depth > 0 => FormMember::Cover { members: members(b), span: here() },
        2 if depth > 0 => FormMember::Part(Part {
            head: head(b),
            by: b.maybe(name),
            at: b.maybe(name),
            when: guard(b),
            members: members(b),
            span: here(),
        }),
        3 if depth > 0 => {
            let columns = b.maybe(|b| 1 + b.below(4) as u32);
            FormMember::Group { label: b.maybe(message), columns, members: members(b), span: here() }
        }
        4 if depth > 0 => FormMember::Row { members: members(b), span: here() },
        5 => FormMember::Grid(Grid {
            head: head(b),
            unit: b.maybe(name),
            total: b.maybe(|b| Head { key: None, cites: Vec::new(), ..plain_head(b) }),
            columns: b.maybe(|b| 1 + b.below(4) as u32),
            rows: b.list(0, plain_head),
            cells: b.list(1, |b| GridCells { heads: b.list(1, plain_head), ty: ty(b), optional: b.flag(), span: here() }),
            span: here(),
        }),
        6 => FormMember::Opinion(Opinion {
            optional: b.flag(),
            head: head(b),
            of: name(b),
            at: b.maybe(name),
            when: guard(b),
            signature: b.maybe(name),
            date: b.flag(),
            seal: b.flag(),
            span: here(),
        }),
        7 => FormMember::Note(message(b)),
        _ => FormMember::Field(field(b)),
    }
}

pub fn summary(b: &mut Bytes<'_>) -> Summary {
    Summary {
        head: head(b),
        of: b.maybe(name),
        by: b.maybe(name),
        landscape: b.flag(),
        absent: b.flag(),
        fields: b.list(0, field),
        columns: b.list(0, |b| column(b, 1)),
        span: here(),
    }
}

fn column(b: &mut Bytes<'_>, depth: usize) -> SummaryColumn {
    let children = if depth > 0 && b.flag() { b.list(1, |b| column(b, 0)) } else { Vec::new() };
    let leaf = children.is_empty();
    let head = plain_head(b);
    SummaryColumn {
        cites: head.cites.clone(),
        head,
        ty: if leaf { b.maybe(ty) } else { None },
        value: if leaf { b.maybe(|b| expr(b, DEPTH)) } else { None },
        optional: leaf && b.flag(),
        strength: if depth > 0 { b.maybe(strength) } else { None },
        children,
        span: here(),
    }
}

pub fn targets(b: &mut Bytes<'_>) -> Targets {
    Targets { head: head(b), reported_by: b.maybe(name), from: b.maybe(literal), indicators: b.list(1, indicator), span: here() }
}

fn indicator(b: &mut Bytes<'_>) -> Indicator {
    let measure = match b.below(3) {
        // A type that is a name is read as an expression.
        0 => Measure::Reported(TypeExpr { kind: TypeKind::Count, limits: Vec::new(), ..ty(b) }),
        1 => Measure::Computed(Expr { kind: ExprKind::Name(name(b)), span: here() }),
        _ => Measure::Judged(origin(b)),
    };
    let milestones = b.list(0, milestone);
    Indicator { head: head(b), measure, for_all: b.maybe(name), strive: b.flag(), milestones, span: here() }
}

fn milestone(b: &mut Bytes<'_>) -> Milestone {
    let when = match b.below(5) {
        0 => MilestoneTime::By(Expr { kind: ExprKind::Date(date(b)), span: here() }),
        1 => MilestoneTime::EachYear,
        2 => MilestoneTime::Year(1 + b.below(9) as u32),
        3 => MilestoneTime::Total(None),
        _ => MilestoneTime::Total(Some(Expr { kind: ExprKind::Date(date(b)), span: here() })),
    };
    let bound = match b.below(4) {
        0 => None,
        1 => Some(MilestoneBound::Compare(compare_op(b), literal(b))),
        2 => Some(MilestoneBound::Between(literal(b), literal(b))),
        _ => Some(MilestoneBound::About(literal(b))),
    };
    let words = if bound.is_none() { Some(message(b)) } else { b.maybe(message) };
    Milestone { when, bound, strive: b.flag(), words, cites: cites(b), span: here() }
}

pub fn scenario(b: &mut Bytes<'_>) -> Scenario {
    Scenario { title: text(b), cites: cites(b), steps: b.list(1, step), span: here() }
}

fn step(b: &mut Bytes<'_>) -> Step {
    match b.below(8) {
        0 => Step::Given(Given {
            count: b.maybe(|b| 1 + b.below(40) as u32),
            track: name(b),
            id: b.maybe(text),
            entries: b.list(0, |b| entry(b, 2)),
            span: here(),
        }),
        1 => Step::Sent(Sent {
            id: b.maybe(text),
            by: b.maybe(name),
            on: b.maybe(literal),
            at: b.maybe(name),
            entries: b.list(0, |b| entry(b, 2)),
            span: here(),
        }),
        2 => Step::At(name(b)),
        3 => Step::On(literal(b)),
        4 => b.pick(&[Step::Closed(here()), Step::Open(here())]),
        5 => Step::Reading { name: reading_name(b), value: reading_value(b) },
        _ => Step::Expect(Expect { kind: expectation(b), of: b.list(0, literal), span: here() }),
    }
}

fn entry(b: &mut Bytes<'_>, depth: usize) -> Entry {
    let mut key = b.list(1, name);
    if b.flag() {
        let word = b.pick(&["key", "materials", "reasons", "reason", "channel", "cases", "summary", "event"]);
        key.splice(..0, [Name { text: word.to_owned(), span: here() }, name(b)]);
    }
    Entry { key, value: data(b, depth), span: here() }
}

fn data(b: &mut Bytes<'_>, depth: usize) -> Data {
    match b.below(4) {
        1 => Data::Blank(here()),
        2 if depth > 0 => Data::List(b.list(0, |b| data(b, depth - 1)), here()),
        3 if depth > 0 => Data::Record(b.list(0, |b| entry(b, depth - 1)), here()),
        3 => Data::Sealed(name(b)),
        _ => Data::Scalar(expr(b, 2)),
    }
}

fn expectation(b: &mut Bytes<'_>) -> ExpectKind {
    use Verdict::{Accepted, Pending, ReasonNeeded, Rejected, Returned};
    match b.below(14) {
        0 => ExpectKind::Verdict(b.pick(&[Accepted, Pending, ReasonNeeded, Rejected, Returned, Verdict::Unknown]), here()),
        1 | 12 | 13 => {
            let results = [
                RuleResult::Met,
                RuleResult::Unmet,
                RuleResult::Unknown,
                RuleResult::Pending,
                RuleResult::NotApplicable,
                RuleResult::NotYetDue,
            ];
            ExpectKind::Result(name(b), b.pick(&results), here())
        }
        2 => ExpectKind::Tag(name(b)),
        3 => ExpectKind::Note(name(b)),
        4 => ExpectKind::Value(name(b), expr(b, 2)),
        5 => ExpectKind::Outcome(name(b)),
        6 => {
            let states = [PackageState::Complete, PackageState::Returned, PackageState::ReasonNeeded, PackageState::Unknown];
            ExpectKind::Package(b.pick(&states), here())
        }
        7 => ExpectKind::Finding(name(b)),
        8 => ExpectKind::Order(name(b), b.list(1, literal)),
        9 => {
            let places = [Place::Selected, Place::Waiting(None), Place::Waiting(Some(2)), Place::Tied, Place::NotSelected];
            ExpectKind::Place(name(b), b.pick(&places), here())
        }
        10 => {
            let status = [None, Some(Target::End(None)), Some(Target::End(Some(name(b)))), Some(Target::Stage(name(b)))];
            ExpectKind::Status(b.pick(&status), here())
        }
        _ => ExpectKind::NoFinding(name(b)),
    }
}
