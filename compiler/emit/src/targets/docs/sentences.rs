//! Declarations to sentences.
//!
//! In: one declaration. Out: its [`Entry`]. Always: one function a kind of declaration; what each says is complete: who, when, how
//! many, what follows when it does not hold.

use super::entries::{Entry, Item};
use crate::Plan;
use crate::prose::Prose;
use prog_base::{Lang, text};
use prog_model::{
    Actor, Assert, Declared, Duty, Form, HeaderField, HeaderValue, Ident, Input, Let, StageId, Summary, Thing, Track, TrackId,
};

/// Says what declarations mean.
pub struct Sentences<'a> {
    pub plan: &'a Plan<'a>,
    pub prose: Prose<'a>,
}

impl<'a> Sentences<'a> {
    pub fn new(plan: &'a Plan<'a>, lang: Lang) -> Self {
        Self { plan, prose: Prose::new(plan.programme, lang) }
    }

    pub(super) fn say(&self, text: prog_base::Text) -> String {
        self.prose.say(text)
    }

    /// An entry of this kind.
    pub(super) fn new_entry(&self, kind: prog_base::Text, tone: &'static str, rank: u8) -> Entry {
        Entry { kind: self.say(kind), tone, rank, ..Entry::default() }
    }

    /// An entry about a named thing.
    pub(super) fn about(&self, kind: prog_base::Text, tone: &'static str, rank: u8, ident: &Ident) -> Entry {
        Entry { title: self.prose.name(ident), doc: ident.doc.clone(), ..self.new_entry(kind, tone, rank) }
    }

    /// What a declaration says.
    pub fn entry(&self, one: &Declared<'a>, declared: &[Declared<'a>]) -> Entry {
        let holder = one.within.map(|at| &declared[at]);
        match one.what {
            Thing::Programme(p) => self.about(text!("标题", "title"), "fact", 0, &p.ident),
            Thing::Header(field) => self.header(field),
            Thing::Clause(_) => Entry::default(),
            Thing::Track(track) => self.track(track),
            Thing::Reading(reading) => self.reading(reading),
            Thing::Actor(actor) => self.actor(actor),
            Thing::Enum(list) => {
                let mut entry = self.about(text!("选项", "closed list"), "fact", 3, &list.ident);
                entry.items = list.values.iter().map(|v| Item::new(self.prose.name(&v.ident))).collect();
                entry
            }
            Thing::EnumValue(value) => self.choice(&value.ident, holder),
            Thing::Record(record) => self.about(text!("一组填写项", "group of fields"), "fact", 3, &record.ident),
            Thing::RecordField(field) => self.field(&field.ident, &field.field, field.optional, holder),
            Thing::SummaryField(field) => self.field(&field.ident, &field.field, field.optional, holder),
            Thing::SummaryColumn(column) => self.field(&column.ident, &column.field, column.optional, holder),
            Thing::Table(table) => self.table(table),
            Thing::Calendar(calendar) => self.calendar(calendar),
            Thing::Column(column) => self.about(text!("表中一栏", "column"), "fact", 3, &column.ident),
            Thing::Let(named) => self.named_value(named, one, declared),
            Thing::Input(input) => self.input(input, holder, declared),
            Thing::Group(group) => {
                let mut entry = self.about(text!("一组条件", "conditions"), "must", 4, &group.ident);
                entry.scope = self.scope_of(holder);
                if let Some(Thing::Track(track)) = holder.map(|h| h.what) {
                    let rules = group.rules.iter().filter_map(|r| track.rules.get(r.index()));
                    entry.items = rules.map(|r| Item::new(self.prose.name(&r.ident))).collect();
                }
                entry
            }
            Thing::Rule(track, rule) => self.rule(track, rule),
            Thing::Member(member) => self.member_alone(member, holder),
            Thing::Material(material) => self.material(material),
            Thing::Quota(quota) => self.quota(quota),
            Thing::Selection(selection) => self.selection(selection),
            Thing::Assert(assert) => self.assert(assert),
            Thing::Stage(workflow, stage) => self.stage(workflow, stage, one),
            Thing::Form(form) => self.form(form),
            Thing::Part(part) => self.part(part, holder),
            Thing::Grid(grid) => self.grid(grid, holder),
            Thing::Opinion(opinion) => self.opinion(opinion, holder),
            Thing::Summary(summary) => self.summary(summary),
            Thing::Targets(targets) => self.targets(targets),
            Thing::Indicator(indicator) => self.indicator(indicator, holder),
            Thing::Duty(duty) => self.duty(duty),
        }
    }

    /// Whether it is worth a line of its own where it cites no clause.
    pub fn stands_alone(&self, one: &Declared<'_>) -> bool {
        match one.what {
            Thing::Input(input) => input.form.is_none(),
            Thing::Rule(_, rule) => !rule.soft,
            Thing::Let(_)
            | Thing::Table(_)
            | Thing::Calendar(_)
            | Thing::Material(_)
            | Thing::Quota(_)
            | Thing::Selection(_)
            | Thing::Assert(_)
            | Thing::Stage(..)
            | Thing::Duty(_)
            | Thing::Summary(_)
            | Thing::Form(_)
            | Thing::Targets(_) => true,
            Thing::Programme(_)
            | Thing::Header(_)
            | Thing::Clause(_)
            | Thing::Track(_)
            | Thing::Reading(_)
            | Thing::Actor(_)
            | Thing::Enum(_)
            | Thing::EnumValue(_)
            | Thing::Record(_)
            | Thing::RecordField(_)
            | Thing::SummaryField(_)
            | Thing::SummaryColumn(_)
            | Thing::Column(_)
            | Thing::Group(_)
            | Thing::Member(_)
            | Thing::Part(_)
            | Thing::Grid(_)
            | Thing::Opinion(_)
            | Thing::Indicator(_) => false,
        }
    }

    fn header(&self, field: &HeaderField) -> Entry {
        let mut entry = self.new_entry(text!("通知本身", "the notice"), "fact", 0);
        let (name, (value, state)) = (self.say(super::facts::header_name(field.key)), self.header_value(&field.value));
        let shown = self.prose.aside(&value, &state);
        entry.items = vec![Item::new(self.say(text!("{name}：{shown}", "{name}: {shown}")))];
        entry
    }

    /// A header's value, and how it is known when the notice does not state it.
    pub fn header_value(&self, value: &HeaderValue) -> (String, String) {
        let list = |values: &[String]| values.iter().map(|v| self.value_shown(v)).collect::<Vec<_>>().join(&self.say(text!("；", "; ")));
        match value {
            HeaderValue::Given(values) => (list(values), String::new()),
            HeaderValue::Inferred(values) => (list(values), self.say(text!("推定", "inferred"))),
            HeaderValue::Unknown(why) => (self.prose.unknown(None), why.clone().unwrap_or_default()),
            HeaderValue::Absent => (self.say(text!("原文未附", "absent in source")), String::new()),
        }
    }

    /// A header's value; a day in words.
    pub(super) fn value_shown(&self, value: &str) -> String {
        prog_base::Date::parse(value).map_or_else(|| value.to_owned(), |day| self.prose.date(day))
    }

    fn track(&self, track: &Track) -> Entry {
        let mut entry = self.about(text!("申报类别", "category"), "fact", 0, &track.ident);
        if !track.forms.is_empty() {
            let forms = self.prose.all(track.forms.iter().map(|f| self.prose.form(*f)));
            entry.lines.push(self.say(text!("申报时填写{forms}。", "Applicants fill in {forms}.")));
        }
        if !track.outcomes.is_empty() {
            let list = self.prose.listed(track.outcomes.iter().map(|o| self.prose.quoted(o)));
            entry.lines.push(self.say(text!("结论由好到差：{list}。", "Outcomes, best first: {list}.")));
        }
        entry
    }

    fn actor(&self, actor: &Actor) -> Entry {
        let mut entry = self.new_entry(text!("涉及的单位", "who acts"), "act", 1);
        let name = self.prose.name(&actor.ident);
        let each = actor.per.as_ref().map(|key| self.say(text!("每个{key}一个", "one for each {key}"))).unwrap_or_default();
        entry.items = vec![Item::new(self.prose.aside(&name, &each))];
        entry
    }

    fn choice(&self, ident: &Ident, holder: Option<&Declared<'_>>) -> Entry {
        let mut entry = self.new_entry(text!("选项", "closed list"), "fact", 3);
        entry.title = holder.map(|h| self.title_of(&h.what)).unwrap_or_default();
        let name = self.prose.name(ident);
        entry.items = vec![Item::new(self.say(text!("其中一项：{name}", "one of them: {name}")))];
        entry
    }

    /// The title of what holds something.
    pub(super) fn title_of(&self, what: &Thing<'_>) -> String {
        match what {
            Thing::Form(f) => self.prose.title(&f.ident),
            Thing::Part(p) => self.prose.name(&p.ident),
            Thing::Grid(g) => self.prose.name(&g.ident),
            Thing::Opinion(o) => self.prose.name(&o.ident),
            Thing::Summary(s) => self.prose.title(&s.ident),
            Thing::Enum(e) => self.prose.name(&e.ident),
            Thing::Record(r) => self.prose.name(&r.ident),
            Thing::Input(i) => self.prose.name(&i.ident),
            Thing::Targets(t) => self.prose.name(&t.ident),
            Thing::Track(t) => self.prose.name(&t.ident),
            Thing::Rule(_, r) => self.prose.name(&r.ident),
            _other => String::new(),
        }
    }

    /// The track that holds it.
    pub(super) fn scope_of(&self, holder: Option<&Declared<'_>>) -> Vec<String> {
        match holder.map(|h| h.what) {
            Some(Thing::Track(track)) if self.plan.programme.tracks.len() > 1 => vec![self.prose.name(&track.ident)],
            _other => Vec::new(),
        }
    }

    fn field(&self, ident: &Ident, field: &prog_model::FieldType, optional: bool, holder: Option<&Declared<'_>>) -> Entry {
        let mut entry = self.new_entry(text!("填写项", "fields"), "fact", 8);
        entry.title = holder.map(|h| self.title_of(&h.what)).unwrap_or_default();
        let (name, mut kind) = (self.prose.name(ident), self.prose.entry(field));
        if optional {
            kind = self.say(text!("{kind}，可不填", "{kind}, optional"));
        }
        entry.items = vec![Item::new(self.prose.aside(&name, &kind))];
        entry
    }

    fn input(&self, input: &Input, holder: Option<&Declared<'_>>, declared: &[Declared<'a>]) -> Entry {
        let form = input.form.map(|f| &self.plan.programme.forms[f.index()]);
        let mut entry = match form {
            Some(form) => Entry { title: self.prose.title(&form.ident), ..self.new_entry(text!("填写项", "fields"), "fact", 8) },
            None => self.new_entry(text!("另行登记的信息", "recorded besides the forms"), "fact", 5),
        };
        entry.scope = self.scope_of(holder);
        let track = holder.and_then(|h| track_of(self.plan, h, declared));
        let prose = track.map_or(self.prose.clone(), |t| self.prose.in_track(t));
        let mut asides = vec![prose.entry(&input.field), prose.origin(&input.origin)];
        if let Some(when) = &input.when {
            let when = prose.holds(when);
            asides.push(self.say(text!("只在{when}时填写", "only if {when}")));
        }
        if input.optional {
            asides.push(self.say(text!("可不填", "optional")));
        }
        // Filling in is what the first stage is for.
        if let Some(stage) = input.stage.filter(|stage| form.is_none() && !self.is_first(*stage)) {
            let stage = prose.stage(stage);
            asides.push(self.say(text!("在{stage}环节填写", "filled at {stage}")));
        }
        asides.extend(input.prompt.iter().chain(&input.help).map(|l| self.prose.label(l)));
        asides.extend(input.ident.doc.clone());
        asides.retain(|a| !a.is_empty());
        let aside = asides.join(&self.say(text!("；", "; ")));
        entry.items = vec![Item::new(self.prose.aside(&self.prose.name(&input.ident), &aside))];
        entry
    }

    /// Whether routes begin there.
    pub(super) fn is_first(&self, stage: StageId) -> bool {
        self.plan.programme.workflows.iter().any(|w| w.stages.first().is_some_and(|s| s.id == stage))
    }

    fn named_value(&self, named: &Let, one: &Declared<'a>, declared: &[Declared<'a>]) -> Entry {
        let mut entry = self.about(text!("计算", "computed"), "fact", 9, &named.ident);
        let holder = one.within.map(|at| &declared[at]);
        entry.scope = self.scope_of(holder);
        let track = holder.and_then(|h| track_of(self.plan, h, declared));
        let prose = track.map_or(self.prose.clone(), |t| self.prose.in_track(t));
        entry.lines = vec![match &named.value.ty {
            prog_model::Type::Bool => {
                let test = prose.holds(&named.value);
                self.say(text!("符合此条件的为“是”：{test}。", "Yes where the following holds, otherwise no: {test}."))
            }
            _value => {
                let value = prose.noun(&named.value);
                self.say(text!("等于：{value}。", "It is {value}."))
            }
        }];
        if let Some(most) = &named.out_of {
            let most = match &named.value.ty {
                prog_model::Type::Number(ty) => prose.number(most, ty),
                _other => most.to_string(),
            };
            entry.lines.push(self.say(text!("满分{most}。", "It is out of {most}.")));
        }
        entry
    }

    fn assert(&self, assert: &Assert) -> Entry {
        let mut entry = self.about(text!("已核对", "proved"), "fact", 9, &assert.ident);
        let test = self.prose.holds(&assert.test);
        entry.lines = vec![self.say(text!("编译时核对，成立：{test}。", "Checked when compiled, and true: {test}."))];
        entry
    }

    fn duty(&self, duty: &Duty) -> Entry {
        let mut entry = self.new_entry(text!("职责（不设期限，不作判断）", "duties (undated, not judged)"), "act", 12);
        let (actor, mut words) = (self.prose.actor(duty.actor), self.prose.label(&duty.message));
        if let Some(strength) = duty.strength {
            let strength = self.say(super::entries::strength(strength).0);
            words = self.prose.aside(&words, &strength);
        }
        if let Some(at) = duty.at.map(|at| self.prose.stage(at)) {
            words = self.say(text!("{words}（在{at}环节）", "{words} (at {at})"));
        }
        if let Some(doc) = duty.ident.as_ref().and_then(|i| i.doc.as_ref()) {
            words = self.prose.aside(&words, doc);
        }
        entry.items = vec![Item::new(self.say(text!("{actor}：{words}", "{actor}: {words}")))];
        entry
    }

    fn form(&self, form: &Form) -> Entry {
        let mut entry = self.about(text!("表单", "form"), "fact", 7, &form.ident);
        entry.lines = vec![match form.absent {
            true => self.say(text!("原文未附此表的内容，不设填写项。", "Its content is absent in source; it has no fields.")),
            false => {
                let count = form.inputs.len();
                self.say(text!("按原表编写，共 {count} 个填写项。", "As printed, with {count} fields."))
            }
        }];
        let at = self.plan.programme.forms.iter().position(|f| std::ptr::eq(f, form));
        entry.link = at.map(|at| format!("../forms/{}.html", self.plan.forms[at]));
        entry
    }

    fn summary(&self, summary: &Summary) -> Entry {
        let mut entry = self.about(text!("汇总表", "summary"), "fact", 7, &summary.ident);
        let by = summary.by.map(|by| self.prose.actor(by));
        if let Some(by) = by {
            entry.lines.push(self.say(text!("由{by}填写，每份申报一行。", "Filled by {by}, a row for each application.")));
        }
        entry.lines.push(match summary.absent {
            true => self.say(text!("原文未附此表的内容，不设填写项。", "Its content is absent in source; it has no columns.")),
            false => {
                let heads = self.prose.listed(summary.columns.iter().enumerate().map(|(index, column)| {
                    let own = self.prose.name(&column.ident);
                    summary.group_of(index).map_or(own.clone(), |head| format!("{}·{own}", self.prose.name(head)))
                }));
                self.say(text!("各栏：{heads}。", "Columns: {heads}."))
            }
        });
        let at = self.plan.programme.summaries.iter().position(|s| std::ptr::eq(s, summary));
        entry.link = at.map(|at| format!("../forms/{}.html", self.plan.summaries[at]));
        entry
    }

    fn part(&self, part: &prog_model::Part, holder: Option<&Declared<'_>>) -> Entry {
        let mut entry = self.new_entry(text!("表单的一部分", "part of a form"), "fact", 8);
        entry.title = holder.map(|h| self.title_of(&h.what)).unwrap_or_default();
        let mut asides = Vec::new();
        if let Some(by) = part.by.map(|by| self.prose.actor(by)) {
            asides.push(self.say(text!("由{by}填写", "filled by {by}")));
        }
        if let Some(at) = part.at.map(|at| self.prose.stage(at)) {
            asides.push(self.say(text!("从{at}环节起", "from {at} on")));
        }
        if let Some(when) = part.when.as_ref().map(|w| self.prose.holds(w)) {
            asides.push(self.say(text!("只在{when}时填写", "only if {when}")));
        }
        let aside = asides.join(&self.say(text!("，", ", ")));
        entry.items = vec![Item::new(self.prose.aside(&self.prose.name(&part.ident), &aside))];
        entry
    }

    fn grid(&self, grid: &prog_model::Grid, holder: Option<&Declared<'_>>) -> Entry {
        let mut entry = self.new_entry(text!("填写项", "fields"), "fact", 8);
        entry.title = holder.map(|h| self.title_of(&h.what)).unwrap_or_default();
        let cells = self.prose.listed(grid.cells.iter().chain(&grid.total).map(|c| self.prose.name(&self.plan.programme.input(*c).ident)));
        let name = self.prose.name(&grid.ident);
        entry.items = vec![Item::new(self.say(text!("{name}：{cells}", "{name}: {cells}")))];
        entry
    }

    fn opinion(&self, opinion: &prog_model::Opinion, holder: Option<&Declared<'_>>) -> Entry {
        let mut entry = self.new_entry(text!("意见栏", "opinion"), "act", 8);
        entry.title = holder.map(|h| self.title_of(&h.what)).unwrap_or_default();
        let (name, of) = (self.prose.name(&opinion.ident), self.prose.actor(opinion.of));
        let marks = [
            opinion.signature.as_ref().map(|(words, _)| words.clone()),
            opinion.seal.map(|_| self.say(text!("公章", "seal"))),
            opinion.date.map(|_| self.say(text!("日期", "date"))),
        ];
        let marks = self.prose.listed(marks.into_iter().flatten());
        let mut words = self.say(text!("{name}：由{of}填写，含{marks}", "{name}: by {of}, with {marks}"));
        if let Some(at) = opinion.at.map(|at| self.prose.stage(at)) {
            words += &self.say(text!("，到{at}环节才能填", ", locked until {at}"));
        }
        if let Some(when) = opinion.when.as_ref().map(|w| self.prose.holds(w)) {
            words += &self.say(text!("，只在{when}时填写", ", only if {when}"));
        }
        entry.items = vec![Item::new(words)];
        entry
    }
}

/// The track in whose scope a declaration stands, by what holds it.
pub(super) fn track_of(plan: &Plan<'_>, one: &Declared<'_>, declared: &[Declared<'_>]) -> Option<TrackId> {
    match one.what {
        Thing::Track(track) => plan.programme.tracks.iter().position(|t| std::ptr::eq(t, track)).map(|index| TrackId(index as u32)),
        _inner => one.within.and_then(|at| track_of(plan, &declared[at], declared)),
    }
}
