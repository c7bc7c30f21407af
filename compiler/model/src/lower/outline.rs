//! The notice's outline: clauses with their addresses, and where each stands in the notice's text.
//!
//! In: `notice { … }` blocks and the text, when given. Out: `Programme::clauses` and [`NoticeText`].
//! Always: depth first, parents before children; two clauses with one address are told.

use super::citations::Addresses;
use super::{Lower, fold};
use crate::{Clause, ClauseId, ClauseKind};
use prog_base::{Diagnostic, Span, codes, text};
use prog_syntax::ast;
use std::collections::BTreeMap;
use std::ops::Range;

impl Lower<'_> {
    /// Lowers every outline.
    pub(crate) fn outline(&mut self) {
        for item in &self.index.items {
            let ast::Item::Notice(notice) = item else { continue };
            for clause in &notice.clauses {
                self.clause(clause, None);
            }
        }
        self.p.outlined = !self.p.clauses.is_empty();
        self.outline_of_base();
        self.unique_addresses();
        self.addresses = Addresses::new(&self.p.clauses, self.p.outlined);
        self.notice = self.inputs.notice.map(|text| NoticeText::new(text, &self.p.clauses));
    }

    /// The outline of the base stands under the base's name: what is kept cites it, and coverage does not count it.
    fn outline_of_base(&mut self) {
        let Some(base) = self.base.take() else { return };
        let plain = ast::Clause {
            kind: ClauseKind::Item,
            number: String::new(),
            label: Some(ast::Str { text: base.title.clone(), span: base.span }),
            alias: Some(ast::Name { text: base.name.clone(), span: base.span }),
            left_out: None,
            absent: false,
            todo: None,
            children: base.clauses.iter().map(|c| under(&base.name, c)).collect(),
            span: base.span,
        };
        let first = self.p.clauses.len();
        self.clause(&plain, None);
        for clause in &mut self.p.clauses[first..] {
            let own = clause.address.strip_prefix(base.name.as_str()).unwrap_or(&clause.address);
            clause.of_base = Some(own.trim_start_matches('.').to_owned());
        }
        self.base = Some(base);
    }

    fn clause(&mut self, clause: &ast::Clause, parent: Option<ClauseId>) -> ClauseId {
        let id = ClauseId(self.p.clauses.len() as u32);
        let number = fold::address(&clause.number);
        let alias = clause.alias.as_ref().map(|a| a.text.clone());
        let label = clause.label.as_ref().map(|l| l.text.clone());
        let own = own_address(clause.kind, &number, label.as_deref());
        let address = match (&alias, parent) {
            (Some(alias), _) => alias.clone(),
            (None, Some(parent)) => fold::joined(&self.p.clauses[parent.index()].address, &own),
            (None, None) => own,
        };
        self.p.clauses.push(Clause {
            kind: clause.kind,
            number,
            address,
            label,
            alias,
            parent,
            children: Vec::new(),
            left_out: clause.left_out.as_ref().map(|w| w.text.clone()),
            absent: clause.absent,
            todo: clause.todo.as_ref().map(|w| w.text.clone()),
            of_base: None,
            span: clause.span,
        });
        let children = clause.children.iter().map(|c| self.clause(c, Some(id))).collect();
        self.p.clauses[id.index()].children = children;
        id
    }

    /// Two clauses with one address can't be told apart by any citation: one of them needs a short name.
    fn unique_addresses(&mut self) {
        let mut seen: BTreeMap<String, Span> = BTreeMap::new();
        for clause in &self.p.clauses {
            let address = fold::text(&clause.address);
            let Some(first) = seen.get(&address) else {
                seen.insert(address, clause.span);
                continue;
            };
            let shown = &clause.address;
            let help = match shown.chars().last() {
                // `条 一`: the word before a number was taken for the number.
                Some(word @ ('条' | '款' | '项')) => text!(
                    "“{word}”在这里被当成了编号；写成 条款 一",
                    "`{word}` is taken for a number here; write `条款 一`, in English `clause 一`"
                ),
                _other => text!(
                    "给其中一条加上简称，例如 as 程序，引用时写简称",
                    "give one of them a short name, such as `as procedure`, and cite that name"
                ),
            };
            self.diagnostics.push(
                Diagnostic::error(
                    codes::CLAUSE_TWICE,
                    clause.span,
                    text!("通知大纲中有两条都叫“{shown}”", "two entries of the outline are both `{shown}`"),
                )
                .here(text!("第二处", "the second"))
                .label(*first, text!("第一处", "the first"))
                .help(help),
            );
        }
    }
}

/// A clause of the base: its short name gets the base's in front, so that it is none of this notice.
fn under(base: &str, clause: &ast::Clause) -> ast::Clause {
    let alias = |a: &ast::Name| ast::Name { text: fold::joined(base, &fold::address(&a.text)), span: a.span };
    ast::Clause {
        alias: clause.alias.as_ref().map(alias),
        children: clause.children.iter().map(|c| under(base, c)).collect(),
        todo: None,
        ..clause.clone()
    }
}

/// How a clause is addressed under its parent: `(一)`, `附件1`, or the label of an unnumbered item.
pub(crate) fn own_address(kind: ClauseKind, number: &str, label: Option<&str>) -> String {
    match kind {
        ClauseKind::Annex if number.starts_with(|c: char| c.is_ascii_alphabetic()) => format!("annex {number}"),
        ClauseKind::Annex => format!("附件{number}"),
        ClauseKind::Clause | ClauseKind::Item if number.is_empty() => label.unwrap_or_default().to_owned(),
        ClauseKind::Clause | ClauseKind::Item => number.to_owned(),
    }
}

/// The notice's text, folded, with the part each clause takes up.
pub(crate) struct NoticeText {
    /// Folded characters.
    chars: Vec<char>,
    /// The same characters as they stand in the text.
    original: Vec<char>,
    /// Whether a character opens a line.
    opens_line: Vec<bool>,
    /// One a clause; `None` where its heading was not found.
    spans: Vec<Option<Range<usize>>>,
}

impl NoticeText {
    fn new(text: &str, clauses: &[Clause]) -> Self {
        let mut it = Self { chars: Vec::new(), original: Vec::new(), opens_line: Vec::new(), spans: vec![None; clauses.len()] };
        for line in text.lines() {
            let mut first = true;
            for c in line.chars() {
                let Some(folded) = fold::char(c) else { continue };
                it.chars.push(folded);
                it.original.push(c);
                it.opens_line.push(std::mem::take(&mut first));
            }
        }
        let roots: Vec<ClauseId> = (0..clauses.len()).filter(|i| clauses[*i].parent.is_none()).map(|i| ClauseId(i as u32)).collect();
        it.place(&roots, 0..it.chars.len(), clauses);
        it
    }

    /// Finds the headings of siblings one after the other within `range`; each reaches to the next one found.
    fn place(&mut self, siblings: &[ClauseId], range: Range<usize>, clauses: &[Clause]) {
        let mut starts: Vec<(ClauseId, usize)> = Vec::new();
        let mut from = range.start;
        for id in siblings {
            if let Some(at) = self.heading(&clauses[id.index()], from..range.end) {
                starts.push((*id, at));
                from = at + 1;
            }
        }
        for (i, (id, start)) in starts.iter().enumerate() {
            let end = starts.get(i + 1).map_or(range.end, |next| next.1);
            self.spans[id.index()] = Some(*start..end);
            let children = &clauses[id.index()].children;
            self.place(children, *start..end, clauses);
        }
    }

    /// Where a clause's heading stands: number and label together, else the number opening a line, else the label, else the
    /// number with its mark inside a line.
    fn heading(&self, clause: &Clause, range: Range<usize>) -> Option<usize> {
        // As printed: an annex under any of its names, an item as `2` or with its parent's number as `4.2`.
        let written: Vec<String> = match clause.kind {
            ClauseKind::Annex => ["附件", "附录", "Annex", "ANNEX"].iter().map(|word| format!("{word}{}", clause.number)).collect(),
            ClauseKind::Clause | ClauseKind::Item => vec![clause.number.clone(), fold::text(&clause.address)],
        };
        let numbers: Vec<Vec<char>> = written.iter().map(|w| w.chars().collect()).collect();
        let label: Vec<char> = clause.label.as_deref().map(fold::text).unwrap_or_default().chars().collect();
        let numbered = |at: usize| {
            let (after, number) = numbers.iter().find_map(|n| Some((self.starts_with(at, n)?, n)))?;
            let bracketed = number.last() == Some(&')');
            let mark = self.chars.get(after).is_some_and(|c| matches!(c, '、' | '.' | ',' | ')' | ':' | '．'));
            (bracketed || mark || clause.kind == ClauseKind::Annex).then_some(after + usize::from(mark))
        };
        let with_label = |at: &usize| !label.is_empty() && numbered(*at).is_some_and(|after| self.starts_with(after, &label).is_some());
        let find = |hit: &dyn Fn(&usize) -> bool| range.clone().find(|at| hit(at));
        if clause.number.is_empty() && clause.kind != ClauseKind::Annex {
            return if label.is_empty() { None } else { find(&|at| self.starts_with(*at, &label).is_some()) };
        }
        // `1 The places`: no mark, but a heading after it.
        let unmarked = |at: &usize| {
            let heading = |n: &Vec<char>| self.starts_with(*at, n).and_then(|after| self.starts_with(after, &label));
            self.opens_line[*at] && !label.is_empty() && numbers.iter().any(|n| heading(n).is_some())
        };
        find(&with_label)
            .or_else(|| find(&unmarked))
            .or_else(|| find(&|at| self.opens_line[*at] && numbered(*at).is_some()))
            .or_else(|| find(&|at| !label.is_empty() && self.opens_line[*at] && self.starts_with(*at, &label).is_some()))
            .or_else(|| find(&|at| numbered(*at).is_some()))
    }

    /// The place after `words`, if they stand at `at`.
    fn starts_with(&self, at: usize, words: &[char]) -> Option<usize> {
        self.chars.get(at..)?.starts_with(words).then_some(at + words.len())
    }

    /// The part of the text a clause takes up: its own, else that of the nearest clause above it, else the whole text.
    pub(crate) fn span_of(&self, id: ClauseId, clauses: &[Clause]) -> Range<usize> {
        let mut at = Some(id);
        while let Some(clause) = at {
            if let Some(Some(range)) = self.spans.get(clause.index()) {
                return range.clone();
            }
            at = clauses[clause.index()].parent;
        }
        0..self.chars.len()
    }

    /// Whether the anchor stands in a part of the text.
    pub(crate) fn has(&self, anchor: &str, range: Range<usize>) -> bool {
        self.find(anchor, range).is_some()
    }

    /// Where the anchor begins in a part of the text.
    pub(crate) fn find(&self, anchor: &str, range: Range<usize>) -> Option<usize> {
        let anchor: Vec<char> = fold::text(anchor).chars().collect();
        if anchor.is_empty() {
            return Some(range.start);
        }
        let part = self.chars.get(range.clone())?;
        part.windows(anchor.len()).position(|w| w == anchor.as_slice()).map(|at| at + range.start)
    }

    /// The deepest clause whose part holds the anchor.
    pub(crate) fn clause_with(&self, anchor: &str) -> Option<ClauseId> {
        let at = self.find(anchor, 0..self.chars.len())?;
        let holds = |s: &Option<Range<usize>>| s.as_ref().is_some_and(|r| r.contains(&at));
        self.spans.iter().rposition(holds).map(|i| ClauseId(i as u32))
    }

    /// The words of the text most like the anchor, as printed; `None` when nothing is much like it.
    pub(crate) fn nearest(&self, anchor: &str, range: Range<usize>) -> Option<String> {
        let wanted: Vec<char> = fold::text(anchor).chars().collect();
        let part = self.chars.get(range.clone())?;
        let mut best: Option<(usize, usize)> = None;
        for (at, window) in part.windows(wanted.len().min(part.len()).max(1)).enumerate() {
            let alike = strsim::generic_levenshtein(&wanted, &window.to_vec());
            if best.is_none_or(|(least, _)| alike < least) {
                best = Some((alike, at));
            }
        }
        let (distance, at) = best?;
        let start = range.start + at;
        let end = (start + wanted.len()).min(self.original.len());
        (distance * 2 <= wanted.len()).then(|| self.original[start..end].iter().collect())
    }
}
