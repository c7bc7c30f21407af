//! The calendar of working days: which file says which days are worked.
//!
//! In: `calendar NAME from "workdays.csv" dated D`; a line of the file is a day and `off` or `work`. Out: [`Calendar`], and for whoever counts
//! working days, whether they can be counted. Always: a programme has one calendar at most; every fault names the file's line.

use super::tables::{MOST_FAULTS, Sheet};
use super::{Lower, Space};
use crate::Calendar;
use prog_base::{Date, Diagnostic, Duration, DurationUnit, Span, Text, WorkingDays, codes, text};
use prog_syntax::ast;
use std::collections::BTreeMap;

impl Lower<'_> {
    /// Reads the programme's calendar.
    pub(crate) fn calendar(&mut self) {
        let calendars = self.index.calendars.clone();
        let Some(written) = calendars.first() else { return };
        for other in &calendars[1..] {
            self.two_calendars(other, written);
        }
        let dated = written.dated.as_ref().and_then(|day| match &day.kind {
            ast::ExprKind::Date(day) => Some(*day),
            _other => {
                let what = text!("这里要写日期", "a date stands here");
                self.report(Diagnostic::error(codes::TYPE_MISMATCH, day.span, what).help(text!("例如 2031年1月1日", "such as 2031-01-01")));
                None
            }
        });
        let Some(days) = self.worked_days(&written.path) else { return };
        let cites = self.cites(&written.head.cites);
        self.p.calendar = Some(Calendar { ident: Self::ident(&written.head), cites, dated, days, span: written.span });
    }

    fn two_calendars(&mut self, second: &ast::Calendar, first: &ast::Calendar) {
        self.report(
            Diagnostic::error(
                codes::CALENDAR_TWICE,
                second.head.name.span,
                text!("一个方案只能有一个工作日历", "a programme has one calendar of working days"),
            )
            .label(first.head.name.span, text!("已经有这一个", "there is this one already"))
            .help(text!(
                "把两个文件合成一个，或只留一个；要换掉沿用方案的日历，写 改 工作日历",
                "Merge the two files, or keep one; to replace that of the programme that is followed, write `amend calendar`"
            )),
        );
    }

    /// What the file says of each day.
    fn worked_days(&mut self, path: &ast::Str) -> Option<WorkingDays> {
        let sheet = self.data_sheet(path)?;
        let column = |names: [&str; 2]| sheet.head.iter().position(|head| names.contains(&head.as_str()));
        let (Some(day), Some(kind)) = (column(["day", "日期"]), column(["kind", "类型"])) else {
            self.report(
                about_file(path, text!("的第一行要有“日期”和“类型”两列", " needs the columns `day` and `kind` in its first line"))
                    .help(text!("每行一天，类型写“休”或“班”", "One day a line; the kind is `off` or `work`")),
            );
            return None;
        };
        let (stated, faults) = stated_days(&sheet, day, kind);
        let sound = faults.is_empty();
        for (line, Text { zh, en }) in faults.into_iter().take(MOST_FAULTS) {
            self.report(about_file(path, text!("第 {line} 行：{zh}", ", line {line}: {en}")));
        }
        match WorkingDays::new(stated) {
            Ok(days) => Some(days).filter(|_| sound),
            Err(None) if !sound => None,
            Err(None) => {
                self.report(about_file(path, text!("里一天也没有", " lists no day")));
                None
            }
            Err(Some(year)) => {
                self.report(
                    about_file(
                        path,
                        text!("里没有{year}年的日子，而前后的年份都有", " has no day of {year}, but of years before and after"),
                    )
                    .help(text!("从头一个到末一个年份，每年至少列一天", "List at least one day of every year from the first to the last")),
                );
                None
            }
        }
    }

    /// A length of time that can be counted; working days only by a calendar.
    pub(crate) fn countable(&mut self, length: Duration, span: Span) -> Option<Duration> {
        if length.unit != DurationUnit::WorkingDays {
            return Some(length);
        }
        if let Some(calendar) = self.index.calendars.first() {
            self.index.get(Space::Calendar, &calendar.head.name);
            // Told where it is declared.
            return self.p.calendar.is_some().then_some(length);
        }
        self.report(
            Diagnostic::error(
                codes::CALENDAR_NEEDED,
                span,
                text!("没有工作日历，不知道哪些天是工作日", "there is no calendar that says which days are working days"),
            )
            .help(text!(
                "在中国，在文件开头写 引用 cn.holidays；别处写 工作日历 名称 自 \"workdays.csv\" 截至 日期，文件里每行一天：日期,类型（休或班）",
                "Write `calendar NAME from \"workdays.csv\" dated DAY`, with a day a line in the file: day,kind (off or work); for China, `use cn.holidays` \
                 at the top of the file"
            )),
        );
        None
    }
}

/// Each day with whether it is worked, and what is wrong with lines.
fn stated_days(sheet: &Sheet, day: usize, kind: usize) -> (BTreeMap<Date, bool>, Vec<(u64, Text)>) {
    let (mut stated, mut faults) = (BTreeMap::new(), Vec::new());
    for (line, cells) in &sheet.lines {
        let cell = |at: usize| cells.get(at).map_or("", String::as_str);
        let (day, kind) = (cell(day), cell(kind));
        let worked = match kind {
            "work" | "班" => Some(true),
            "off" | "休" => Some(false),
            _other => None,
        };
        match (Date::parse(day), worked) {
            (None, _) => {
                faults.push((*line, text!("“{day}”不是日期，要写成 2031-01-01 的样子", "`{day}` is not a date such as 2031-01-01")))
            }
            (_, None) => faults.push((*line, text!("类型只有“休”和“班”，没有“{kind}”", "the kind is `off` or `work`, not `{kind}`"))),
            (Some(date), Some(worked)) => {
                if stated.insert(date, worked).is_some() {
                    faults.push((*line, text!("{day} 已经列过", "{day} is listed already")));
                }
            }
        }
    }
    (stated, faults)
}

fn about_file(path: &ast::Str, what: Text) -> Diagnostic {
    let (file, Text { zh, en }) = (&path.text, what);
    Diagnostic::error(codes::DATA_FILE, path.span, text!("数据文件 {file} {zh}", "The data file {file}{en}"))
}
