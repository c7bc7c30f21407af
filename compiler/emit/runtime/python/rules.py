"""Rules: whether they apply, what they test, what comes out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Callable, NamedTuple, cast

from .definition import (
    AttestedTest,
    JudgedTest,
    Part,
    Rule,
    Test,
    Threshold,
)
from .expression import Item
from .finding import ItemResult, MemberResult
from .truth import Truth, and_, at_least_of, not_, or_, truth_of
from .value import Need, Unknown, Value, awaited, only_judgements, same_value

if TYPE_CHECKING:
    from .scene import Scene

Call = Callable[[Part], Value]
"""How a part of a rule is evaluated: of the case, or of an item of its list."""


class Outcome(NamedTuple):
    """What came out of a guard and a test."""

    result: str
    needs: Sequence[Need] = ()


class Judgement(NamedTuple):
    """What came out of a rule."""

    result: str
    needs: Sequence[Need] = ()
    members: Sequence[MemberResult] | None = None
    items: Sequence[ItemResult] | None = None
    reason: str | None = None


class Tested(NamedTuple):
    """The truth of a test, and the results of its members if it is a threshold."""

    truth: Truth
    members: Sequence[MemberResult] | None = None


_MET = Outcome("met")
_UNMET = Outcome("unmet")
_NOT_APPLICABLE = Outcome("not applicable")
RULE_MET = Judgement("met")
"""A rule that is met and of which there is no more to say: nearly every one."""


def result_of(applies: Truth, test: Truth) -> Outcome:
    """The result of a guard and a test together."""
    if applies is False:
        return _NOT_APPLICABLE
    truth = test if applies is True else or_(not_(applies), test)
    if isinstance(truth, Unknown):
        pending = only_judgements(truth.needs)
        return Outcome("pending" if pending else "unknown", truth.needs)
    return _MET if truth else _UNMET


def as_operand(judged: Judgement) -> Value:
    """A rule as operand.

    Met is true, unmet is false, not applicable has no value.
    """
    if judged.result == "not applicable":
        return None
    if judged.result in ("met", "unmet"):
        return judged.result == "met"
    return Unknown(judged.needs)


def work_out_rule(scene: Scene, rule: Rule) -> Judgement:
    """What came out of a rule."""
    outer, scene.subject = scene.subject, rule
    if rule.condition is not None:
        met = rule.condition(scene)
        scene.subject = outer
        return RULE_MET if met is True else Judgement(*result_of(True, truth_of(met)))
    waived = _waived_by(scene, rule)
    if rule.each is None:
        judged = _plain(scene, rule, waived)
    else:
        judged = _each_item(scene, rule, rule.each(scene), waived)
    scene.subject = outer
    return _excused(scene, rule, judged)


def _of_case(scene: Scene) -> Call:
    def call(part: Part) -> Value:
        return cast(Value, part(scene))

    return call


def _of_item(scene: Scene, item: Item) -> Call:
    def call(part: Part) -> Value:
        found = part(scene)
        assert callable(found), "a part of a rule of each item"
        return found(item)

    return call


def _plain(scene: Scene, rule: Rule, waived: Truth) -> Judgement:
    call = _of_case(scene)
    applies = and_(_guarded(rule, call), not_(waived))
    truth, members = _test_of(scene, rule.test, rule.key, call)
    result, needs = result_of(applies, truth)
    return Judgement(result, needs, members)


def _excused(scene: Scene, rule: Rule, judged: Judgement) -> Judgement:
    """With a written reason an unmet `in principle` is met."""
    if rule.strength != "in principle" or judged.result != "unmet":
        return judged
    reason = scene.case.reasons.get(rule.key)
    return judged if reason is None else judged._replace(result="met", reason=reason)


def _guarded(rule: Rule, call: Call) -> Truth:
    """`when ∧ ¬unless`"""
    when = True if rule.when is None else call(rule.when)
    return and_(when, not_(False if rule.unless is None else call(rule.unless)))


def _waived_by(scene: Scene, rule: Rule) -> Truth:
    """Whether a waiver lifts the rule.

    An unknown one leaves `complete` rules in force.
    """
    if not rule.waived_by:
        return False
    truth = or_(*(waiver(scene, key) for key in rule.waived_by))
    in_force = isinstance(truth, Unknown) and rule.strength == "complete"
    return False if in_force else truth


def waiver(scene: Scene, key: str) -> Truth:
    """Whether a waiver is met."""
    value = scene.rule(key)
    return False if value is None else truth_of(value)


def _each_item(scene: Scene, rule: Rule, items: Value, waived: Truth) -> Judgement:
    """Kleene-and over items; an empty list: not applicable."""
    if isinstance(items, Unknown):
        result, needs = result_of(not_(waived), Unknown(items.needs))
        return Judgement(result, needs, items=())
    applies: list[Truth] = []
    tests: list[Truth] = []
    failing: list[ItemResult] = []
    for index, data in enumerate(items if isinstance(items, list) else ()):
        call = _of_item(scene, Item(data))
        guard = _guarded(rule, call)
        truth = _test_of(scene, rule.test, rule.key, call).truth
        result, needs = result_of(guard, truth)
        if result not in ("met", "not applicable"):
            failing.append(ItemResult(f"{rule.list}/{index}", result, needs))
        tests.append(or_(not_(guard), truth))
        applies.append(guard)
    result, needs = result_of(and_(or_(*applies), not_(waived)), and_(*tests))
    shown = () if result == "not applicable" else failing
    return Judgement(result, needs, items=shown)


def _entry(value: bool | None, key: str, source: str) -> Truth:
    return awaited(key, source) if value is None else value


def _test_of(scene: Scene, test: Test, key: str, call: Call) -> Tested:
    """The truth of a test."""
    if callable(test):
        return Tested(truth_of(call(test)))
    if isinstance(test, Threshold):
        return _threshold(scene, test, call)
    sheet = scene.case.sheets.get(key)
    if isinstance(test, JudgedTest):
        stated = None if sheet is None else sheet.judgements
        return Tested(_entry(stated, key, "judgement"))
    if isinstance(test, AttestedTest):
        return Tested(_entry(None if sheet is None else sheet.attested, key, "other"))
    stated = None if sheet is None else sheet.external
    if test.as_of is not None:
        day = call(test.as_of)
        if isinstance(day, Unknown) and stated is not None:
            return Tested(Unknown(day.needs))
        if not same_value(day, None if sheet is None else sheet.as_of):
            stated = None
    return Tested(_entry(stated, key, "other"))


def _threshold(scene: Scene, test: Threshold, call: Call) -> Tested:
    """A Kleene threshold.

    A member that does not apply counts for neither side: where all are asked for it is
    passed over, else it is not met.
    """
    every = test.need == len(test.members)
    truths: list[Truth] = []
    listed: list[MemberResult] = []
    for member in test.members:
        applies = True if member.when is None else truth_of(call(member.when))
        truth, inner = _test_of(scene, member.test, member.key, call)
        truths.append(or_(not_(applies), truth) if every else and_(applies, truth))
        result, needs = result_of(applies, truth)
        listed.append(MemberResult(member, result, needs, inner))
    return Tested(at_least_of(test.need, truths), listed)
