//! The notice's outline and the readings.

use super::Builder;
use crate::ast::{Clause, ClauseKind, Name, Notice, Reading, ReadingSetting, ReadingValue, Readings, Str};
use crate::grammar::{Pair, Rule};
use crate::keywords;
use unicode_normalization::UnicodeNormalization;

impl Builder<'_> {
    /// `notice { … }`.
    pub fn notice(&mut self, pair: Pair) -> Notice {
        let span = self.trimmed(&pair);
        let clauses = pair.into_inner().filter(|p| p.as_rule() == Rule::clauses).flat_map(|p| self.clauses(p)).collect();
        Notice { clauses, span }
    }

    fn clauses(&mut self, pair: Pair) -> Vec<Clause> {
        let mut clauses = Vec::new();
        for p in pair.into_inner() {
            match p.as_rule() {
                Rule::clause | Rule::subclause => clauses.push(self.clause(p)),
                Rule::bad => {
                    self.bad(p, Rule::only_clause);
                }
                _ => {}
            }
        }
        clauses
    }

    fn clause(&mut self, pair: Pair) -> Clause {
        let mut span = self.trimmed(&pair);
        let mut clause = Clause {
            kind: ClauseKind::Clause,
            number: String::new(),
            label: None,
            alias: None,
            left_out: None,
            absent: false,
            todo: None,
            children: Vec::new(),
            span,
        };
        for p in pair.into_inner() {
            let place = self.span(&p);
            match p.as_rule() {
                Rule::clause_kind => {
                    clause.kind = match super::choice(p) {
                        Some(Rule::kw_annex | Rule::said_annex) => ClauseKind::Annex,
                        Some(Rule::kw_item) => ClauseKind::Item,
                        _ => ClauseKind::Clause,
                    };
                    span.end = place.end;
                }
                Rule::clause_number => {
                    clause.number = p.as_str().nfc().collect();
                    span.end = place.end;
                }
                Rule::string => {
                    let label = self.string(p);
                    span.end = place.end;
                    self.once(&mut clause.label, label, place);
                }
                Rule::as_key => {
                    let alias = self.name_in(p);
                    self.once(&mut clause.alias, alias, place);
                }
                Rule::left_out => {
                    let why = self.string_in(p).unwrap_or(Str { text: String::new(), span: place });
                    self.once(&mut clause.left_out, why, place);
                }
                Rule::todo => {
                    let what = self.string_in(p).unwrap_or(Str { text: String::new(), span: place });
                    self.once(&mut clause.todo, what, place);
                }
                Rule::absent => clause.absent = true,
                Rule::clauses => clause.children = self.clauses(p),
                _ => {}
            }
        }
        clause.span = span;
        clause
    }

    /// `readings { … }`.
    pub fn readings(&mut self, pair: Pair) -> Readings {
        let span = self.trimmed(&pair);
        let mut settings = Vec::new();
        for p in pair.into_inner() {
            match p.as_rule() {
                Rule::odd => self.odd(p, Rule::readings),
                Rule::reading_settings => {
                    for q in p.into_inner() {
                        match q.as_rule() {
                            Rule::reading_setting => settings.push(self.reading_setting(q)),
                            Rule::bad => {
                                self.bad(q, Rule::only_setting);
                            }
                            _ => {}
                        }
                    }
                }
                _ => {}
            }
        }
        Readings { settings, span }
    }

    fn reading_setting(&mut self, pair: Pair) -> ReadingSetting {
        let span = self.trimmed(&pair);
        let mut setting = ReadingSetting { name: self.no_name(span), value: ReadingValue::Open(span), cites: Vec::new(), span };
        for p in pair.into_inner() {
            match p.as_rule() {
                Rule::name => setting.name = self.reading_name(p),
                Rule::reading_value => setting.value = self.reading_value(p),
                Rule::cites => setting.cites.extend(self.cites(p)),
                _ => {}
            }
        }
        setting
    }

    /// The name of a reading: a built-in one in its English spelling.
    pub fn reading_name(&mut self, pair: Pair) -> Name {
        let name = self.name(pair);
        Name { text: keywords::canonical("reading-name", &name.text), span: name.span }
    }

    /// A reading's value: built-in words in their English spelling.
    pub fn reading_value(&mut self, pair: Pair) -> ReadingValue {
        let span = self.trimmed(&pair);
        let Some(p) = pair.into_inner().next() else { return ReadingValue::Open(span) };
        match p.as_rule() {
            Rule::reading_within => ReadingValue::Within(self.expr_in(p)),
            Rule::reading_ends => ReadingValue::Ends(self.expr_in(p)),
            Rule::reading_open => ReadingValue::Open(span),
            Rule::reading_word => {
                let words = p.as_str().split_whitespace().collect::<Vec<_>>().join(" ");
                ReadingValue::Word(Name { text: keywords::canonical("reading-value", &words), span })
            }
            _ => ReadingValue::Word(self.ref_name(p)),
        }
    }

    /// `reading NAME { a default, b }`.
    pub fn reading(&mut self, pair: Pair) -> Reading {
        let (start, span) = (pair.as_span().start(), self.trimmed(&pair));
        let mut reading = Reading { head: self.bare_head(self.no_name(span), start), values: Vec::new(), default: None, span };
        for p in pair.into_inner() {
            match p.as_rule() {
                Rule::decl => reading.head = self.head(p, start),
                Rule::odd => self.odd(p, Rule::reading),
                Rule::reading_option => self.reading_option(&mut reading, p),
                Rule::bad => {
                    self.bad(p, Rule::only_value);
                }
                _ => {}
            }
        }
        reading
    }

    fn reading_option(&mut self, reading: &mut Reading, pair: Pair) {
        let start = pair.as_span().start();
        let mut head = self.bare_head(self.no_name(self.span(&pair)), start);
        for p in pair.into_inner() {
            let place = self.span(&p);
            match p.as_rule() {
                Rule::decl => head = self.head(p, start),
                Rule::kw_default => {
                    let index = reading.values.len();
                    self.once(&mut reading.default, index, place);
                }
                _ => {
                    self.head_part(&mut head, p);
                }
            }
        }
        reading.values.push(head);
    }
}
