//! Values in words.
//!
//! In: expressions that are no conditions. Out: noun phrases. Always: entries by their labels, results by the names the author gave
//! them; a small table's lookup shows the figures it can give.

use super::Prose;
use prog_base::{DayPart, ElapsedUnit, Figure, Stretch, Text, text};
use prog_model::{
    Aggregation, ArithmeticOp, Block, Comparison, Expr, ExprKind, Grid, Input, KeyCell, Let, RecordId, SplitMethod, Table, Type,
};

/// Tables of so many rows are spelt out where they are used.
const SMALL: usize = 4;
/// Longer labels are quoted, so that one sees where they end; so are those that hold what joins two.
const SHORT: usize = 8;

impl Prose<'_> {
    /// A value as a noun phrase.
    pub fn noun(&self, e: &Expr) -> String {
        match &e.kind {
            ExprKind::Bad => String::new(),
            ExprKind::Number(n) => match &e.ty {
                Type::Number(ty) => self.number(n, ty),
                _other => n.to_string(),
            },
            ExprKind::Text(words) => format!("“{words}”"),
            ExprKind::Date(day) => self.date(*day),
            ExprKind::Moment(moment) => self.moment(*moment),
            ExprKind::Duration(d) => self.duration(*d),
            ExprKind::EnumValue { of, value } => {
                self.p.enumeration(*of).values.get(*value).map(|v| self.quoted(&v.ident)).unwrap_or_default()
            }
            ExprKind::Silent { why } => self.unknown(why.as_deref()),
            ExprKind::Input(id) => self.input(self.p.input(*id)),
            ExprKind::Let(id) => {
                let named = self.track.and_then(|t| self.p.track(t).lets.get(id.index()));
                named.map(|l| self.quoted(&l.ident)).unwrap_or_default()
            }
            ExprKind::Constant(id) => self.constant(&self.p.lets[id.index()]),
            ExprKind::ItemField { depth, field } => self.field_of(self.item(*depth), *field),
            ExprKind::Item { .. } => self.say(text!("该项", "the item")),
            ExprKind::Member { of, field } => {
                let (whole, part) = (self.noun(of), self.field_of(Some(&of.ty), *field));
                self.say(text!("{whole}的{part}", "{part} of {whole}"))
            }
            ExprKind::Key(index) => self.keys.get(*index).cloned().unwrap_or_default(),
            ExprKind::Due(stage) => {
                let stage = self.stage(*stage);
                self.say(text!("{stage}的截止日", "the deadline of {stage}"))
            }
            ExprKind::Time(stage) => {
                let stage = self.stage(*stage);
                self.say(text!("办理{stage}的时间", "the time of {stage}"))
            }
            ExprKind::Lookup { table, column, keys } => self.lookup(self.p.table(*table), *column, keys),
            ExprKind::Length(of) => {
                let noun = self.noun(of);
                match &of.ty {
                    Type::Text => self.say(text!("{noun}的字数", "the length of {noun}")),
                    _list => self.say(text!("{noun}的项数", "the number of {noun}")),
                }
            }
            ExprKind::Otherwise { value, default } => {
                let (value, default) = (self.operand(value), self.noun(default));
                let aside = self.say(text!("没有的，按{default}算", "where there is none: {default}"));
                self.aside(&value, &aside)
            }
            ExprKind::If { test, then, other } => {
                if let Some((later, days)) = extreme_day(e) {
                    return self.extreme_day(later, &days);
                }
                let (test, then, other) = (self.holds(test), self.counted_noun(then), self.counted_noun(other));
                self.say(text!("（{test}的，为{then}；否则为{other}）", "({then} if {test}, otherwise {other})"))
            }
            ExprKind::Arithmetic { op, left, right } => self.column_sum(e).unwrap_or_else(|| self.arithmetic(*op, left, right)),
            ExprKind::Negate(value) => format!("−{}", self.operand(value)),
            ExprKind::Extreme { larger, of } => self.extreme(*larger, of),
            ExprKind::Round { .. } => self.rounded(e),
            ExprKind::Shift { date, by } => {
                let (date, by, back) = (self.operand(date), self.duration(*by), by.count < 0);
                match back {
                    true => self.say(text!("{date}之前{by}", "{by} before {date}")),
                    false => self.say(text!("{date}之后{by}", "{by} after {date}")),
                }
            }
            ExprKind::ShiftTimes { date, by, times } => {
                let (date, by, times, back) = (self.operand(date), self.duration(*by), self.operand(times), by.count < 0);
                match back {
                    true => self.say(text!("{date}之前{by}×{times}", "{times} times {by} before {date}")),
                    false => self.say(text!("{date}之后{by}×{times}", "{times} times {by} after {date}")),
                }
            }
            ExprKind::Elapsed { unit, from, to } => {
                let (from, to) = (self.operand(from), self.operand(to));
                self.say(match unit {
                    ElapsedUnit::Days => text!("从{from}到{to}的天数", "the number of days from {from} to {to}"),
                    ElapsedUnit::Months => text!("从{from}到{to}的足月数", "the number of complete months from {from} to {to}"),
                    ElapsedUnit::Years => text!("从{from}到{to}的周年数", "the number of complete years from {from} to {to}"),
                })
            }
            ExprKind::OfDay { part, day } => {
                let day = self.operand(day);
                self.say(of_day(*part, &day))
            }
            ExprKind::OverList { op: Aggregation::Consecutive(_), .. } => self.holds(e),
            ExprKind::OverList { op, list, filter, value } => self.items(*op, list, filter.as_deref(), value.as_deref()),
            ExprKind::OverCases { op, members } => self.cases(*op, members),
            ExprKind::Share { members } => self.share(members),
            ExprKind::OverColumn { op, table, column } => self.over_column(*op, self.p.table(*table), *column),
            ExprKind::Split { total, table, column, method, .. } => self.split(total, self.p.table(*table), *column, *method),
            ExprKind::Bool(true) => self.say(text!("是", "yes")),
            ExprKind::Bool(false) => self.say(text!("否", "no")),
            ExprKind::Rule(_)
            | ExprKind::ReadingIs { .. }
            | ExprKind::Not(_)
            | ExprKind::And(_)
            | ExprKind::Or(_)
            | ExprKind::Compare { .. }
            | ExprKind::About { .. }
            | ExprKind::In { .. }
            | ExprKind::IsGiven(_) => self.holds(e),
        }
    }

    /// An entry by its label.
    pub fn input(&self, input: &Input) -> String {
        let name = self.short(self.name(&input.ident));
        let form = input.form.and_then(|f| self.p.forms.get(f.index()));
        match form.and_then(|f| self.grid_of(&f.layout, input)) {
            Some(grid) => {
                let grid = self.short(self.name(&grid.ident));
                self.say(text!("{grid}的{name}", "{name} of {grid}"))
            }
            None => name,
        }
    }

    /// The grid in which an entry is a cell or the total: its own label says too little.
    fn grid_of<'b>(&self, blocks: &'b [Block], input: &Input) -> Option<&'b Grid> {
        blocks.iter().find_map(|block| match block {
            Block::Cover(inner) | Block::Row(inner) | Block::Group { blocks: inner, .. } => self.grid_of(inner, input),
            Block::Part(part) => self.grid_of(&part.blocks, input),
            Block::Grid(grid) => {
                let held = grid.cells.iter().chain(&grid.total).any(|id| std::ptr::eq(self.p.input(*id), input));
                held.then_some(grid)
            }
            Block::Field(_) | Block::Opinion(_) | Block::Note(_) => None,
        })
    }

    fn short(&self, name: String) -> String {
        let joins = name.contains(['和', '或', '与', '及', '、', '，', '（', '(', '＋', '－', '×', '÷']);
        if joins || name.chars().count() > SHORT || self.lang == prog_base::Lang::En { format!("“{name}”") } else { name }
    }

    fn item(&self, depth: usize) -> Option<&Type> {
        self.items.iter().rev().nth(depth)
    }

    fn field_of(&self, ty: Option<&Type>, field: usize) -> String {
        let record = |id: &RecordId| self.p.records.get(id.index()).and_then(|r| r.fields.get(field));
        match ty {
            Some(Type::Record(id)) => record(id).map(|f| self.short(self.name(&f.ident))).unwrap_or_default(),
            Some(_) | None => String::new(),
        }
    }

    /// A named value; a plain number shows itself.
    fn constant(&self, named: &Let) -> String {
        let shown = if matches!(named.value.kind, ExprKind::Number(_)) { self.noun(&named.value) } else { String::new() };
        self.aside(&self.quoted(&named.ident), &shown)
    }

    /// A column summed over every key is a sum of lookups, one a key.
    pub(super) fn column_sum(&self, e: &Expr) -> Option<String> {
        let terms = terms(e);
        let ExprKind::Lookup { table, column, .. } = &terms.first()?.kind else { return None };
        let same = |e: &&Expr| matches!(&e.kind, ExprKind::Lookup { table: t, column: c, .. } if t == table && c == column);
        if terms.len() < 3 || !terms.iter().all(same) {
            return None;
        }
        let (table, n) = (self.p.table(*table), terms.len());
        let (figures, key) = (self.lookup(table, *column, &[]), self.name(&table.keys.first()?.ident));
        Some(self.say(text!("{n}个{key}按{figures}合计", "the sum of {figures} over {n} {key}")))
    }

    fn lookup(&self, table: &Table, column: usize, keys: &[Expr]) -> String {
        let name = self.name(&table.ident);
        let head = table.columns.get(column).map(|c| self.name(&c.ident)).unwrap_or_default();
        let title = if table.columns.len() > 1 {
            self.say(text!("“{name}”表的“{head}”", "“{head}” of the table “{name}”"))
        } else {
            self.say(text!("“{name}”表所列", "the table “{name}”"))
        };
        if table.absent {
            let aside = self.say(text!("原文未附此表", "the table is absent in source"));
            return self.aside(&title, &aside);
        }
        let numbers = table.columns.get(column).is_some_and(|c| matches!(c.ty, Type::Number(_)));
        let plain = numbers && table.keys.len() == 1 && table.rows.len() <= SMALL;
        let key = self.all(keys.iter().map(|k| self.noun(k)));
        if plain {
            let inner = self.with_keys(table.keys.iter().map(|k| self.name(&k.ident)));
            let row = |r: &prog_model::TableRow| {
                let key = r.keys.iter().map(|cell| inner.key_cell(cell, table.keys.len() == 1)).collect::<String>();
                let value = r.values.get(column).map(|v| inner.pieces(&inner.noun(v), v)).unwrap_or_default();
                format!("{key} {value}")
            };
            let figures = self.listed(table.rows.iter().map(row));
            return self.aside(&title, &figures);
        }
        let plain_key = matches!(keys, [Expr { kind: ExprKind::Key(_) | ExprKind::Input(_), .. }]);
        match (plain_key, table.columns.len() > 1) {
            (true, true) => self.say(text!("“{name}”表中该{key}的“{head}”", "{title} for that {key}")),
            (true, false) => self.say(text!("“{name}”表中该{key}的数", "{title} for that {key}")),
            (false, _) => self.say(text!("{title}（与{key}对应的一行）", "{title} for {key}")),
        }
    }

    /// A key cell of a table.
    pub fn key_cell(&self, cell: &KeyCell, only: bool) -> String {
        match cell {
            KeyCell::Any if only => self.say(text!("其他", "others")),
            KeyCell::Any => self.say(text!("任意", "any")),
            KeyCell::OneOf(list) => self.listed(list.iter().map(|e| self.noun(e).trim_matches(['“', '”']).to_owned())),
            KeyCell::Band { low, high } => self.band(low.as_ref(), high.as_ref(), |n| n.to_string()),
        }
    }

    /// A band with its ends.
    pub fn band(
        &self,
        low: Option<&(prog_base::Exact, bool)>,
        high: Option<&(prog_base::Exact, bool)>,
        show: impl Fn(&prog_base::Exact) -> String,
    ) -> String {
        let low = low.map(|(n, inside)| match (show(n), inside) {
            (n, true) => self.say(text!("不低于{n}", "from {n}")),
            (n, false) => self.say(text!("高于{n}", "above {n}")),
        });
        let high = high.map(|(n, inside)| match (show(n), inside) {
            (n, true) => self.say(text!("不超过{n}", "to {n}")),
            (n, false) => self.say(text!("低于{n}", "below {n}")),
        });
        match (low, high) {
            (None, None) => self.say(text!("任意", "any")),
            (Some(one), None) | (None, Some(one)) => one,
            (Some(low), Some(high)) => self.say(text!("{low}、{high}", "{low} {high}")),
        }
    }

    fn over_column(&self, op: Aggregation, table: &Table, column: usize) -> String {
        let name = self.name(&table.ident);
        let head = table.columns.get(column).map(|c| self.name(&c.ident)).unwrap_or_default();
        let what = self.say(text!("“{name}”表“{head}”一栏", "the column “{head}” of “{name}”"));
        self.aggregate(op, &what)
    }

    /// An aggregate over something named.
    pub(super) fn aggregate(&self, op: Aggregation, what: &str) -> String {
        let what = if self.lang == prog_base::Lang::Zh { what.trim_end_matches('的') } else { what };
        match op {
            Aggregation::Count => self.say(text!("{what}的个数", "the number of {what}")),
            Aggregation::CountDistinct => self.say(text!("{what}的种数", "the number of different {what}")),
            Aggregation::Sum => self.say(text!("{what}的合计", "the sum of {what}")),
            Aggregation::Min => self.say(text!("{what}的最小值", "the least of {what}")),
            Aggregation::Max => self.say(text!("{what}的最大值", "the greatest of {what}")),
            Aggregation::Any => self.say(text!("{what}中有一项", "any of {what}")),
            Aggregation::All => self.say(text!("{what}全部", "all of {what}")),
            Aggregation::None => self.say(text!("{what}都不", "none of {what}")),
            Aggregation::Consecutive(length) => self.say(text!("{what}有连续 {length} 年", "{length} consecutive years of {what}")),
        }
    }

    fn extreme_day(&self, later: bool, days: &[&Expr]) -> String {
        let list = self.all(days.iter().map(|x| self.operand(x)));
        match (later, days.len() > 2) {
            (true, false) => self.say(text!("{list}中较晚的", "the later of {list}")),
            (false, false) => self.say(text!("{list}中较早的", "the earlier of {list}")),
            (true, true) => self.say(text!("{list}中最晚的", "the latest of {list}")),
            (false, true) => self.say(text!("{list}中最早的", "the earliest of {list}")),
        }
    }

    fn split(&self, total: &Expr, table: &Table, column: usize, method: SplitMethod) -> String {
        let (total, name) = (self.operand(total), self.name(&table.ident));
        let head = table.columns.get(column).map(|c| self.name(&c.ident)).unwrap_or_default();
        let method = match method {
            SplitMethod::LargestRemainder => self.say(text!("最大余额法", "largest remainder")),
            SplitMethod::Webster => self.say(text!("韦伯斯特法", "Webster")),
            SplitMethod::Jefferson => self.say(text!("杰斐逊法", "Jefferson")),
        };
        self.say(text!("{total}按“{name}”表“{head}”分配（{method}）所得", "the part of {total} by “{head}” of “{name}” ({method})"))
    }

    fn items(&self, op: Aggregation, list: &Expr, filter: Option<&Expr>, value: Option<&Expr>) -> String {
        let inner = self.at_item(&list.ty);
        let mut what = self.noun(list);
        if let Some(filter) = filter {
            let which = inner.part(filter, true);
            what = self.say(text!("{what}中{which}的", "those of {what} where {which}"));
        }
        let Some(value) = value else { return self.aggregate(op, &what) };
        let told = if matches!(value.ty, Type::Bool) { inner.part(value, true) } else { inner.operand(value) };
        match (op, &value.kind) {
            (Aggregation::Any, _) => return self.say(text!("{what}中有一项{told}", "for at least one of {what}, {told}")),
            (Aggregation::All, _) => return self.say(text!("{what}各项都{told}", "for each of {what}, {told}")),
            (Aggregation::None, _) => return self.say(text!("{what}没有一项{told}", "for none of {what}, {told}")),
            (_, ExprKind::ItemField { .. }) => what = self.say(text!("{what}各项{told}", "{told} of {what}")),
            _computed => what = self.say(text!("{what}各项的{told}", "{told} over {what}")),
        }
        self.aggregate(op, &what)
    }
}

/// `later of (a, b)`: whether the later is meant, and the days.
fn extreme_day(e: &Expr) -> Option<(bool, Vec<&Expr>)> {
    let ExprKind::If { test, then, other } = &e.kind else { return None };
    let ExprKind::Compare { op, left, right } = &test.kind else { return None };
    let later = match op {
        Comparison::AtLeast => true,
        Comparison::AtMost => false,
        _other => return None,
    };
    if left != then || right != other || !matches!(e.ty, Type::Date | Type::Moment) {
        return None;
    }
    let mut days = match extreme_day(then) {
        Some((same, days)) if same == later => days,
        _one => vec![&**then],
    };
    days.push(other);
    Some((later, days))
}

/// The terms of a sum.
fn terms(e: &Expr) -> Vec<&Expr> {
    match &e.kind {
        ExprKind::Arithmetic { op: ArithmeticOp::Add, left, right } => [terms(left), terms(right)].concat(),
        _term => vec![e],
    }
}

/// What is read off one day.
fn of_day(part: DayPart, day: &str) -> Text {
    match part {
        DayPart::Figure(Figure::Year) => text!("{day}所在的年份", "the year of {day}"),
        DayPart::Figure(Figure::Month) => text!("{day}所在的月份", "the month of {day}"),
        DayPart::Figure(Figure::DayOfMonth) => text!("{day}的“几号”", "the day of the month of {day}"),
        DayPart::Figure(Figure::DayOfWeek) => text!("{day}的“星期几”（星期日为7）", "the day of the week of {day} (Monday is 1, Sunday 7)"),
        DayPart::Start(Stretch::Week) => text!("{day}所在周的星期一", "the Monday of the week of {day}"),
        DayPart::Start(Stretch::Month) => text!("{day}所在月的第一天", "the first day of the month of {day}"),
        DayPart::Start(Stretch::Quarter) => text!("{day}所在季度的第一天", "the first day of the quarter of {day}"),
        DayPart::Start(Stretch::Year) => text!("{day}所在年的第一天", "the first day of the year of {day}"),
        DayPart::End(Stretch::Week) => text!("{day}所在周的星期日", "the Sunday of the week of {day}"),
        DayPart::End(Stretch::Month) => text!("{day}所在月的最后一天", "the last day of the month of {day}"),
        DayPart::End(Stretch::Quarter) => text!("{day}所在季度的最后一天", "the last day of the quarter of {day}"),
        DayPart::End(Stretch::Year) => text!("{day}所在年的最后一天", "the last day of the year of {day}"),
    }
}
