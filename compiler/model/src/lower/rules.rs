//! Rules, what they test, what waivers lift.
//!
//! In: the rules of every track. Out: `Track::rules`, `Track::groups`.
//! Always: `rules[i]` is `RuleId(i)` of the index; a rule without citations has those of its innermost group that has some.

use super::tracks::is_about;
use super::{Lower, Named, RuleName, Scope, Space};
use crate::{Citation, Group, Rule, RuleId, Strength, Test, TestMember, TrackId, Type, Waived};
use prog_base::{Diagnostic, Span, codes, text};
use prog_syntax::ast;

impl<'a> Lower<'a> {
    /// Lowers the rules of every track.
    pub(crate) fn rules(&mut self) {
        for i in 0..self.index.tracks.len() {
            let track = TrackId(i as u32);
            let groups = self.groups(track);
            let rules = self.index.tracks[i].rules.iter().map(|rule| self.rule(track, rule, &groups)).collect();
            self.p.tracks[i].rules = rules;
            self.p.tracks[i].groups = groups;
        }
    }

    fn rule(&mut self, track: TrackId, name: &RuleName<'a>, groups: &[Group]) -> Rule {
        let rule = name.rule;
        let outer = Scope { track: Some(track), ..Scope::default() };
        let mut scope = outer.clone();
        let each = rule.each.as_ref().map(|list| self.each(list, &outer, &mut scope));
        let test = self.test(&rule.test, &scope);
        Rule {
            ident: Self::ident(&rule.head),
            strength: rule.strength,
            cites: self.rule_cites(rule, name, groups),
            due: rule.at.as_ref().and_then(|s| self.find_stage(s)),
            each,
            when: rule.when.as_ref().map(|e| self.truth(e, &scope)),
            unless: rule.unless.as_ref().map(|e| self.truth(e, &scope)),
            outcome: rule.outcome.as_ref().and_then(|o| self.outcome(track, o)),
            waives: self.waives(track, rule),
            needs: self.find_materials(&rule.needs),
            waived_by: Vec::new(),
            path: String::new(),
            soft: matches!(&test, Test::Expr(e) if is_about(e)),
            test,
            span: rule.span,
        }
    }

    fn rule_cites(&mut self, rule: &ast::Rule, name: &RuleName<'_>, groups: &[Group]) -> Vec<Citation> {
        let own = self.cites(&rule.head.cites);
        if !rule.head.cites.is_empty() {
            return own;
        }
        name.groups.iter().rev().map(|g| &groups[*g].cites).find(|c| !c.is_empty()).cloned().unwrap_or_default()
    }

    /// `each LIST`: inside, the fields of its items are known.
    fn each(&mut self, list: &ast::Expr, outer: &Scope, inner: &mut Scope) -> crate::Expr {
        let lowered = self.expr(list, outer, None);
        match self.item_scope(&lowered, list) {
            Some(items) => inner.items.push(items),
            None if lowered.ty == Type::Unknown => {}
            None => self.report(
                Diagnostic::error(codes::EACH_NO_LIST, list.span, text!("逐项 后面要写一个列表", "`each` is followed by a list"))
                    .help(text!("写一个 列表 类型的信息或栏目", "name a fact or field that is a `list of …`")),
            ),
        }
        lowered
    }

    /// What a rule or a member of a threshold tests.
    pub(crate) fn test(&mut self, test: &ast::Test, scope: &Scope) -> Test {
        match test {
            ast::Test::Expr(e) => Test::Expr(self.truth(e, scope)),
            ast::Test::Judged { by, on, .. } => {
                let on = self.find_materials(on);
                self.find_actor(by).map_or(Test::Bad, |by| Test::Judged { by, on })
            }
            ast::Test::Attested { with, .. } => Test::Attested { with: self.find_materials(with) },
            ast::Test::External { register, as_of, .. } => Test::External {
                register: register.text.clone(),
                as_of: as_of.as_ref().map(|e| Box::new(self.expr(e, scope, Some(&Type::Date)))),
            },
            ast::Test::Threshold { need, members, span } => {
                let need = self.need(need, members.len(), *span);
                Test::Threshold { need, members: members.iter().map(|m| self.member(m, scope)).collect() }
            }
            ast::Test::Bad(_) => Test::Bad,
        }
    }

    fn member(&mut self, member: &ast::Member, scope: &Scope) -> TestMember {
        TestMember {
            ident: Self::ident(&member.head),
            cites: self.cites(&member.head.cites),
            when: member.when.as_ref().map(|e| self.truth(e, scope)),
            test: self.test(&member.test, scope),
            path: String::new(),
        }
    }

    fn need(&mut self, need: &ast::Need, members: usize, span: Span) -> usize {
        match need {
            ast::Need::Any => 1,
            ast::Need::All => members,
            ast::Need::AtLeast(n) => {
                let n = *n as usize;
                if n == 0 || n > members {
                    self.report(
                        Diagnostic::error(
                            codes::THRESHOLD_SIZE,
                            span,
                            text!("要求符合{n}项，可列出的只有{members}项", "{n} are to be met, but {members} are listed"),
                        )
                        .help(text!("改数目，或补上漏列的项", "change the number, or list what is missing")),
                    );
                }
                n.clamp(usize::from(members > 0), members)
            }
        }
    }

    /// The index of an outcome of a track.
    fn outcome(&mut self, track: TrackId, name: &ast::Name) -> Option<usize> {
        let outcomes = &self.p.tracks[track.index()].outcomes;
        let found = outcomes.iter().position(|o| o.name == name.text);
        if found.is_none() {
            let written = &name.text;
            let list = outcomes.iter().map(|o| o.name.as_str()).collect::<Vec<_>>().join("、");
            let title = &self.p.tracks[track.index()].ident.name;
            let help = if outcomes.is_empty() {
                text!("先写 处理结果 {{ … }}，从最好到最差", "list them first: `outcomes {{ … }}`, best to worst")
            } else {
                text!("已列出：{list}", "listed are: {list}")
            };
            let message = text!("类别“{title}”没有处理结果“{written}”", "track `{title}` has no outcome `{written}`");
            self.report(Diagnostic::error(codes::OUTCOME_UNKNOWN, name.span, message).help(help));
        }
        found
    }

    fn waives(&mut self, track: TrackId, rule: &ast::Rule) -> Vec<Waived> {
        let waiver = rule.strength == Strength::Waive;
        let written = &rule.head.name.text;
        if waiver && rule.waives.is_empty() {
            self.report(
                Diagnostic::error(
                    codes::WAIVES_NOTHING,
                    rule.head.name.span,
                    text!("“{written}”没有说免去什么", "`{written}` does not say what it lifts"),
                )
                .help(text!(
                    "在末尾写 免去 和规则、条件组、材料或环节的名称",
                    "end it with `waives` and names of rules, groups, materials or stages"
                )),
            );
        }
        if !waiver && (!rule.waives.is_empty() || !rule.needs.is_empty()) {
            self.report(
                Diagnostic::error(
                    codes::WAIVES_NOTHING,
                    rule.head.name.span,
                    text!("只有 免于 规则可以免去别的要求", "only a `waive` rule can lift other requirements"),
                )
                .help(text!("把“{written}”写成 免于 规则", "make `{written}` a `waive` rule")),
            );
            return Vec::new();
        }
        rule.waives.iter().filter_map(|w| self.waived(track, w)).collect()
    }

    fn waived(&mut self, track: TrackId, waived: &ast::Waived) -> Option<Waived> {
        let names = &self.index.tracks[track.index()];
        let name = &waived.name;
        let stage = match self.index.get(Space::Stage, name) {
            Some(Named::Stage(id)) => Some(id),
            Some(_) | None => None,
        };
        let found = names.rules.iter().position(|r| r.rule.head.name.text == name.text).map(|i| Waived::Rule(RuleId(i as u32)));
        let found = found.or_else(|| names.groups.iter().position(|g| g.head.name.text == name.text).map(Waived::Group));
        let found = found.or_else(|| match self.index.get(Space::Document, name) {
            Some(Named::Material(id)) => Some(Waived::Material(id)),
            Some(_) | None => None,
        });
        match (found, stage, &waived.to) {
            (Some(found), _, None) => Some(found),
            (_, Some(stage), Some(to)) => {
                let to = self.find_stage(to)?;
                Some(Waived::Stage { stage, to: Some(to) })
            }
            (None, Some(stage), None) => {
                let written = &name.text;
                self.report(
                    Diagnostic::error(
                        codes::WAIVED_STAGE,
                        name.span,
                        text!("免去环节“{written}”时要说申请转到哪里", "lifting stage `{written}`, say where the case goes"),
                    )
                    .help(text!("写成 {written} -> 环节", "write `{written} -> STAGE`")),
                );
                Some(Waived::Stage { stage, to: None })
            }
            (Some(found), None, Some(to)) => {
                self.report(
                    Diagnostic::error(codes::WAIVED_STAGE, to.span, text!("只有环节才有去向", "only a stage leads on to another"))
                        .help(text!("删去箭头和它后面的名称", "remove the arrow and the name after it")),
                );
                Some(found)
            }
            (None, None, _) => {
                let known: Vec<String> = names
                    .rules
                    .iter()
                    .map(|r| &r.rule.head.name.text)
                    .chain(names.groups.iter().map(|g| &g.head.name.text))
                    .cloned()
                    .chain(self.index.visible(Space::Document, name).map(str::to_owned))
                    .chain(self.index.visible(Space::Stage, name).map(str::to_owned))
                    .collect();
                self.unknown_name(name, text!("规则、条件组、材料或环节", "rule, group, material or stage"), &known);
                None
            }
        }
    }
}
