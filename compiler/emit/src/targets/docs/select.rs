//! Selections in words.
//!
//! In: a selection. Out: an entry: among whom, in which order, how many, what becomes of equals, who moves up.

use super::entries::Entry;
use super::sentences::Sentences;
use crate::prose::Prose;
use prog_base::text;
use prog_model::{Expr, Selection, Take, Tied};

impl Sentences<'_> {
    /// Who is proposed: among whom, in which order, how many, what becomes of equals.
    pub(super) fn selection(&self, selection: &Selection) -> Entry {
        let mut entry = self.about(text!("遴选", "selection"), "must", 5, &selection.ident);
        let prose = self.prose.with_keys(selection.keys.iter().map(|k| k.name.clone()));
        let at = selection.at.map(|s| self.prose.stage(s)).map(|at| self.say(text!("在{at}环节，", "At {at}, "))).unwrap_or_default();
        let each: String = selection.keys.iter().map(|k| &k.name).map(|k| self.say(text!("每个{k}", "for each {k} "))).collect();
        let first = |all: &prog_model::OfCase, say: &dyn Fn(&Prose<'_>, &Expr) -> String| {
            all.first().map(|(track, e)| say(&self.prose.in_track(*track), e)).unwrap_or_default()
        };
        let tracks: Vec<String> = selection.tracks.iter().map(|t| self.prose.name(&self.prose.p.track(*t).ident)).collect();
        let among = tracks.join(&self.say(text!("、", ", ")));
        let many = match &selection.take {
            Take::Number(e) => {
                let number = prose.noun(e);
                self.say(text!("取{number}个", "{number} are taken"))
            }
            Take::All => self.say(text!("全部入选", "all are taken")),
            Take::While { of, limit } => {
                let (sum, limit) = (first(of, &|prose, e| prose.noun(e)), prose.noun(limit));
                self.say(text!("依次入选，{sum}合计不超过{limit}", "as many are taken in order as keep the sum of {sum} at most {limit}"))
            }
            Take::Nearest { of, target, .. } => {
                let (sum, target) = (first(of, &|prose, e| prose.noun(e)), prose.noun(target));
                self.say(text!(
                    "依次入选，{sum}合计最接近{target}",
                    "as many are taken in order as bring the sum of {sum} nearest to {target}"
                ))
            }
        };
        entry.lines.push(self.say(text!("{at}{each}从{among}中{many}。", "{at}{each}among {among}: {many}.")));
        if !selection.candidates.is_empty() {
            let holds = first(&selection.candidates, &|prose, e| prose.holds(e));
            entry.lines.push(self.say(text!("只在{holds}的申报中选。", "Only those for whom {holds}.")));
        }
        let steps: Vec<String> = selection
            .order
            .iter()
            .map(|c| {
                let condition = c.by_track.first().is_some_and(|(_, e)| e.ty == prog_model::Type::Bool);
                if condition {
                    let holds = first(&c.by_track, &|prose, e| prose.holds(e));
                    return self.say(text!("{holds}的在前", "those first for whom {holds}"));
                }
                let what = first(&c.by_track, &|prose, e| prose.noun(e));
                match c.highest {
                    true => self.say(text!("{what}由高到低", "{what}, highest first")),
                    false => self.say(text!("{what}由低到高", "{what}, lowest first")),
                }
            })
            .collect();
        if !steps.is_empty() {
            let steps = steps.join(&self.say(text!("；再按", "; then ")));
            entry.lines.push(self.say(text!("排序：{steps}。", "Order: {steps}.")));
        }
        entry.lines.push(match selection.tied {
            Some(Tied::AdmitAll) => self.say(text!("末位并列的全部入选。", "All who are level at the cut are taken.")),
            Some(Tied::AdmitNone) => self.say(text!("末位并列的均不入选。", "None of those level at the cut is taken.")),
            Some(Tied::Judged(_)) => self.say(text!("末位并列的由人评定。", "Who is level at the cut is parted by judgement.")),
            None => self.say(text!("末位并列时如何取，原文没有说。", "What becomes of those level at the cut, the notice does not say.")),
        });
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
}
