//! Our own words in reports, in one table, so that every target prints the same.
//!
//! Always: `{}` stands once in each text, for the author's label (or an id) in the same language.

use crate::case::Problem;
use prog_base::{Lang, Text};
use prog_model::Label;

/// Chinese and English with one `{}` each.
pub type Words = (&'static str, &'static str);

/// What is wrong with an entry.
pub fn field(problem: Problem) -> Words {
    match problem {
        Problem::Blank => ("“{}”未填", "`{}` is blank"),
        Problem::Range => ("“{}”超出范围", "`{}` is out of range"),
        Problem::Step => ("“{}”不在刻度上", "`{}` is between two steps"),
        Problem::Pattern => ("“{}”格式不对", "`{}` is not in the right form"),
        Problem::Date => ("“{}”不是日期", "`{}` is not a date"),
        Problem::Length => ("“{}”长度不合要求", "the length of `{}` is not as asked"),
        Problem::Unlisted => ("“{}”不在可选项中", "`{}` is not one of the choices"),
        Problem::Total => ("“{}”与计算结果不符", "`{}` differs from what it is computed from"),
        Problem::Irrelevant => ("“{}”不该填写", "`{}` should not be filled in"),
        other => stage(other),
    }
}

/// What is said of a stage.
pub fn stage(problem: Problem) -> Words {
    match problem {
        Problem::Late => ("“{}”逾期", "`{}` is late"),
        Problem::Overdue => ("“{}”到期未办", "`{}` is overdue"),
        Problem::Short => ("“{}”的时间不足", "`{}` was too short"),
        Problem::Early => ("“{}”尚未开始", "`{}` has not begun yet"),
        Problem::Skipped => ("“{}”被跳过", "`{}` was skipped"),
        Problem::Actor => ("“{}”的办理者不对", "`{}` was done by the wrong actor"),
        Problem::Channel => ("“{}”的渠道不对", "`{}` went through the wrong channel"),
        Problem::Unlisted => ("“{}”没有这个结果", "`{}` has no such outcome"),
        Problem::Date => ("“{}”的时间无法识别", "the time of `{}` cannot be read"),
        other => package(other),
    }
}

/// What is wrong with a package or a row of its summary.
pub fn package(problem: Problem) -> Words {
    match problem {
        Problem::Missing => ("缺少“{}”", "`{}` is missing"),
        Problem::Extra => ("不该有“{}”", "`{}` does not belong here"),
        Problem::Twice => ("“{}”重复", "`{}` stands twice"),
        Problem::Differs => ("“{}”不一致", "`{}` differs"),
        Problem::Format => ("“{}”的文件形式不对", "`{}` is not in the formats asked for"),
        Problem::Seal => ("“{}”未盖章", "`{}` bears no seal"),
        Problem::Refused => ("“{}”的文件形式不收", "`{}` is in a format that is turned away"),
        Problem::Blank
        | Problem::Range
        | Problem::Step
        | Problem::Pattern
        | Problem::Date
        | Problem::Length
        | Problem::Unlisted
        | Problem::Total
        | Problem::Irrelevant
        | Problem::Late
        | Problem::Overdue
        | Problem::Short
        | Problem::Early
        | Problem::Skipped
        | Problem::Actor
        | Problem::Channel => ("{}", "{}"),
    }
}

/// A deadline that was kept.
pub const KEPT: Words = ("“{}”按期", "`{}` was in time");
/// A deadline that cannot be judged.
pub const DEADLINE_OPEN: Words = ("“{}”是否按期未知", "whether `{}` was in time is not known");
/// A public notice of which the calendar does not say how many working days it stood.
pub const NOTICE_OPEN: Words = ("“{}”的时间够不够未知", "whether `{}` took long enough is not known");
/// A stage passed over, and the one entered instead.
pub const SKIPPED_FOR: Words = ("“{}”被跳过，直接到了“{2}”", "`{}` was skipped: the case went on to `{2}`");
/// A stage that was entered, though it is not known whether the one before may be left out.
pub const MAY_BE_SKIPPED: Words = ("能否到“{}”还不能确定，要看：", "whether the case may be at `{}` is not known yet; it depends on: ");
/// An event at a stage that the route does not have, or does not lead to.
pub const NO_SUCH_STAGE: Words = ("路线不经过“{}”", "the route does not pass `{}`");
/// Cases in a package at a stage which their route does not have: they are sent elsewhere.
pub const OFF_ROUTE: Words = ("“{}”不经过这一环节，应在“{2}”报送", "`{}` does not pass this stage; it is sent at `{2}`");
/// A judgement given after its stage's deadline.
pub const JUDGED_LATE: Words = ("“{}”的评定逾期", "`{}` was judged late");
/// An exception granted by a written reason.
pub const EXCEPTION: Words = ("例外：{}", "exception: {}");

/// A decision on a group that its quota does not have.
pub const NO_SUCH_GROUP: Words = ("决定没有用上：“{2}”没有“{}”这一组", "a decision was not used: `{2}` has no group `{}`");
/// A decision on a quota that was not judged in this run.
pub const NOT_JUDGED: Words = ("决定没有用上：这次没有判断“{}”", "a decision was not used: `{}` was not judged here");
/// A decision on no quota.
pub const NO_QUOTA: (&str, &str) = ("决定没有用上：没有写明是哪一项名额", "a decision was not used: it names no quota");

/// A target beyond its range.
pub const ABOVE_RANGE: Words = ("“{}”超过了目标范围的上限", "`{}` is above the upper end of its range");

/// Words about a label.
pub fn about(words: Words, label: &Label) -> Text {
    Text { zh: words.0.replace("{}", label.get(Lang::Zh)), en: words.1.replace("{}", label.get(Lang::En)) }
}

/// Words about a text and a label.
pub fn about_two(words: Words, text: &str, label: &Label) -> Text {
    let both = about_text(words, text);
    Text { zh: both.zh.replace("{2}", label.get(Lang::Zh)), en: both.en.replace("{2}", label.get(Lang::En)) }
}

/// Words about a text that is the same in both languages.
pub fn about_text(words: Words, text: &str) -> Text {
    Text { zh: words.0.replace("{}", text), en: words.1.replace("{}", text) }
}
