//! Whose turn it is: on the page of one actor, parts come earlier, are the actor's own, or come later.
//!
//! In: a form and an actor; who fills a part and from which stage on. Out: [`Turn`]s and what is said of them.
//! Always: stages stand in the order of the routes; a part without a stage is there from the start.

use crate::Plan;
use crate::layout;
use prog_base::{Text, text};
use prog_model::{ActorId, Form, StageId};

/// When a part is filled in, seen from an actor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Turn {
    /// Before: to be read.
    Earlier,
    /// Now, by this actor.
    Own,
    /// Afterwards: closed.
    Later,
}

impl Turn {
    /// Its class on a page.
    pub fn word(self) -> Option<&'static str> {
        match self {
            Turn::Earlier => Some("earlier"),
            Turn::Own => None,
            Turn::Later => Some("later"),
        }
    }
}

/// The turns of a form, seen from an actor.
pub struct Turns {
    actor: ActorId,
    /// The actor's first stage.
    pub stage: Option<StageId>,
    /// Stages as the routes pass them.
    order: Vec<StageId>,
}

impl Turns {
    /// Seen from an actor.
    pub fn new(plan: &Plan<'_>, form: &Form, actor: ActorId) -> Self {
        let mut order: Vec<StageId> = Vec::new();
        for stage in plan.programme.workflows.iter().flat_map(|w| &w.stages) {
            if !order.contains(&stage.id) {
                order.push(stage.id);
            }
        }
        let place = |stage: &StageId| order.iter().position(|s| s == stage);
        let stage = layout::stages_of(plan, form, actor).into_iter().min_by_key(place);
        Self { actor, stage, order }
    }

    /// When a part of this actor, due at this stage, is filled in.
    pub fn of(&self, by: Option<ActorId>, at: Option<StageId>) -> Turn {
        if by.is_none_or(|by| by == self.actor) {
            return Turn::Own;
        }
        let place = |stage: Option<StageId>| stage.and_then(|stage| self.order.iter().position(|s| *s == stage));
        if place(at) > place(self.stage) { Turn::Later } else { Turn::Earlier }
    }

    /// What stands beside a part that is not the actor's own.
    pub fn said(&self, plan: &Plan<'_>, by: Option<ActorId>, at: Option<StageId>) -> Option<Text> {
        let Text { zh, en } = by.map(|by| plan.programme.actors[by.index()].ident.label.words())?;
        let stage = at.map(|at| plan.programme.stages[at.index()].label.words());
        match (self.of(by, at), stage) {
            (Turn::Own, _) => None,
            (Turn::Earlier, _) => Some(text!("{zh}已填写的部分，供查看", "Filled in by {en}; to be read only")),
            (Turn::Later, Some(stage)) => {
                let (then_zh, then_en) = (stage.zh, stage.en);
                Some(text!("以后由{zh}在“{then_zh}”环节填写", "To be filled in later by {en}, at “{then_en}”"))
            }
            (Turn::Later, None) => Some(text!("以后由{zh}填写", "To be filled in later by {en}")),
        }
    }
}
