//! Workflows: stages, what happens there, and where outcomes lead.

use super::Builder;
use crate::ast::{ArithmeticOp, Expr, ExprKind, Guard, Stage, StageMember, Stated, Target, Transition, Workflow};
use crate::grammar::{Pair, Rule};

impl Builder<'_> {
    /// `workflow for TRACK { stages }`.
    pub fn workflow(&mut self, pair: Pair) -> Workflow {
        let mut workflow = Workflow { tracks: Vec::new(), stages: Vec::new(), span: self.trimmed(&pair) };
        for p in pair.into_inner() {
            match p.as_rule() {
                Rule::for_names => workflow.tracks = self.names_in(p),
                Rule::odd => self.odd(p, Rule::workflow),
                Rule::stage => {
                    let stage = self.stage(p);
                    workflow.stages.push(stage);
                }
                Rule::bad => {
                    self.bad(p, Rule::only_stage);
                }
                _ => {}
            }
        }
        workflow
    }

    pub fn stage(&mut self, pair: Pair) -> Stage {
        let (start, span) = (pair.as_span().start(), self.trimmed(&pair));
        let head = self.bare_head(self.no_name(span), start);
        let mut stage = Stage { head, by: None, open: None, due: None, when: None, members: Vec::new(), span };
        for p in pair.into_inner() {
            let place = self.span(&p);
            match p.as_rule() {
                Rule::decl => stage.head = self.head(p, start),
                Rule::by => {
                    let actor = self.name_in(p);
                    self.once(&mut stage.by, actor, place);
                }
                Rule::open => {
                    let stated = self.moment(p);
                    if let Some(stated) = stated {
                        self.once(&mut stage.open, stated, place);
                    }
                }
                Rule::due => {
                    let stated = self.moment(p);
                    if let Some(stated) = stated {
                        self.once(&mut stage.due, stated, place);
                    }
                }
                Rule::when => {
                    let guard = self.expr_in(p);
                    self.once(&mut stage.when, guard, place);
                }
                Rule::odd => self.odd(p, Rule::stage),
                Rule::stage_members => stage.members = self.stage_members(p),
                _ => {
                    self.head_part(&mut stage.head, p);
                }
            }
        }
        stage
    }

    fn moment(&mut self, pair: Pair) -> Option<Stated<Expr>> {
        let mut result = None;
        for p in pair.into_inner() {
            result = match p.as_rule() {
                Rule::counted => self.counted(p).map(Stated::Given),
                _ => self.stated_one(p).or(result),
            };
        }
        result
    }

    /// `10 working days after filing`: so long after the event of that stage.
    fn counted(&mut self, pair: Pair) -> Option<Expr> {
        let span = self.trimmed(&pair);
        let (mut from, mut length) = (None, None);
        for p in pair.into_inner() {
            let place = self.trimmed(&p);
            match p.as_rule() {
                Rule::name => from = Some(Expr { kind: ExprKind::Time(self.name(p)), span: place }),
                Rule::duration => length = Some(self.duration(p)),
                _ => {}
            }
        }
        let (left, right) = (Box::new(from?), Box::new(length?));
        Some(Expr { kind: ExprKind::Arithmetic { op: ArithmeticOp::Add, left, right }, span })
    }

    fn stage_members(&mut self, pair: Pair) -> Vec<StageMember> {
        let mut members = Vec::new();
        for p in pair.into_inner() {
            members.push(match p.as_rule() {
                Rule::fill => StageMember::Fill(self.names_in(p)),
                Rule::review => StageMember::Review(self.names_in(p)),
                Rule::send => self.send(p),
                Rule::public_notice => self.public_notice(p),
                Rule::may => {
                    let start = p.as_span().start();
                    match p.into_inner().find(|q| q.as_rule() == Rule::decl) {
                        Some(decl) => StageMember::May(self.head(decl, start)),
                        None => continue,
                    }
                }
                Rule::on => StageMember::On(self.transition(p)),
                Rule::bad => StageMember::Bad(self.bad(p, Rule::only_action)),
                _ => continue,
            });
        }
        members
    }

    fn send(&mut self, pair: Pair) -> StageMember {
        let (mut what, mut channel) = (Vec::new(), None);
        for p in pair.into_inner() {
            match p.as_rule() {
                Rule::names => what = self.names_in(p),
                Rule::channel | Rule::send_by => channel = Some(self.name_in(p)),
                _ => {}
            }
        }
        StageMember::Send { what, channel }
    }

    fn public_notice(&mut self, pair: Pair) -> StageMember {
        let span = self.trimmed(&pair);
        let (mut at_least, mut cites) = (None, Vec::new());
        for p in pair.into_inner() {
            match p.as_rule() {
                Rule::duration => at_least = Some(self.duration(p)),
                Rule::amount => at_least = Some(self.amount(p)),
                Rule::cites => cites.extend(self.cites(p)),
                _ => {}
            }
        }
        StageMember::PublicNotice { at_least, cites, span }
    }

    fn transition(&mut self, pair: Pair) -> Transition {
        let span = self.trimmed(&pair);
        let (mut outcome, mut guard, mut target) = (None, Guard::Always, Target::End(None));
        for p in pair.into_inner() {
            match p.as_rule() {
                Rule::name => outcome = Some(self.name(p)),
                Rule::when => guard = Guard::When(self.expr_in(p)),
                Rule::kw_otherwise_guard => guard = Guard::Otherwise,
                Rule::target => target = self.target(p),
                _ => {}
            }
        }
        Transition { outcome, guard, target, span }
    }

    fn target(&mut self, pair: Pair) -> Target {
        let mut target = Target::End(None);
        for p in pair.into_inner() {
            match p.as_rule() {
                Rule::name => target = Target::Stage(self.name(p)),
                Rule::end_result => target = Target::End(Some(self.name_in(p))),
                _ => {}
            }
        }
        target
    }
}
