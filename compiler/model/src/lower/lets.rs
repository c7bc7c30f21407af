//! Lets: lowered when first used, so that each stands after those it uses.
//!
//! In: lets of the programme and of each track. Out: `p.lets` by id; `p.tracks[i].lets` in an order in which each uses only earlier
//! ones, and `outputs`. Always: a let in a circle is told once, with the whole circle, and has type `Unknown`.

use super::{Index, Lower, Scope, vocabulary};
use crate::{ConstId, Expr, ExprKind, Ident, Let, LetId, TrackId, Type};
use prog_base::{Diagnostic, Span, codes, text};
use prog_syntax::ast;

/// How far a let is.
#[derive(Clone)]
enum State {
    Waiting,
    Busy,
    Done(Type),
}

/// How far each let is.
pub(super) struct Progress<'a> {
    programme: Vec<State>,
    /// By track, by position in [`super::TrackNames::lets`]; with the id once done.
    tracks: Vec<Vec<(State, Option<LetId>)>>,
    /// What is being lowered, outermost first.
    path: Vec<&'a ast::Let>,
}

impl Progress<'_> {
    pub(super) fn new(index: &Index<'_>) -> Self {
        Self {
            programme: vec![State::Waiting; index.lets.len()],
            tracks: index.tracks.iter().map(|t| vec![(State::Waiting, None); t.lets.len()]).collect(),
            path: Vec::new(),
        }
    }
}

impl<'a> Lower<'a> {
    /// Lowers the programme-level lets.
    pub(crate) fn programme_lets(&mut self) {
        for i in 0..self.index.lets.len() {
            self.programme_let_by_id(ConstId(i as u32));
        }
    }

    /// Puts every programme-level let in its place, so that ids are good from the start.
    pub(super) fn announce_lets(&mut self) {
        for l in &self.index.lets {
            let value = Expr { kind: ExprKind::Bad, ty: Type::Unknown, span: l.value.span };
            let ident = Self::ident(&l.head);
            self.p.lets.push(Let { ident, cites: Vec::new(), value, out_of: None, batch: false, span: l.span });
        }
    }

    /// Type of a programme-level let, and whether it counts over cases; `None` after a fault.
    pub(super) fn programme_let(&mut self, id: ConstId, _used: &ast::Name) -> Option<(Type, bool)> {
        let ty = self.programme_let_by_id(id)?;
        Some((ty, self.p.lets[id.index()].batch))
    }

    fn programme_let_by_id(&mut self, id: ConstId) -> Option<Type> {
        let written = self.index.lets[id.index()];
        match self.lets.programme[id.index()].clone() {
            State::Done(ty) => return Some(ty),
            State::Busy => {
                self.told_cycle(written);
                return None;
            }
            State::Waiting => {}
        }
        self.lets.programme[id.index()] = State::Busy;
        self.lets.path.push(written);
        let value = self.let_value(written, &Scope { batch: true, ..Scope::default() });
        self.lets.path.pop();
        let ty = value.ty.clone();
        let cites = self.cites(&written.head.cites);
        let batch = self.is_batch(&value);
        let this = &mut self.p.lets[id.index()];
        (this.value, this.cites, this.batch) = (value, cites, batch);
        self.lets.programme[id.index()] = State::Done(ty.clone());
        Some(ty)
    }

    /// Lowers the lets and outputs of every track; inputs must be known.
    pub(crate) fn track_lets(&mut self) {
        for t in 0..self.index.tracks.len() {
            let track = TrackId(t as u32);
            for i in 0..self.index.tracks[t].lets.len() {
                self.track_let_at(track, i);
            }
            let outputs = self.index.tracks[t].lets.iter().zip(&self.lets.tracks[t]).filter(|((_, output), _)| *output);
            let outputs: Vec<LetId> = outputs.filter_map(|(_, (_, id))| *id).collect();
            if let Some(track) = self.p.tracks.get_mut(t) {
                track.outputs = outputs;
            }
        }
    }

    /// The let of that name in a track: `None` when there is none, `Some(None)` after a fault.
    pub(super) fn track_let(&mut self, track: TrackId, name: &str) -> Option<Option<(LetId, Type)>> {
        let at = self.index.tracks[track.index()].let_named(name)?;
        Some(self.track_let_at(track, at))
    }

    fn track_let_at(&mut self, track: TrackId, at: usize) -> Option<(LetId, Type)> {
        let (written, output) = self.index.tracks[track.index()].lets[at];
        match self.lets.tracks[track.index()][at].clone() {
            (State::Done(ty), id) => return id.map(|id| (id, ty)),
            (State::Busy, _) => {
                self.told_cycle(written);
                return None;
            }
            (State::Waiting, _) => {}
        }
        self.lets.tracks[track.index()][at].0 = State::Busy;
        self.lets.path.push(written);
        let mut value = self.let_value(written, &Scope { track: Some(track), ..Scope::default() });
        if output {
            let own = value.ty.clone();
            value = self.stored(value, &own);
        }
        self.lets.path.pop();
        let ty = value.ty.clone();
        let cites = self.cites(&written.head.cites);
        let ident: Ident = Self::ident(&written.head);
        let mut id = None;
        if let Some(track) = self.p.tracks.get_mut(track.index()) {
            id = Some(LetId(track.lets.len() as u32));
            let out_of = written.out_of.as_ref().and_then(|_| if let Type::Number(n) = &ty { n.high.clone() } else { None });
            track.lets.push(Let { ident, cites, value, out_of, batch: false, span: written.span });
        }
        self.lets.tracks[track.index()][at] = (State::Done(ty.clone()), id);
        id.map(|id| (id, ty))
    }

    /// The value, of the declared type if one is declared.
    fn let_value(&mut self, written: &ast::Let, scope: &Scope) -> Expr {
        let Some(declared) = &written.ty else {
            let mut value = self.expr(&written.value, scope, None);
            if let Some(bound) = &written.out_of {
                self.keeps_to(written, bound, &mut value, scope);
            }
            return value;
        };
        let (field, ty) = self.field_type(declared, &Self::ident(&written.head));
        let value = self.expr(&written.value, scope, Some(&ty));
        let mut value = self.stored(value, &ty);
        self.proved(written, &field, &ty, &value);
        value.ty = match (ty, value.ty) {
            (Type::Number(own), Type::Number(found)) => {
                Type::Number(crate::NumberType { low: found.low.or(own.low), high: found.high.or(own.high), ..own })
            }
            (ty, _) => ty,
        };
        value
    }

    /// `from … to …` of a let is proved from the bounds of what it is computed of, never a clip.
    fn proved(&mut self, written: &ast::Let, field: &crate::FieldType, ty: &Type, value: &Expr) {
        let (Type::Number(own), Type::Number(found)) = (ty, &value.ty) else { return };
        let below = field.low.is_some() && found.low.as_ref().is_none_or(|l| Some(l) < own.low.as_ref());
        let above = field.high.is_some() && found.high.as_ref().is_none_or(|h| Some(h) > own.high.as_ref());
        if !below && !above {
            return;
        }
        let open = || "…".to_owned();
        let end = |n: &Option<prog_base::Exact>| n.as_ref().map_or_else(open, |n| self.show(n, ty));
        let (name, low, high) = (&written.head.name.text, end(&found.low), end(&found.high));
        let fix = match (below, above, field.low.as_ref(), field.high.as_ref()) {
            (_, true, _, Some(most)) => text!(
                "超出部分不算就写 封顶 {most}；不会超出就收紧所用数据的取值范围",
                "write `capped at {most}` if more does not count; else narrow the ranges of what it is computed of"
            ),
            (_, _, least, _) => {
                let least = least.map_or_else(open, ToString::to_string);
                text!(
                    "不足时按下限算就写 保底 {least}；不会低于它就收紧所用数据的取值范围",
                    "write `floored at {least}` if less counts as that; else narrow the ranges of what it is computed of"
                )
            }
        };
        let d = Diagnostic::error(
            codes::BOUND_UNPROVED,
            written.value.span,
            text!(
                "“{name}”可能超出写明的范围：算出的值从 {low} 到 {high}",
                "`{name}` may leave its stated range: it comes out from {low} to {high}"
            ),
        );
        let at = written.ty.as_ref().map_or(written.head.name.span, |t| t.span);
        self.report(d.label(at, text!("写明的范围", "the stated range")).help(fix));
    }

    fn told_cycle(&mut self, written: &ast::Let) {
        let place = |l: &&ast::Let| -> Span { l.head.name.span };
        let start = self.lets.path.iter().position(|l| place(l) == written.head.name.span).unwrap_or(0);
        let names: Vec<&ast::Name> = self.lets.path[start..].iter().map(|l| &l.head.name).collect();
        let told = vocabulary::cycle(&names);
        self.report(told);
    }

    /// Whether the value is counted over cases.
    fn is_batch(&self, value: &Expr) -> bool {
        let mut batch = false;
        value.visit(&mut |e| match &e.kind {
            ExprKind::OverCases { .. } | ExprKind::Share { .. } => batch = true,
            ExprKind::Constant(id) => batch |= self.p.lets.get(id.index()).is_some_and(|l| l.batch),
            _other => {}
        });
        batch
    }
}
