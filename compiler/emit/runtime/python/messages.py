"""Our own words in reports, in one table: the same in every implementation.

Always: `{}` stands once in each text, for the author's label (or an id) in the same
language.
"""

from __future__ import annotations

from typing import NamedTuple, Union


class Words(NamedTuple):
    """A text in both languages."""

    zh: str
    en: str

    def in_(self, lang: str) -> str:
        """The text in one language."""
        return self.en if lang == "en" else self.zh


Label = Union[str, Words]
"""An author's words: one text for all languages, or one a language."""


class Labelled:
    """What has a label of its own or is called by its key."""

    key: str
    label: Label | None

    @property
    def words(self) -> Words:
        """Its label, else its key."""
        return both_of(self.key if self.label is None else self.label)


class Worded:
    """What has a message of the author's."""

    message: Label

    @property
    def words(self) -> Words:
        """Its message."""
        return both_of(self.message)


_FIELD = {
    "blank": Words("“{}”未填", "`{}` is blank"),
    "range": Words("“{}”超出范围", "`{}` is out of range"),
    "step": Words("“{}”不在刻度上", "`{}` is between two steps"),
    "pattern": Words("“{}”格式不对", "`{}` is not in the right form"),
    "date": Words("“{}”不是日期", "`{}` is not a date"),
    "length": Words("“{}”长度不合要求", "the length of `{}` is not as asked"),
    "unlisted": Words("“{}”不在可选项中", "`{}` is not one of the choices"),
    "total": Words("“{}”与计算结果不符", "`{}` differs from what it is computed from"),
    "irrelevant": Words("“{}”不该填写", "`{}` should not be filled in"),
}

_STAGE = {
    "late": Words("“{}”逾期", "`{}` is late"),
    "overdue": Words("“{}”到期未办", "`{}` is overdue"),
    "short": Words("“{}”的时间不足", "`{}` was too short"),
    "early": Words("“{}”尚未开始", "`{}` has not begun yet"),
    "skipped": Words("“{}”被跳过", "`{}` was skipped"),
    "actor": Words("“{}”的办理者不对", "`{}` was done by the wrong actor"),
    "channel": Words("“{}”的渠道不对", "`{}` went through the wrong channel"),
    "unlisted": Words("“{}”没有这个结果", "`{}` has no such outcome"),
    "date": Words("“{}”的时间无法识别", "the time of `{}` cannot be read"),
}

_PACKAGE = {
    "missing": Words("缺少“{}”", "`{}` is missing"),
    "extra": Words("不该有“{}”", "`{}` does not belong here"),
    "twice": Words("“{}”重复", "`{}` stands twice"),
    "differs": Words("“{}”不一致", "`{}` differs"),
    "format": Words("“{}”的文件形式不对", "`{}` is not in the formats asked for"),
    "seal": Words("“{}”未盖章", "`{}` bears no seal"),
    "refused": Words("“{}”的文件形式不收", "`{}` is in a format that is turned away"),
}
NO_SUCH_GROUP = Words(
    "决定没有用上：“{2}”没有“{}”这一组",
    "a decision was not used: `{2}` has no group `{}`",
)
"""A decision on a group that its quota does not have."""
NOT_JUDGED = Words(
    "决定没有用上：这次没有判断“{}”",
    "a decision was not used: `{}` was not judged here",
)
"""A decision on a quota that was not judged in this run."""
NO_QUOTA = Words(
    "决定没有用上：没有写明是哪一项名额", "a decision was not used: it names no quota"
)
"""A decision on no quota."""
KEPT = Words("“{}”按期", "`{}` was in time")
"""A deadline that was kept."""
DEADLINE_OPEN = Words("“{}”是否按期未知", "whether `{}` was in time is not known")
"""A deadline that cannot be judged."""
NOTICE_OPEN = Words(
    "“{}”的时间够不够未知", "whether `{}` took long enough is not known"
)
"""A public notice of which the calendar does not say how long it stood."""
SKIPPED_FOR = Words(
    "“{}”被跳过，直接到了“{2}”", "`{}` was skipped: the case went on to `{2}`"
)
"""A stage passed over, and the one entered instead."""
MAY_BE_SKIPPED = Words(
    "能否到“{}”还不能确定，要看：",
    "whether the case may be at `{}` is not known yet; it depends on: ",
)
"""A stage that was entered, when it is open whether the one before may be left out."""
NO_SUCH_STAGE = Words("路线不经过“{}”", "the route does not pass `{}`")
"""An event at a stage that the route does not have, or does not lead to."""
OFF_ROUTE = Words(
    "“{}”不经过这一环节，应在“{2}”报送",
    "`{}` does not pass this stage; it is sent at `{2}`",
)
"""Cases in a package at a stage that their route does not have: sent elsewhere."""
JUDGED_LATE = Words("“{}”的评定逾期", "`{}` was judged late")
"""A judgement given after its stage's deadline."""
EXCEPTION = Words("例外：{}", "exception: {}")
"""An exception granted by a written reason."""
ABOVE_RANGE = Words(
    "“{}”超过了目标范围的上限", "`{}` is above the upper end of its range"
)
"""A target beyond its range."""
ZERO = Words("分母为零", "the denominator is zero")
"""A division by zero."""
ZERO_NAMED = Words("分母“{}”为零", "the denominator `{}` is zero")
"""A division by zero, with the denominator's name."""

_OTHER = Words("{}", "{}")


def of_field(problem: str) -> Words:
    """What is wrong with an entry."""
    return _FIELD.get(problem) or of_stage(problem)


def of_stage(problem: str) -> Words:
    """What is said of a stage."""
    return _STAGE.get(problem) or of_package(problem)


def of_package(problem: str) -> Words:
    """What is wrong with a package or a row of its summary."""
    return _PACKAGE.get(problem, _OTHER)


def both_of(label: Label) -> Words:
    """An author's text in both languages."""
    return Words(label, label) if isinstance(label, str) else label


def joined(a: Words, b: Words) -> Words:
    """One text after another, in each language."""
    return Words(a.zh + b.zh, a.en + b.en)


def about(template: Words, label: Label) -> Words:
    """Words about a label."""
    zh, en = both_of(label)
    return Words(template.zh.replace("{}", zh, 1), template.en.replace("{}", en, 1))


def about_two(template: Words, text: str, label: Label) -> Words:
    """Words about a text and a label."""
    both = about(template, text)
    zh, en = both_of(label)
    return Words(both.zh.replace("{2}", zh, 1), both.en.replace("{2}", en, 1))
