//! What a scenario expects.
//!
//! In: an `expect` step. Out: an [`Expectation`] by keys in data.

use super::super::Lower;
use crate::lower::expr::kind_words;
use crate::{Expectation, ExpectationKind, ExpectedStatus, ExpectedValue, QuotaId, RuleResult, Scenario, SelectionId, Target, Type};
use prog_base::{Text, text};
use prog_syntax::ast;

impl Lower<'_> {
    pub(super) fn expectation(&mut self, expect: &ast::Expect, scenario: &Scenario) -> Option<Expectation> {
        use ast::ExpectKind as E;
        let kind = match &expect.kind {
            E::Verdict(verdict, _) => ExpectationKind::Verdict(*verdict),
            E::Package(state, _) => ExpectationKind::Package(*state),
            E::Result(name, result, _) => self.expected_result(name, *result, scenario)?,
            E::Status(status, _) => ExpectationKind::Status(self.expected_status(status.as_ref())?),
            E::Tag(name) => ExpectationKind::Tag(self.rule_key(name)?),
            E::Note(name) => ExpectationKind::Note(self.note_key(name)?),
            E::Outcome(name) => {
                let outcomes = self.p.tracks.iter().flat_map(|t| &t.outcomes).map(|o| (o.name.clone(), o.key.clone()));
                ExpectationKind::Outcome(self.key_among(name, text!("处理结果", "outcome"), &outcomes.collect::<Vec<_>>())?)
            }
            E::Value(name, value) => match self.p.selections.iter().position(|s| s.ident.name == name.text && s.assign.is_some()) {
                Some(at) => ExpectationKind::Given(SelectionId(at as u32), self.for_whom(value, scenario)?),
                None => self.expected_value(name, value)?,
            },
            E::Order(name, list) => {
                let id = self.selection_named(name)?;
                ExpectationKind::Order(id, list.iter().filter_map(|e| self.for_whom(e, scenario)).collect())
            }
            E::Place(name, place, _) => ExpectationKind::Place(self.selection_named(name)?, Some(*place)),
            E::Finding(name) => ExpectationKind::Finding(self.finding_key(name)?, true),
            E::NoFinding(name) => ExpectationKind::Finding(self.finding_key(name)?, false),
        };
        let of = expect.of.iter().filter_map(|e| self.for_whom(e, scenario)).collect();
        Some(Expectation { kind, of, span: expect.span })
    }

    /// A stage of some route, or a result with which some route ends.
    fn expected_status(&mut self, status: Option<&ast::Target>) -> Option<ExpectedStatus> {
        Some(match status {
            None => ExpectedStatus::Unknown,
            Some(ast::Target::End(None)) => ExpectedStatus::Ended(None),
            Some(ast::Target::Stage(name)) => {
                let stages: Vec<(String, String)> = self.p.stages.iter().map(|s| (s.name.clone(), s.key.clone())).collect();
                ExpectedStatus::At(self.key_among(name, text!("环节", "stage"), &stages)?)
            }
            Some(ast::Target::End(Some(name))) => {
                let stages = self.p.workflows.iter().flat_map(|w| &w.stages);
                let targets = stages.flat_map(|s| s.transitions.iter().chain(&s.late)).map(|t| &t.target);
                let mut ends: Vec<(String, String)> = Vec::new();
                for target in targets {
                    if let Target::End(Some(result)) = target {
                        ends.push((result.clone(), result.clone()));
                    }
                }
                ends.dedup();
                ExpectedStatus::Ended(Some(self.key_among(name, text!("终止的结果", "result of an end"), &ends)?))
            }
        })
    }

    fn expected_result(&mut self, name: &ast::Name, result: RuleResult, scenario: &Scenario) -> Option<ExpectationKind> {
        if let Some(at) = self.p.quotas.iter().position(|q| q.ident.name == name.text) {
            return Some(ExpectationKind::Quota(QuotaId(at as u32), result));
        }
        if let (Some(at), RuleResult::Unknown) = (self.p.selections.iter().position(|s| s.ident.name == name.text), result) {
            return Some(ExpectationKind::Place(SelectionId(at as u32), None));
        }
        if let Some((block, key)) = self.indicator_named(name, scenario) {
            return Some(ExpectationKind::Target(block, key, result));
        }
        let rules = self.rules_named();
        if let Some((_, key)) = rules.iter().find(|(n, _)| *n == name.text) {
            return Some(ExpectationKind::Rule(key.clone(), result));
        }
        let mut lets = self.p.tracks.iter().flat_map(|t| &t.lets);
        if let (Some(found), RuleResult::Unknown) = (lets.find(|l| l.ident.name == name.text), result) {
            return Some(ExpectationKind::Value(found.ident.key.clone(), ExpectedValue::Unknown));
        }
        let materials = self.p.materials.iter().map(|m| (m.ident.name.clone(), m.ident.key.clone()));
        let indicators = self.p.targets.iter().flat_map(|t| &t.indicators).map(|i| (i.ident.name.clone(), i.ident.key.clone()));
        let all: Vec<(String, String)> = materials.chain(indicators).chain(self.rules_and_quotas()).collect();
        let key = self.key_among(name, text!("规则、名额、指标或材料", "rule, quota, indicator or material"), &all)?;
        Some(ExpectationKind::Material(key, result))
    }

    fn selection_named(&mut self, name: &ast::Name) -> Option<SelectionId> {
        let known: Vec<(String, String)> = self.p.selections.iter().map(|s| (s.ident.name.clone(), s.ident.key.clone())).collect();
        let key = self.key_among(name, text!("遴选", "selection"), &known)?;
        self.p.selections.iter().position(|s| s.ident.key == key).map(|at| SelectionId(at as u32))
    }

    /// The indicator of this name: in a block that the scenario reports on, else in the first that has it.
    fn indicator_named(&self, name: &ast::Name, scenario: &Scenario) -> Option<(usize, String)> {
        let in_block = |block: usize| {
            let found = self.p.targets.get(block)?.indicators.iter().find(|i| i.ident.name == name.text)?;
            Some((block, found.ident.key.clone()))
        };
        let given = scenario.reports.iter().map(|r| r.block);
        given.chain(0..self.p.targets.len()).find_map(in_block)
    }

    fn rules_named(&self) -> Vec<(String, String)> {
        let rules = self.p.tracks.iter().flat_map(|t| &t.rules);
        rules.map(|r| (r.ident.name.clone(), r.ident.key.clone())).collect()
    }

    fn rules_and_quotas(&self) -> Vec<(String, String)> {
        let quotas = self.p.quotas.iter().map(|q| &q.ident);
        let indicators = self.p.targets.iter().flat_map(|t| &t.indicators).map(|i| &i.ident);
        let others = quotas.chain(indicators).map(|i| (i.name.clone(), i.key.clone()));
        self.rules_named().into_iter().chain(others).collect()
    }

    fn rule_key(&mut self, name: &ast::Name) -> Option<String> {
        self.key_among(name, text!("规则", "rule"), &self.rules_named())
    }

    /// What a note is about: a rule, a quota, or a field with a soft limit.
    fn note_key(&mut self, name: &ast::Name) -> Option<String> {
        let fields = self.p.inputs.iter().map(|i| (i.ident.name.clone(), i.ident.key.clone()));
        let all: Vec<(String, String)> = self.rules_and_quotas().into_iter().chain(fields).collect();
        self.key_among(name, text!("规则、名额或栏目", "rule, quota or field"), &all)
    }

    fn finding_key(&mut self, name: &ast::Name) -> Option<String> {
        let others = self
            .p
            .stages
            .iter()
            .chain(self.p.materials.iter().map(|m| &m.ident))
            .chain(self.p.inputs.iter().map(|i| &i.ident))
            .map(|i| (i.name.clone(), i.key.clone()));
        let all: Vec<(String, String)> = self.rules_and_quotas().into_iter().chain(others).collect();
        self.key_among(name, text!("规则、名额、环节、材料或栏目", "rule, quota, stage, material or field"), &all)
    }

    fn key_among(&mut self, name: &ast::Name, what: Text, known: &[(String, String)]) -> Option<String> {
        let found = known.iter().find(|(n, _)| *n == name.text).map(|(_, key)| key.clone());
        if found.is_none() {
            let names: Vec<String> = known.iter().map(|(n, _)| n.clone()).collect();
            self.unknown_name(name, what, &names);
        }
        found
    }

    fn expected_value(&mut self, name: &ast::Name, value: &ast::Expr) -> Option<ExpectationKind> {
        let lets = self.p.tracks.iter().flat_map(|t| &t.lets);
        let known: Vec<(String, String)> = lets.clone().map(|l| (l.ident.name.clone(), l.ident.key.clone())).collect();
        let ty = lets.clone().find(|l| l.ident.name == name.text).map(|l| l.value.ty.clone());
        let key = self.key_among(name, text!("计算", "value"), &known)?;
        let quotient = |ty: &Type| matches!(ty, Type::Number(n) if n.digits.is_none());
        if ty.as_ref().is_some_and(quotient) && !matches!(value.kind, ast::ExprKind::Silent(_) | ast::ExprKind::Bad) {
            self.wrong_value(
                value.span,
                text!(
                    "“{}”是没有取整的比值，报告里不列：写 四舍五入(… ) 至 2 位小数 这样的取整，或检验用到它的规则",
                    "`{}` is an exact quotient, which reports don't list: round it, such as `round half up(…) to 2 digits`, or expect what is made of it",
                    name.text
                ),
            );
            return None;
        }
        let expected = match (&value.kind, &ty) {
            (ast::ExprKind::Bad, _) => return None,
            (ast::ExprKind::Silent(_), _) => Some(ExpectedValue::Unknown),
            (ast::ExprKind::Bool(b), Some(Type::Bool)) => Some(ExpectedValue::Bool(*b)),
            (ast::ExprKind::Text(t), Some(Type::Text)) => Some(ExpectedValue::Text(t.clone())),
            (ast::ExprKind::Date(day), Some(Type::Date)) => Some(ExpectedValue::Text(day.to_string())),
            (_, Some(Type::Moment)) => self.day_or_moment(value).map(ExpectedValue::Text),
            (ast::ExprKind::Name(name), Some(Type::Enum(of))) => {
                let values = self.p.enumeration(*of).values.iter().map(|v| (v.ident.name.clone(), v.ident.key.clone()));
                let values: Vec<(String, String)> = values.collect();
                return Some(ExpectationKind::Value(key, ExpectedValue::Text(self.key_among(name, text!("取值", "value"), &values)?)));
            }
            (_, Some(Type::Number(n))) => {
                let n = n.clone();
                self.number_shown(value, &n).map(ExpectedValue::Number)
            }
            (_, Some(_) | None) => None,
        };
        if expected.is_none() {
            let words = kind_words(&self.p, ty.as_ref().unwrap_or(&Type::Unknown));
            let (zh, en) = (&words.zh, &words.en);
            self.wrong_value(value.span, text!("“{}”是{zh}", "`{}` is {en}", name.text));
        }
        Some(ExpectationKind::Value(key, expected?))
    }

    /// A case's id, or a key as data has it.
    fn for_whom(&mut self, e: &ast::Expr, scenario: &Scenario) -> Option<String> {
        match &e.kind {
            ast::ExprKind::Text(id) => Some(id.clone()),
            ast::ExprKind::Name(name) => {
                if scenario.cases.iter().any(|c| c.id == name.text) {
                    return Some(name.text.clone());
                }
                let values = self.p.enums.iter().flat_map(|x| &x.values);
                let key = values.into_iter().find(|v| v.ident.name == name.text).map(|v| v.ident.key.clone());
                Some(key.unwrap_or_else(|| name.text.clone()))
            }
            ast::ExprKind::Number { value, unit: None } => Some(value.to_string()),
            ast::ExprKind::Bool(value) => Some(value.to_string()),
            ast::ExprKind::Date(day) => Some(day.to_string()),
            ast::ExprKind::Bad => None,
            _other => {
                self.wrong_value(e.span, text!("写案件的编号，或所属的值", "write a case's id, or the value of a key"));
                None
            }
        }
    }
}
