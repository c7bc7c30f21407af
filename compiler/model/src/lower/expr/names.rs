//! What a name in an expression means (semantics 8.1).
//!
//! Order: item of the enclosing list → `per` key → reported value → the track's facts and form fields → its lets and rules → tables
//! and programme lets. A value of a closed list only where one is expected.

use super::{bad, typed};
use crate::lower::{ItemScope, Lower, Named, Scope, Space};
use crate::{EnumId, Expr, ExprKind, InputId, RecordId, TrackId, Type};
use prog_base::{Diagnostic, Span, codes, text};
use prog_syntax::ast;

impl Lower<'_> {
    pub(super) fn name(&mut self, name: &ast::Name, scope: &Scope, expected: Option<&Type>) -> Expr {
        if let Some(passed) = self.passed(name, scope, None).filter(|_| expected == Some(&Type::Bool)) {
            return passed;
        }
        let of = match expected {
            Some(Type::Enum(id) | Type::Set(id)) => Some(*id),
            Some(
                Type::Unknown
                | Type::Bool
                | Type::Number(_)
                | Type::Text
                | Type::Date
                | Type::Moment
                | Type::Duration
                | Type::Record(_)
                | Type::List(_),
            )
            | None => None,
        };
        let value = of.and_then(|of| self.enum_value(of, name));
        let Some(value) = value else {
            return self.variable(name, scope).unwrap_or_else(|| self.not_found(name, scope, expected, of));
        };
        // A value and a fact of one name and one list: both readings stand.
        if self.inputs_named(&name.text, scope).len() < 2 && self.is_variable(name, scope) {
            let other = self.variable(name, scope);
            if let Some(other) = other.filter(|o| o.ty == value.ty && !matches!(o.kind, ExprKind::EnumValue { .. })) {
                return self.ambiguous_value(name, &other);
            }
        }
        value
    }

    /// A score as a condition: everything that it asks for is reached; with a default for what does not apply.
    pub(super) fn passed(&self, name: &ast::Name, scope: &Scope, default: Option<&Expr>) -> Option<Expr> {
        let n = name.text.as_str();
        let nearer = self.is_item(n, scope) || !self.inputs_named(n, scope).is_empty();
        let rules = self.index.tracks[scope.track?.index()].score_named(n).filter(|_| !nearer)?;
        let rule = |at: &usize| {
            let value = typed(ExprKind::Rule(crate::RuleId(*at as u32)), Type::Bool, name.span);
            match default {
                Some(d) => typed(ExprKind::Otherwise { value: Box::new(value), default: Box::new(d.clone()) }, Type::Bool, name.span),
                None => value,
            }
        };
        Some(typed(ExprKind::And(rules.iter().map(rule).collect()), Type::Bool, name.span))
    }

    /// A group of conditions as a condition: what applies of it is met.
    fn all_of_group(&self, name: &ast::Name, track: TrackId) -> Option<Expr> {
        let rules = self.index.tracks[track.index()].conditions_named(&name.text)?;
        let rule = |(at, may_lapse): (usize, bool)| {
            let value = typed(ExprKind::Rule(crate::RuleId(at as u32)), Type::Bool, name.span);
            let default = || Box::new(typed(ExprKind::Bool(true), Type::Bool, name.span));
            match may_lapse {
                true => typed(ExprKind::Otherwise { value: Box::new(value), default: default() }, Type::Bool, name.span),
                false => value,
            }
        };
        Some(typed(ExprKind::And(rules.into_iter().map(rule).collect()), Type::Bool, name.span))
    }

    fn ambiguous_value(&mut self, name: &ast::Name, other: &Expr) -> Expr {
        let n = &name.text;
        let mut d = Diagnostic::error(
            codes::AMBIGUOUS_NAME,
            name.span,
            text!("“{n}”既是选项中的一项，又是一个值的名称", "`{n}` is both a value of the list and the name of something else"),
        )
        .help(text!("给其中一个改名", "Rename one of the two"));
        if let ExprKind::Input(id) = other.kind {
            d = d.label(self.p.input(id).ident.span, text!("同名的值在这里声明", "the other one is declared here"));
        }
        self.report(d);
        bad(name.span)
    }

    /// Whether the name means something here by itself, without a word.
    pub(super) fn is_variable(&self, name: &ast::Name, scope: &Scope) -> bool {
        let n = name.text.as_str();
        self.is_item(n, scope)
            || scope.keys.iter().chain(&scope.reported).any(|(k, _)| k == n)
            || !self.inputs_named(n, scope).is_empty()
            || scope.track.is_some_and(|t| self.let_or_rule(t, n))
            || self.index.get(Space::Value, name).is_some()
    }

    /// Whether it is a fact, field, calculation or rule of the scope's track.
    fn is_of_track(&self, name: &ast::Name, scope: &Scope) -> bool {
        let n = name.text.as_str();
        !self.inputs_named(n, scope).is_empty() || scope.track.is_some_and(|t| self.let_or_rule(t, n))
    }

    /// Whether it is the item of an enclosing list, or a field of one.
    pub(super) fn is_item(&self, n: &str, scope: &Scope) -> bool {
        scope.items.iter().any(|item| match item {
            ItemScope::Record { record, .. } => self.record_field_index(*record, n).is_some(),
            ItemScope::Plain { name, .. } => name == n,
        })
    }

    /// Whether it is a list of the application, or of the item it stands in.
    pub(super) fn is_list(&self, name: &ast::Name, scope: &Scope) -> bool {
        let list = |ty: &Type| matches!(ty, Type::List(_) | Type::Set(_));
        let field = scope.items.iter().rev().find_map(|item| match item {
            ItemScope::Record { record, .. } => {
                let field = self.record_field_index(*record, &name.text)?;
                Some(list(&self.p.records[record.index()].fields[field].ty))
            }
            ItemScope::Plain { name: own, .. } => (*own == name.text).then_some(false),
        });
        field.unwrap_or_else(|| self.inputs_named(&name.text, scope).first().is_some_and(|id| list(&self.p.input(*id).ty)))
    }

    fn let_or_rule(&self, track: TrackId, name: &str) -> bool {
        let names = &self.index.tracks[track.index()];
        names.let_named(name).is_some() || names.rule_named(name).is_some()
    }

    /// The value a name stands for; `None` when there is none (nothing has been told then).
    pub(super) fn variable(&mut self, name: &ast::Name, scope: &Scope) -> Option<Expr> {
        let (n, span) = (name.text.as_str(), name.span);
        for (depth, item) in scope.items.iter().rev().enumerate() {
            match item {
                ItemScope::Record { record, .. } => {
                    if let Some(field) = self.record_field_index(*record, n) {
                        let ty = self.p.records[record.index()].fields[field].ty.clone();
                        return Some(typed(ExprKind::ItemField { depth, field }, ty, span));
                    }
                }
                ItemScope::Plain { name, ty } if name == n => return Some(typed(ExprKind::Item { depth }, ty.clone(), span)),
                ItemScope::Plain { .. } => {}
            }
        }
        for list in [&scope.keys, &scope.reported] {
            if let Some(key) = list.iter().position(|(k, _)| k == n) {
                return Some(typed(ExprKind::Key(key), list[key].1.clone(), span));
            }
        }
        let inputs = self.inputs_named(n, scope);
        if let Some(input) = inputs.first() {
            return Some(if inputs.len() > 1 { self.ambiguous_input(name, &inputs) } else { self.input_use(*input, span) });
        }
        if let Some(track) = scope.track {
            if let Some(found) = self.track_let(track, n) {
                return Some(found.map_or(bad(span), |(id, ty)| typed(ExprKind::Let(id), ty, span)));
            }
            if let Some(rule) = self.index.tracks[track.index()].rule_named(n) {
                return Some(typed(ExprKind::Rule(crate::RuleId(rule as u32)), Type::Bool, span));
            }
            if let Some(found) = self.all_of_group(name, track) {
                return Some(found);
            }
            if let Some(found) = self.member_condition(track, n) {
                return Some(Expr { span, ..found });
            }
        }
        self.global(name, scope)
    }

    /// One of the conditions that a rule lists (`any of { … }`), as a condition of its own: what it tests, where that is an expression.
    fn member_condition(&mut self, track: TrackId, name: &str) -> Option<Expr> {
        let member = self.index.tracks[track.index()].member_named(name)?;
        let (ast::Test::Expr(test), None, false) = (&member.test, &member.when, self.members.iter().any(|m| m == name)) else {
            return None;
        };
        // What is wrong with it is told where it stands.
        let told = self.diagnostics.len();
        self.members.push(name.to_owned());
        let test = self.truth(test, &Scope { track: Some(track), ..Scope::default() });
        self.members.pop();
        self.diagnostics.truncate(told);
        Some(test)
    }

    /// A condition listed in a rule that is no expression, or goes round: a fact can say the same.
    fn member_unnamed(&mut self, name: &ast::Name, scope: &Scope) -> bool {
        let Some(member) = scope.track.and_then(|track| self.index.tracks[track.index()].member_named(&name.text)) else { return false };
        let (n, at) = (&name.text, member.head.name.span);
        let diagnostic = Diagnostic::error(
            codes::UNKNOWN_NAME,
            name.span,
            text!("“{n}”是一条规则所列的条件，这里不能直接用", "`{n}` is a condition listed in a rule, and can't be used here"),
        );
        self.report(diagnostic.label(at, text!("列在这里", "listed here")).help(text!(
            "给它一个信息，例如 信息 {n}结果 : 是否 由 … 评定，那里和这里都写这个信息",
            "Declare a fact for it, such as `fact {n}_found : YesNo judged by …`, and name that fact in both places"
        )));
        true
    }

    /// Programme lets, and tables that need no written key.
    fn global(&mut self, name: &ast::Name, scope: &Scope) -> Option<Expr> {
        match self.index.get(Space::Value, name) {
            Some(Named::Let(id)) => Some(self.constant_use(id, name, scope)),
            Some(Named::Table(id)) => Some(self.table_by_scope(id, None, scope, name.span)),
            Some(_) | None => None,
        }
    }

    fn constant_use(&mut self, id: crate::ConstId, name: &ast::Name, scope: &Scope) -> Expr {
        let Some((ty, batch)) = self.programme_let(id, name) else { return bad(name.span) };
        if batch && !scope.batch {
            let n = &name.text;
            self.report(
                Diagnostic::error(
                    codes::NO_BATCH,
                    name.span,
                    text!(
                        "“{n}”由全部申报算出，不能用于单份申报的判断",
                        "`{n}` counts over all applications and can't be used for a single one"
                    ),
                )
                .help(text!(
                    "把检查写成名额，或用在遴选的 取 里；一份申报的金额不能随全部申报的合计变化，这样的办法写成 提示",
                    "Write a check as a quota, or use it in what a selection takes; what one application gets can't depend on the sum of all, so write that as a `note`"
                )),
            );
            return bad(name.span);
        }
        typed(ExprKind::Constant(id), ty, name.span)
    }

    pub(super) fn input_use(&self, id: InputId, span: Span) -> Expr {
        typed(ExprKind::Input(id), self.p.input(id).ty.clone(), span)
    }

    /// The facts and fields of that name which the scope sees.
    pub(super) fn inputs_named(&self, name: &str, scope: &Scope) -> Vec<InputId> {
        let found: Vec<InputId> = match (scope.form, scope.track) {
            (Some(form), None) => self.input_names.of_form(form, name).to_vec(),
            (_, Some(track)) => self.input_names.of_track(track, name).to_vec(),
            (None, None) => Vec::new(),
        };
        // A form of the track itself is nearer than its other forms.
        let near: Vec<InputId> = match scope.form {
            Some(form) => found.iter().copied().filter(|id| self.p.input(*id).form == Some(form)).collect(),
            None => Vec::new(),
        };
        if near.is_empty() { found } else { near }
    }

    fn ambiguous_input(&mut self, name: &ast::Name, inputs: &[InputId]) -> Expr {
        let n = &name.text;
        let mut d = Diagnostic::error(codes::AMBIGUOUS_NAME, name.span, text!("“{n}”不止一个", "There is more than one `{n}`"));
        let mut ways = Vec::new();
        for id in inputs {
            let input = self.p.input(*id);
            d = d.label(input.ident.span, text!("这里声明了一个", "one is declared here"));
            if let Some(grid) = self.grid_of(*id) {
                ways.push(format!("{grid}.{n}"));
            } else if let Some(form) = input.form {
                ways.push(format!("{}.{n}", self.p.forms[form.index()].ident.name));
            }
        }
        ways.dedup();
        let ways = ways.join(" / ");
        let d = match ways.as_str() {
            "" => d.help(text!("给其中一个改名", "Rename one of them")),
            _some => d.help(text!("写明是哪一个：{ways}", "Say which one: {ways}")),
        };
        self.report(d);
        bad(name.span)
    }

    pub(super) fn record_field_index(&self, record: RecordId, name: &str) -> Option<usize> {
        self.p.records.get(record.index())?.fields.iter().position(|f| f.ident.name == name)
    }

    /// A name that means nothing here: the message says what it may have been meant as.
    fn not_found(&mut self, name: &ast::Name, scope: &Scope, expected: Option<&Type>, of: Option<EnumId>) -> Expr {
        if expected == Some(&Type::Unknown) {
            return bad(name.span);
        }
        match of {
            Some(of) => self.unknown_value(name, of),
            None => self.unknown_variable(name, scope, expected),
        }
        bad(name.span)
    }

    /// A name that is not among the values of the expected list.
    fn unknown_value(&mut self, name: &ast::Name, of: EnumId) {
        let list = self.p.enumeration(of);
        let values: Vec<String> = list.values.iter().map(|v| v.ident.name.clone()).collect();
        let (n, l, at) = (&name.text, &list.ident.name, list.ident.span);
        let shown = if values.len() <= 12 { values.join(", ") } else { format!("{}, …", values[..12].join(", ")) };
        let d =
            Diagnostic::error(codes::UNKNOWN_VALUE, name.span, text!("“{l}”中没有“{n}”这一项", "`{n}` is not a value of the list `{l}`"))
                .label(at, text!("选项在这里声明", "the list is declared here"));
        let near = crate::lower::names::nearest(n, values.iter().map(String::as_str));
        self.report(match near {
            Some(near) => d.help(text!("是不是“{near}”？可选：{shown}", "Did you mean `{near}`? The values are: {shown}")).fix(
                text!("改为“{near}”", "write `{near}`"),
                name.span,
                near,
            ),
            None => d.help(text!("可选：{shown}", "The values are: {shown}")),
        });
    }

    fn unknown_variable(&mut self, name: &ast::Name, scope: &Scope, expected: Option<&Type>) {
        let n = name.text.as_str();
        if self.versions.per_case.contains(&name.text) {
            return self.decided_per_case(name);
        }
        if expected == Some(&Type::Text) {
            let d = Diagnostic::error(codes::VALUE_WITHOUT_LIST, name.span, text!("文本要写在引号里：{n}", "A text stands in quotes: {n}"));
            self.report(d.fix(text!("加上引号", "put it in quotes"), name.span, format!("\"{n}\"")));
            return;
        }
        let lists = self.p.enums.iter().filter(|e| e.values.iter().any(|v| v.ident.name == n));
        let lists: Vec<String> = lists.map(|e| e.ident.name.clone()).collect();
        if let Some(list) = lists.first() {
            self.report(
                Diagnostic::error(
                    codes::VALUE_WITHOUT_LIST,
                    name.span,
                    text!(
                        "“{n}”是“{list}”中的一项，但这里没有要选的内容",
                        "`{n}` is a value of the list `{list}`, but no choice is expected here"
                    ),
                )
                .help(text!(
                    "选项只能与同一选项的字段比较，如“{list} = {n}”；计算的结果若是选项，写出类型：计算 名称 : {list} = …",
                    "A value of a list is compared with a field of that list, such as `{list} = {n}`; a calculation that comes to one says its type: `let NAME : {list} = …`"
                )),
            );
            return;
        }
        if self.member_unnamed(name, scope) || self.of_one_case(name, scope) {
            return;
        }
        let known = self.visible_names(name, scope);
        self.unknown_name(name, text!("事实、字段、计算、规则或表", "fact, field, let, rule or table"), &known);
    }

    /// A name of some track where none is looked at: it differs from application to application.
    fn of_one_case(&mut self, name: &ast::Name, scope: &Scope) -> bool {
        let within = |t: usize| Scope { track: Some(TrackId(t as u32)), ..Scope::default() };
        let owner = (0..self.index.tracks.len()).find(|t| self.is_of_track(name, &within(*t))).filter(|_| scope.track.is_none());
        let Some(owner) = owner else { return false };
        let (n, track) = (&name.text, self.p.tracks[owner].ident.name.clone());
        let d = Diagnostic::error(
            codes::UNKNOWN_NAME,
            name.span,
            text!(
                "“{n}”是每份“{track}”各有的，这里要一个对大家都一样的值",
                "`{n}` differs from one `{track}` to the next; here a value is wanted that is the same for all"
            ),
        );
        self.report(if scope.batch {
            d.help(text!(
                "在名额、遴选里写成统计：最大值({track}.{n})、合计额({track}.{n}) 或 计数({track} 其中 …)",
                "over a group of applications write `max({track}.{n})`, `sum({track}.{n})` or `count({track} where …)`"
            ))
        } else {
            d.help(text!(
                "日子因申报而异的，写成两个环节，各带 当 条件；或写成规则和计算",
                "for a day that differs write two stages, each with its `when`; or make it a calculation and a rule"
            ))
        });
        true
    }

    pub(super) fn visible_names(&self, name: &ast::Name, scope: &Scope) -> Vec<String> {
        let mut known: Vec<String> = scope.keys.iter().chain(&scope.reported).map(|(k, _)| k.clone()).collect();
        for item in &scope.items {
            match item {
                ItemScope::Record { record, .. } => {
                    known.extend(self.p.records[record.index()].fields.iter().map(|f| f.ident.name.clone()))
                }
                ItemScope::Plain { name, .. } => known.push(name.clone()),
            }
        }
        if let Some(form) = scope.form.and_then(|f| self.p.forms.get(f.index())) {
            known.extend(form.inputs.iter().map(|i| self.p.input(*i).ident.name.clone()));
        }
        if let Some(track) = scope.track {
            let inputs = self.p.tracks.get(track.index()).map(|t| t.inputs.as_slice()).unwrap_or_default();
            known.extend(inputs.iter().map(|i| self.p.input(*i).ident.name.clone()));
            let names = &self.index.tracks[track.index()];
            known.extend(names.lets.iter().map(|(l, _)| l.head.name.text.clone()));
            known.extend(names.rules.iter().map(|r| r.rule.head.name.text.clone()));
        }
        known.extend(self.index.visible(Space::Value, name).map(str::to_owned));
        known
    }
}
