//! Stages in words: what is done there, through which channel, where it leads.
//!
//! In: stages of a workflow. Out: phrases. Always: what the notice does not say of them is said to be open.

use super::Prose;
use prog_base::text;
use prog_model::{Document, Stage, Transition};

impl Prose<'_> {
    /// What is done at a stage.
    pub fn acts(&self, stage: &Stage) -> Vec<String> {
        let mut parts = Vec::new();
        if let Some((track, when)) = stage.when.first() {
            let when = self.in_track(*track).holds(when);
            parts.push(self.say(text!("只在{when}时经过", "only if {when}")));
        }
        if !stage.fills.is_empty() {
            let fills = self.all(stage.fills.iter().map(|f| self.form(*f)));
            parts.push(self.say(text!("填写{fills}", "{fills} is filled in")));
        }
        if !stage.reviews.is_empty() {
            let reviews = self.documents(&stage.reviews);
            parts.push(self.say(text!("审核{reviews}", "{reviews} is reviewed")));
        }
        if !stage.sends.is_empty() {
            let sends = self.documents(&stage.sends);
            parts.push(self.say(text!("报送{sends}", "{sends} is sent")));
        }
        if let Some(channel) = stage.channel.as_deref().map(|c| self.medium(c)) {
            parts.push(self.say(text!("通过{channel}", "by {channel}")));
        }
        if let Some(notice) = &stage.notice {
            parts.push(match notice.at_least.map(|d| self.duration(d)) {
                Some(length) => self.say(text!("公示不少于{length}", "public notice of at least {length}")),
                None => self.say(text!("公示（天数通知没有写）", "public notice (the notice does not say how long)")),
            });
        }
        for (act, _) in &stage.may {
            let act = self.name(act);
            parts.push(self.say(text!("可以{act}", "possibly {act}")));
        }
        parts
    }

    /// Where its outcomes lead.
    pub fn leads(&self, stage: &Stage) -> Vec<String> {
        let mut parts: Vec<String> = stage.transitions.iter().map(|t| self.transition(t)).collect();
        if let Some(late) = &stage.late {
            let to = self.target(late);
            parts.push(self.say(text!("逾期的{to}", "if late, {to}")));
        }
        parts
    }

    fn transition(&self, t: &Transition) -> String {
        let guard = t.when.as_ref().and_then(|when| when.first()).map(|(track, e)| self.in_track(*track).holds(e));
        let (outcome, to) = (&t.outcome, self.target(t));
        match (guard, t.otherwise) {
            (Some(guard), _) => self.say(text!("“{outcome}”且{guard}的{to}", "“{outcome}” if {guard}: {to}")),
            (None, true) => self.say(text!("其余“{outcome}”的{to}", "otherwise “{outcome}”: {to}")),
            (None, false) => self.say(text!("“{outcome}”的{to}", "“{outcome}”: {to}")),
        }
    }

    fn target(&self, t: &Transition) -> String {
        match &t.target {
            prog_model::Target::Stage(stage) => {
                let stage = self.stage(*stage);
                self.say(text!("转入{stage}", "goes on to {stage}"))
            }
            prog_model::Target::End(Some(result)) => self.say(text!("到此结束，结果为“{result}”", "ends as “{result}”")),
            prog_model::Target::End(None) => self.say(text!("到此结束", "ends")),
        }
    }

    /// Channels and formats by their usual names.
    pub fn medium(&self, word: &str) -> String {
        self.say(crate::words::medium(word))
    }

    /// Documents by title, empty when there are none.
    pub fn documents(&self, ids: &[Document]) -> String {
        self.all(ids.iter().map(|d| match d {
            Document::Form(id) => self.form(*id),
            Document::Material(id) => self.materials(&[*id]),
            Document::Summary(id) => self.summary(*id),
        }))
    }
}
