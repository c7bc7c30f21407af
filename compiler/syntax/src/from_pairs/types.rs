//! Types with unit, bounds and limits.

use super::Builder;
use crate::ast::{CountedIn, Limit, LimitKind, TypeExpr, TypeKind};
use crate::grammar::{Pair, Rule};
use crate::messages;
use prog_base::text::is_latin;

impl Builder<'_> {
    /// `list of Decimal(2) in 万元 from 0 at least 3`: unit and range belong to the inmost type, limits to the outermost list.
    pub fn type_expr(&mut self, pair: Pair) -> TypeExpr {
        let span = self.trimmed(&pair);
        let mut ty = TypeExpr { kind: TypeKind::Bad, unit: None, from: None, to: None, step: None, limits: Vec::new(), span };
        let mut lists = Vec::new();
        for p in pair.into_inner() {
            let place = self.span(&p);
            match p.as_rule() {
                Rule::kw_t_list_of => lists.push(place),
                Rule::type_kind => ty.kind = p.into_inner().next().map_or(TypeKind::Bad, |k| self.type_kind(k)),
                Rule::in_unit => {
                    let unit = self.name_in(p);
                    self.once(&mut ty.unit, unit, place);
                }
                Rule::type_from => {
                    let bound = self.expr_in(p);
                    self.once(&mut ty.from, bound, place);
                }
                Rule::type_to => {
                    let bound = self.expr_in(p);
                    self.once(&mut ty.to, bound, place);
                }
                Rule::type_step => {
                    let step = self.expr_in(p);
                    self.once(&mut ty.step, step, place);
                }
                Rule::length_range => ty.limits.extend(self.length_range(p)),
                Rule::limit => {
                    let limit = self.limit(p);
                    ty.limits.push(limit);
                }
                _ => {}
            }
        }
        if lists.len() > 8 {
            self.say(messages::too_long(span, 8));
            lists.truncate(8);
        }
        let limits = if lists.is_empty() { ty.limits.clone() } else { std::mem::take(&mut ty.limits) };
        for start in lists.into_iter().rev() {
            let span = start.to(ty.span);
            ty = TypeExpr { kind: TypeKind::List(Box::new(ty)), unit: None, from: None, to: None, step: None, limits: Vec::new(), span };
        }
        ty.limits = limits;
        ty
    }

    fn type_kind(&mut self, pair: Pair) -> TypeKind {
        let span = self.span(&pair);
        match pair.as_rule() {
            Rule::plain_type => pair.into_inner().next().map_or(TypeKind::Bad, |p| plain(p.as_rule())),
            Rule::t_decimal => match self.digits(pair) {
                Some(digits) => TypeKind::Decimal(digits),
                None => {
                    self.say(messages::decimal_digits(span));
                    TypeKind::Bad
                }
            },
            Rule::t_percent => TypeKind::Percent(self.digits(pair)),
            Rule::t_money => TypeKind::Money(self.digits(pair)),
            Rule::t_many_of => TypeKind::ManyOf(self.name_in(pair)),
            Rule::t_file => {
                let sealed = pair.clone().into_inner().any(|p| p.as_rule() == Rule::kw_sealed);
                TypeKind::File { kinds: self.names_in(pair), sealed }
            }
            Rule::t_choice => {
                let (mut many, mut values) = (false, Vec::new());
                for p in pair.into_inner() {
                    match p.as_rule() {
                        Rule::kw_t_any_of => many = true,
                        Rule::decl => {
                            let start = p.as_span().start();
                            values.push(self.head(p, start));
                        }
                        Rule::bad => {
                            self.bad(p, Rule::only_value);
                        }
                        _ => {}
                    }
                }
                TypeKind::Choice { many, values }
            }
            Rule::t_record => TypeKind::Record(self.fields(pair)),
            Rule::ref_name => TypeKind::Named(self.ref_name(pair)),
            _ => TypeKind::Bad,
        }
    }

    fn digits(&mut self, pair: Pair) -> Option<u32> {
        let digits = pair.into_inner().find(|p| p.as_rule() == Rule::type_digits)?;
        self.integer_in(digits)
    }

    /// `from 150 to 300 words`: at least, and at most.
    fn length_range(&mut self, pair: Pair) -> Vec<Limit> {
        let span = self.trimmed(&pair);
        let (mut ends, mut counted_in) = (Vec::new(), None);
        for p in pair.into_inner() {
            match p.as_rule() {
                Rule::value => ends.push(self.value(p)),
                Rule::kw_words | Rule::kw_characters => counted_in = Some(self.counted_in(&p)),
                _ => {}
            }
        }
        let kinds = [LimitKind::AtLeast, LimitKind::AtMost];
        kinds.into_iter().zip(ends).map(|(kind, value)| Limit { kind, value, counted_in, span }).collect()
    }

    fn counted_in(&mut self, pair: &Pair) -> CountedIn {
        if pair.as_rule() == Rule::kw_characters {
            return CountedIn::Characters;
        }
        if !pair.as_str().starts_with("char") {
            return CountedIn::Words;
        }
        if is_latin(&self.layout.text) {
            let span = self.trimmed(pair);
            self.say(messages::words_not_characters(span));
        }
        CountedIn::Chars
    }

    fn limit(&mut self, pair: Pair) -> Limit {
        let span = self.trimmed(&pair);
        let (mut kind, mut counted_in, mut value) = (LimitKind::AtMost, None, super::expr::bad(span));
        for p in pair.into_inner() {
            match p.as_rule() {
                Rule::kw_about => kind = LimitKind::About,
                Rule::kw_at_least => kind = LimitKind::AtLeast,
                Rule::value => value = self.value(p),
                Rule::kw_words | Rule::kw_characters => counted_in = Some(self.counted_in(&p)),
                _ => {}
            }
        }
        Limit { kind, value, counted_in, span }
    }
}

fn plain(keyword: Rule) -> TypeKind {
    match keyword {
        Rule::kw_t_text => TypeKind::Text,
        Rule::kw_t_prose => TypeKind::Prose,
        Rule::kw_t_integer => TypeKind::Integer,
        Rule::kw_t_count => TypeKind::Count,
        Rule::kw_t_date => TypeKind::Date,
        Rule::kw_t_month => TypeKind::Month,
        Rule::kw_t_year => TypeKind::Year,
        Rule::kw_t_yes_no => TypeKind::YesNo,
        Rule::kw_t_email => TypeKind::Email,
        Rule::kw_t_phone => TypeKind::Phone,
        Rule::kw_t_mobile => TypeKind::Mobile,
        Rule::kw_t_postcode => TypeKind::Postcode,
        Rule::kw_t_url => TypeKind::Url,
        _ => TypeKind::Bad,
    }
}
