//! Numbers, days and durations in words.
//!
//! In: exact values with their types. Out: `40%`, `500 万元`, `2024年4月22日`. Always: exact, in the unit in which it was declared.

use super::Prose;
use prog_base::{Date, Duration, DurationUnit, Exact, Lang, Moment, text};
use prog_model::{BuiltinReading, Deadline, Dimension, Expr, ExprKind, NumberType, ReadingValue, Type, UnitId};

impl Prose<'_> {
    /// A number in the unit of its type.
    pub fn number(&self, n: &Exact, ty: &NumberType) -> String {
        match (ty.unit, ty.shown_as()) {
            (Some(unit), _) => self.in_unit(n, unit),
            (None, Dimension::Ratio) => format!("{}%", n * &Exact::from(100)),
            (None, Dimension::Bare | Dimension::Plain | Dimension::Times | Dimension::Units(_)) => n.to_string(),
        }
    }

    fn in_unit(&self, n: &Exact, unit: UnitId) -> String {
        let unit = self.p.unit(unit);
        let shown = n.checked_div(&unit.factor).unwrap_or_else(|| n.clone());
        with_unit(&shown, &self.name(&unit.ident))
    }

    /// A number typed in a field, in its unit.
    pub fn typed(&self, n: &Exact, unit: Option<UnitId>) -> String {
        match unit {
            Some(unit) => with_unit(n, &self.name(&self.p.unit(unit).ident)),
            None => n.to_string(),
        }
    }

    /// A calendar day.
    pub fn date(&self, day: Date) -> String {
        let (y, m, d) = day.parts();
        match self.lang {
            Lang::Zh => format!("{y}年{m}月{d}日"),
            Lang::En => day.to_string(),
        }
    }

    /// Which end of an order comes first.
    pub fn ranked(&self, ty: &Type, highest: bool) -> String {
        self.say(match (ty, highest) {
            (Type::Date | Type::Moment, true) => text!("由晚到早", "latest first"),
            (Type::Date | Type::Moment, false) => text!("由早到晚", "earliest first"),
            (_, true) => text!("由高到低", "highest first"),
            (_, false) => text!("由低到高", "lowest first"),
        })
    }

    /// A point in time, in the programme's zone.
    pub fn moment(&self, moment: Moment) -> String {
        let zone = self.p.zone.as_ref();
        let day = zone.and_then(|z| z.day_of(moment));
        let start = zone.zip(day).and_then(|(z, d)| z.start_of(d));
        let Some((day, start)) = day.zip(start) else { return String::new() };
        let minutes = (moment.0 - start.0) / 60;
        let clock = format!("{:02}:{:02}", minutes / 60, minutes % 60);
        match self.lang {
            Lang::Zh => format!("{}{clock}", self.date(day)),
            Lang::En => format!("{} {clock}", self.date(day)),
        }
    }

    /// `5 年`; a negative one by its size.
    pub fn duration(&self, d: Duration) -> String {
        let n = d.count.abs();
        let (zh, en) = match d.unit {
            DurationUnit::Days => ("天", "day"),
            DurationUnit::Weeks => ("周", "week"),
            DurationUnit::Months => ("个月", "month"),
            DurationUnit::Years => ("年", "year"),
            DurationUnit::WorkingDays => ("个工作日", "working day"),
        };
        let s = if n == 1 { "" } else { "s" };
        self.say(text!("{n}{zh}", "{n} {en}{s}"))
    }

    /// The programme's zone as people call it.
    pub fn zone(&self) -> String {
        let name = self.p.zone.as_ref().map_or("", |z| z.name());
        match (name, self.lang) {
            ("Asia/Shanghai", Lang::Zh) => "北京时间".to_owned(),
            ("Asia/Shanghai", Lang::En) => "China time".to_owned(),
            (other, _) => other.to_owned(),
        }
    }

    /// A deadline with its reading and zone; a window's start when `due` is false.
    pub fn deadline(&self, deadline: &Deadline, due: bool) -> String {
        match deadline {
            Deadline::At(day) => self.ends(day, due),
            Deadline::Inferred(day) => {
                let day = self.ends(day, due);
                self.say(text!("{day}（推定，通知没有直接写明）", "{day} (inferred; the notice does not say so itself)"))
            }
            Deadline::Unknown(why) => self.unknown(why.as_deref()),
            Deadline::Absent => self.say(text!("原文未附", "absent in source")),
        }
    }

    fn ends(&self, day: &Expr, due: bool) -> String {
        let words = self.noun(day);
        if !due || day.ty != Type::Date {
            return match &day.kind {
                ExprKind::Moment(_) => self.aside(&words, &self.zone()),
                _other => words,
            };
        }
        let zone = self.zone();
        let aside = if self.deadline_is_inclusive() {
            self.say(text!("含当日，到{zone}24:00", "that day included, to 24:00 {zone}"))
        } else {
            self.say(text!("不含当日，到{zone}当日0:00", "that day not included: until 0:00 {zone}"))
        };
        self.aside(&words, &aside)
    }

    /// Whether a deadline's day is still in time.
    pub fn deadline_is_inclusive(&self) -> bool {
        let reading = self.p.readings.iter().find(|r| r.builtin == Some(BuiltinReading::Deadline));
        !matches!(reading.map(|r| &r.value), Some(ReadingValue::Choice { chosen: Some(1), .. }))
    }

    /// What the notice does not say.
    pub fn unknown(&self, why: Option<&str>) -> String {
        let words = self.say(text!("未明", "not stated"));
        self.aside(&words, why.unwrap_or(""))
    }
}

/// `500万元`, `10 Gbps`: Han stands close, letters apart.
fn with_unit(n: &Exact, unit: &str) -> String {
    if unit.starts_with(|c: char| c.is_ascii()) { format!("{n} {unit}") } else { format!("{n}{unit}") }
}
