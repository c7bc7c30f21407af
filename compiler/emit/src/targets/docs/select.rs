//! Selections in words.
//!
//! In: a selection. Out: an entry: among whom, in which order, how many, what becomes of equals, who moves up.

use super::entries::Entry;
use super::sentences::Sentences;
use crate::prose::Prose;
use prog_base::text;
use prog_model::{Assign, Criterion, Expr, ExprKind, Selection, Take, Tied, Type};

impl Sentences<'_> {
    /// Who is proposed: among whom, in which order, how many, what becomes of equals.
    pub(super) fn selection(&self, selection: &Selection) -> Entry {
        let mut entry = self.about(text!("遴选", "selection"), "must", 5, &selection.ident);
        let prose = self.prose.with_keys(selection.keys.iter().map(|k| k.name.clone()));
        let at = selection.at.map(|s| self.prose.stage(s)).map(|at| self.say(text!("在{at}环节，", "At {at}, "))).unwrap_or_default();
        let each = self.each_of(&selection.keys);
        let each = if selection.keys.len() == 1 { self.say(text!("{each}", "{each} ")) } else { each };
        let first = |all: &prog_model::OfCase, say: &dyn Fn(&Prose<'_>, &Expr) -> String| {
            all.first().map(|(track, e)| say(&self.prose.in_track(*track), e)).unwrap_or_default()
        };
        let tracks: Vec<String> = selection.tracks.iter().map(|t| self.prose.name(&self.prose.p.track(*t).ident)).collect();
        let among = tracks.join(&self.say(text!("、", "”, “")));
        let among = self.say(text!("{among}", "applications under “{among}”"));
        let many = match &selection.take {
            Take::Number(e) if matches!(e.kind, ExprKind::Silent { .. }) => {
                let open = prose.noun(e);
                self.say(text!("取多少，{open}", "how many are taken is {open}"))
            }
            Take::Number(e) => {
                let number = prose.noun(e);
                self.say(text!("取{number}个", "{number} are taken"))
            }
            Take::All => self.say(text!("全部入选", "all are taken")),
            Take::While { of, limit, passing: true } => {
                let (sum, limit) = (first(of, &|prose, e| prose.noun(e)), prose.noun(limit));
                self.say(text!(
                    "依次入选，{sum}合计不超过{limit}，余额不足的跳过，取后面放得下的",
                    "they are taken in order while the sum of {sum} is at most {limit}; one that does not fit in what is left is passed over, and the next that fits is taken"
                ))
            }
            Take::While { of, limit, passing: false } => {
                let (sum, limit) = (first(of, &|prose, e| prose.noun(e)), prose.noun(limit));
                self.say(text!("依次入选，{sum}合计不超过{limit}", "as many are taken in order as keep the sum of {sum} at most {limit}"))
            }
            Take::Nearest { of, target, least } => {
                let (sum, target) = (first(of, &|prose, e| prose.noun(e)), prose.noun(target));
                let least = least.as_ref().map(|e| prose.noun(e));
                let least = least.map(|least| self.say(text!("，但不少于{least}", ", and at least {least}"))).unwrap_or_default();
                self.say(text!(
                    "依次入选，{sum}合计最接近{target}{least}",
                    "as many are taken in order as bring the sum of {sum} nearest to {target}{least}"
                ))
            }
        };
        entry.lines.push(self.say(text!("{at}{each}从{among}中{many}。", "{at}{each}among {among}: {many}.")));
        if !selection.candidates.is_empty() {
            let holds = first(&selection.candidates, &|prose, e| prose.holds(e));
            entry.lines.push(self.say(text!("只在{holds}的申报中选。", "Only those for whom {holds}.")));
        }
        let steps: Vec<String> = selection.order.iter().map(|c| self.step(c)).collect();
        let order = steps.join(&self.say(text!("；再按", "; then ")));
        let order = if order.is_empty() { order } else { self.say(text!("排序：{order}", "order: {order}")) };
        let judged = selection.judged.map(|by| self.prose.actor(by));
        let judged = judged.map(|by| self.say(text!("仍并列的由{by}评定", "{by} judges between those still level")));
        entry.lines.push(self.prose.sentence(std::iter::once(order).chain(judged)));
        entry.lines.push(match selection.tied {
            Some(Tied::AdmitAll) => self.say(text!("末位并列的全部入选。", "All who are level at the cut are taken.")),
            Some(Tied::AdmitNone) => self.say(text!("末位并列的均不入选。", "None of those level at the cut is taken.")),
            Some(Tied::Judged(Some(by))) => {
                let by = self.prose.actor(by);
                self.prose.sentence([self.say(text!("末位并列的由{by}评定", "{by} judges between those level at the cut"))])
            }
            Some(Tied::Judged(None)) => self.say(text!("末位并列的由人评定。", "Who is level at the cut is parted by judgement.")),
            None => self.say(text!("末位并列时如何取，原文没有说。", "What becomes of those level at the cut, the notice does not say.")),
        });
        if let Some(assign) = &selection.assign {
            entry.lines.push(self.assigned(assign));
        }
        if let Some(wait) = selection.wait.as_ref().map(|e| prose.noun(e)) {
            entry.lines.push(self.say(text!("候补{wait}个。", "{wait} more wait.")));
        }
        if let Some(stage) = selection.refill.map(|s| self.prose.stage(s)) {
            entry
                .lines
                .push(self.say(text!("{stage}环节以前空出的，依次递补。", "A place freed before {stage} goes to the next who waits.")));
        }
        entry
    }
    /// One step of the order.
    fn step(&self, step: &Criterion) -> String {
        let Some((track, e)) = step.by_track.first() else { return String::new() };
        let prose = self.prose.in_track(*track);
        match (&e.ty, step.highest) {
            (Type::Bool, highest) => {
                let holds = if highest { prose.holds(e) } else { prose.holds_not(e) };
                self.say(text!("{holds}的在前", "those first for whom {holds}"))
            }
            (ty, highest) => {
                let (what, how) = (prose.noun(e), prose.ranked(ty, highest));
                self.say(text!("{what}{how}", "{what}, {how}"))
            }
        }
    }

    /// Places by wish.
    fn assigned(&self, assign: &Assign) -> String {
        let wishes = assign.wishes.first().map(|(track, e)| self.prose.in_track(*track).noun(e)).unwrap_or_default();
        let table = self.prose.quoted(&self.prose.p.table(assign.table).ident);
        self.say(text!(
            "分派：按名次依次，各得{wishes}中排在最前、还有空额的一个；各有多少名额，见{table}表。",
            "Assignment: in the order of the list each gets the first of its {wishes} that has a free place; the table {table} says how many places there are of each."
        ))
    }
}
