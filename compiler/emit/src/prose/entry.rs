//! What is entered, and where a value comes from, in words.
//!
//! In: field types and origins. Out: phrases. Always: ranges and limits are said with their units.

use super::Prose;
use prog_base::text;
use prog_model::{EnumId, FieldKind, FieldType, LimitKind, Origin};

/// Longer lists of choices are counted, not spelt out.
const MANY: usize = 12;

impl Prose<'_> {
    /// `整数，单位：所，0 至 100`
    pub fn entry(&self, field: &FieldType) -> String {
        let mut parts = vec![self.kind(&field.kind)];
        if let Some(unit) = field.unit {
            let unit = self.name(&self.p.unit(unit).ident);
            parts.push(self.say(text!("单位：{unit}", "in {unit}")));
        }
        let percent = matches!(field.kind, FieldKind::Percent { .. });
        let show = |n: &prog_base::Exact| if percent { format!("{n}%") } else { self.typed(n, field.unit) };
        parts.extend(match (&field.low, &field.high) {
            (None, None) => None,
            (Some(low), Some(high)) => {
                let (low, high) = (show(low), show(high));
                Some(self.say(text!("{low}至{high}", "{low} to {high}")))
            }
            (Some(low), None) => {
                let low = show(low);
                Some(self.say(text!("不低于{low}", "at least {low}")))
            }
            (None, Some(high)) => {
                let high = show(high);
                Some(self.say(text!("不超过{high}", "at most {high}")))
            }
        });
        if let Some(step) = &field.step {
            let step = show(step);
            parts.push(self.say(text!("每{step}一档", "in steps of {step}")));
        }
        parts.extend(field.limits.iter().map(|limit| self.limit(field, limit.kind, limit.value)));
        parts.join(&self.say(text!("，", ", ")))
    }

    fn limit(&self, field: &FieldType, limit: LimitKind, n: u64) -> String {
        let unit = self.say(field.length_unit());
        match limit {
            LimitKind::About => self.say(text!("{n} {unit}左右", "about {n} {unit}")),
            LimitKind::AtMost => self.say(text!("不超过{n} {unit}", "at most {n} {unit}")),
            LimitKind::AtLeast => self.say(text!("不少于{n} {unit}", "at least {n} {unit}")),
        }
    }

    fn kind(&self, kind: &FieldKind) -> String {
        use FieldKind as K;
        let words = match kind {
            K::Text => text!("文字", "text"),
            K::Prose => text!("长文字", "long text"),
            K::Integer => text!("整数", "whole number"),
            K::Count => text!("数量", "count"),
            K::Decimal { digits } => text!("小数（{digits}位）", "number with {digits} digits"),
            K::Percent { digits: 0 } => text!("百分数", "percentage"),
            K::Percent { digits } => text!("百分数（{digits}位小数）", "percentage with {digits} digits"),
            K::Money { digits: 0 } => text!("金额", "sum of money"),
            K::Money { digits } => text!("金额（{digits}位小数）", "sum of money with {digits} digits"),
            K::Date => text!("日期", "date"),
            K::Month => text!("年月", "month"),
            K::Year => text!("年份", "year"),
            K::YesNo => text!("是或否", "yes or no"),
            K::Email => text!("电子邮箱", "e-mail address"),
            K::Phone => text!("电话", "telephone"),
            K::Mobile => text!("手机", "mobile telephone"),
            K::Postcode => text!("邮政编码", "postcode"),
            K::Url => text!("网址", "web address"),
            K::File { kinds, sealed } => {
                let kinds = self.listed(kinds.iter().cloned());
                let seal = if *sealed { self.say(text!("，须盖章", ", sealed")) } else { String::new() };
                text!("文件（{kinds}{seal}）", "file ({kinds}{seal})")
            }
            K::OneOf(list) => {
                let list = self.choices(*list);
                text!("选一项：{list}", "one of: {list}")
            }
            K::AnyOf(list) => {
                let list = self.choices(*list);
                text!("可选多项：{list}", "any of: {list}")
            }
            K::Record(id) => {
                let fields = self.listed(self.p.records[id.index()].fields.iter().map(|f| self.name(&f.ident)));
                text!("分项填写：{fields}", "with {fields}")
            }
            K::List(item) => {
                let item = self.entry(item);
                text!("可填多行，每行：{item}", "a list; each: {item}")
            }
            K::Unknown => text!("", ""),
        };
        self.say(words)
    }

    /// The values of a closed list.
    pub fn choices(&self, id: EnumId) -> String {
        let list = self.p.enumeration(id);
        let (n, name) = (list.values.len(), self.name(&list.ident));
        if n > MANY {
            return self.say(text!("“{name}”所列{n}项", "the {n} entries of “{name}”"));
        }
        self.listed(list.values.iter().map(|v| self.name(&v.ident)))
    }

    /// Where a value comes from; empty where it is simply entered.
    pub fn origin(&self, origin: &Origin) -> String {
        match origin {
            Origin::Entered => String::new(),
            Origin::Attested { with } if with.is_empty() => self.say(text!("由申报单位承诺", "attested by the applicant")),
            Origin::Attested { with } => {
                let with = self.materials(with);
                self.say(text!("由申报单位承诺，附{with}", "attested by the applicant with {with}"))
            }
            Origin::Judged { by, on } => self.judged(*by, on),
            Origin::External { register, as_of } => self.register(register, as_of.as_deref()),
            Origin::Computed(test) if test.ty == prog_model::Type::Bool => {
                let test = self.holds(test);
                self.say(text!("自动判断：{test}", "computed: whether {test}"))
            }
            Origin::Computed(value) => {
                let value = self.noun(value);
                self.say(text!("自动计算：{value}", "computed: {value}"))
            }
        }
    }

    /// Who judges, on what.
    pub fn judged(&self, by: prog_model::ActorId, on: &[prog_model::MaterialId]) -> String {
        let (by, on_what) = (self.actor(by), self.materials(on));
        if on.is_empty() {
            return self.say(text!("由{by}评定", "judged by {by}"));
        }
        self.say(text!("由{by}根据{on_what}评定", "judged by {by} on {on_what}"))
    }

    /// Which register, as of when.
    pub fn register(&self, register: &str, as_of: Option<&prog_model::Expr>) -> String {
        match as_of.map(|day| self.noun(day)) {
            None => self.say(text!("以“{register}”的登记为准", "as entered in “{register}”")),
            Some(day) => self.say(text!("以“{register}”在{day}的登记为准", "as entered in “{register}” on {day}")),
        }
    }
}
