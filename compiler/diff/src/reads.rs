//! What a rule, a quota or a material depends on, directly or through others.
//!
//! In: a programme and one of its declarations. Out: the entries of a case that it reads, what it names, and every expression met on the
//! way. Always: lets, tables, computed entries, guards of entries, waivers and other rules are followed.

use prog_base::DurationUnit;
use prog_model::{
    BuiltinReading, CaseMember, Comparison, Expr, ExprKind, InputId, KeyCell, Material, Origin, Programme, Quota, RuleId, ShareMember,
    Test, TrackId, Type, Waived,
};
use std::collections::{BTreeMap, BTreeSet};

/// What is read.
#[derive(Clone, Debug, Default)]
pub(crate) struct Reads<'p> {
    /// `table:key`, `let:track/key`, `constant:key`, `reading:key`, `enum:key`, `record:key`, `input:pointer`, `unit`, `calendar`, `rule:track/key`.
    pub names: BTreeSet<String>,
    /// Entries by track.
    pub inputs: BTreeMap<TrackId, BTreeSet<InputId>>,
    /// Pointers of judgements, attestations and register entries, by track.
    pub sheets: BTreeMap<TrackId, BTreeSet<String>>,
    /// Expressions met, each with its track.
    pub exprs: Vec<(Option<TrackId>, &'p Expr)>,
    /// Rules met.
    pub rules: BTreeSet<(TrackId, RuleId)>,
    /// Whether something happens along the route.
    pub events: bool,
    /// Whether what is read goes beyond entries: items of lists one by one.
    pub items: bool,
}

pub(crate) struct Reader<'p> {
    p: &'p Programme,
    reads: Reads<'p>,
    seen_lets: BTreeSet<String>,
}

impl<'p> Reader<'p> {
    pub fn new(p: &'p Programme) -> Self {
        Self { p, reads: Reads::default(), seen_lets: BTreeSet::new() }
    }

    pub fn of_rule(p: &'p Programme, track: TrackId, rule: RuleId) -> Reads<'p> {
        let mut reader = Self::new(p);
        reader.rule(track, rule);
        reader.finish()
    }

    pub fn of_quota(p: &'p Programme, quota: &'p Quota) -> Reads<'p> {
        let mut reader = Self::new(p);
        for e in quota.when.iter().chain([&quota.test]) {
            reader.expr(None, e);
        }
        for (track, e) in quota.keys.iter().flat_map(|k| &k.by_track) {
            reader.expr(Some(*track), e);
        }
        reader.finish()
    }

    pub fn of_material(p: &'p Programme, track: TrackId, material: &'p Material) -> Reads<'p> {
        let mut reader = Self::new(p);
        for (_, e) in material.when.iter().filter(|(t, _)| *t == track) {
            reader.expr(Some(track), e);
        }
        let waives = |w: &Waived| if let Waived::Material(id) = w { std::ptr::eq(&p.materials[id.index()], material) } else { false };
        for (index, rule) in p.track(track).rules.iter().enumerate() {
            let asks = rule.needs.iter().any(|id| std::ptr::eq(&p.materials[id.index()], material));
            if asks || rule.waives.iter().any(waives) {
                reader.rule(track, RuleId(index as u32));
            }
        }
        reader.finish()
    }

    pub fn rule(&mut self, track: TrackId, id: RuleId) {
        if !self.reads.rules.insert((track, id)) {
            return;
        }
        let of = self.p.track(track);
        let rule = &of.rules[id.index()];
        self.reads.names.insert(format!("rule:{}/{}", of.ident.key, rule.ident.key));
        self.reads.items |= rule.each.is_some();
        for e in rule.each.iter().chain(&rule.when).chain(&rule.unless) {
            self.expr(Some(track), e);
        }
        self.test(track, &rule.ident.key, &rule.test);
        for waiver in &rule.waived_by {
            self.rule(track, *waiver);
        }
    }

    fn test(&mut self, track: TrackId, key: &str, test: &'p Test) {
        let mut sheet = |place: &str| {
            let key = key.replace('~', "~0").replace('/', "~1");
            self.reads.sheets.entry(track).or_default().insert(format!("/{place}/{key}"));
        };
        match test {
            Test::Expr(e) => self.expr(Some(track), e),
            Test::Judged { .. } => sheet("judgements"),
            Test::Attested { .. } => sheet("attested"),
            Test::External { as_of, .. } => {
                sheet("external");
                if let Some(e) = as_of {
                    self.expr(Some(track), e);
                }
            }
            Test::Bad => {}
            Test::Threshold { members, .. } => {
                for member in members {
                    if let Some(e) = &member.when {
                        self.expr(Some(track), e);
                    }
                    self.test(track, &member.ident.key, &member.test);
                }
            }
        }
    }

    /// An expression in the scope of a track's case, or of a batch.
    pub fn expr(&mut self, track: Option<TrackId>, e: &'p Expr) {
        self.reads.exprs.push((track, e));
        self.parts(track, e);
    }

    fn parts(&mut self, track: Option<TrackId>, e: &'p Expr) {
        self.names(e);
        match &e.kind {
            ExprKind::Input(id) => self.input(track, *id),
            ExprKind::Rule(id) => {
                if let Some(track) = track {
                    self.rule(track, *id);
                }
            }
            ExprKind::Let(id) => {
                if let Some(of) = track.map(|t| self.p.track(t)) {
                    let named = &of.lets[id.index()];
                    if self.seen_lets.insert(format!("let:{}/{}", of.ident.key, named.ident.key)) {
                        self.expr(track, &named.value);
                    }
                }
            }
            ExprKind::Constant(id) => {
                let named = &self.p.lets[id.index()];
                if self.seen_lets.insert(format!("constant:{}", named.ident.key)) {
                    self.expr(None, &named.value);
                }
            }
            ExprKind::Lookup { table, .. } | ExprKind::OverColumn { table, .. } | ExprKind::Split { table, .. } => {
                self.table(table.index())
            }
            ExprKind::Time(_) => self.reads.events = true,
            ExprKind::Due(stage) => self.due(track, *stage),
            ExprKind::ItemField { .. } | ExprKind::Item { .. } | ExprKind::OverList { .. } => self.reads.items = true,
            _other => {}
        }
        match &e.kind {
            ExprKind::OverCases { members, .. } => members.iter().for_each(|m| self.case_member(m)),
            ExprKind::Share { members } => members.iter().for_each(|m| self.share_member(m)),
            _other => e.parts().into_iter().for_each(|part| self.parts(track, part)),
        }
    }

    fn case_member(&mut self, member: &'p CaseMember) {
        for e in member.filter.iter().chain(&member.value) {
            self.expr(Some(member.track), e);
        }
    }

    fn share_member(&mut self, member: &'p ShareMember) {
        for e in member.base.iter().chain(&member.part) {
            self.expr(Some(member.track), e);
        }
    }

    /// What an expression names, for those who ask whether it reads that.
    fn names(&mut self, e: &'p Expr) {
        let p = self.p;
        let builtin = |which: BuiltinReading| p.builtin_reading(which).map(|id| format!("reading:{}", p.reading(id).ident.key));
        let named = match &e.kind {
            ExprKind::ReadingIs { reading, .. } => Some(format!("reading:{}", p.reading(*reading).ident.key)),
            ExprKind::About { .. } => builtin(BuiltinReading::About),
            ExprKind::Length(_) => builtin(BuiltinReading::Length),
            ExprKind::Compare { op: Comparison::Before, .. } => builtin(BuiltinReading::Before),
            ExprKind::Compare { op: Comparison::After, .. } => builtin(BuiltinReading::After),
            ExprKind::Shift { by, .. } | ExprKind::ShiftTimes { by, .. } if by.unit == DurationUnit::WorkingDays => {
                Some("calendar".to_owned())
            }
            _other => None,
        };
        self.reads.names.extend(named);
        let of_type = match &e.ty {
            Type::Enum(id) | Type::Set(id) => Some(format!("enum:{}", p.enumeration(*id).ident.key)),
            Type::Record(id) => Some(format!("record:{}", p.records[id.index()].ident.key)),
            Type::Number(n) if n.unit.is_some() => Some("unit".to_owned()),
            _other => None,
        };
        self.reads.names.extend(of_type);
    }

    pub fn input(&mut self, track: Option<TrackId>, id: InputId) {
        let Some(track) = track else { return };
        let input = self.p.input(id);
        self.reads.names.insert(format!("input:{}", input.pointer));
        if !self.reads.inputs.entry(track).or_default().insert(id) {
            return;
        }
        if let Some(e) = &input.when {
            self.expr(Some(track), e);
        }
        match &input.origin {
            Origin::Computed(e) => self.expr(Some(track), e),
            Origin::External { as_of: Some(e), .. } => self.expr(Some(track), e),
            Origin::External { as_of: None, .. } | Origin::Entered | Origin::Attested { .. } | Origin::Judged { .. } => {}
        }
    }

    fn table(&mut self, index: usize) {
        let table = &self.p.tables[index];
        if !self.reads.names.insert(format!("table:{}", table.ident.key)) {
            return;
        }
        for row in &table.rows {
            for e in &row.values {
                self.expr(None, e);
            }
            for cell in &row.keys {
                if let KeyCell::OneOf(values) = cell {
                    values.iter().for_each(|e| self.expr(None, e));
                }
            }
        }
    }

    fn due(&mut self, track: Option<TrackId>, stage: prog_model::StageId) {
        let found = track.and_then(|t| self.p.stage(t, stage)).and_then(|(_, s)| s.due.as_ref());
        if let Some(prog_model::Deadline::At(e) | prog_model::Deadline::Inferred(e)) = found
            && self.seen_lets.insert(format!("due:{stage:?}"))
        {
            self.expr(track, e);
        }
    }
}

impl<'p> Reader<'p> {
    /// Everything met: names, lets and constants.
    pub fn finish(mut self) -> Reads<'p> {
        let lets = std::mem::take(&mut self.seen_lets);
        self.reads.names.extend(lets);
        self.reads
    }
}
