//! Stages and routes.
//!
//! In: `workflow` blocks. Out: `Programme::stages` (names), `Programme::workflows`, each track's route.
//! Always: a route's own stages are unique; a transition leads to a stage of the same route or to an end.

use super::{Lower, Named, Scope, Space};
use crate::{Deadline, Document, Expr, PublicNotice, Stage, Target, TrackId, Transition, Type, Workflow, WorkflowId};
use prog_base::{Diagnostic, Span, codes, text};
use prog_syntax::ast;
use std::collections::BTreeMap;

impl Lower<'_> {
    /// Collects the stage names.
    pub(crate) fn declare_stages(&mut self) {
        self.p.stages = self.index.stages.iter().map(|head| Self::ident(head)).collect();
    }

    /// Gives every track its route: its own, else the one without `for`.
    pub(crate) fn routes(&mut self) {
        let workflows = &self.index.workflows;
        let mut named: BTreeMap<TrackId, Span> = BTreeMap::new();
        for (i, workflow) in workflows.iter().enumerate() {
            let mut tracks = Vec::new();
            for name in &workflow.tracks {
                let Some(track) = self.find_track(name) else { continue };
                if let Some(first) = named.insert(track, name.span) {
                    self.two_routes(&name.text, name.span, first);
                    continue;
                }
                self.p.tracks[track.index()].workflow = Some(WorkflowId(i as u32));
                tracks.push(track);
            }
            self.p.workflows.push(Workflow { tracks, stages: Vec::new(), span: workflow.span });
        }
        let mut general: Option<(usize, Span)> = None;
        for (i, workflow) in workflows.iter().enumerate().filter(|(_, w)| w.tracks.is_empty()) {
            if let Some((_, first)) = general {
                self.two_routes("", workflow.span, first);
                continue;
            }
            general = Some((i, workflow.span));
            for (t, track) in self.p.tracks.iter_mut().enumerate().filter(|(_, t)| t.workflow.is_none()) {
                track.workflow = Some(WorkflowId(i as u32));
                self.p.workflows[i].tracks.push(TrackId(t as u32));
            }
        }
    }

    fn two_routes(&mut self, track: &str, span: Span, first: Span) {
        let message = if track.is_empty() {
            text!("有两个不写类别的流程", "two workflows are written for all tracks")
        } else {
            text!("类别“{track}”有两个流程", "track `{track}` has two workflows")
        };
        self.diagnostics.push(
            Diagnostic::error(codes::ROUTE_TWICE, span, message)
                .here(text!("第二个", "the second"))
                .label(first, text!("第一个", "the first"))
                .help(text!("一个类别只走一个流程", "give each track one workflow")),
        );
    }

    /// Lowers the stages of every route.
    pub(crate) fn workflows(&mut self) {
        for (i, workflow) in self.index.workflows.iter().enumerate() {
            let mut stages: Vec<Stage> = Vec::new();
            let tracks = self.p.workflows[i].tracks.clone();
            for stage in &workflow.stages {
                if stages.iter().any(|s| s.ident.name == stage.head.name.text) {
                    continue; // told by the index
                }
                if let Some(stage) = self.one_stage(stage, workflow, &tracks) {
                    stages.push(stage);
                }
            }
            let acts = |s: &Stage| !(s.fills.is_empty() && s.sends.is_empty());
            let nowhere = !stages.iter().any(acts);
            stages.iter_mut().enumerate().for_each(|(at, s)| s.hands_in = acts(s) || (nowhere && at == 0));
            self.p.workflows[i].stages = stages;
        }
    }

    fn one_stage(&mut self, stage: &ast::Stage, workflow: &ast::Workflow, tracks: &[TrackId]) -> Option<Stage> {
        let id = self.find_stage(&stage.head.name)?;
        let mut lowered = Stage {
            id,
            ident: Self::ident(&stage.head),
            cites: self.cites(&stage.head.cites),
            by: stage.by.as_ref().and_then(|by| self.find_actor(by)),
            open: stage.open.as_ref().map(|d| self.deadline(d)),
            due: stage.due.as_ref().map(|d| self.deadline(d)),
            when: stage.when.as_ref().map(|e| self.per_track(e, tracks)).unwrap_or_default(),
            hands_in: false,
            fills: Vec::new(),
            reviews: Vec::new(),
            sends: Vec::new(),
            channel: None,
            notice: None,
            may: Vec::new(),
            transitions: Vec::new(),
            late: None,
            span: stage.span,
        };
        for member in &stage.members {
            self.stage_member(member, workflow, tracks, &mut lowered);
        }
        Some(lowered)
    }

    fn stage_member(&mut self, member: &ast::StageMember, workflow: &ast::Workflow, tracks: &[TrackId], stage: &mut Stage) {
        match member {
            ast::StageMember::Fill(names) => stage.fills.extend(names.iter().filter_map(|n| self.find_form(n))),
            ast::StageMember::Review(names) => stage.reviews.extend(names.iter().filter_map(|n| self.document(n))),
            ast::StageMember::Send { what, channel } => {
                stage.sends.extend(what.iter().filter_map(|n| self.document(n)));
                stage.channel = channel.as_ref().map(|c| c.text.clone()).or(stage.channel.take());
            }
            ast::StageMember::PublicNotice { at_least, cites, .. } => {
                let at_least = at_least.as_ref().and_then(|e| self.duration(e));
                stage.notice = Some(PublicNotice { at_least, cites: self.cites(cites) });
            }
            ast::StageMember::May(head) => {
                let act = (Self::ident(head), self.cites(&head.cites));
                stage.may.push(act);
            }
            ast::StageMember::On(transition) => {
                let lowered = self.transition(transition, workflow, tracks);
                let Some(lowered) = lowered else { return };
                if transition.outcome.is_some() {
                    stage.transitions.push(lowered);
                } else {
                    stage.late = Some(lowered);
                }
            }
            ast::StageMember::Bad(_) => {}
        }
    }

    fn transition(&mut self, transition: &ast::Transition, workflow: &ast::Workflow, tracks: &[TrackId]) -> Option<Transition> {
        let when = match &transition.guard {
            ast::Guard::When(test) => Some(self.per_track(test, tracks)),
            ast::Guard::Always | ast::Guard::Otherwise => None,
        };
        let target = match &transition.target {
            ast::Target::Stage(name) => {
                let stage = self.find_stage(name)?;
                if !workflow.stages.iter().any(|s| s.head.name.text == name.text) {
                    self.other_route(name, workflow);
                    return None;
                }
                Target::Stage(stage)
            }
            ast::Target::End(result) => Target::End(result.as_ref().map(|r| r.text.clone())),
        };
        Some(Transition {
            outcome: transition.outcome.as_ref().map(|o| o.text.clone()).unwrap_or_default(),
            when,
            otherwise: matches!(transition.guard, ast::Guard::Otherwise),
            target,
            span: transition.span,
        })
    }

    fn other_route(&mut self, name: &ast::Name, workflow: &ast::Workflow) {
        let written = &name.text;
        let own: Vec<&str> = workflow.stages.iter().map(|s| s.head.name.text.as_str()).collect();
        let list = own.join("、");
        let declared = self.index.place(Space::Stage, name);
        let mut diagnostic = Diagnostic::error(
            codes::STAGE_ELSEWHERE,
            name.span,
            text!("环节“{written}”不在这个流程里", "stage `{written}` is not part of this workflow"),
        )
        .help(text!("这个流程的环节：{list}", "the stages of this workflow: {list}"));
        if let Some(span) = declared {
            diagnostic = diagnostic.label(span, text!("它在另一个流程里", "it belongs to another workflow"));
        }
        self.diagnostics.push(diagnostic);
    }

    /// A form, material or summary.
    fn document(&mut self, name: &ast::Name) -> Option<Document> {
        self.find(Space::Document, name, text!("表单、材料或汇总表", "form, material or summary"), |n| match n {
            Named::Form(id) => Some(Document::Form(id)),
            Named::Material(id) => Some(Document::Material(id)),
            Named::Summary(id) => Some(Document::Summary(id)),
            Named::Enum(_)
            | Named::Record(_)
            | Named::Unit(_)
            | Named::Table(_)
            | Named::Let(_)
            | Named::Track(_)
            | Named::Stage(_)
            | Named::Actor(_)
            | Named::Quota(_)
            | Named::Selection(_)
            | Named::Reading(_)
            | Named::Calendar => None,
        })
    }

    fn deadline(&mut self, stated: &ast::Stated<ast::Expr>) -> Deadline {
        match stated {
            ast::Stated::Given(e) => Deadline::At(self.point_in_time(e)),
            ast::Stated::Inferred(e) => Deadline::Inferred(self.point_in_time(e)),
            ast::Stated::Unknown { why, .. } => Deadline::Unknown(why.as_ref().map(|w| w.text.clone())),
            ast::Stated::Absent(_) => Deadline::Absent,
        }
    }

    /// A day or a moment.
    fn point_in_time(&mut self, e: &ast::Expr) -> Expr {
        let lowered = self.expr(e, &Scope::default(), Some(&Type::Date));
        if !matches!(lowered.ty, Type::Date | Type::Moment | Type::Unknown) {
            self.diagnostics.push(
                Diagnostic::error(codes::DEADLINE_NO_DATE, e.span, text!("这里要写日期", "a date stands here"))
                    .help(text!("例如 2024-04-22，或 unknown、absent in source", "such as 2024-04-22, or `unknown`, `absent in source`")),
            );
        }
        lowered
    }

    /// A plain duration such as `7 days`.
    fn duration(&mut self, e: &ast::Expr) -> Option<prog_base::Duration> {
        if let ast::ExprKind::Duration(duration) = &e.kind {
            return self.countable(*duration, e.span);
        }
        if !matches!(e.kind, ast::ExprKind::Bad) {
            self.diagnostics.push(
                Diagnostic::error(codes::NOTICE_LENGTH, e.span, text!("公示期要写成天数", "the length of a public notice is a duration"))
                    .help(text!("例如 不少于 7 天", "such as `at least 7 days`")),
            );
        }
        None
    }

    /// A guard typed once for each track.
    pub(crate) fn per_track(&mut self, test: &ast::Expr, tracks: &[TrackId]) -> Vec<(TrackId, Expr)> {
        tracks
            .iter()
            .map(|track| {
                let scope = Scope { track: Some(*track), ..Scope::default() };
                (*track, self.truth(test, &scope))
            })
            .collect()
    }
}
