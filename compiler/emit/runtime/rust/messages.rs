//! Our own words in reports, in one table: the same in every implementation.
//!
//! Always: `{}` stands once in each text, for the author's label (or an id) in the same language.

use super::case::Problem;
use super::definition::Label;
use super::text::{Lang, Text};

/// Words of a finding or note.
#[derive(Clone, Debug)]
pub enum Message {
    /// The author's.
    Author(Label),
    /// Ours.
    Own(Text),
}

impl Message {
    /// The words in one language.
    pub fn get(&self, lang: Lang) -> &str {
        match (self, lang) {
            (Message::Author(label), Lang::Zh) => label.zh,
            (Message::Author(label), Lang::En) => label.en,
            (Message::Own(text), lang) => text.get(lang),
        }
    }
}

/// A note.
#[derive(Clone, Debug)]
pub struct Note {
    /// Key of what it is about.
    pub rule: &'static str,
    /// Addresses of its clauses.
    pub clauses: &'static [&'static str],
    /// Words.
    pub message: Message,
}

/// Adds a note of ours that does not stand there yet.
pub fn add_note(notes: &mut Vec<Note>, note: Note) {
    let words = note.message.get(Lang::Zh);
    if !notes
        .iter()
        .any(|n| n.rule == note.rule && n.message.get(Lang::Zh) == words)
    {
        notes.push(note);
    }
}

/// Chinese and English with a place for a label.
#[derive(Clone, Copy, Debug)]
pub struct Words(&'static str, &'static str);

impl Words {
    /// Words about a label.
    pub fn about(self, label: Label) -> Text {
        Text::new(
            self.0.replacen("{}", label.zh, 1),
            self.1.replacen("{}", label.en, 1),
        )
    }

    /// Words about a text that is the same in both languages.
    pub fn about_text(self, text: &str) -> Text {
        Text::new(
            self.0.replacen("{}", text, 1),
            self.1.replacen("{}", text, 1),
        )
    }

    /// Words about a text and a label.
    pub fn about_two(self, text: &str, label: Label) -> Text {
        let Text { zh, en } = self.about_text(text);
        Text::new(
            zh.replacen("{2}", label.zh, 1),
            en.replacen("{2}", label.en, 1),
        )
    }

    /// The words themselves.
    pub fn plain(self) -> Text {
        Text::new(self.0, self.1)
    }
}

/// What is wrong with an entry.
pub fn of_field(problem: Problem) -> Words {
    match problem {
        Problem::Blank => Words("“{}”未填", "`{}` is blank"),
        Problem::Range => Words("“{}”超出范围", "`{}` is out of range"),
        Problem::Step => Words("“{}”不在刻度上", "`{}` is between two steps"),
        Problem::Pattern => Words("“{}”格式不对", "`{}` is not in the right form"),
        Problem::Date => Words("“{}”不是日期", "`{}` is not a date"),
        Problem::Length => Words("“{}”长度不合要求", "the length of `{}` is not as asked"),
        Problem::Unlisted => Words("“{}”不在可选项中", "`{}` is not one of the choices"),
        Problem::Total => Words(
            "“{}”与计算结果不符",
            "`{}` differs from what it is computed from",
        ),
        Problem::Irrelevant => Words("“{}”不该填写", "`{}` should not be filled in"),
        other => of_stage(other),
    }
}

/// What is said of a stage.
pub fn of_stage(problem: Problem) -> Words {
    match problem {
        Problem::Late => Words("“{}”逾期", "`{}` is late"),
        Problem::Overdue => Words("“{}”到期未办", "`{}` is overdue"),
        Problem::Short => Words("“{}”的时间不足", "`{}` was too short"),
        Problem::Early => Words("“{}”尚未开始", "`{}` has not begun yet"),
        Problem::Skipped => Words("“{}”被跳过", "`{}` was skipped"),
        Problem::Actor => Words("“{}”的办理者不对", "`{}` was done by the wrong actor"),
        Problem::Channel => Words("“{}”的渠道不对", "`{}` went through the wrong channel"),
        Problem::Unlisted => Words("“{}”没有这个结果", "`{}` has no such outcome"),
        Problem::Date => Words("“{}”的时间无法识别", "the time of `{}` cannot be read"),
        other => of_package(other),
    }
}

/// What is wrong with a package or a row of its summary.
pub fn of_package(problem: Problem) -> Words {
    match problem {
        Problem::Missing => Words("缺少“{}”", "`{}` is missing"),
        Problem::Extra => Words("不该有“{}”", "`{}` does not belong here"),
        Problem::Twice => Words("“{}”重复", "`{}` stands twice"),
        Problem::Differs => Words("“{}”不一致", "`{}` differs"),
        Problem::Format => Words("“{}”的文件形式不对", "`{}` is not in the formats asked for"),
        Problem::Seal => Words("“{}”未盖章", "`{}` bears no seal"),
        Problem::Refused => Words(
            "“{}”的文件形式不收",
            "`{}` is in a format that is turned away",
        ),
        _ => Words("{}", "{}"),
    }
}

/// A decision on a group that its quota does not have.
pub const NO_SUCH_GROUP: Words = Words(
    "决定没有用上：“{2}”没有“{}”这一组",
    "a decision was not used: `{2}` has no group `{}`",
);
/// A decision on a quota that was not judged in this run.
pub const NOT_JUDGED: Words = Words(
    "决定没有用上：这次没有判断“{}”",
    "a decision was not used: `{}` was not judged here",
);
/// A decision on no quota.
pub const NO_QUOTA: Words = Words(
    "决定没有用上：没有写明是哪一项名额",
    "a decision was not used: it names no quota",
);
/// A deadline that was kept.
pub const KEPT: Words = Words("“{}”按期", "`{}` was in time");
/// A deadline that cannot be judged.
pub const DEADLINE_OPEN: Words = Words("“{}”是否按期未知", "whether `{}` was in time is not known");
/// A public notice of which the calendar does not say how many working days it stood.
pub const NOTICE_OPEN: Words = Words(
    "“{}”的时间够不够未知",
    "whether `{}` took long enough is not known",
);
/// A stage passed over, and the one entered instead.
pub const SKIPPED_FOR: Words = Words(
    "“{}”被跳过，直接到了“{2}”",
    "`{}` was skipped: the case went on to `{2}`",
);
/// A stage that was entered, though it is not known whether the one before may be left out.
pub const MAY_BE_SKIPPED: Words = Words(
    "能否到“{}”还不能确定，要看：",
    "whether the case may be at `{}` is not known yet; it depends on: ",
);
/// An event at a stage that the route does not have, or does not lead to.
pub const NO_SUCH_STAGE: Words = Words("路线不经过“{}”", "the route does not pass `{}`");
/// Cases in a package at a stage which their route does not have: they are sent elsewhere.
pub const OFF_ROUTE: Words = Words(
    "“{}”不经过这一环节，应在“{2}”报送",
    "`{}` does not pass this stage; it is sent at `{2}`",
);
/// A judgement given after its stage's deadline.
pub const JUDGED_LATE: Words = Words("“{}”的评定逾期", "`{}` was judged late");
/// An exception granted by a written reason.
pub const EXCEPTION: Words = Words("例外：{}", "exception: {}");
/// A target beyond its range.
pub const ABOVE_RANGE: Words = Words(
    "“{}”超过了目标范围的上限",
    "`{}` is above the upper end of its range",
);
/// A division by zero.
pub const ZERO: Words = Words("分母为零", "the denominator is zero");
/// A division by something named that is zero.
pub const ZERO_NAMED: Words = Words("分母“{}”为零", "the denominator `{}` is zero");
