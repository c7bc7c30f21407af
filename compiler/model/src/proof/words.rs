//! What was shown of a quota, in a sentence for people who wrote or read the notice.
//!
//! In: what was shown and because of what. Out: words in both languages; each quota is named with the clauses it cites.

use super::cells::counted;
use super::{Because, Shown};
use crate::lower::{Constant, constants};
use crate::{Binding, Bound, Expr, Programme, Quota, QuotaId};
use prog_base::{Text, text};

/// The sentence.
pub(super) fn of(p: &Programme, id: QuotaId, what: &Shown, because: &[Because]) -> Text {
    let quota = &p.quotas[id.index()];
    let reasons = reasons(p, id, because);
    let noun = noun(p, quota);
    let sent = because.iter().any(|b| !b.requires && matches!(p.quotas[b.quota.index()].binding, Binding::Sender(_)));
    let (can, can_be) = if sent { ("最多能报", "can be sent") } else { ("最多能有", "can be counted") };
    match what {
        Shown::Feasible { most: Some(most), wanted } => {
            let Text { zh, en } = asked(p, quota, *wanted);
            let Text { zh: why, en: why_en } = &reasons;
            text!("{can} {most} 个“{noun}”，要求{zh}：可行{why}", "{most} `{noun}` {can_be}, {en} wanted: feasible{why_en}")
        }
        Shown::Feasible { most: None, wanted } => {
            let Text { zh, en } = asked(p, quota, *wanted);
            text!("没有上限挡住，要求{zh}：可行", "no cap stands in the way, {en} wanted: feasible")
        }
        Shown::NoChoice { number } => {
            let Text { zh: why, en: why_en } = &reasons;
            text!(
                "{can} {number} 个“{noun}”，要求的也是 {number} 个：两数相等，每个名额都要用足，报多少定多少，没有选择余地{why}",
                "{number} `{noun}` {can_be}, and {number} are wanted: the two are equal, so every place has to be filled and nothing is left to choose{why_en}"
            )
        }
        Shown::Infeasible { wanted, most, firm, sums: false } => {
            let Text { zh: name, en: name_en } = named(p, id);
            let (zh, en) = if *firm { ("", "") } else { ("按原则上的名额，", "as far as what holds in principle is kept, ") };
            let (least, least_en) = match quota.keys.is_empty() {
                true => ("", ""),
                false => ("有一组", " in one group"),
            };
            let (Text { zh: why, en: why_en }, short) = (&reasons, wanted - most);
            text!(
                "{zh}{name}要求{least}不少于 {wanted} 个，可别的名额合在一起，最多只能到 {most}：{most} < {wanted}，差 {short}{why}",
                "{en}{name_en} requires at least {wanted}{least_en}, but the other quotas together let it come to {most} at most: {most} < {wanted}, {short} short{why_en}"
            )
        }
        Shown::Infeasible { wanted, most, firm, sums: true } => {
            let Text { zh: needs, en: needs_en } = needs(p, id, because, *wanted);
            let (zh, en) = if *firm { ("", "") } else { ("按原则上的名额，", "as far as what holds in principle is kept, ") };
            let short = wanted - most;
            if because.iter().all(|b| b.requires) {
                return text!("{zh}{needs}，却没有申请能计入", "{en}{needs_en}, but there is no application that counts");
            }
            let caps = caps(p, because);
            let (caps, caps_en) = (&caps.zh, &caps.en);
            text!(
                "{zh}{needs}，而上限合计只有 {most}：{most} < {wanted}，差 {short}（{caps}）",
                "{en}{needs_en}, but the caps add up to {most}: {most} < {wanted}, {short} short ({caps_en})"
            )
        }
        Shown::NeverBinds { most, cap } => {
            let Text { zh: why, en: why_en } = &reasons;
            text!("上限 {cap} 永远用不上：最多只能到 {most}{why}", "its cap of {cap} is never reached: there can be {most} at most{why_en}")
        }
    }
}

/// A quota's name with its clauses.
pub(super) fn named(p: &Programme, id: QuotaId) -> Text {
    let quota = &p.quotas[id.index()];
    let name = &quota.ident.name;
    let cites = p.addresses(&quota.cites).iter().map(|a| format!("[{a}]")).collect::<String>();
    let space = if cites.is_empty() { "" } else { " " };
    text!("“{name}”{cites}", "`{name}`{space}{cites}")
}

/// What is counted.
fn noun(p: &Programme, quota: &Quota) -> String {
    let mut names: Vec<&str> = Vec::new();
    for member in quota.value.as_ref().and_then(counted).unwrap_or_default() {
        let name = p.track(member.track).ident.name.as_str();
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names.join("、")
}

/// What a quota asks for.
fn asked(p: &Programme, quota: &Quota, wanted: i64) -> Text {
    let number = |e: &Expr| match constants::value(p, e, &[]) {
        Some(Constant::Number(n)) => Some(n),
        Some(_) | None => None,
    };
    let stated = match &quota.bound {
        _ if !quota.keys.is_empty() => None,
        Some(Bound::AtLeast(_) | Bound::AtMost(_) | Bound::Less(_)) | None => None,
        Some(Bound::More(e)) => number(e).map(|n| text!("多于 {n} 个", "more than {n}")),
        Some(Bound::Equal(e)) => number(e).map(|n| text!("正好 {n} 个", "exactly {n}")),
        Some(Bound::About(e)) => number(e).map(|n| text!("约 {n} 个", "about {n}")),
        Some(Bound::Between(low, high)) => number(low).zip(number(high)).map(|(l, h)| text!("在 {l} 至 {h} 个之间", "{l} to {h}")),
    };
    let least = match quota.keys.is_empty() {
        true => text!("不少于 {wanted} 个", "at least {wanted}"),
        false => text!("各组合计不少于 {wanted} 个", "at least {wanted} over all groups"),
    };
    stated.unwrap_or(least)
}

/// What is required, by one quota or by several.
fn needs(p: &Programme, id: QuotaId, because: &[Because], wanted: i64) -> Text {
    let lows: Vec<&Because> = because.iter().filter(|b| b.requires).collect();
    if let [only] = lows.as_slice()
        && only.quota == id
        && only.groups == 1
    {
        let (Text { zh, en }, mut asked) = (named(p, id), asked(p, &p.quotas[id.index()], wanted));
        if p.quotas[id.index()].soft {
            asked = Text { zh: format!("{}（不少于 {wanted} 个）", asked.zh), en: format!("{} (no fewer than {wanted})", asked.en) };
        }
        return Text { zh: format!("{zh}要求{}", asked.zh), en: format!("{en} requires {}", asked.en) };
    }
    let each = lows.iter().map(|b| {
        let (Text { zh, en }, sum, groups) = (named(p, b.quota), b.sum, b.groups);
        if groups > 1 {
            text!("{zh}的 {groups} 组共 {sum}", "{sum} over {groups} groups by {en}")
        } else {
            text!("{zh} {sum}", "{sum} by {en}")
        }
    });
    let Text { zh, en } = Text::joined(each, &text!("、", ", "));
    text!("要求合计 {wanted}（{zh}）", "{wanted} are required ({en})")
}

/// The caps that stand against it.
fn caps(p: &Programme, because: &[Because]) -> Text {
    let each = because.iter().filter(|b| !b.requires).map(|b| {
        let (Text { zh, en }, sum, groups) = (named(p, b.quota), b.sum, b.groups);
        if groups > 1 {
            text!("{zh} {groups} 组上限合计 {sum}", "{groups} caps of {en} add up to {sum}")
        } else {
            text!("{zh}上限 {sum}", "{en} allows {sum}")
        }
    });
    Text::joined(each, &text!("，", ", "))
}

/// In brackets, what it rests on.
fn reasons(p: &Programme, id: QuotaId, because: &[Because]) -> Text {
    let others = because.iter().any(|b| b.requires && b.quota != id);
    let caps = caps(p, because);
    if caps.zh.is_empty() {
        return Text::default();
    }
    let also =
        if others { text!("，并留出别的要求所需", ", and room is left for what else is required") } else { Text::default() };
    Text { zh: format!("（{}{}）", caps.zh, also.zh), en: format!(" ({}{})", caps.en, also.en) }
}
