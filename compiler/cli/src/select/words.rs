//! A selection's report in words: what every format for people shows.
//!
//! In: the report. Out: a [`Proposal`], one sheet a selection. Always: a place's reason names what parts it from the one above, with both
//! values; nothing is said that the report does not hold.

use crate::values::Words;
use prog_base::{Exact, Lang, text};
use prog_emit::selection::{Group, Proposal, Row, Sheet};
use prog_eval::{Fares, Given, List, Needs, Place, SelectReport, Selected, Short, Shown, Source};
use prog_model::{Criterion, Selection, Take, Tied, Type};
use std::collections::BTreeMap;

/// So many names of what is awaited, or of equals, stand beside a case; the rest below its list.
const BESIDE: usize = 2;

/// So many cases are named below a list for one reason.
const BELOW: usize = 20;

/// Ids of those who stand level, by rank.
type Equals<'l> = BTreeMap<Option<usize>, Vec<&'l str>>;

/// The report in words of one language.
pub fn proposal(report: &SelectReport<'_>, lang: Lang) -> Proposal {
    let p = report.programme;
    let words = Words { p, lang };
    Proposal {
        lang,
        programme: words.name(&p.ident),
        version: p.version.clone(),
        sheets: report.selections.iter().map(|one| sheet(words, one)).collect(),
    }
}

fn sheet(w: Words<'_>, one: &Selected<'_>) -> Sheet {
    let s = one.selection;
    let of = Of { w, s };
    Sheet {
        title: w.name(&s.ident),
        stage: s.at.map(|stage| w.name(&w.p.stages[stage.index()])).unwrap_or_default(),
        clauses: w.p.addresses(&s.cites).into_iter().map(str::to_owned).collect(),
        rules: of.rules(),
        keys: of.keys().map(|(_, name, _)| name).collect(),
        criteria: s.order.iter().map(|c| of.criterion(c)).collect(),
        tracks: s.tracks.len() > 1,
        gives: s.assign.is_some(),
        groups: one.lists.iter().map(|list| of.group(list)).collect(),
    }
}

/// One selection being told.
struct Of<'p> {
    w: Words<'p>,
    s: &'p Selection,
}

impl<'p> Of<'p> {
    /// Keys with what they are called and their types.
    fn keys(&self) -> impl Iterator<Item = (&'p str, String, &'p Type)> + '_ {
        self.s.keys.iter().map(|key| (key.name.as_str(), self.w.of_case(&key.by_track, &key.name), &key.ty))
    }

    fn criterion(&self, criterion: &Criterion) -> String {
        self.w.of_case(&criterion.by_track, &criterion.name)
    }

    /// The type of what a criterion compares.
    fn type_of(&self, criterion: usize) -> Option<&'p Type> {
        self.s.order.get(criterion)?.by_track.first().map(|(_, e)| &e.ty)
    }

    /// How it ranks, and what becomes of equals at the cut.
    fn rules(&self) -> Vec<String> {
        let w = self.w;
        let steps = self.s.order.iter().enumerate().map(|(index, criterion)| {
            let name = self.criterion(criterion);
            match (self.type_of(index), criterion.highest) {
                (Some(Type::Bool), true) => w.say(text!("“{name}”者在前", "those with “{name}” first")),
                (Some(Type::Bool), false) => w.say(text!("无“{name}”者在前", "those without “{name}” first")),
                (Some(Type::Date | Type::Moment), true) => w.say(text!("“{name}”由晚到早", "“{name}” latest first")),
                (Some(Type::Date | Type::Moment), false) => w.say(text!("“{name}”由早到晚", "“{name}” earliest first")),
                (_, true) => w.say(text!("“{name}”由高到低", "“{name}” highest first")),
                (_, false) => w.say(text!("“{name}”由低到高", "“{name}” lowest first")),
            }
        });
        let steps = steps.collect::<Vec<_>>().join(w.say(text!("，再按", ", then ")).as_str());
        let judged = self.s.judged.map(|actor| {
            let actor = w.name(&w.p.actors[actor.index()].ident);
            let then = if steps.is_empty() { String::new() } else { w.say(text!("，再", ", then ")) };
            w.say(text!("{then}由{actor}评定", "{then}judged by {actor}"))
        });
        let steps = steps + &judged.unwrap_or_default();
        let order =
            if steps.is_empty() { w.say(text!("不分先后", "In no order")) } else { w.say(text!("排序：{steps}", "Order: {steps}")) };
        let tied = match self.s.tied {
            Some(Tied::AdmitAll) => w.say(text!("分界处并列的全部入选", "Level at the cut: all of them are selected")),
            Some(Tied::AdmitNone) => w.say(text!("分界处并列的均不入选", "Level at the cut: none of them is selected")),
            Some(Tied::Judged(Some(actor))) => {
                let actor = w.name(&w.p.actors[actor.index()].ident);
                w.say(text!("分界处并列的由{actor}评定", "Level at the cut: {actor} decides"))
            }
            Some(Tied::Judged(None)) => w.say(text!("分界处并列的另行评定", "Level at the cut: somebody decides")),
            None => w.say(text!("分界处并列的怎样处理，通知没有写明", "Level at the cut: the notice is silent")),
        };
        let refill = self.s.refill.map(|stage| {
            let stage = w.name(&w.p.stages[stage.index()]);
            w.say(text!("在“{stage}”之前空出的名额依次递补", "A place freed before “{stage}” goes to the next who waits"))
        });
        let all = matches!(self.s.take, Take::All);
        std::iter::once(order).chain(Some(tied).filter(|_| !all)).chain(refill).collect()
    }

    fn group(&self, list: &List<'_>) -> Group {
        let value = |name: &str, ty: &Type| {
            let found = list.key.iter().find(|(key, _)| *key == name);
            found.map(|(_, value)| self.key_value(ty, value)).unwrap_or_default()
        };
        let mut equals: Equals<'_> = BTreeMap::new();
        for place in list.places.iter().filter(|place| place.level) {
            equals.entry(place.rank).or_default().push(&place.id);
        }
        let rows = (0..list.places.len()).map(|at| self.row(list, at, &equals)).collect();
        Group {
            key: self.keys().map(|(name, _, ty)| value(name, ty)).collect(),
            taken: self.taken(list),
            rows,
            remarks: self.remarks(list),
        }
    }

    fn key_value(&self, ty: &Type, value: &str) -> String {
        match (ty, value) {
            (Type::Bool, "true") => self.w.value(None, &Shown::Bool(true)),
            (Type::Bool, "false") => self.w.value(None, &Shown::Bool(false)),
            (ty, value) => self.w.labelled_key(Some(ty), value),
        }
    }

    /// `takes 2; 2 of 3 candidates are selected`
    fn taken(&self, list: &List<'_>) -> String {
        let w = self.w;
        let limit = list.limit.as_ref().map(|limit| w.value(None, limit)).unwrap_or_default();
        let takes = match &self.s.take {
            Take::All => w.say(text!("全部录取", "takes all")),
            Take::Number(_) => w.say(text!("取 {limit} 名", "takes {limit}")),
            Take::While { of, passing, .. } => {
                let what = w.of_case(of, &w.say(text!("合计", "the sum")));
                let passing = passing.then(|| w.say(text!("，余额不足的跳过", ", passing over what does not fit"))).unwrap_or_default();
                w.say(text!("依次取，“{what}”合计不超过 {limit}{passing}", "takes while the sum of “{what}” is at most {limit}{passing}"))
            }
            Take::Nearest { of, .. } => {
                let what = w.of_case(of, &w.say(text!("合计", "the sum")));
                w.say(text!("依次取，“{what}”合计最接近 {limit}", "takes until the sum of “{what}” is nearest to {limit}"))
            }
        };
        let selected = list.places.iter().filter(|place| is_taken(place)).count();
        let all = list.places.len();
        w.say(text!("{takes}；候选 {all} 个，入选 {selected} 个", "{takes}; {selected} of {all} selected"))
    }

    fn row(&self, list: &List<'_>, at: usize, equals: &Equals<'_>) -> Row {
        let place = &list.places[at];
        let track = self.w.p.tracks.iter().find(|track| track.ident.key == place.track);
        Row {
            rank: place.rank.map_or_else(|| "—".to_owned(), |rank| rank.to_string()),
            level: place.level && place.rank.is_some(),
            id: place.id.as_ref().to_owned(),
            track: track.map_or_else(|| place.track.to_owned(), |track| self.w.name(&track.ident)),
            result: self.result(place),
            state: match place.fares {
                Fares::Selected => "selected",
                Fares::Waiting(_) => "waiting",
                Fares::Tied(_) => "tied",
                Fares::NotSelected => "not-selected",
                Fares::Unknown(_) => "unknown",
            },
            reason: self.reason(list, at, equals),
            values: list.values(at).iter().enumerate().map(|(index, value)| self.w.value(self.type_of(index), value)).collect(),
            given: self.given(place),
            remarks: self.of_place(place),
        }
    }

    fn result(&self, place: &Place<'_>) -> String {
        let w = self.w;
        match &place.fares {
            Fares::Selected => w.say(text!("入选", "selected")),
            Fares::Waiting(at) => w.say(text!("候补 {at}", "waiting {at}")),
            Fares::NotSelected => w.say(text!("未入选", "not selected")),
            Fares::Tied(Some(actor)) => {
                let actor = w.name(&w.p.actors[actor.index()].ident);
                match place.decided {
                    Some(_) => w.say(text!("并列，{actor}已评定", "tied, {actor} has decided")),
                    None => w.say(text!("并列，由{actor}评定", "tied, {actor} decides")),
                }
            }
            Fares::Tied(None) => w.say(text!("并列，待评定", "tied, to be decided")),
            Fares::Unknown(_) if self.is_silent(place) => w.say(text!("未明：并列，通知没有写明", "unknown: tied, the notice is silent")),
            Fares::Unknown(needs) if only_notice(needs) => w.say(text!("未明：通知没有写明", "unknown: the notice is silent")),
            Fares::Unknown(needs) => {
                let needs = w.needs(needs);
                let (beside, more) = (w.listed(&needs[..needs.len().min(BESIDE)]), needs.len().saturating_sub(BESIDE));
                match (needs.is_empty(), more) {
                    (true, _) => w.say(text!("未明", "unknown")),
                    (false, 0) => w.say(text!("未明：还缺{beside}", "unknown: awaits {beside}")),
                    (false, _) => w.say(text!("未明：还缺{beside}等（见下）", "unknown: awaits {beside} and more (below)")),
                }
            }
        }
    }

    /// One of a group of equals of which the notice does not say what becomes of them.
    fn is_silent(&self, place: &Place<'_>) -> bool {
        let notice = |needs: &Needs<'_>| only_notice(needs);
        self.s.tied.is_none() && place.level && matches!(&place.fares, Fares::Unknown(needs) if notice(needs))
    }

    /// What puts it behind the one above, and with whom it stands level.
    fn reason(&self, list: &List<'_>, at: usize, equals: &Equals<'_>) -> String {
        let (w, place) = (self.w, &list.places[at]);
        let all = if place.level { equals.get(&place.rank).map_or(&[][..], Vec::as_slice) } else { &[] };
        let beside: Vec<String> = all.iter().filter(|id| **id != place.id).take(BESIDE).map(|id| (*id).to_owned()).collect();
        let (others, first) = (all.len().saturating_sub(1), w.all(&beside));
        let level = match others {
            0 => None,
            1..=BESIDE => Some(w.say(text!("与 {first} 并列", "level with {first}"))),
            _more => Some(w.say(text!("与 {first} 等 {others} 个并列", "level with {others}, such as {first}"))),
        };
        let short = place.short.as_ref().and_then(|short| self.short(list, short));
        let parts: Vec<String> = self.behind(list, at).into_iter().chain(level).chain(short).collect();
        parts.join(w.say(text!("；", "; ")).as_str())
    }

    /// `does not fit: 120 of the 100 left`
    fn short(&self, list: &List<'_>, short: &Short) -> Option<String> {
        let (w, Some(Shown::Number(_, ty))) = (self.w, &list.limit) else { return None };
        let shown = |n: &Exact| w.value(None, &Shown::Number(n.clone(), ty));
        let (needed, left) = (shown(&short.needed), shown(&short.left));
        Some(if short.together {
            w.say(text!("放不下：并列的共需 {needed}，只余 {left}", "does not fit: with its equals {needed} of the {left} left"))
        } else {
            w.say(text!("放不下：需 {needed}，只余 {left}", "does not fit: {needed} of the {left} left"))
        })
    }

    /// `behind C by “points”: 80 < 90`
    fn behind(&self, list: &List<'_>, at: usize) -> Option<String> {
        let before = at.checked_sub(1)?;
        let (w, place, above) = (self.w, &list.places[at], &list.places[before]);
        let index = place.behind?;
        let (own, other) = (list.values(at).get(index)?, list.values(before).get(index)?);
        let (name, id, ty) = (self.criterion(self.s.order.get(index)?), &above.id, self.type_of(index));
        let (shown, beside) = (w.value(ty, own), w.value(ty, other));
        Some(match (own, other) {
            (Shown::Number(a, _), Shown::Number(b, _)) => {
                let sign = if a < b { "<" } else { ">" };
                w.say(text!("按“{name}”在 {id} 之后：{shown} {sign} {beside}", "behind {id} by “{name}”: {shown} {sign} {beside}"))
            }
            (_, _) => {
                w.say(text!("按“{name}”在 {id} 之后：{shown}，{id} 为{beside}", "behind {id} by “{name}”: {shown}, {id} has {beside}"))
            }
        })
    }

    fn given(&self, place: &Place<'_>) -> String {
        let wishes = self.s.assign.as_ref().and_then(|a| a.wishes.first()).map(|(_, e)| &e.ty);
        match &place.given {
            Given::None => String::new(),
            Given::One(key) => self.w.labelled_key(wishes, key),
            Given::Nothing => self.w.say(text!("均无名额", "nothing free")),
            Given::Open => self.w.say(text!("未明", "open")),
        }
    }

    /// What was decided, whether it moved up or left.
    fn of_place(&self, place: &Place<'_>) -> String {
        let w = self.w;
        let selected = match place.fares {
            Fares::Selected => Some(true),
            Fares::Waiting(_) | Fares::NotSelected => Some(false),
            Fares::Tied(_) | Fares::Unknown(_) => None,
        };
        let decided = place.decided.map(|decided| match (decided, selected.is_some_and(|selected| selected != decided)) {
            (true, false) => w.say(text!("已决定：入选", "decided: selected")),
            (false, false) => w.say(text!("已决定：不入选", "decided: not selected")),
            (true, true) => w.say(text!("另有决定：入选", "decided otherwise: selected")),
            (false, true) => w.say(text!("另有决定：不入选", "decided otherwise: not selected")),
        });
        let moved = place.moved_up.then(|| w.say(text!("递补", "moved up")));
        let left = place.left.then(|| w.say(text!("已退出", "has left")));
        let all: Vec<String> = decided.into_iter().chain(moved).chain(left).collect();
        all.join(w.say(text!("；", "; ")).as_str())
    }

    /// What stays vacant, who stands level at a cut, what is awaited and by whom.
    fn remarks(&self, list: &List<'_>) -> Vec<String> {
        let w = self.w;
        let mut remarks: Vec<String> = Vec::new();
        if let Some(vacant) = list.vacant.as_ref().filter(|n| !n.is_zero()) {
            let one = *vacant == Exact::ONE;
            remarks.push(if one {
                w.say(text!("空缺 1 个名额", "1 place stays vacant"))
            } else {
                w.say(text!("空缺 {vacant} 个名额", "{vacant} places stay vacant"))
            });
        }
        let mut level: BTreeMap<usize, Vec<&Place<'_>>> = BTreeMap::new();
        for place in list.places.iter().filter(|place| matches!(place.fares, Fares::Tied(_)) || self.is_silent(place)) {
            level.entry(place.rank.unwrap_or_default()).or_default().push(place);
        }
        remarks.extend(level.values().map(|places| self.tie(places)));
        let mut open: Vec<(String, Vec<String>)> = Vec::new();
        for place in &list.places {
            let Fares::Unknown(needs) = &place.fares else { continue };
            for need in w.needs(needs).into_iter().filter(|_| !only_notice(needs)) {
                match open.iter_mut().find(|(other, _)| *other == need) {
                    Some((_, ids)) => ids.push(place.id.as_ref().to_owned()),
                    None => open.push((need, vec![place.id.as_ref().to_owned()])),
                }
            }
        }
        remarks.extend(open.into_iter().map(|(need, ids)| {
            let ids = self.named(&ids);
            w.say(text!("还缺{need}：{ids}", "Open until {need} is known: {ids}"))
        }));
        remarks
    }

    /// `A, B and C`, of many the first.
    fn named(&self, ids: &[String]) -> String {
        let (w, all) = (self.w, ids.len());
        if all <= BELOW {
            return w.all(ids);
        }
        let (first, more) = (w.listed(&ids[..BELOW]), all - BELOW);
        w.say(text!("{first} 等 {all} 个", "{first} and {more} more"))
    }

    fn tie(&self, places: &[&Place<'_>]) -> String {
        let w = self.w;
        let ids: Vec<String> = places.iter().map(|place| place.id.as_ref().to_owned()).collect();
        let ids = self.named(&ids);
        match places.first().map(|place| &place.fares) {
            Some(Fares::Tied(Some(actor))) => {
                let actor = w.name(&w.p.actors[actor.index()].ident);
                let chosen = places.iter().filter(|place| place.decided == Some(true)).map(|place| place.id.as_ref().to_owned());
                let chosen = self.named(&chosen.collect::<Vec<_>>());
                match (places.iter().all(|place| place.decided.is_some()), chosen.is_empty()) {
                    (false, _) => w.say(text!("{ids} 在分界处并列，由{actor}评定", "{ids} stand level at the cut; {actor} decides")),
                    (true, false) => w.say(text!(
                        "{ids} 在分界处并列，{actor}评定 {chosen} 入选",
                        "{ids} stood level at the cut; {actor} chose {chosen}"
                    )),
                    (true, true) => {
                        w.say(text!("{ids} 在分界处并列，{actor}评定均不入选", "{ids} stood level at the cut; {actor} chose none"))
                    }
                }
            }
            Some(Fares::Tied(None)) => w.say(text!("{ids} 在分界处并列，待评定", "{ids} stand level at the cut; somebody decides")),
            Some(Fares::Selected | Fares::Waiting(_) | Fares::NotSelected | Fares::Unknown(_)) | None => {
                w.say(text!("{ids} 在分界处并列，通知没有写明怎样处理", "{ids} stand level at the cut; the notice is silent"))
            }
        }
    }
}

/// Selected and still there; of those that stood open, whom the decision took.
fn is_taken(place: &Place<'_>) -> bool {
    let taken = match place.fares {
        Fares::Selected => true,
        Fares::Tied(_) | Fares::Unknown(_) => place.decided == Some(true),
        Fares::Waiting(_) | Fares::NotSelected => false,
    };
    taken && !place.left
}

/// Whether only the notice could say it.
fn only_notice(needs: &Needs<'_>) -> bool {
    !needs.0.is_empty() && needs.0.iter().all(|need| need.source == Source::Notice)
}
