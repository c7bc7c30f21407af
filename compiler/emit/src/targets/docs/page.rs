//! The reading page: the whole programme, clause by clause.
//!
//! In: the plan. Out: a [`Page`] for the template. Always: every clause of the outline stands on it with what was encoded, why it
//! was left out, that it is absent, or that nothing cites it.

use super::entries::{Entry, Table, beyond, under};
use super::facts::{Fact, facts};
use super::sentences::Sentences;
use crate::Plan;
use crate::prose::Prose;
use prog_base::{Lang, text};
use prog_model::{BuiltinReading, Clause, ClauseId, ClauseKind, Declared, Programme};
use serde::Serialize;

/// What the template prints.
#[derive(Serialize)]
pub struct Page {
    pub lang: &'static str,
    pub words: Words,
    pub title: String,
    pub version: String,
    pub facts: Vec<Fact>,
    pub totals: Vec<String>,
    pub contents: Vec<Link>,
    pub clauses: Vec<ClauseView>,
    pub beyond: Vec<Entry>,
    pub readings: Vec<ReadingView>,
    /// The routes as a drawing.
    pub drawing: Option<String>,
    pub routes: Vec<Table>,
    pub materials: Option<Table>,
    pub targets: Vec<Table>,
    /// Drawings of them.
    pub charts: Vec<String>,
    pub forms: Vec<Link>,
    pub scenarios: Vec<String>,
    pub style: String,
}

/// A link to another page or place.
#[derive(Serialize)]
pub struct Link {
    pub href: String,
    pub text: String,
    pub aside: String,
}

/// A clause with what stands under it.
#[derive(Serialize)]
pub struct ClauseView {
    pub anchor: String,
    /// Of this notice, not of the one that it follows: only such clauses are counted.
    #[serde(skip)]
    pub own: bool,
    /// Heading level, 3 to 6.
    pub level: usize,
    pub address: String,
    pub label: String,
    /// `encoded`, `left-out`, `absent`, `todo`, `uncited`, `divided`
    pub status: &'static str,
    /// What is said where nothing is encoded.
    pub remark: String,
    pub entries: Vec<Entry>,
}

/// A reading with its alternatives.
#[derive(Serialize)]
pub struct ReadingView {
    pub name: String,
    pub taken: String,
    pub others: Vec<String>,
    /// Whether the author set it.
    pub by: String,
    pub clauses: Vec<String>,
    pub doc: Option<String>,
}

/// The page's own words.
#[derive(Serialize)]
pub struct Words {
    pub intro: String,
    pub contents: String,
    pub notice: String,
    pub clauses: String,
    pub beyond: String,
    pub beyond_hint: String,
    pub readings: String,
    pub readings_head: String,
    pub taken: String,
    pub others: String,
    pub by: String,
    pub basis: String,
    pub routes: String,
    pub materials: String,
    pub targets: String,
    pub forms: String,
    pub scenarios: String,
    pub scenarios_hint: String,
    pub sign: String,
    pub sign_hint: String,
    pub sign_heads: Vec<String>,
    pub sign_rows: Vec<String>,
    pub choices: String,
    pub quoted: String,
    pub open_form: String,
    pub item: String,
    pub content: String,
    pub known: String,
    pub footer: String,
    pub doc: String,
}

impl Page {
    /// The page of a programme.
    pub fn new(plan: &Plan<'_>, style: String) -> Self {
        let lang = Prose::native(plan.programme).lang;
        let says = Sentences::new(plan, lang);
        let declared = plan.programme.declared();
        let clauses: Vec<ClauseView> = (0..plan.programme.clauses.len()).map(|i| clause(&says, &declared, ClauseId(i as u32))).collect();
        let mut page = Page {
            lang: if lang == Lang::Zh { "zh-CN" } else { "en" },
            words: words(&says),
            title: says.prose.name(&plan.programme.ident),
            version: plan.programme.version.clone(),
            facts: facts(&says),
            totals: totals(&says, &clauses),
            contents: Vec::new(),
            clauses,
            beyond: beyond(&says, &declared),
            readings: readings(&says),
            drawing: None,
            routes: says.routes(),
            materials: says.material_table(),
            targets: says.target_tables(),
            charts: Vec::new(),
            forms: forms(&says),
            scenarios: plan.programme.scenarios.iter().map(|s| s.title.clone()).collect(),
            style,
        };
        page.contents = contents(&page, plan.programme);
        page
    }
}

fn clause(says: &Sentences<'_>, declared: &[Declared<'_>], id: ClauseId) -> ClauseView {
    let p = says.plan.programme;
    let clause = p.clause(id);
    let lineage: Vec<ClauseId> = std::iter::successors(Some(id), |id| p.clause(*id).parent).collect();
    let whole = p.cited.iter().find(|c| c.whole && lineage.contains(&c.clause) && c.clause != id);
    let mut entries = under(says, declared, id);
    entries.retain(|e| !e.kind.is_empty());
    entries.extend(says.superseded(id));
    let why = lineage.iter().find_map(|id| p.clause(*id).left_out.as_deref());
    let absent = lineage.iter().any(|id| p.clause(*id).absent);
    let (status, remark) = match (why, absent, entries.is_empty()) {
        _ if clause.todo.is_some() => {
            let what = clause.todo.as_deref().unwrap_or("");
            ("todo", says.prose.aside(&says.prose.say(text!("待编写", "Still to be encoded")), what))
        }
        (Some(why), _, _) => ("left-out", says.prose.say(text!("略去：{why}。", "Left out: {why}."))),
        (None, true, _) if clause.kind == ClauseKind::Item => ("absent", says.prose.say(text!("原文没有。", "Not in the source."))),
        (None, true, _) => ("absent", says.prose.say(text!("通知提到，原文未附。", "Announced, and absent in source."))),
        (None, false, false) => ("encoded", String::new()),
        (None, false, true) if !clause.children.is_empty() => ("divided", String::new()),
        (None, false, true) => match whole.map(|c| says.address(c.clause)) {
            Some(above) => ("encoded", says.prose.say(text!("随“{above}”整体编写。", "Encoded as a whole with “{above}”."))),
            None if p.cited.iter().any(|c| c.clause == id) => {
                ("encoded", says.prose.say(text!("已编写为计量单位等定义。", "Encoded as units and other definitions.")))
            }
            None if clause.of_base.is_some() => {
                ("left-out", says.prose.say(text!("本方案没有沿用本条的内容。", "Nothing of this clause is taken over.")))
            }
            None => ("uncited", says.prose.say(text!("没有编写：没有任何内容引用本条。", "Not encoded: nothing cites this clause."))),
        },
    };
    ClauseView {
        own: clause.of_base.is_none(),
        anchor: anchor(clause),
        level: (lineage.len() + 2).min(6),
        address: says.address(id),
        label: heading(says, clause),
        status,
        remark,
        entries,
    }
}

/// A clause's heading; one cited by a short name says its number too.
fn heading(says: &Sentences<'_>, clause: &Clause) -> String {
    if clause.of_base.as_deref() == Some("") {
        return says.prose.say(text!("沿用的通知", "the notice that this one follows"));
    }
    let label = clause.label.clone().filter(|label| *label != clause.address).unwrap_or_default();
    let number = &clause.number;
    if clause.kind == ClauseKind::Annex || number.is_empty() || clause.address.contains(number.as_str()) {
        return label;
    }
    says.prose.aside(&label, &says.prose.say(text!("通知编号“{number}”", "numbered {number} in the notice")))
}

/// The address is the anchor; blanks can't stand in one.
fn anchor(clause: &Clause) -> String {
    clause.address.split_whitespace().collect::<Vec<_>>().join("-")
}

/// How many clauses are encoded, left out, absent, to do, uncited.
fn totals(says: &Sentences<'_>, clauses: &[ClauseView]) -> Vec<String> {
    let count = |status| clauses.iter().filter(|c| c.own && c.status == status).count();
    let [encoded, left, absent, todo, uncited] = ["encoded", "left-out", "absent", "todo", "uncited"].map(count);
    let list = [
        (encoded, text!("已编写 {encoded} 条", "{encoded} clauses encoded")),
        (left, text!("略去 {left} 条", "{left} left out")),
        (absent, text!("原文未附 {absent} 条", "{absent} absent in source")),
        (todo, text!("待编写 {todo} 条", "{todo} still to be encoded")),
        (uncited, text!("未编写 {uncited} 条", "{uncited} not encoded")),
    ];
    list.into_iter().filter(|(n, _)| *n > 0).map(|(_, words)| says.prose.say(words)).collect()
}

fn readings(says: &Sentences<'_>) -> Vec<ReadingView> {
    let p = says.plan.programme;
    let mut used: Vec<prog_model::ReadingId> = Vec::new();
    used.extend((0..p.tracks.len()).flat_map(|t| p.readings_of_track(prog_model::TrackId(t as u32))));
    used.extend(p.quotas.iter().flat_map(|q| p.readings_of_quota(q)));
    let timed = p.workflows.iter().flat_map(|w| &w.stages).any(|s| s.due.is_some());
    let shown = p.readings.iter().enumerate().filter(|(index, r)| {
        let by_time = timed && matches!(r.builtin, Some(BuiltinReading::Deadline | BuiltinReading::Late));
        r.stated || r.builtin.is_none() || by_time || used.iter().any(|id| id.index() == *index)
    });
    shown
        .map(|(_, r)| {
            let (name, taken, others) = says.reading_words(r);
            let by = match (r.builtin.is_some(), r.stated) {
                (true, false) => text!("通行读法，编写者没有另定", "usual, not set by the author"),
                (true, true) | (false, _) => text!("编写者所定", "set by the author"),
            };
            let clauses = says.addresses(&r.cites);
            ReadingView { name, taken, others, by: says.prose.say(by), clauses, doc: r.ident.doc.clone() }
        })
        .collect()
}

fn forms(says: &Sentences<'_>) -> Vec<Link> {
    let plan = says.plan;
    let absent = |absent: bool| {
        if absent { says.prose.say(text!("原文未附，占位", "absent in source, a placeholder")) } else { String::new() }
    };
    let forms = plan.programme.forms.iter().zip(&plan.forms).map(|(f, name)| (f.ident.clone(), name, absent(f.absent)));
    let summaries = plan.programme.summaries.iter().zip(&plan.summaries).map(|(s, name)| (s.ident.clone(), name, absent(s.absent)));
    let tracks = plan.programme.tracks.iter().zip(&plan.tracks).map(|(t, name)| {
        let track = says.prose.name(&t.ident);
        Link {
            href: format!("../forms/{name}.facts.html"),
            text: says.prose.say(text!("{track}：核对所需信息", "{track}: what is recorded besides")),
            aside: says.prose.say(text!("不是通知所附的表", "not a form of the notice")),
        }
    });
    let link = |(ident, name, aside): (prog_model::Ident, &String, String)| Link {
        href: format!("../forms/{name}.html"),
        text: says.prose.title(&ident),
        aside,
    };
    forms.chain(summaries).map(link).chain(tracks).collect()
}

fn contents(page: &Page, p: &Programme) -> Vec<Link> {
    let mut list = Vec::new();
    let mut put = |href: &str, text: &str| list.push(Link { href: href.to_owned(), text: text.to_owned(), aside: String::new() });
    put("#facts", &page.words.notice);
    put("#clauses", &page.words.clauses);
    let listed = |c: &Clause| c.parent.is_none() && (c.kind != ClauseKind::Item || c.of_base.is_some());
    for (_, view) in p.clauses.iter().zip(&page.clauses).filter(|(c, _)| listed(c)) {
        put(&format!("#{}", view.anchor), format!("{} {}", view.address, view.label).trim_end());
    }
    let w = &page.words;
    let parts = [
        ("#beyond", &w.beyond, !page.beyond.is_empty()),
        ("#readings", &w.readings, !page.readings.is_empty()),
        ("#routes", &w.routes, !page.routes.is_empty()),
        ("#targets", &w.targets, !page.targets.is_empty()),
        ("#materials", &w.materials, page.materials.is_some()),
        ("#forms", &w.forms, !page.forms.is_empty()),
        ("#scenarios", &w.scenarios, !page.scenarios.is_empty()),
        ("#sign", &w.sign, true),
    ];
    for (href, text, _) in parts.into_iter().filter(|(_, _, there)| *there) {
        put(href, text);
    }
    list
}

fn words(says: &Sentences<'_>) -> Words {
    let say = |text| says.prose.say(text);
    let version = &says.plan.programme.version;
    Words {
        intro: say(text!(
            "本页按通知条款的次序，逐条说明编写成了什么，供核对和签字。引号内的短语是通知原文，其余是编写者的话。",
            "This page says, in the order of the notice, what each clause was encoded as, to be checked and signed. Words in quotation marks are the notice's; all others are the author's."
        )),
        contents: say(text!("目录", "Contents")),
        notice: say(text!("通知概况", "The notice")),
        clauses: say(text!("逐条说明", "Clause by clause")),
        beyond: say(text!("没有对应条款的内容", "What no clause stands behind")),
        beyond_hint: say(text!(
            "为了按条款判断，还需要登记或计算下列内容；它们不是通知规定的。",
            "Judging by the clauses needs these besides; the notice does not prescribe them."
        )),
        readings: say(text!("口径：通知可以有几种读法的地方", "Readings: where the notice can be read in several ways")),
        readings_head: say(text!("问题", "Question")),
        taken: say(text!("取哪一种", "Taken as")),
        others: say(text!("也可以读作", "Could also be")),
        by: say(text!("由来", "By")),
        basis: say(text!("依据", "Clauses")),
        routes: say(text!("办理流程", "Route")),
        materials: say(text!("材料一览", "Materials")),
        targets: say(text!("指标一览", "Targets")),
        forms: say(text!("表单", "Forms")),
        scenarios: say(text!("已经运行过的样例", "Examples that are run")),
        scenarios_hint: say(text!("每次检查都按这些样例核对一遍结果。", "Their results are compared at every check.")),
        sign: say(text!("核对意见", "Signing off")),
        sign_hint: say(text!(
            "核对人已将本页各条与通知原文对照。须改的，请写明条款和意见。",
            "The undersigned compared this page with the notice. Where a change is needed, name the clause."
        )),
        sign_heads: vec![
            say(text!("核对人", "By")),
            say(text!("意见", "Opinion")),
            say(text!("签字", "Signature")),
            say(text!("日期", "Date")),
        ],
        sign_rows: vec![say(text!("编写", "Author")), say(text!("业务核对", "Policy")), say(text!("负责人", "Head"))],
        choices: say(text!("□ 与通知一致　□ 改后一致", "□ as the notice has it　□ after changes")),
        quoted: say(text!("原文：", "The notice: ")),
        open_form: say(text!("打开", "open")),
        item: say(text!("项目", "Item")),
        content: say(text!("内容", "Content")),
        known: say(text!("怎样得知", "How it is known")),
        footer: say(text!("本页由方案定义生成，版本 {version}。", "Generated from the programme's definition, version {version}.")),
        doc: say(text!("编写说明：", "Author's note: ")),
    }
}
