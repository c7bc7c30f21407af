//! Quotas: keys, value and limit, whom they bind (semantics 3).
//!
//! In: `quota` lines. Out: `Programme::quotas` in the order of the index.
//! Always: `about` makes a quota soft; a quota binds the sender only where its stage sends and a key is the sender's own.

use super::{Lower, Named, Scope, Space, walk};
use crate::{Binding, Bound, Comparison, Expr, ExprKind, Key, KeyRange, Quota, StageId, TrackId, Type};
use prog_base::{Diagnostic, codes, text};
use prog_syntax::ast;
use std::collections::BTreeSet;

impl Lower<'_> {
    /// Lowers the quotas; routes are known.
    pub(crate) fn quotas(&mut self) {
        for quota in &self.index.quotas {
            let lowered = self.quota(quota);
            self.p.quotas.push(lowered);
        }
    }

    fn quota(&mut self, quota: &ast::Quota) -> Quota {
        let mut tracks = BTreeSet::new();
        self.counted(&quota.test, &mut tracks, &mut BTreeSet::new());
        let tracks: Vec<TrackId> = tracks.into_iter().collect();
        let mut keys: Vec<Key> = quota.per.iter().map(|k| self.key(k, &tracks)).collect();
        let scope = Scope { keys: keys.iter().map(|k| (k.name.clone(), k.ty.clone())).collect(), batch: true, ..Scope::default() };
        let test = self.truth(&quota.test, &scope);
        for (at, key) in keys.iter_mut().enumerate() {
            if let Some(table) = table_of(&test, at).filter(|_| key.range == KeyRange::Present) {
                key.range = KeyRange::Table(table);
            }
        }
        let (value, bound) = value_and_bound(&test);
        let at = quota.at.as_ref().and_then(|s| self.find_stage(s));
        Quota {
            ident: Self::ident(&quota.head),
            cites: self.cites(&quota.head.cites),
            strength: quota.strength,
            at,
            binding: self.binding(at, &keys, &tracks),
            every: quota.every,
            when: quota.when.as_ref().map(|e| self.truth(e, &scope)),
            soft: matches!(test.kind, ExprKind::About { .. }),
            outcome: quota.outcome.as_ref().and_then(|o| self.quota_outcome(o, &tracks)),
            keys,
            test,
            value,
            bound,
            tracks,
            span: quota.span,
        }
    }

    /// The tracks whose cases an expression counts.
    pub(super) fn counted(&self, e: &ast::Expr, tracks: &mut BTreeSet<TrackId>, lets: &mut BTreeSet<u32>) {
        let mut add = |name: &ast::Name| {
            if let Some(Named::Track(id)) = self.index.get(Space::Track, name) {
                tracks.insert(id);
            }
        };
        match &e.kind {
            ast::ExprKind::Aggregate(a) => a.of.iter().for_each(|of| {
                walk::each_written(of, &mut |x| {
                    if let ast::ExprKind::Name(name) = &x.kind {
                        add(name);
                    }
                });
            }),
            ast::ExprKind::Share { over, among, .. } => over.iter().chain(among.iter().flat_map(|b| &b.over)).for_each(add),
            ast::ExprKind::Name(name) => {
                if let Some(Named::Let(id)) = self.index.get(Space::Value, name)
                    && lets.insert(id.0)
                {
                    self.counted(&self.index.lets[id.index()].value, tracks, lets);
                }
            }
            // Only these three can name a track; every other kind is looked through below.
            _other => {}
        }
        for part in walk::written(e) {
            self.counted(part, tracks, lets);
        }
    }

    /// A key of the quota: an expression in the scope of each counted track.
    pub(super) fn key(&mut self, key: &ast::Expr, tracks: &[TrackId]) -> Key {
        let name = match &key.kind {
            ast::ExprKind::Name(name) => name.text.clone(),
            _written_out => self.inputs.sources.slice(key.span).trim().to_owned(),
        };
        let mut by_track = Vec::new();
        let mut ty = Type::Unknown;
        for track in tracks {
            let value = self.expr(key, &Scope { track: Some(*track), ..Scope::default() }, None);
            if ty == Type::Unknown {
                ty = value.ty.clone();
            } else if !same_kind(&ty, &value.ty) {
                self.other_key(key, &name);
            }
            by_track.push((*track, value));
        }
        let range = match &ty {
            Type::Enum(list) => KeyRange::Enum(*list),
            Type::Unknown
            | Type::Bool
            | Type::Number(_)
            | Type::Text
            | Type::Set(_)
            | Type::Date
            | Type::Moment
            | Type::Duration
            | Type::Record(_)
            | Type::List(_) => KeyRange::Present,
        };
        Key { name, ty, by_track, range }
    }

    fn other_key(&mut self, key: &ast::Expr, name: &str) {
        self.report(
            Diagnostic::error(
                codes::KEY_DIFFERS,
                key.span,
                text!("“{name}”在各类别中不是同一种值", "`{name}` is not the same kind of value in all tracks counted"),
            )
            .help(text!("让各类别用同一个选项或类型", "give it one type in all tracks")),
        );
    }

    /// Whom the quota binds (semantics 3.1, 3.2).
    fn binding(&self, at: Option<StageId>, keys: &[Key], tracks: &[TrackId]) -> Binding {
        let stage = at.and_then(|at| {
            let routed = tracks.iter().find_map(|t| self.p.stage(*t, at)).map(|(_, s)| s);
            routed.or_else(|| self.p.workflows.iter().flat_map(|w| &w.stages).find(|s| s.id == at))
        });
        let Some(stage) = stage else { return Binding::Decider(None) };
        let sender = stage.by.filter(|by| {
            let per = &self.p.actors[by.index()].per;
            !stage.sends.is_empty() && per.as_ref().is_some_and(|per| keys.iter().any(|k| k.name == *per))
        });
        sender.map_or(Binding::Decider(stage.by), Binding::Sender)
    }

    fn quota_outcome(&mut self, name: &ast::Name, tracks: &[TrackId]) -> Option<String> {
        let known: Vec<&str> = tracks.iter().flat_map(|t| &self.p.tracks[t.index()].outcomes).map(|o| o.name.as_str()).collect();
        if known.contains(&name.text.as_str()) {
            return Some(name.text.clone());
        }
        let (written, list) = (&name.text, known.join("、"));
        let diagnostic = Diagnostic::error(
            codes::OUTCOME_UNKNOWN,
            name.span,
            text!("计入这个名额的类别没有处理结果“{written}”", "no track that this quota counts has an outcome `{written}`"),
        );
        self.report(if list.is_empty() {
            diagnostic.help(text!("先在类别中写 处理结果", "list `outcomes` in the track first"))
        } else {
            diagnostic.help(text!("已列出：{list}", "listed are: {list}"))
        });
        None
    }
}

/// Whether two keys can form one group: unknown types agree with everything.
fn same_kind(a: &Type, b: &Type) -> bool {
    match (a, b) {
        (Type::Unknown, _) | (_, Type::Unknown) | (Type::Number(_), Type::Number(_)) => true,
        (a, b) => a == b,
    }
}

/// The table that a check indexes with one of its keys.
pub(super) fn table_of(test: &Expr, key: usize) -> Option<crate::TableId> {
    let mut found = None;
    walk::each(test, &mut |e| {
        if let ExprKind::Lookup { table, keys, .. } = &e.kind
            && keys.iter().any(|k| k.kind == ExprKind::Key(key))
        {
            found = found.or(Some(*table));
        }
    });
    found
}

/// Splits a check into the value counted and its limit.
fn value_and_bound(test: &Expr) -> (Option<Expr>, Option<Bound>) {
    match &test.kind {
        ExprKind::About { value, target } => (Some((**value).clone()), Some(Bound::About((**target).clone()))),
        ExprKind::Compare { op, left, right } => {
            let flipped = counts(right) && !counts(left);
            let (value, limit, op) = if flipped { (right, left, op.mirrored()) } else { (left, right, *op) };
            let limit = (**limit).clone();
            let bound = match op {
                Comparison::Equal => Bound::Equal(limit),
                Comparison::Less | Comparison::Before => Bound::Less(limit),
                Comparison::AtMost => Bound::AtMost(limit),
                Comparison::More | Comparison::After => Bound::More(limit),
                Comparison::AtLeast => Bound::AtLeast(limit),
                Comparison::NotEqual => return (None, None),
            };
            (Some((**value).clone()), Some(bound))
        }
        ExprKind::And(parts) => between(parts).unwrap_or((None, None)),
        _no_comparison => (None, None),
    }
}

/// `low ≤ value ≤ high`, as `between` is typed.
fn between(parts: &[Expr]) -> Option<(Option<Expr>, Option<Bound>)> {
    let [first, second] = parts else { return None };
    let (Some(value), Some(Bound::AtLeast(low))) = value_and_bound(first) else { return None };
    let (Some(same), Some(Bound::AtMost(high))) = value_and_bound(second) else { return None };
    (value == same).then(|| (Some(value), Some(Bound::Between(low, high))))
}

/// Whether an expression counts cases.
fn counts(e: &Expr) -> bool {
    let mut found = false;
    walk::each(e, &mut |x| found |= matches!(x.kind, ExprKind::OverCases { .. } | ExprKind::Share { .. }));
    found
}
