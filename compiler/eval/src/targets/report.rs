//! The report on targets as data, and as RFC 8785.

use super::TargetReport;
use crate::case::Problem;
use crate::json::Writer;
use crate::report::{Message, Note, Under};
use crate::value::{Needs, Value};
use prog_base::{Date, Exact, Lang};
use prog_model::{Bound, Citation, Ident, Label, NumberType, Programme, RuleResult, Targets};

/// What came of all reports.
#[derive(Clone, Debug)]
pub struct TargetsReport<'a> {
    /// The programme.
    pub programme: &'a Programme,
    /// The day looked at.
    pub on: Option<Date>,
    /// In order of declaration; of one milestone by reporting body.
    pub findings: Vec<TargetFinding<'a>>,
    /// Soft targets missed, words of the notice, data notes.
    pub notes: Vec<Note<'a>>,
}

/// One milestone of one body, or one bad entry.
#[derive(Clone, Debug)]
pub struct TargetFinding<'a> {
    /// The block.
    pub block: &'a Targets,
    /// The indicator.
    pub ident: &'a Ident,
    /// Citations.
    pub cites: &'a [Citation],
    /// Whose: the reporting actor's key and its value.
    pub key: Option<(&'a str, &'a str)>,
    /// Key of the actor that reports.
    pub addressed: Option<&'a str>,
    /// The milestone's place in its indicator; `None`: a bad entry.
    pub milestone: Option<usize>,
    /// What the milestone is called: `2020`, `2020-06-30`, `year 1`, `total`.
    pub label: String,
    /// Its last day.
    pub due: Option<Date>,
    /// The result.
    pub result: RuleResult,
    /// A note only.
    pub soft: bool,
    /// What is awaited.
    pub needs: Needs<'a>,
    /// Words.
    pub message: Message<'a>,
    /// The value, in base units.
    pub value: Value<'a>,
    /// Numerator and denominator of a ratio, where both are known.
    pub ratio: Option<(Exact, Exact)>,
    /// The type in which value and limit are shown.
    pub ty: Option<&'a NumberType>,
    /// The bound, its limit, and the upper one of a range.
    pub limit: Option<(&'a Bound, Value<'a>, Option<Value<'a>>)>,
    /// What is missing to the bound.
    pub gap: Option<Exact>,
    /// `for all`: every value of the list.
    pub items: Option<Vec<TargetItem<'a>>>,
    /// What other readings would give.
    pub under: Vec<Under<'a>>,
    /// The notice's words.
    pub words: Option<&'a Label>,
    /// Reports that say something on it, the latest last.
    pub reports: Vec<&'a TargetReport>,
    /// What is wrong with an entry, and where.
    pub problem: Option<(Problem, &'a str)>,
}

/// One value of the list of a `for all`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TargetItem<'a> {
    /// Its key.
    pub key: &'a str,
    /// The result.
    pub result: RuleResult,
    /// What is awaited.
    pub needs: Needs<'a>,
    /// The value.
    pub value: Value<'a>,
    /// What is missing to the bound.
    pub gap: Option<Exact>,
}

/// The largest whole number written as a JSON number.
const LARGEST: i64 = (1 << 53) - 1;

impl TargetsReport<'_> {
    /// The report as one line of JSON, without a line end.
    pub fn to_json(&self, lang: Lang) -> String {
        let mut out = Writer::new(self.programme, lang);
        out.raw("{\"findings\":");
        out.list(&self.findings, finding);
        out.raw(",\"notes\":");
        out.list(&self.notes, Writer::note);
        out.raw(",\"on\":");
        match self.on {
            Some(day) => out.string(&day.to_string()),
            None => out.raw("null"),
        }
        out.member(",\"programme\":", &self.programme.ident.key);
        out.member(",\"version\":", &self.programme.version);
        out.raw("}");
        out.text
    }
}

impl TargetFinding<'_> {
    /// Value, bound and what is missing, for people: `: 59.9%, at least 60%, 0.1% short`.
    pub fn in_numbers(&self, p: &Programme, lang: Lang) -> String {
        self.numbers(&self.value, self.gap.as_ref(), p, lang)
    }

    /// The same of one value of a list.
    pub fn item_in_numbers(&self, item: &TargetItem<'_>, p: &Programme, lang: Lang) -> String {
        self.numbers(&item.value, item.gap.as_ref(), p, lang)
    }

    /// What must be reached: `at least 60%`.
    pub fn bound(&self, p: &Programme, lang: Lang) -> Option<String> {
        let (bound, low, high) = self.limit.as_ref()?;
        let ty = self.ty?;
        bound_in_words(bound, low, high.as_ref(), &|n| shown_with_unit(p, n, ty), lang)
    }

    fn numbers(&self, value: &Value<'_>, gap: Option<&Exact>, p: &Programme, lang: Lang) -> String {
        let Some(ty) = self.ty else { return String::new() };
        let shown = |n: &Exact| shown_with_unit(p, n, ty);
        let mut parts = Vec::new();
        match value {
            Value::Number(n) => parts.push(shown(n)),
            Value::Unknown(u) => {
                if let (Some(low), Some(high)) = (&u.low, &u.high) {
                    parts.push(format!("{}–{}", shown(low), shown(high)));
                }
            }
            Value::None
            | Value::Bool(_)
            | Value::Text(_)
            | Value::Enum(_)
            | Value::Set(_)
            | Value::Date(_)
            | Value::Moment(_)
            | Value::Duration(_)
            | Value::Record(_)
            | Value::List(_) => {}
        }
        parts.extend(self.limit.as_ref().and_then(|(bound, low, high)| bound_in_words(bound, low, high.as_ref(), &shown, lang)));
        if let Some(gap) = gap.filter(|gap| !gap.is_zero()) {
            let gap = shown(gap);
            parts.push(if lang == Lang::Zh { format!("差{gap}") } else { format!("{gap} to go") });
        }
        match (parts.is_empty(), lang) {
            (true, _) => String::new(),
            (false, Lang::Zh) => format!("：{}", parts.join("，")),
            (false, Lang::En) => format!(": {}", parts.join(", ")),
        }
    }
}

/// A number in its unit, a share in percent, a quotient that is no share (more than one whole) as it is, one without end to two digits.
pub fn shown_with_unit(p: &Programme, n: &Exact, ty: &NumberType) -> String {
    let about = |n: &Exact| n.round(prog_base::RoundMode::HalfUp, 2).to_decimal(2).unwrap_or_default();
    let is_quotient = *ty.shown_as() == prog_model::Dimension::Ratio && ty.digits.is_none();
    if is_quotient && (*n > Exact::ONE || *n < -&Exact::ONE) {
        let text = n.to_string();
        return if text.contains('/') { format!("≈{}", about(n)) } else { text };
    }
    let unit = match (ty.unit, ty.shown_as()) {
        (Some(unit), _) => p.unit(unit).ident.key.clone(),
        (None, prog_model::Dimension::Ratio) => "%".to_owned(),
        (None, _) => String::new(),
    };
    // `12元`, `8%`, but `12 EUR`.
    let unit = if unit.starts_with(|c: char| c.is_ascii_alphabetic()) { format!(" {unit}") } else { unit };
    let (text, _) = crate::json::number(p, n, ty);
    if !text.contains('/') {
        return format!("{text}{unit}");
    }
    let points = if unit == "%" { n * &Exact::from(100) } else { n.clone() };
    format!("≈{}{unit}", about(&points))
}

/// `at least 60%`
fn bound_in_words(
    bound: &Bound,
    low: &Value<'_>,
    high: Option<&Value<'_>>,
    shown: &dyn Fn(&Exact) -> String,
    lang: Lang,
) -> Option<String> {
    let Value::Number(low) = low else { return None };
    let low = shown(low);
    let (zh, en) = match bound {
        Bound::AtMost(_) => ("不超过", "at most"),
        Bound::Less(_) => ("低于", "less than"),
        Bound::AtLeast(_) => ("不少于", "at least"),
        Bound::More(_) => ("超过", "more than"),
        Bound::Equal(_) => ("=", "="),
        Bound::About(_) => ("约", "about"),
        Bound::Between(..) => {
            let Some(Value::Number(high)) = high else { return None };
            let high = shown(high);
            return Some(if lang == Lang::Zh { format!("{low}至{high}") } else { format!("from {low} to {high}") });
        }
    };
    Some(if lang == Lang::Zh { format!("{zh}{low}") } else { format!("{en} {low}") })
}

fn finding(out: &mut Writer<'_>, f: &TargetFinding<'_>) {
    out.raw("{");
    if let Some(actor) = f.addressed {
        out.member("\"addressed\":", actor);
        out.raw(",");
    }
    out.clauses(f.cites);
    if let Some((_, base)) = &f.ratio {
        plain(out, ",\"denominator\":", base);
    }
    if let Some(day) = f.due {
        out.member(",\"due\":", &day.to_string());
    }
    number(out, ",\"gap\":", f.gap.as_ref(), f.ty);
    bound(out, ",\"high\":", &f.value, f.ty, false);
    if let Some(items) = &f.items {
        out.raw(",\"items\":");
        out.list(items.iter().filter(|i| i.result != RuleResult::Met), |out, i| item(out, i, f.ty));
    }
    if let Some((name, value)) = f.key {
        out.raw(",\"key\":{");
        out.string(name);
        out.member(":", value);
        out.raw("}");
    }
    out.raw(if f.problem.is_some() { ",\"kind\":\"field\"" } else { ",\"kind\":\"target\"" });
    limit(out, f);
    bound(out, ",\"low\":", &f.value, f.ty, true);
    out.member(",\"message\":", f.message.get(out.lang));
    if f.milestone.is_some() {
        out.member(",\"milestone\":", &f.label);
    }
    out.needs(&f.needs);
    if let Some((part, _)) = &f.ratio {
        plain(out, ",\"numerator\":", part);
    }
    if let Some((problem, path)) = f.problem {
        out.member(",\"path\":", path);
        out.member(",\"problem\":", problem.word());
    }
    out.raw(",\"reports\":");
    out.list(f.reports.iter().filter_map(|r| r.id.as_deref()), |out, id| out.string(id));
    out.result(f.result);
    out.member(",\"rule\":", &f.ident.key);
    out.member(",\"strength\":", strength(f));
    out.member(",\"targets\":", &f.block.ident.key);
    out.under(&f.under);
    if let Some(unit) = f.ty.and_then(|ty| ty.unit) {
        out.member(",\"unit\":", &out.programme.unit(unit).ident.key.clone());
    }
    value(out, &f.value, f.ty);
    if let Some(words) = f.words {
        out.member(",\"words\":", words.get(out.lang));
    }
    out.raw("}");
}

fn strength(f: &TargetFinding<'_>) -> &'static str {
    match (f.problem.is_some(), f.soft) {
        (true, _) => "complete",
        (false, true) => "note",
        (false, false) => "finding",
    }
}

fn item(out: &mut Writer<'_>, item: &TargetItem<'_>, ty: Option<&NumberType>) {
    out.raw("{");
    if let (Some(gap), Some(ty)) = (&item.gap, ty.filter(|ty| item.gap.as_ref().is_some_and(|g| ends(out.programme, g, ty)))) {
        out.raw("\"gap\":");
        out.number(gap, ty);
        out.raw(",");
    }
    out.member("\"key\":", item.key);
    out.needs(&item.needs);
    out.result(item.result);
    value(out, &item.value, ty);
    out.raw("}");
}

fn number(out: &mut Writer<'_>, name: &str, value: Option<&Exact>, ty: Option<&NumberType>) {
    if let (Some(value), Some(ty)) = (value, ty.filter(|ty| value.is_some_and(|v| ends(out.programme, v, ty)))) {
        out.raw(name);
        out.number(value, ty);
    }
}

/// A number without unit: a whole one as such, else as text.
fn plain(out: &mut Writer<'_>, name: &str, value: &Exact) {
    out.raw(name);
    match value.to_i64().filter(|n| (-LARGEST..=LARGEST).contains(n)) {
        Some(n) => out.raw(&n.to_string()),
        None => out.string(&value.to_string()),
    }
}

/// Whether a number may stand in JSON: a quotient without end may not (semantics 6.1).
fn ends(p: &Programme, value: &Exact, ty: &NumberType) -> bool {
    !crate::json::number(p, value, ty).0.contains('/')
}

/// One end of a number that is not known, if it has ends.
fn bound(out: &mut Writer<'_>, name: &str, value: &Value<'_>, ty: Option<&NumberType>, low: bool) {
    let (Value::Unknown(u), Some(ty)) = (value, ty) else { return };
    let known = [&u.low, &u.high].into_iter().flatten();
    if (u.low.is_some() || u.high.is_some()) && known.clone().all(|n| ends(out.programme, n, ty)) {
        out.raw(name);
        out.end(if low { u.low.as_ref() } else { u.high.as_ref() }, ty);
    }
}

fn limit(out: &mut Writer<'_>, f: &TargetFinding<'_>) {
    let (Some((_, Value::Number(low), high)), Some(ty)) = (&f.limit, f.ty) else { return };
    match high {
        Some(Value::Number(high)) => {
            number(out, ",\"limit\":{\"high\":", Some(high), Some(ty));
            number(out, ",\"low\":", Some(low), Some(ty));
            out.raw("}");
        }
        Some(_) => {}
        None => number(out, ",\"limit\":", Some(low), Some(ty)),
    }
}

fn value(out: &mut Writer<'_>, value: &Value<'_>, ty: Option<&NumberType>) {
    match value {
        Value::Number(n) => number(out, ",\"value\":", Some(n), ty),
        Value::Bool(yes) => out.raw(if *yes { ",\"value\":true" } else { ",\"value\":false" }),
        Value::Date(day) => out.member(",\"value\":", &day.to_string()),
        Value::Text(text) => out.member(",\"value\":", text),
        Value::None
        | Value::Unknown(_)
        | Value::Enum(_)
        | Value::Set(_)
        | Value::Moment(_)
        | Value::Duration(_)
        | Value::Record(_)
        | Value::List(_) => {}
    }
}
