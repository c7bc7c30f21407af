//! Everything a programme declares, by path: `track 示范区.管理体制`, `quota 示范区名额`, `form 申报书.学校数量.小学`.
//!
//! In: the model. Out: a flat list in the order of the model. Always: what stands for several tracks is listed once a track;
//! what lies inside another knows what holds it; declarations of modules are left out, they cite no clause of this notice.

use super::{
    Actor, Assert, Block, Calendar, Citation, Clause, Duty, Enum, EnumValue, Form, Grid, Group, HeaderField, Ident, Indicator, Input,
    InputId, Let, Material, Opinion, Part, Programme, Quota, Reading, Record, RecordField, Rule, Selection, Stage, Summary, SummaryColumn,
    Table, Targets, Test, TestMember, Track, Type, ValueColumn, Workflow,
};
use prog_syntax::ast::HeaderKey;

/// One declaration.
#[derive(Clone, Debug)]
pub struct Declared<'p> {
    /// Its kind in English and its names, as an author would name it.
    pub path: String,
    /// What it is.
    pub what: Thing<'p>,
    /// What it cites itself.
    pub cites: Vec<&'p Citation>,
    /// The declaration that holds it: a group its rule, a form its field.
    pub within: Option<usize>,
}

/// What can be declared.
#[derive(Clone, Copy, Debug)]
#[allow(missing_docs)]
pub enum Thing<'p> {
    Programme(&'p Programme),
    Header(&'p HeaderField),
    Clause(&'p Clause),
    Reading(&'p Reading),
    Actor(&'p Actor),
    Enum(&'p Enum),
    EnumValue(&'p EnumValue),
    Record(&'p Record),
    RecordField(&'p RecordField),
    Table(&'p Table),
    Calendar(&'p Calendar),
    Column(&'p ValueColumn),
    Let(&'p Let),
    Track(&'p Track),
    Input(&'p Input),
    Group(&'p Group),
    Rule(&'p Track, &'p Rule),
    Member(&'p TestMember),
    Material(&'p Material),
    Quota(&'p Quota),
    /// A selection.
    Selection(&'p Selection),
    Assert(&'p Assert),
    Stage(&'p Workflow, &'p Stage),
    Form(&'p Form),
    Part(&'p Part),
    Grid(&'p Grid),
    Opinion(&'p Opinion),
    Summary(&'p Summary),
    SummaryField(&'p RecordField),
    SummaryColumn(&'p SummaryColumn),
    Targets(&'p Targets),
    Indicator(&'p Indicator),
    Duty(&'p Duty),
}

impl Programme {
    /// Everything it declares.
    pub fn declared(&self) -> Vec<Declared<'_>> {
        let mut list = List { p: self, all: Vec::new() };
        list.head();
        list.vocabulary();
        self.tracks.iter().for_each(|t| list.track(t));
        list.across();
        self.forms.iter().for_each(|f| list.form(f));
        self.summaries.iter().for_each(|s| list.summary(s));
        self.targets.iter().for_each(|t| list.targets(t));
        list.all
    }
}

struct List<'p> {
    p: &'p Programme,
    all: Vec<Declared<'p>>,
}

impl<'p> List<'p> {
    fn put(&mut self, path: String, what: Thing<'p>, cites: impl IntoIterator<Item = &'p Citation>, within: Option<usize>) -> usize {
        self.all.push(Declared { path, what, cites: cites.into_iter().collect(), within });
        self.all.len() - 1
    }

    /// A declaration inside another.
    fn inside(&mut self, at: usize, name: &str, what: Thing<'p>, cites: &'p [Citation]) -> usize {
        let path = format!("{}.{name}", self.all[at].path);
        self.put(path, what, cites, Some(at))
    }

    fn named(&mut self, kind: &str, ident: &Ident, what: Thing<'p>, cites: &'p [Citation]) -> usize {
        self.put(format!("{kind} {}", ident.name), what, cites, None)
    }

    fn head(&mut self) {
        let p = self.p;
        self.named("programme", &p.ident, Thing::Programme(p), &p.cites);
        for field in &p.header {
            self.put(format!("header {}", header_word(field.key)), Thing::Header(field), &field.cites, None);
        }
        for clause in &p.clauses {
            self.put(format!("clause {}", clause.address), Thing::Clause(clause), None, None);
        }
        for reading in &p.readings {
            self.named("reading", &reading.ident, Thing::Reading(reading), &reading.cites);
        }
        for actor in &p.actors {
            self.named("actor", &actor.ident, Thing::Actor(actor), &actor.cites);
        }
    }
}

impl<'p> List<'p> {
    fn vocabulary(&mut self) {
        let p = self.p;
        for list in &p.enums {
            let at = self.named("enum", &list.ident, Thing::Enum(list), &list.cites);
            for value in &list.values {
                self.inside(at, &value.ident.name, Thing::EnumValue(value), &value.cites);
            }
        }
        for record in &p.records {
            let at = self.named("record", &record.ident, Thing::Record(record), &[]);
            for field in &record.fields {
                self.inside(at, &field.ident.name, Thing::RecordField(field), &field.cites);
            }
        }
        for table in &p.tables {
            let cites = table.cites.iter().chain(table.explained.iter().flat_map(|e| &e.cites));
            let at = self.put(format!("table {}", table.ident.name), Thing::Table(table), cites, None);
            for column in &table.columns {
                self.inside(at, &column.ident.name, Thing::Column(column), &[]);
            }
        }
        if let Some(calendar) = &p.calendar {
            self.named("calendar", &calendar.ident, Thing::Calendar(calendar), &calendar.cites);
        }
        for named in &p.lets {
            self.named("let", &named.ident, Thing::Let(named), &named.cites);
        }
    }

    fn track(&mut self, track: &'p Track) {
        let p = self.p;
        let at = self.named("track", &track.ident, Thing::Track(track), &track.cites);
        for input in track.inputs.iter().filter(|i| !p.is_proposed(**i)).map(|i| p.input(*i)).filter(|i| i.form.is_none()) {
            let fact = self.inside(at, &input.ident.name, Thing::Input(input), &input.cites);
            self.members(fact, &input.ty);
        }
        for named in &track.lets {
            self.inside(at, &named.ident.name, Thing::Let(named), &named.cites);
        }
        let first_group = self.all.len();
        for group in &track.groups {
            self.inside(at, &group.ident.name, Thing::Group(group), &group.cites);
        }
        for (index, rule) in track.rules.iter().enumerate() {
            let this = self.inside(at, &rule.ident.name, Thing::Rule(track, rule), &rule.cites);
            // A rule's path is the track's; what holds it is its innermost group, declared last of those it is in.
            let holds = |g: &Group| g.rules.iter().any(|r| r.index() == index);
            if let Some(group) = track.groups.iter().rposition(holds) {
                self.all[this].within = Some(first_group + group);
            }
            self.test(this, &rule.test);
        }
    }

    fn test(&mut self, at: usize, test: &'p Test) {
        let Test::Threshold { members, .. } = test else { return };
        for member in members {
            let this = self.inside(at, &member.ident.name, Thing::Member(member), &member.cites);
            self.test(this, &member.test);
        }
    }

    /// The fields of a record, or of the records of a list.
    fn members(&mut self, at: usize, ty: &Type) {
        let of = match ty {
            Type::Record(record) => *record,
            Type::List(item) => return self.members(at, item),
            Type::Unknown
            | Type::Bool
            | Type::Number(_)
            | Type::Text
            | Type::Enum(_)
            | Type::Set(_)
            | Type::Date
            | Type::Moment
            | Type::Duration => return,
        };
        for field in &self.p.records[of.index()].fields {
            let this = self.inside(at, &field.ident.name, Thing::RecordField(field), &field.cites);
            self.members(this, &field.ty);
        }
    }

    /// What concerns many cases: materials, quotas, stages, asserts, duties.
    fn across(&mut self) {
        let p = self.p;
        for material in &p.materials {
            let cites = material.cites.iter().chain(material.refuse.iter().flat_map(|(_, cites)| cites));
            self.put(format!("material {}", material.ident.name), Thing::Material(material), cites, None);
        }
        for quota in &p.quotas {
            self.named("quota", &quota.ident, Thing::Quota(quota), &quota.cites);
        }
        for selection in &p.selections {
            self.named("select", &selection.ident, Thing::Selection(selection), &selection.cites);
        }
        for assert in &p.asserts {
            self.named("assert", &assert.ident, Thing::Assert(assert), &assert.cites);
        }
        for (workflow, stage) in p.workflows.iter().flat_map(|w| w.stages.iter().map(move |s| (w, s))) {
            let extra = stage.may.iter().flat_map(|(_, cites)| cites).chain(stage.notice.iter().flat_map(|n| &n.cites));
            let cites: Vec<&Citation> = stage.cites.iter().chain(extra).collect();
            for track in workflow.tracks.iter().map(|t| p.track(*t)) {
                let path = format!("stage {}.{}", track.ident.name, stage.ident.name);
                self.put(path, Thing::Stage(workflow, stage), cites.clone(), None);
            }
            if workflow.tracks.is_empty() {
                self.put(format!("stage {}", stage.ident.name), Thing::Stage(workflow, stage), cites, None);
            }
        }
        for duty in &p.duties {
            let name = duty.ident.as_ref().map_or(duty.message.text.as_str(), |i| i.name.as_str());
            self.put(format!("duty {name}"), Thing::Duty(duty), &duty.cites, None);
        }
    }

    fn form(&mut self, form: &'p Form) {
        let at = self.named("form", &form.ident, Thing::Form(form), &form.cites);
        self.blocks(at, at, &form.layout);
    }

    /// Paths go from the form; what holds a field is its part.
    fn blocks(&mut self, form: usize, within: usize, blocks: &'p [Block]) {
        for block in blocks {
            match block {
                Block::Cover(inner) | Block::Row(inner) | Block::Group { blocks: inner, .. } => self.blocks(form, within, inner),
                Block::Part(part) => {
                    let this = self.held(form, within, &part.ident.name, Thing::Part(part), &part.cites);
                    self.blocks(form, this, &part.blocks);
                }
                Block::Grid(grid) => {
                    let this = self.held(form, within, &grid.ident.name, Thing::Grid(grid), &grid.cites);
                    for cell in grid.cells.iter().chain(&grid.total) {
                        let input = self.p.input(*cell);
                        self.inside(this, &input.ident.name, Thing::Input(input), &input.cites);
                    }
                }
                Block::Field(id) => {
                    let input = self.p.input(*id);
                    let this = self.held(form, within, &input.ident.name, Thing::Input(input), &input.cites);
                    self.members(this, &input.ty);
                }
                Block::Opinion(opinion) => {
                    let this = self.held(form, within, &opinion.ident.name, Thing::Opinion(opinion), &opinion.cites);
                    let signature = opinion.signature.as_ref().map(|(_, id)| *id);
                    let parts: [(&str, Option<InputId>); 4] =
                        [("text", Some(opinion.text)), ("signature", signature), ("seal", opinion.seal), ("date", opinion.date)];
                    for (name, id) in parts {
                        let Some(input) = id.map(|id| self.p.input(id)) else { continue };
                        self.inside(this, name, Thing::Input(input), &[]);
                    }
                }
                Block::Note(_) => {}
            }
        }
    }

    fn held(&mut self, form: usize, within: usize, name: &str, what: Thing<'p>, cites: &'p [Citation]) -> usize {
        let this = self.inside(form, name, what, cites);
        self.all[this].within = Some(within);
        this
    }

    fn summary(&mut self, summary: &'p Summary) {
        let at = self.named("summary", &summary.ident, Thing::Summary(summary), &summary.cites);
        for field in &summary.fields {
            self.inside(at, &field.ident.name, Thing::SummaryField(field), &field.cites);
        }
        for (index, column) in summary.columns.iter().enumerate() {
            let name = summary.group_of(index).map_or(column.ident.name.clone(), |head| format!("{}.{}", head.name, column.ident.name));
            self.inside(at, &name, Thing::SummaryColumn(column), &column.cites);
        }
    }

    fn targets(&mut self, targets: &'p Targets) {
        let at = self.named("targets", &targets.ident, Thing::Targets(targets), &targets.cites);
        for indicator in &targets.indicators {
            let this = self.inside(at, &indicator.ident.name, Thing::Indicator(indicator), &indicator.cites);
            self.all[this].cites.extend(indicator.milestones.iter().flat_map(|m| &m.cites));
        }
    }
}

/// The header's English words.
pub fn header_word(key: HeaderKey) -> &'static str {
    match key {
        HeaderKey::Issuer => "issuer",
        HeaderKey::ApprovedBy => "approved_by",
        HeaderKey::Number => "number",
        HeaderKey::Printed => "printed",
        HeaderKey::Period => "period",
        HeaderKey::Level => "level",
        HeaderKey::Issued => "issued",
        HeaderKey::Effective => "effective",
        HeaderKey::Basis => "basis",
        HeaderKey::Round => "round",
        HeaderKey::Year => "year",
        HeaderKey::Disclosure => "disclosure",
        HeaderKey::Addressee => "addressee",
        HeaderKey::Contact => "contact",
        HeaderKey::Timezone => "timezone",
        HeaderKey::Text => "text",
    }
}
