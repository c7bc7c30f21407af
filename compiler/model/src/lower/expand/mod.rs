//! What is short for something else is written out before names are resolved.
//!
//! In: the trees of the programme's own files, and of the base that it follows. Out: trees without `score`, `effective` and `amend`:
//! lets, rules and whatever was amended stand there from here on; beside each `select` the fact that records what was decided.
//! Always: what is written out keeps the place of what it stands for, so that messages speak of the author's text; a programme in
//! which nothing is short for anything is not copied.

mod follow;
mod score;
mod select;
mod versions;

pub(crate) use versions::{Version, Versions};

use crate::Inputs;
use prog_base::{Diagnostic, FileId, SourceMap, Span};
use prog_syntax::ast;
use std::borrow::Cow;

/// The programme, written out.
pub(super) struct Expanded<'a> {
    /// Its files; the declarations of all stand in the programme's own block, if anything was written out.
    pub files: Vec<(FileId, Cow<'a, ast::File>)>,
    /// What lookups need to know of versions.
    pub versions: Versions,
    /// The base that it follows, if it follows one: its files and outline.
    pub base: Option<Followed>,
    /// What is wrong with what was written out.
    pub diagnostics: Vec<Diagnostic>,
}

/// The base of a programme, as citations see it.
pub(crate) struct Followed {
    /// Its name.
    pub name: String,
    /// Its title.
    pub title: String,
    /// Its files.
    pub files: Vec<FileId>,
    /// Its outline; a base of the base stands in it too.
    pub clauses: Vec<ast::Clause>,
    /// What does not hold any more as it stood there.
    pub changed: Vec<follow::Changed>,
    /// Where it is declared.
    pub span: Span,
}

/// What is known while writing out.
struct Expansion<'s> {
    sources: &'s SourceMap,
    versions: Versions,
    diagnostics: Vec<Diagnostic>,
    /// The notice leaves open which day decides between versions.
    open: bool,
    /// It has been said that no reading tells which day decides.
    told: bool,
}

/// Writes out the programme.
pub(super) fn run<'a>(inputs: &Inputs<'a>) -> Expanded<'a> {
    let files: Vec<(FileId, Cow<'a, ast::File>)> = inputs.files.iter().map(|(id, file)| (*id, Cow::Borrowed(*file))).collect();
    let bases = &inputs.bases;
    let mut expansion =
        Expansion { sources: inputs.sources, versions: Versions::default(), diagnostics: Vec::new(), open: false, told: false };
    let items = || inputs.files.iter().flat_map(|(_, f)| f.programmes.iter().take(1).flat_map(|p| &p.items).chain(&f.items));
    if bases.is_empty() && !items().any(is_short) {
        return Expanded { files, versions: expansion.versions, base: None, diagnostics: expansion.diagnostics };
    }
    let base = expansion.base(bases);
    let (files, base) = expansion.written_out(files, base, bases);
    Expanded { files, versions: expansion.versions, base, diagnostics: expansion.diagnostics }
}

impl Expansion<'_> {
    /// What holds of the bases, the furthest first.
    fn base(&mut self, bases: &[Vec<(FileId, &ast::File)>]) -> Option<(Vec<ast::Item>, Followed)> {
        let mut known: Option<(Vec<ast::Item>, Followed)> = None;
        for files in bases.iter().rev() {
            let programme = files.iter().find_map(|(_, f)| f.programmes.first())?;
            let own: Vec<ast::Item> = programme.items.iter().chain(files.iter().flat_map(|(_, f)| &f.items)).cloned().collect();
            let notices = own.iter().filter_map(|i| if let ast::Item::Notice(n) = i { Some(n) } else { None });
            let mut followed = Followed {
                name: programme.head.name.text.clone(),
                title: programme.head.message.as_ref().map_or_else(|| programme.head.name.text.clone(), |m| m.text.text.clone()),
                files: files.iter().map(|(id, _)| *id).collect(),
                clauses: notices.flat_map(|n| n.clauses.clone()).collect(),
                changed: Vec::new(),
                span: programme.head.name.span,
            };
            let items = match known.take() {
                Some((items, earlier)) => {
                    followed.files.extend(earlier.files);
                    followed.clauses.extend(earlier.clauses);
                    let held = self.followed(items.clone(), own.clone(), &earlier.name);
                    followed.changed = [earlier.changed, follow::changed(&items, &own, &held)].concat();
                    held
                }
                None => own,
            };
            known = Some((items, followed));
        }
        known
    }

    fn written_out<'a>(
        &mut self,
        files: Vec<(FileId, Cow<'a, ast::File>)>,
        base: Option<(Vec<ast::Item>, Followed)>,
        bases: &[Vec<(FileId, &ast::File)>],
    ) -> (Vec<(FileId, Cow<'a, ast::File>)>, Option<Followed>) {
        let Some(main) = files.iter().position(|(_, f)| !f.programmes.is_empty()) else { return (files, None) };
        let mut files: Vec<(FileId, ast::File)> = files.into_iter().map(|(id, file)| (id, file.into_owned())).collect();
        let mut items = files[main].1.programmes.first_mut().map(|p| std::mem::take(&mut p.items)).unwrap_or_default();
        for (_, file) in &mut files {
            items.append(&mut file.items);
        }
        let followed = match base {
            Some((kept, mut followed)) => {
                let held = self.followed(kept.clone(), items.clone(), &followed.name);
                followed.changed.extend(follow::changed(&kept, &items, &held));
                items = held;
                Some(followed)
            }
            None => {
                let follows = files[main].1.programmes.first().is_some_and(|p| p.follows.is_some());
                self.nothing_followed(&mut items, follows);
                None
            }
        };
        self.versions(&mut items);
        for item in &mut items {
            if let ast::Item::Track(track) = item {
                self.scores(&mut track.members);
            }
        }
        items.extend(select::facts(&items));
        if let Some(programme) = files[main].1.programmes.first_mut() {
            programme.items = items;
        }
        // What the base takes from the library is known here too.
        for (id, file) in bases.iter().flatten() {
            files.push((*id, ast::File { programmes: Vec::new(), items: Vec::new(), ..(*file).clone() }));
        }
        (files.into_iter().map(|(id, file)| (id, Cow::Owned(file))).collect(), followed)
    }

    /// Puts what each score stands for in its place.
    fn scores(&self, members: &mut Vec<ast::TrackMember>) {
        for member in std::mem::take(members) {
            match member {
                ast::TrackMember::Score(one) => members.extend(score::members(&one, self.sources)),
                ast::TrackMember::Conditions(mut group) => {
                    self.scores(&mut group.members);
                    members.push(ast::TrackMember::Conditions(group));
                }
                other @ (ast::TrackMember::Fact(_)
                | ast::TrackMember::Rule(_)
                | ast::TrackMember::Let(_)
                | ast::TrackMember::Outcomes(_)
                | ast::TrackMember::Output(_)
                | ast::TrackMember::Bad(_)) => members.push(other),
            }
        }
    }
}

/// Whether a declaration is short for something else, or holds one that is.
fn is_short(item: &ast::Item) -> bool {
    match item {
        ast::Item::Let(l) => l.effective.is_some(),
        ast::Item::Table(table) => table.effective.is_some(),
        ast::Item::Track(track) => track.members.iter().any(is_short_member),
        ast::Item::Amend(_) | ast::Item::Repeal(_) | ast::Item::Select(_) => true,
        _other => false,
    }
}

fn is_short_member(member: &ast::TrackMember) -> bool {
    match member {
        ast::TrackMember::Score(_) => true,
        ast::TrackMember::Let(l) | ast::TrackMember::Output(l) => l.effective.is_some(),
        ast::TrackMember::Rule(rule) => rule.effective.is_some(),
        ast::TrackMember::Conditions(group) => group.members.iter().any(is_short_member),
        ast::TrackMember::Fact(_) | ast::TrackMember::Outcomes(_) | ast::TrackMember::Bad(_) => false,
    }
}
