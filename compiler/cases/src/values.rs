//! Values of a field where results can change: its own bounds, a programme's constants, every value of a closed list.
//!
//! In: a programme and constants. Out: values as they stand in a case, bad ones too. Always: in a fixed order; a step below, on and above
//! each boundary.

use crate::constants::Constants;
use prog_base::{Date, Duration, DurationUnit, Exact};
use prog_model::*;
use serde_json::{Value, json};

/// Where the results of a programme can change.
#[derive(Clone, Debug)]
pub struct Boundaries<'p> {
    /// The programme.
    pub programme: &'p Programme,
    /// Constants that values are laid around.
    pub constants: Constants,
}

impl<'p> Boundaries<'p> {
    /// Those of a programme.
    pub fn of(programme: &'p Programme) -> Self {
        Self { programme, constants: Constants::of(programme) }
    }
}

impl Boundaries<'_> {
    /// Days around those that the programme names.
    pub fn days(&self) -> Vec<String> {
        let around = |date: &Date| [-1, 0, 1].map(|count| date.plus(Duration { count, unit: DurationUnit::Days }));
        let mut days: Vec<Date> = self.constants.dates.iter().flat_map(around).flatten().collect();
        days.sort();
        days.dedup();
        days.into_iter().map(|d| d.to_string()).collect()
    }

    /// Days and seconds around those that the programme names.
    pub fn times(&self) -> Vec<String> {
        let seconds = |day: String| ["", "T00:00:00+08:00", "T00:00:01+08:00", "T23:59:59+08:00"].map(|time| format!("{day}{time}"));
        self.days().into_iter().flat_map(seconds).collect()
    }

    /// Values of a field: its own bounds and all constants, a step below, on and above; all of a closed list.
    pub fn values(&self, field: &FieldType, depth: usize) -> Vec<Value> {
        let p = self.programme;
        match &field.kind {
            FieldKind::Text | FieldKind::Prose | FieldKind::Unknown => {
                // The ends of the band of `about`, a tenth aside, too.
                let ends = |l: &Limit| [0, -1, 1].map(|tenth| l.value as i64 + tenth * (l.value as i64 / 10));
                let lengths = field.limits.iter().flat_map(ends).flat_map(|end| [-1, 0, 1, 2].map(|step| (end + step).max(0) as usize));
                let long = lengths.flat_map(|n| [json!("字".repeat(n)), json!(format!("{}，", "字".repeat(n.saturating_sub(1))))]);
                let own = self.constants.texts.iter().map(|t| json!(t));
                long.chain(own).chain(["哈尔滨", "某校，IPv6。", "😀𠀀", "　"].map(|t| json!(t))).collect()
            }
            FieldKind::Integer | FieldKind::Count | FieldKind::Year => {
                self.numbers(field, 0).iter().filter_map(|n| n.to_i64()).map(|n| json!(n)).collect()
            }
            FieldKind::Decimal { digits } | FieldKind::Percent { digits } | FieldKind::Money { digits } => {
                self.numbers(field, *digits).iter().map(|n| json!(n.to_string())).collect()
            }
            FieldKind::Date => self.days().into_iter().chain(["2024-02-30".to_owned()]).map(|d| json!(d)).collect(),
            FieldKind::Month => self.days().iter().filter_map(|d| d.get(..7)).map(|d| json!(d)).collect(),
            FieldKind::YesNo => vec![json!(true), json!(false)],
            FieldKind::Email => ["a@b.cn", "a@b"].map(|t| json!(t)).to_vec(),
            FieldKind::Phone => ["0451-82353821", "12"].map(|t| json!(t)).to_vec(),
            FieldKind::Mobile => ["13800138000", "12800138000"].map(|t| json!(t)).to_vec(),
            FieldKind::Postcode => ["150001", "15000"].map(|t| json!(t)).to_vec(),
            FieldKind::Url => ["https://moe.gov.cn/", "moe.gov.cn"].map(|t| json!(t)).to_vec(),
            FieldKind::File { kinds, .. } => {
                let name = kinds.first().map_or("pdf", |k| k.as_str());
                [("甲.", true), ("甲.x", false)].map(|(stem, sealed)| json!({ "name": format!("{stem}{name}"), "sealed": sealed })).to_vec()
            }
            FieldKind::OneOf(list) => p.enumeration(*list).values.iter().map(|v| json!(v.ident.key)).chain([json!("不在表内")]).collect(),
            FieldKind::AnyOf(list) => {
                let all: Vec<Value> = p.enumeration(*list).values.iter().map(|v| json!(v.ident.key)).collect();
                let one = all.iter().map(|v| json!([v]));
                one.chain([json!([]), json!(all), json!(["不在表内"])]).collect()
            }
            FieldKind::Record(record) if depth < 2 => {
                let fields = &p.records[record.index()].fields;
                let whole: serde_json::Map<String, Value> =
                    fields.iter().filter_map(|f| Some((f.ident.key.clone(), self.first(&f.field, depth + 1)?))).collect();
                let changed = fields.iter().flat_map(|f| {
                    let values = self.values(&f.field, depth + 1).into_iter().map(Some).chain([None]);
                    values.map(|value| {
                        let mut record = Value::Object(whole.clone());
                        record[&f.ident.key] = value.unwrap_or(Value::Null);
                        record
                    })
                });
                changed.collect()
            }
            FieldKind::Record(_) => vec![json!({})],
            FieldKind::List(item) => {
                let items = self.values(item, depth + 1);
                let few = (0..5).map(|n| Value::Array(items.iter().cycle().take(if items.is_empty() { 0 } else { n }).cloned().collect()));
                let one = items.iter().map(|item| json!([item]));
                few.chain(one.take(60)).collect()
            }
        }
    }

    fn first(&self, field: &FieldType, depth: usize) -> Option<Value> {
        self.values(field, depth).into_iter().next()
    }

    /// Numbers of a field, in its unit: zero, its own bounds and all constants, a step below, on and above.
    pub fn numbers(&self, field: &FieldType, digits: u32) -> Vec<Exact> {
        let size = unit_size(self.programme, field);
        let step = step(field, digits);
        let constants = self.constants.numbers.iter().filter_map(|n| n.checked_div(&size));
        let bases = field.low.iter().chain(&field.high).cloned().chain(constants).chain([Exact::ZERO]);
        let mut all = Vec::new();
        for base in bases {
            let base = base.round(prog_base::RoundMode::Down, digits as usize);
            all.extend([&base - &step, base.clone(), &base + &step]);
        }
        all.sort();
        all.dedup();
        all
    }
}

/// How many base units one of the field's unit is.
pub fn unit_size(programme: &Programme, field: &FieldType) -> Exact {
    match (field.unit, &field.kind) {
        (Some(unit), _) => programme.unit(unit).factor.clone(),
        (None, FieldKind::Percent { .. }) => Exact::ratio(1, 100).unwrap_or(Exact::ONE),
        (None, _) => Exact::ONE,
    }
}

/// The smallest step between two values of a field, in its unit.
pub fn step(field: &FieldType, digits: u32) -> Exact {
    let smallest = || Exact::parse(&format!("1{}", "0".repeat(digits as usize))).and_then(|n| Exact::ONE.checked_div(&n));
    field.step.clone().or_else(smallest).unwrap_or(Exact::ONE)
}
