//! The file, `use` lines, programmes and the dispatch of their declarations.

use super::Builder;
use crate::ast::{Amend, Amended, File, HeaderField, HeaderKey, Item, Programme, Repeal, RepealKind, Stated, Use};
use crate::grammar::{Pair, Rule};

/// A whole file.
pub fn file(b: &mut Builder, pair: Pair) -> File {
    let span = b.span(&pair);
    let mut file = File { uses: Vec::new(), programmes: Vec::new(), items: Vec::new(), unread: Vec::new(), span };
    for p in pair.into_inner() {
        match p.as_rule() {
            Rule::use_line => {
                let line = b.use_line(p);
                file.uses.push(line);
            }
            Rule::programme => {
                let programme = b.programme(p);
                file.programmes.push(programme);
            }
            Rule::bad => file.items.push(Item::Bad(b.bad(p, Rule::only_top))),
            _ => file.items.extend(b.item(p)),
        }
    }
    file
}

impl Builder<'_> {
    fn use_line(&mut self, pair: Pair) -> Use {
        let mut line = Use { path: Vec::new(), names: None, span: self.trimmed(&pair) };
        for p in pair.into_inner() {
            match p.as_rule() {
                Rule::name => line.path.push(self.name(p)),
                Rule::use_names => line.names = Some(self.names_in(p)),
                _ => {}
            }
        }
        line
    }

    fn programme(&mut self, pair: Pair) -> Programme {
        let start = pair.as_span().start();
        let span = self.span(&pair);
        let mut programme = Programme { head: self.bare_head(self.no_name(span), start), follows: None, items: Vec::new(), span };
        for p in pair.into_inner() {
            let place = self.span(&p);
            match p.as_rule() {
                Rule::decl => programme.head = self.head(p, start),
                Rule::follows => {
                    let base = self.name_in(p);
                    self.once(&mut programme.follows, base, place);
                }
                Rule::odd => self.odd(p, Rule::programme),
                Rule::items => programme.items = self.items(p),
                _ => {
                    self.head_part(&mut programme.head, p);
                }
            }
        }
        programme
    }

    fn items(&mut self, pair: Pair) -> Vec<Item> {
        let mut items = Vec::new();
        for p in pair.into_inner() {
            match p.as_rule() {
                Rule::bad => items.push(Item::Bad(self.bad(p, Rule::only_item))),
                _ => items.extend(self.item(p)),
            }
        }
        items
    }

    /// A declaration; punctuation gives nothing.
    fn item(&mut self, pair: Pair) -> Option<Item> {
        Some(match pair.as_rule() {
            Rule::header => Item::Header(self.header(pair)),
            Rule::notice => Item::Notice(self.notice(pair)),
            Rule::readings => Item::Readings(self.readings(pair)),
            Rule::reading => Item::Reading(self.reading(pair)),
            Rule::actor => Item::Actor(self.actor(pair)),
            Rule::enum_decl => Item::Enum(self.enum_decl(pair)),
            Rule::record => Item::Record(self.record(pair)),
            Rule::declared_unit => Item::Unit(self.declared_unit(pair)),
            Rule::table => Item::Table(self.table(pair)),
            Rule::explain => Item::Explain(self.explain(pair)),
            Rule::let_decl => Item::Let(self.let_decl(pair)),
            Rule::track => Item::Track(self.track(pair)),
            Rule::material => Item::Material(self.material(pair)),
            Rule::quota => Item::Quota(self.quota(pair)),
            Rule::select => Item::Select(self.select(pair)),
            Rule::assert => Item::Assert(self.assert(pair)),
            Rule::workflow => Item::Workflow(self.workflow(pair)),
            Rule::form => Item::Form(self.form(pair)),
            Rule::summary => Item::Summary(self.summary(pair)),
            Rule::targets => Item::Targets(self.targets(pair)),
            Rule::duty => Item::Duty(self.duty(pair)),
            Rule::scenario => Item::Scenario(self.scenario(pair)),
            Rule::amend => Item::Amend(self.amend(pair)?),
            Rule::repeal => Item::Repeal(self.repeal(pair)),
            Rule::calendar => Item::Calendar(self.calendar(pair)),
            _ => return None,
        })
    }

    /// `amend DECLARATION`.
    fn amend(&mut self, pair: Pair) -> Option<Amend> {
        let span = self.trimmed(&pair);
        let declared = pair.into_inner().find(|p| p.as_rule() != Rule::kw_amend)?;
        let what = match declared.as_rule() {
            Rule::fact | Rule::rule | Rule::conditions | Rule::output | Rule::score => {
                Amended::Member(Box::new(self.track_member(declared)?))
            }
            Rule::stage => Amended::Stage(Box::new(self.stage(declared))),
            _ => Amended::Item(Box::new(self.item(declared)?)),
        };
        Some(Amend { what, span })
    }

    /// `repeal KIND NAME [cites]`.
    fn repeal(&mut self, pair: Pair) -> Repeal {
        let span = self.trimmed(&pair);
        let mut repeal = Repeal { kind: RepealKind::Quota, name: self.no_name(span), cites: Vec::new(), span };
        for p in pair.into_inner() {
            match p.as_rule() {
                Rule::repealed => repeal.kind = repeal_kind(p),
                Rule::name => repeal.name = self.name(p),
                Rule::cites => repeal.cites.extend(self.cites(p)),
                _ => {}
            }
        }
        repeal
    }

    fn header(&mut self, pair: Pair) -> HeaderField {
        let span = self.trimmed(&pair);
        let (mut key, mut values, mut value, mut cites) = (HeaderKey::Issuer, Vec::new(), None, Vec::new());
        for p in pair.into_inner() {
            match p.as_rule() {
                Rule::header_key => key = header_key(super::choice(p)),
                Rule::value => values.push(self.value(p)),
                Rule::cites => cites.extend(self.cites(p)),
                _ => value = self.stated(p).or(value),
            }
        }
        HeaderField { key, value: value.unwrap_or(Stated::Given(values)), cites, span }
    }
}

fn repeal_kind(pair: Pair) -> RepealKind {
    let Some(word) = pair.into_inner().next() else { return RepealKind::Quota };
    match word.as_rule() {
        Rule::strength => RepealKind::Rule(super::rule::strength(word)),
        Rule::kw_select => RepealKind::Select,
        Rule::kw_fact => RepealKind::Fact,
        Rule::kw_conditions => RepealKind::Conditions,
        Rule::kw_output => RepealKind::Output,
        Rule::kw_score => RepealKind::Score,
        Rule::kw_stage => RepealKind::Stage,
        Rule::kw_enum => RepealKind::Enum,
        Rule::kw_record => RepealKind::Record,
        Rule::kw_unit => RepealKind::Unit,
        Rule::kw_table => RepealKind::Table,
        Rule::kw_let => RepealKind::Let,
        Rule::kw_actor => RepealKind::Actor,
        Rule::kw_material => RepealKind::Material,
        Rule::kw_form => RepealKind::Form,
        Rule::kw_summary => RepealKind::Summary,
        Rule::kw_targets => RepealKind::Targets,
        Rule::kw_reading => RepealKind::Reading,
        Rule::kw_calendar => RepealKind::Calendar,
        _ => RepealKind::Quota,
    }
}

fn header_key(rule: Option<Rule>) -> HeaderKey {
    match rule {
        Some(Rule::kw_approved_by) => HeaderKey::ApprovedBy,
        Some(Rule::kw_number) => HeaderKey::Number,
        Some(Rule::kw_level) => HeaderKey::Level,
        Some(Rule::kw_issued) => HeaderKey::Issued,
        Some(Rule::kw_printed) => HeaderKey::Printed,
        Some(Rule::kw_period) => HeaderKey::Period,
        Some(Rule::kw_effective_header) => HeaderKey::Effective,
        Some(Rule::kw_basis) => HeaderKey::Basis,
        Some(Rule::kw_round_header) => HeaderKey::Round,
        Some(Rule::kw_year_header) => HeaderKey::Year,
        Some(Rule::kw_disclosure) => HeaderKey::Disclosure,
        Some(Rule::kw_addressee) => HeaderKey::Addressee,
        Some(Rule::kw_contact) => HeaderKey::Contact,
        Some(Rule::kw_timezone) => HeaderKey::Timezone,
        Some(Rule::kw_text_header) => HeaderKey::Text,
        _ => HeaderKey::Issuer,
    }
}
