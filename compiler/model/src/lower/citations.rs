//! Citations: from an address as written to the clause meant, and its anchor to the notice's words.
//!
//! In: `[程序(一): "报送名额不超过5个", annex 1, all of 三]`. Out: [`Citation`]s of clauses that exist.
//! Always: an address that fits two clauses is an error that names both (P0107); a programme without an outline takes
//! addresses as written.

use super::names::nearest;
use super::outline::own_address;
use super::{Lower, fold};
use crate::{Citation, Clause, ClauseId, ClauseKind, Superseded};
use prog_base::{Diagnostic, Span, codes, text};
use prog_syntax::ast;
use std::collections::{BTreeMap, BTreeSet};

/// The most characters an anchor may have: enough to find the place, too few to copy the notice.
const ANCHOR_CHARS: usize = 20;

/// Every address under which a clause can be cited.
#[derive(Default)]
pub(crate) struct Addresses {
    by_text: BTreeMap<String, Vec<ClauseId>>,
    /// Whether the programme has an outline at all.
    outlined: bool,
    /// Places of citations seen so far.
    cited: BTreeSet<Span>,
}

impl Addresses {
    /// Collects the addresses of an outline.
    pub(crate) fn new(clauses: &[Clause], outlined: bool) -> Self {
        let mut it = Self { outlined, ..Self::default() };
        let mut paths: Vec<Vec<String>> = Vec::new();
        for (i, clause) in clauses.iter().enumerate() {
            let own = own_address(clause.kind, &clause.number, clause.label.as_deref().map(fold::text).as_deref());
            let own = if clause.kind == ClauseKind::Annex { fold::address(&own) } else { own };
            let mut own_paths: Vec<String> = match clause.parent {
                Some(parent) => paths[parent.index()].iter().map(|p| fold::joined(p, &own)).collect(),
                None => vec![own],
            };
            own_paths.extend(clause.alias.as_deref().map(fold::address));
            own_paths.sort();
            own_paths.dedup();
            for path in &own_paths {
                it.by_text.entry(path.clone()).or_default().push(ClauseId(i as u32));
            }
            paths.push(own_paths);
        }
        it
    }
}

impl Lower<'_> {
    /// Resolves citations; those that can't be are told and dropped.
    pub(crate) fn cites(&mut self, cites: &[ast::Cite]) -> Vec<Citation> {
        cites.iter().filter_map(|c| self.cite(c)).collect()
    }

    /// Citations of an example: they encode nothing, so coverage does not count them.
    pub(crate) fn example_cites(&mut self, cites: &[ast::Cite]) -> Vec<Citation> {
        let before = self.p.cited.len();
        let cites = self.cites(cites);
        self.p.cited.truncate(before);
        cites
    }

    /// Citations of what a module may declare too: a module cites no clause of this notice.
    pub(crate) fn own_cites(&mut self, head: &ast::Head) -> Vec<Citation> {
        if self.index.is_own(head.name.span.file) { self.cites(&head.cites) } else { Vec::new() }
    }

    /// Citations of records and units as a whole, and of what is repealed, which the model does not keep.
    pub(crate) fn vocabulary_cites(&mut self) {
        self.superseded();
        let index = self.index;
        for head in index.records.iter().map(|r| &r.head).chain(index.units.iter().map(|u| &u.head)) {
            self.own_cites(head);
        }
    }

    /// What the base declared and does not hold any more as it stood there: of its own citations coverage knows nothing.
    fn superseded(&mut self) {
        for one in self.base.as_ref().map(|base| base.changed.clone()).unwrap_or_default() {
            let (was, now) = (self.example_cites(&one.was), self.cites(&one.now));
            self.p.superseded.push(Superseded { label: one.label, was, now, repealed: one.repealed });
        }
    }

    fn cite(&mut self, cite: &ast::Cite) -> Option<Citation> {
        let wanted = fold::address(&cite.address);
        let of_base = self.base.as_ref().filter(|base| base.files.contains(&cite.span.file));
        // What is kept of the base cites the base's notice.
        let (wanted, outlined) = match of_base {
            Some(base) => (fold::joined(&fold::address(&base.name), &wanted), !base.clauses.is_empty()),
            None => (wanted, self.addresses.outlined),
        };
        let of_base = of_base.is_some();
        let clause = if outlined { self.resolve(cite, &wanted)? } else { self.as_written(cite, wanted, of_base) };
        let citation = Citation { clause, whole: cite.whole, anchor: cite.anchor.as_ref().map(|a| a.text.clone()), span: cite.span };
        if let Some(anchor) = cite.anchor.as_ref().filter(|_| !of_base) {
            self.anchor(anchor, clause);
        }
        if self.addresses.cited.insert(citation.span) {
            self.p.cited.push(citation.clone());
        }
        Some(citation)
    }

    fn resolve(&mut self, cite: &ast::Cite, wanted: &str) -> Option<ClauseId> {
        let found = self.addresses.by_text.get(wanted).cloned().unwrap_or_default();
        let shared = self.shared_chapter(wanted, &found);
        match (found.as_slice(), shared) {
            ([], _) => {
                self.unknown_clause(cite, wanted);
                None
            }
            ([one], None) => Some(*one),
            (_, chapters) => {
                let chapters = chapters.unwrap_or_else(|| found.clone());
                self.ambiguous(cite, &found, &chapters);
                None
            }
        }
    }

    /// The chapters that share the number by which `wanted` names its chapter: even where only one of them has such an item,
    /// the number does not tell which is meant.
    fn shared_chapter(&self, wanted: &str, found: &[ClauseId]) -> Option<Vec<ClauseId>> {
        let clauses = &self.p.clauses;
        let root = |id: &ClauseId| {
            let mut at = *id;
            while let Some(parent) = clauses[at.index()].parent {
                at = parent;
            }
            at
        };
        let chapter = &clauses[root(found.first()?).index()];
        let named_by_alias = found.iter().any(|id| {
            let mut at = Some(*id);
            std::iter::from_fn(|| {
                let clause = &clauses[at?.index()];
                at = clause.parent;
                Some(clause)
            })
            .filter_map(|c| c.alias.as_deref())
            .any(|alias| wanted.starts_with(&fold::address(alias)))
        });
        if named_by_alias || chapter.number.is_empty() || chapter.kind == ClauseKind::Annex {
            return None;
        }
        let same: Vec<ClauseId> = (0..clauses.len() as u32)
            .map(ClauseId)
            .filter(|id| {
                let c = &clauses[id.index()];
                c.parent.is_none() && c.kind == chapter.kind && c.number == chapter.number
            })
            .collect();
        (same.len() > 1).then_some(same)
    }

    fn ambiguous(&mut self, cite: &ast::Cite, found: &[ClauseId], chapters: &[ClauseId]) {
        let clauses = &self.p.clauses;
        let written = &cite.address;
        let titled: Vec<String> = found.iter().map(|id| titled(clauses, *id)).collect();
        let could_zh = titled.iter().map(|t| format!("“{}”", wide_brackets(t))).collect::<Vec<_>>().join("，也可能指");
        let could_en = titled.iter().map(|t| format!("`{t}`")).collect::<Vec<_>>().join(" or ");
        let choices: Vec<String> = found.iter().map(|id| format!("[{}]", clauses[id.index()].address)).collect();
        let number = clauses[chapters[0].index()].number.clone();
        let count = chapters.len();
        let (zh, en) = (choices.join(" 或 "), choices.join(" or "));
        let message = if clauses[chapters[0].index()].parent.is_none() {
            let count_zh = if count == 2 { "两".to_owned() } else { count.to_string() };
            text!(
                "引用不明确：本通知有{count_zh}章编号为“{number}”",
                "ambiguous citation: {count} chapters of this notice are numbered `{number}`"
            )
        } else {
            text!("引用不明确：“{written}”可指{count}处", "ambiguous citation: `{written}` fits {count} clauses")
        };
        let mut diagnostic = Diagnostic::error(codes::CITATION_AMBIGUOUS, cite.span, message)
            .here(text!("“{written}”可能指{could_zh}", "`{written}` may mean {could_en}"))
            .help(text!("改为 {zh}", "write {en}"));
        for (i, chapter) in chapters.iter().enumerate() {
            let nth = ["一", "二", "三", "四", "五"].get(i).copied().unwrap_or("又一");
            let n = i + 1;
            diagnostic = diagnostic.label(clauses[chapter.index()].span, text!("第{nth}处", "place {n}"));
        }
        if let Some(best) = self.likeliest(cite, found) {
            let address = clauses[best.index()].address.clone();
            let title = text!("改为 [{address}]", "write [{address}]");
            let whole = if cite.whole { self.whole_prefix(cite) } else { String::new() };
            diagnostic = diagnostic.fix(title, cite.span, format!("{whole}{address}"));
        }
        self.diagnostics.push(diagnostic);
    }

    /// The words `all of` as the author wrote them, kept when the address is mended.
    fn whole_prefix(&self, cite: &ast::Cite) -> String {
        let slice = self.inputs.sources.slice(cite.span);
        slice.find(cite.address.as_str()).map_or_else(|| "all of ".to_owned(), |at| slice[..at].to_owned())
    }

    /// The candidate in whose part of the text the anchor stands, else the first.
    fn likeliest(&self, cite: &ast::Cite, found: &[ClauseId]) -> Option<ClauseId> {
        let by_anchor = match (&self.notice, &cite.anchor) {
            (Some(notice), Some(anchor)) => {
                found.iter().find(|id| notice.has(&anchor.text, notice.span_of(**id, &self.p.clauses))).copied()
            }
            (None, _) | (_, None) => None,
        };
        by_anchor.or_else(|| found.first().copied())
    }

    fn unknown_clause(&mut self, cite: &ast::Cite, wanted: &str) {
        let written = &cite.address;
        let mut diagnostic = Diagnostic::error(
            codes::CLAUSE_UNKNOWN,
            cite.span,
            text!("通知大纲中没有“{written}”", "the notice's outline has no `{written}`"),
        );
        let holder = self.addresses.by_text.iter().filter(|(a, _)| wanted.starts_with(a.as_str())).max_by_key(|(a, _)| a.len());
        let under = holder.and_then(|(_, ids)| ids.first()).map(|id| &self.p.clauses[id.index()]).filter(|c| !c.children.is_empty());
        let offered: Vec<&Clause> = match under {
            Some(holder) => holder.children.iter().map(|id| &self.p.clauses[id.index()]).collect(),
            None => self.p.clauses.iter().filter(|c| c.parent.is_none()).collect(),
        };
        let offered: Vec<&str> = offered.iter().map(|c| c.address.as_str()).collect();
        let (list, list_en) = (offered.join("、"), offered.join(", "));
        diagnostic = match under {
            Some(holder) => {
                let address = &holder.address;
                diagnostic.label(holder.span, text!("“{address}”在这里", "`{address}` is here"))
            }
            None => diagnostic,
        };
        diagnostic = match nearest(wanted, self.addresses.by_text.keys().map(String::as_str)) {
            Some(near) => diagnostic.help(text!("是不是 [{near}]？可引用：{list}", "did you mean [{near}]? There are: {list_en}")).fix(
                text!("改为 [{near}]", "write [{near}]"),
                cite.span,
                near.to_owned(),
            ),
            None => diagnostic.help(text!("可引用：{list}", "there are: {list_en}")),
        };
        self.diagnostics.push(diagnostic);
    }

    /// Without an outline there is nothing to resolve against: the address itself becomes the clause.
    fn as_written(&mut self, cite: &ast::Cite, wanted: String, of_base: bool) -> ClauseId {
        if let Some(known) = self.addresses.by_text.get(&wanted).and_then(|ids| ids.first()) {
            return *known;
        }
        let id = ClauseId(self.p.clauses.len() as u32);
        self.p.clauses.push(Clause {
            kind: ClauseKind::Item,
            number: wanted.clone(),
            address: wanted.clone(),
            label: None,
            alias: None,
            parent: None,
            children: Vec::new(),
            left_out: None,
            absent: false,
            todo: None,
            of_base: of_base.then(|| fold::address(&cite.address)),
            span: cite.span,
        });
        self.addresses.by_text.insert(wanted, vec![id]);
        id
    }

    /// Checks a quoted anchor: short, and in the clause's own part of the notice.
    fn anchor(&mut self, anchor: &ast::Str, clause: ClauseId) {
        let words = &anchor.text;
        let count = fold::text(words).chars().count();
        if count > ANCHOR_CHARS {
            self.diagnostics.push(
                Diagnostic::error(
                    codes::ANCHOR_LONG,
                    anchor.span,
                    text!(
                        "引文有{count}字，最多{ANCHOR_CHARS}字",
                        "the quoted anchor has {count} characters; at most {ANCHOR_CHARS} are allowed"
                    ),
                )
                .help(text!("只留下足以认出该处的几个字", "keep just the words that mark the place")),
            );
            return;
        }
        let Some(notice) = &self.notice else { return };
        let range = notice.span_of(clause, &self.p.clauses);
        if notice.has(words, range.clone()) {
            return;
        }
        let address = &self.p.clauses[clause.index()].address;
        let mut diagnostic = Diagnostic::error(
            codes::ANCHOR_MISSING,
            anchor.span,
            text!("通知的“{address}”中没有这句话：“{words}”", "these words do not stand in `{address}` of the notice: `{words}`"),
        );
        let elsewhere = notice.clause_with(words);
        diagnostic = match (elsewhere, notice.nearest(words, range)) {
            (Some(other), _) => {
                let other = &self.p.clauses[other.index()].address;
                diagnostic.help(text!("这句话在“{other}”中", "they stand in `{other}`"))
            }
            (None, Some(near)) => diagnostic.help(text!("最接近的原文是：“{near}”", "the nearest words of the text are: `{near}`")),
            (None, None) => diagnostic.help(text!("核对引用的条款和原文", "check the clause cited and the words of the text")),
        };
        self.diagnostics.push(diagnostic);
    }
}

/// A clause by its chapter's heading and the items below: `遴选程序(一)`.
fn titled(clauses: &[Clause], id: ClauseId) -> String {
    let clause = &clauses[id.index()];
    match clause.parent {
        Some(parent) => fold::joined(&titled(clauses, parent), &clause.number),
        None => clause.label.clone().or_else(|| clause.alias.clone()).unwrap_or_else(|| clause.number.clone()),
    }
}

fn wide_brackets(text: &str) -> String {
    text.replace('(', "（").replace(')', "）")
}
