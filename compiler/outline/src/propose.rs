//! A finding in the words of the language: what one might write for it.
//!
//! In: a finding and the clause's address. Out: a line of `.prog` with names to be replaced, in either keyword language. Always: a
//! proposal reads as one declaration of the language; what the notice does not say in that place stands as a name to be filled in.

use crate::seen::{Amount, Seen, What};
use prog_base::Lang;

/// What people call it, for a todo.
pub fn name(what: &What, lang: Lang) -> &'static str {
    let (zh, en) = match what {
        What::Due { .. } => ("期限", "a last day"),
        What::Window { .. } => ("起止日期", "a period"),
        What::Effective { .. } => ("施行日期", "a first day"),
        What::Aim { .. } => ("目标", "a target"),
        What::AtMost(_) => ("上限", "at most"),
        What::AtLeast(_) => ("下限", "at least"),
        What::Exactly(_) => ("数量", "a number"),
        What::About(_) => ("约数", "about"),
        What::Between(..) => ("区间", "between"),
        What::Length { .. } => ("字数", "a length"),
        What::Share(_) => ("百分比", "a percentage"),
        What::InPrinciple => ("原则上", "in principle"),
        What::Prefer => ("优先", "a preference"),
        What::Encourage => ("鼓励", "encouraged"),
        What::PublicNotice { .. } => ("公示", "public notice"),
        What::Options(_) => ("选项", "options"),
        What::Table(_) => ("表", "a table"),
        What::AnyOf => ("符合其一", "any of"),
        What::AllOf => ("全部符合", "all of"),
        What::Refused => ("不得", "not allowed"),
        What::Waived => ("免于", "a waiver"),
        What::Late => ("逾期", "lateness"),
        What::Score(_) => ("评分", "points"),
        What::LookBack(_) => ("近几年", "the last years"),
        What::Material => ("材料", "papers"),
    };
    match lang {
        Lang::Zh => zh,
        Lang::En => en,
    }
}

/// What one might write.
pub fn line(seen: &Seen, address: &str, rows: &[Vec<String>], lang: Lang) -> String {
    let address = match lang {
        Lang::Zh => address.to_owned(),
        Lang::En => address.replace("附件", "annex "),
    };
    let cite = match seen.anchor.is_empty() {
        true => format!("[{address}]"),
        false => format!("[{address}: \"{}\"]", escaped(&seen.anchor)),
    };
    match lang {
        Lang::Zh => chinese(&seen.what, &cite, rows),
        Lang::En => english(&seen.what, &cite, rows),
    }
}

/// A text between straight quotes.
pub fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace('"', "\\\"")
}

fn chinese(what: &What, cite: &str, rows: &[Vec<String>]) -> String {
    let day = |date: &Option<(u32, u32, u32)>| match date {
        Some((y, m, d)) => format!("{y}年{m}月{d}日"),
        None => "未明 \"没有写年份\"".to_owned(),
    };
    let bounded = |bound: &str, amount: &Amount| match (counted(amount), amount.unit.as_str()) {
        (true, _) => format!("名额 某名额 {cite} 于 报送 按 报送单位 : 计数(申报) {bound} {}", amount.number),
        (false, "%") => format!("名额 某占比 {cite} 于 公布 : 占比(申报 其中 某条件 占 申报) {bound} {}%", amount.number),
        (false, _) => format!("必须 某条件 {cite} : 某数 {bound} {}", united(amount)),
    };
    match what {
        What::Due { date } => format!("环节 报送 由 报送单位 截止 {} {cite} {{ 若 报送 -> 终止 已报送 }}", day(date)),
        What::Window { from, to } => {
            format!("环节 报送 由 报送单位 开始 {} 截止 {} {cite} {{ 若 报送 -> 终止 已报送 }}", day(from), day(to))
        }
        What::Effective { date } => format!("施行日期 {} {cite}", day(date)),
        What::Aim { year, bound: Some(amount) } => {
            format!("目标 某目标 {cite} {{ 某指标 : {} 到 {year} 不少于 {} }}", kind(amount, "百分比", "数量", "以"), measured(amount))
        }
        What::Aim { year, bound: None } => format!("目标 某目标 {cite} {{ 某指标 : 由 某机关 评定 到 {year} \"…\" }}"),
        What::AtMost(amount) | What::Exactly(amount) => bounded("不超过", amount),
        What::AtLeast(amount) => bounded("不少于", amount),
        What::About(amount) if counted(amount) => format!("名额 某总数 {cite} 于 公布 : 计数(申报) 约 {}", amount.number),
        What::About(amount) => format!("提示 某约数 {cite} : 某数 约 {}", united(amount)),
        What::Between(low, high) => {
            let low = Amount { unit: high.unit.clone(), ..low.clone() };
            format!("必须 某区间 {cite} : 某数 不少于 {} 且 某数 不超过 {}", united(&low), united(high))
        }
        What::Length { bound, amount } => {
            let unit = if amount.unit.starts_with("character") || amount.unit == "字符" { "字符" } else { "字" };
            format!("某栏 {cite} : 长文本 {} {} {unit}", said(bound), amount.number)
        }
        What::Share(amount) => format!("计算 某比例 {cite} = {}%", amount.number),
        What::InPrinciple => format!("原则上 某条件 {cite} \"…\" : 已证明"),
        What::Prefer => format!("优先 某条件 {cite} \"…\" : 由 专家组 评定"),
        What::Encourage => format!("鼓励 某条件 {cite} \"…\" : 由 专家组 评定"),
        What::PublicNotice { days: Some((amount, working)) } => {
            let unit = if *working { "个工作日" } else { "日" };
            format!("环节 公示 由 某机关 {cite} {{ 公示 不少于 {}{unit}  若 无异议 -> 报送  若 有异议 -> 终止 未推荐 }}", amount.number)
        }
        What::PublicNotice { days: None } => format!("环节 公示 由 某机关 {cite} {{ 公示  若 无异议 -> 报送  若 有异议 -> 终止 未推荐 }}"),
        What::Options(list) => format!("某栏 {cite} : 单选 {{ {} }}", list.iter().map(|o| identifier(o)).collect::<Vec<_>>().join(", ")),
        What::Table(heads) => format!("表 某表 {cite} 由 {} {{ {} }}", key_head(heads), table_row(heads, rows, "数量", "文本")),
        What::AnyOf => format!("必须 某条件 {cite} : 符合其一 {{ 甲 \"…\" : 已证明 }}"),
        What::AllOf => format!("条件 某组 {cite} {{ 必须 甲 {cite} \"…\" : 已证明 }}"),
        What::Refused => format!("必须 某限制 {cite} \"…\" : 已证明"),
        What::Waived => format!("免于 某情形 {cite} \"…\" : 已证明 免除 某条件"),
        What::Late => format!("环节 报送 由 报送单位 截止 未明 {cite} {{ 若 逾期 -> 终止 逾期未报 }}"),
        What::Score(amount) => format!("信息 得分 {cite} : 小数(1) 自 0 至 {} 由 专家组 评定", amount.number),
        What::LookBack(amount) => format!("必须 某期间 {cite} : 某日期 不早于 截止日(报送) - {}年", amount.number),
        What::Material => format!("材料 某材料 {cite} 由 报送单位 于 报送"),
    }
}

fn english(what: &What, cite: &str, rows: &[Vec<String>]) -> String {
    let day = |date: &Option<(u32, u32, u32)>| match date {
        Some((y, m, d)) => format!("{y:04}-{m:02}-{d:02}"),
        None => "unknown \"the year is not said\"".to_owned(),
    };
    let bounded = |bound: &str, amount: &Amount| match (counted(amount), amount.unit.as_str()) {
        (true, _) => format!("quota some_quota {cite} at filing per sender : count(application) {bound} {}", amount.number),
        (false, "%") => {
            format!(
                "quota some_share {cite} at result : share(application where some_condition among application) {bound} {}%",
                amount.number
            )
        }
        (false, _) => format!("require some_rule {cite} : some_number {bound} {}", united(amount)),
    };
    match what {
        What::Due { date } => format!("stage filing by sender due {} {cite} {{ on sent -> end sent }}", day(date)),
        What::Effective { date } => format!("effective {} {cite}", day(date)),
        What::Window { from, to } => format!("stage filing by sender open {} due {} {cite} {{ on sent -> end sent }}", day(from), day(to)),
        What::Aim { year, bound: Some(amount) } => {
            format!(
                "targets some_aims {cite} {{ some_share : {} by {year} at least {} }}",
                kind(amount, "Percent", "Count", "in"),
                measured(amount)
            )
        }
        What::Aim { year, bound: None } => format!("targets some_aims {cite} {{ some_aim : judged by some_office by {year} \"…\" }}"),
        What::AtMost(amount) | What::Exactly(amount) => bounded("at most", amount),
        What::AtLeast(amount) => bounded("at least", amount),
        What::About(amount) if counted(amount) => format!("quota some_total {cite} at result : count(application) about {}", amount.number),
        What::About(amount) => format!("note some_size {cite} : some_number about {}", united(amount)),
        What::Between(low, high) => {
            let low = Amount { unit: high.unit.clone(), ..low.clone() };
            format!("require some_range {cite} : some_number at least {} and some_number at most {}", united(&low), united(high))
        }
        What::Length { bound, amount } => {
            let unit = if amount.unit.starts_with("character") || amount.unit == "字符" { "characters" } else { "words" };
            format!("some_text {cite} : Prose {bound} {} {unit}", amount.number)
        }
        What::Share(amount) => format!("let some_share {cite} = {}%", amount.number),
        What::InPrinciple => format!("in principle some_rule {cite} \"…\" : attested"),
        What::Prefer => format!("prefer some_merit {cite} \"…\" : judged by panel"),
        What::Encourage => format!("encourage some_merit {cite} \"…\" : judged by panel"),
        What::PublicNotice { days: Some((amount, working)) } => {
            let unit = if *working { "working days" } else { "days" };
            format!(
                "stage publication by some_office {cite} {{ public notice at least {} {unit}  on no_objection -> filing  on objection -> end dropped }}",
                amount.number
            )
        }
        What::PublicNotice { days: None } => {
            format!("stage publication by some_office {cite} {{ public notice  on no_objection -> filing  on objection -> end dropped }}")
        }
        What::Options(list) => {
            format!("some_choice {cite} : one of {{ {} }}", list.iter().map(|o| identifier(o)).collect::<Vec<_>>().join(", "))
        }
        What::Table(heads) => format!("table some_table {cite} by {} {{ {} }}", key_head(heads), table_row(heads, rows, "Count", "Text")),
        What::AnyOf => format!("require some_rule {cite} : any of {{ first \"…\" : attested }}"),
        What::AllOf => format!("conditions some_rules {cite} {{ require first {cite} \"…\" : attested }}"),
        What::Refused => format!("require some_limit {cite} \"…\" : attested"),
        What::Waived => format!("waive some_case {cite} \"…\" : attested waives some_rule"),
        What::Late => format!("stage filing by sender due unknown {cite} {{ on late -> end too_late }}"),
        What::Score(amount) => format!("fact points {cite} : Decimal(1) from 0 to {} judged by panel", amount.number),
        What::LookBack(amount) => format!("require some_period {cite} : some_date on or after due(filing) - {} years", amount.number),
        What::Material => format!("material some_paper {cite} by sender at filing"),
    }
}

/// Applications are counted, and so are places, persons and schools.
fn counted(amount: &Amount) -> bool {
    let han = ["", "个", "名", "所", "项", "人", "家", "件", "份", "支", "组", "门", "篇", "位", "处"];
    let latin = [
        "schools",
        "applications",
        "nominations",
        "candidates",
        "teams",
        "projects",
        "places",
        "awards",
        "proposals",
        "entries",
        "grants",
        "persons",
    ];
    !amount.number.contains('.') && (han.contains(&amount.unit.as_str()) || latin.contains(&amount.unit.as_str()))
}

fn united(amount: &Amount) -> String {
    let unit = identifier(&amount.unit);
    match amount.unit.as_str() {
        "%" => format!("{}%", amount.number),
        "" => amount.number.clone(),
        "日" | "天" => format!("{} 天", amount.number),
        _ => format!("{} {unit}", amount.number),
    }
}

/// An aim's bound: its unit stands in the declaration.
fn measured(amount: &Amount) -> String {
    if amount.unit == "%" { format!("{}%", amount.number) } else { amount.number.clone() }
}

fn kind(amount: &Amount, percent: &str, count: &str, unit_word: &str) -> String {
    match amount.unit.as_str() {
        "%" => percent.to_owned(),
        "" => count.to_owned(),
        unit => format!("{count} {unit_word} {}", identifier(unit)),
    }
}

fn said(bound: &str) -> &'static str {
    match bound {
        "at most" => "不超过",
        "at least" => "不少于",
        _ => "约",
    }
}

/// A word of the notice as a name.
fn identifier(text: &str) -> String {
    let name: String = text.chars().filter(|c| c.is_alphanumeric() || *c == '_').collect();
    if name.is_empty() || name.starts_with(|c: char| c.is_numeric()) { format!("`{text}`") } else { name }
}

/// The column that the others depend on: not the count of rows.
fn key_head(heads: &[String]) -> String {
    let key = heads.iter().find(|h| !["序号", "编号", "No", "No.", "#"].contains(&h.as_str()));
    identifier(key.map_or("", String::as_str))
}

fn table_row(heads: &[String], rows: &[Vec<String>], count: &str, text: &str) -> String {
    let numeric = |at: usize| {
        let mut cells = rows.iter().skip(1).filter_map(|r| r.get(at)).map(|c| c.trim()).filter(|c| !c.is_empty()).peekable();
        cells.peek().is_some() && cells.all(|c| c.chars().all(|c| c.is_ascii_digit()))
    };
    let key = key_head(heads);
    let columns = heads.iter().enumerate().filter(|(_, h)| !["序号", "编号", "No", "No.", "#"].contains(&h.as_str())).map(|(at, head)| {
        let name = identifier(head);
        if name == key { name } else { format!("{name}: {}", if numeric(at) { count } else { text }) }
    });
    columns.collect::<Vec<_>>().join(" | ")
}
