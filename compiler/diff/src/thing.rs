//! What a programme declares, as things that can be found again in another version: each with a stable id and its facts.
//!
//! Always: an id is made of keys (an `as` key, else a name), so that neither a renamed thing that has a key nor the order of
//! declarations makes another id; a fact's `canon` is equal exactly when the fact is.

use prog_base::{Span, Text, text};
use prog_model::{Citation, Ident, InputId, MaterialId, QuotaId, RuleId, SelectionId, TrackId};
use std::fmt;

macro_rules! worded {
    ($(#[$meta:meta])* $name:ident { $($variant:ident $key:literal $zh:literal $en:literal,)* }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        #[allow(missing_docs)]
        pub enum $name { $($variant,)* }

        impl $name {
            /// The word in ids and in JSON.
            pub fn key(self) -> &'static str {
                match self { $($name::$variant => $key,)* }
            }

            /// The word for people.
            pub fn words(self) -> Text {
                match self { $($name::$variant => text!($zh, $en),)* }
            }
        }
    };
}

worded! {
    /// Kinds of things.
    Kind {
        Programme "programme" "方案" "programme",
        Header "header" "方案信息" "header",
        Clause "clause" "条款目录" "outline",
        Reading "reading" "口径" "reading",
        Actor "actor" "主体" "actor",
        Enum "enum" "选项" "list",
        EnumValue "value" "选项值" "value",
        Record "record" "字段组" "record",
        RecordField "member" "字段" "field",
        Unit "unit" "单位" "unit",
        Table "table" "表" "table",
        Calendar "calendar" "工作日历" "calendar",
        CalendarDay "day" "日子" "day",
        Column "column" "表列" "column",
        Row "row" "表行" "row",
        Cell "cell" "表格" "cell",
        Let "let" "计算" "value",
        Track "track" "类别" "track",
        Fact "fact" "信息" "fact",
        Group "conditions" "条件组" "conditions",
        Rule "rule" "规则" "rule",
        Member "case" "选择项" "alternative",
        Material "material" "材料" "material",
        Quota "quota" "名额" "quota",
        Selection "select" "遴选" "selection",
        Assert "assert" "核对" "assertion",
        Stage "stage" "环节" "stage",
        Form "form" "表单" "form",
        Part "part" "部分" "part",
        Field "field" "栏目" "field",
        Grid "grid" "网格" "grid",
        Opinion "opinion" "意见栏" "opinion",
        Summary "summary" "汇总表" "summary",
        SummaryField "summary_field" "汇总表栏目" "summary field",
        SummaryColumn "summary_column" "汇总表列" "summary column",
        Targets "targets" "目标" "targets",
        Indicator "indicator" "指标" "indicator",
        Milestone "milestone" "节点" "milestone",
        Duty "duty" "职责" "duty",
    }
}

worded! {
    /// What of a thing has changed.
    Aspect {
        Whole "whole" "" "",
        Key "key" "代号" "key",
        Name "name" "名称" "name",
        Label "label" "显示文字" "wording",
        Doc "doc" "说明" "explanation",
        Cites "cites" "引用的条款" "clauses cited",
        Value "value" "值" "value",
        LeftOut "left_out" "略去的理由" "why it is left out",
        Absent "absent" "原文未附" "absent in the source",
        Choices "choices" "可选的值" "choices",
        Per "per" "每一个" "per",
        Order "order" "次序" "order",
        Retired "retired" "停用" "retired",
        Type "type" "类型" "type",
        Optional "optional" "是否必填" "whether needed",
        Range "range" "取值范围" "range",
        Limits "limits" "长度要求" "length",
        Prompt "prompt" "提示语" "prompt",
        Help "help" "帮助" "help",
        Factor "factor" "换算" "factor",
        Lookup "lookup" "查表方式" "way of looking up",
        Dated "dated" "数据日期" "date of the data",
        Years "years" "所含年份" "years covered",
        Explained "explained" "推算公式" "explaining formula",
        Forms "forms" "适用的表单" "forms",
        OutOf "out_of" "满分" "full marks",
        Outcomes "outcomes" "结果等次" "outcomes",
        Outputs "outputs" "列出的值" "outputs",
        Origin "origin" "信息来源" "origin",
        When "when" "适用条件" "condition",
        Unless "unless" "例外" "exception",
        Each "each" "逐项" "each",
        Stage "stage" "环节" "stage",
        Personal "personal" "个人信息" "personal data",
        Rules "rules" "所含规则" "rules in it",
        Strength "strength" "力度" "strength",
        Test "test" "判断" "test",
        By "by" "由谁" "by whom",
        Evidence "evidence" "依据的材料" "evidence",
        Outcome "outcome" "不符合时的结果" "outcome when unmet",
        Waives "waives" "免除的内容" "what it waives",
        Needs "needs" "另需的材料" "materials needed instead",
        Tracks "tracks" "适用类别" "tracks",
        Formats "formats" "格式" "formats",
        Channel "channel" "渠道" "channel",
        Refused "refused" "不收的格式" "formats refused",
        PerPackage "per_package" "按报送还是按申报" "per package or per case",
        Keys "keys" "分组" "groups",
        Open "open" "开始时间" "opening",
        Due "due" "截止时间" "deadline",
        Fills "fills" "填写" "filled",
        Reviews "reviews" "审核" "reviewed",
        Sends "sends" "报送" "sent",
        Notice "notice" "公示" "public notice",
        May "may" "可选事项" "optional acts",
        Leads "leads" "去向" "where it leads",
        Late "late" "逾期处理" "lateness",
        Layout "layout" "版面" "layout",
        Of "of" "对应表单" "form summed up",
        Total "total" "合计" "total",
        From "from" "起算" "counted from",
        Measure "measure" "计量" "measure",
        ForAll "for_all" "逐一" "for all",
        Strive "strive" "力争" "strive",
        Bound "bound" "目标值" "bound",
        Take "take" "取多少" "how many are taken",
        Tied "tied" "并列时" "what becomes of equals",
        Wait "wait" "候补" "who waits",
        Refill "refill" "递补" "who moves up",
        Assign "assign" "分派" "places by wish",
        Time "time" "时间" "time",
        Words "words" "文字要求" "words",
    }
}

/// A stable id: kind and keys from the outside in.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Id {
    /// What it is.
    pub kind: Kind,
    /// Keys.
    pub path: Vec<String>,
}

impl Id {
    pub(crate) fn new<S: Into<String>>(kind: Kind, path: impl IntoIterator<Item = S>) -> Self {
        Self { kind, path: path.into_iter().map(Into::into).collect() }
    }

    /// Something inside it.
    pub(crate) fn inner(&self, kind: Kind, key: impl Into<String>) -> Self {
        Self { kind, path: self.path.iter().cloned().chain([key.into()]).collect() }
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.path.as_slice() {
            [] => write!(f, "{}", self.kind.key()),
            path => write!(f, "{} {}", self.kind.key(), path.join(".")),
        }
    }
}

/// How what has changed is classed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weighs {
    /// Titles, notes, the outline.
    Editorial,
    /// No case, no stage, no data depends on it.
    Nothing,
    /// A deadline, a stage, who acts.
    InFlight,
    /// A form or schema.
    Data,
    /// Only words that people follow: nothing to compute.
    Words,
    /// By what comes out.
    Effect,
}

/// What the effect of a change is looked for in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Subject {
    /// Nothing.
    None,
    /// A rule.
    Rule(TrackId, RuleId),
    /// A whole track.
    Track(TrackId),
    /// Everything that reads this (see `reads.rs`).
    Read(String),
    /// One cell of a table that is read by this name: by table, row and column.
    Cell(String, [usize; 3]),
    /// A quota.
    Quota(QuotaId),
    /// A selection.
    Selection(SelectionId),
    /// A material.
    Material(MaterialId),
    /// An entry of a case.
    Input(InputId),
    /// An indicator, by block and index.
    Indicator(usize, usize),
}

/// Words that show a fact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Words {
    /// As they stand in the source.
    Source(Span),
    /// Ours.
    Plain(Text),
}

impl Words {
    pub(crate) fn same(text: impl Into<String>) -> Self {
        Words::Plain(Text::same(text))
    }
}

/// One fact about a thing.
#[derive(Clone, Debug)]
pub struct Fact {
    /// Which.
    pub aspect: Aspect,
    /// Equal exactly when the fact is.
    pub canon: String,
    /// Of an order: what stands in it; only what both versions have is compared.
    pub items: Option<Vec<String>>,
    /// For people.
    pub words: Words,
    /// How a change of it is classed.
    pub weighs: Weighs,
    /// Worked out by the compiler from other facts.
    pub derived: bool,
}

/// One thing.
#[derive(Clone, Debug)]
pub struct Thing<'p> {
    /// Its id.
    pub id: Id,
    /// The thing that holds it: with that one added or removed, it is not told again.
    pub within: Option<Id>,
    /// Its names from the outside in, for people.
    pub names: Vec<String>,
    /// The track it belongs to, if it is declared for several at once it stands once in each.
    pub track: Option<String>,
    /// Citations.
    pub cites: Vec<&'p Citation>,
    /// Its place.
    pub span: Span,
    /// How adding or removing it is classed.
    pub weighs: Weighs,
    /// Where its effect shows.
    pub subject: Subject,
    /// Its facts.
    pub facts: Vec<Fact>,
}

impl<'p> Thing<'p> {
    pub(crate) fn new(id: Id, names: Vec<String>, span: Span, weighs: Weighs) -> Self {
        Self { id, within: None, names, track: None, cites: Vec::new(), span, weighs, subject: Subject::None, facts: Vec::new() }
    }

    pub(crate) fn cited(mut self, cites: impl IntoIterator<Item = &'p Citation>) -> Self {
        self.cites.extend(cites);
        self
    }

    pub(crate) fn within(mut self, id: &Id) -> Self {
        self.within = Some(id.clone());
        self
    }

    pub(crate) fn subject(mut self, subject: Subject) -> Self {
        self.subject = subject;
        self
    }

    pub(crate) fn in_track(mut self, track: Option<&str>) -> Self {
        self.track = track.map(str::to_owned);
        self
    }

    /// Adds a fact.
    pub(crate) fn fact(mut self, aspect: Aspect, canon: impl Into<String>, words: Words, weighs: Weighs) -> Self {
        self.facts.push(Fact { aspect, canon: canon.into(), items: None, words, weighs, derived: false });
        self
    }

    /// Adds a fact whose words are what is compared.
    pub(crate) fn plain(self, aspect: Aspect, canon: impl Into<String>, weighs: Weighs) -> Self {
        let canon = canon.into();
        let words = Words::same(canon.clone());
        self.fact(aspect, canon, words, weighs)
    }

    /// Adds a fact that the compiler works out.
    pub(crate) fn derived(mut self, aspect: Aspect, canon: impl Into<String>, weighs: Weighs) -> Self {
        self = self.plain(aspect, canon, weighs);
        if let Some(fact) = self.facts.last_mut() {
            fact.derived = true;
        }
        self
    }

    /// Adds an order.
    pub(crate) fn order(mut self, aspect: Aspect, items: Vec<String>, weighs: Weighs) -> Self {
        let words = Words::same(items.join("、"));
        self.facts.push(Fact { aspect, canon: String::new(), items: Some(items), words, weighs, derived: false });
        self
    }

    /// Adds the facts of a name: itself, its label, its explanation.
    pub(crate) fn ident(self, ident: &Ident) -> Self {
        let label = format!("{}\u{1}{}", ident.label.text, ident.label.en.as_deref().unwrap_or(""));
        let words = match &ident.label.en {
            Some(en) => Text { zh: ident.label.text.clone(), en: en.clone() },
            None => Text::same(ident.label.text.clone()),
        };
        // Without a text of its own the label is the name, and a new name is told once.
        let unlabelled = ident.label.text == ident.name && ident.label.en.is_none();
        self.plain(Aspect::Name, &ident.name, Weighs::Editorial)
            .fact(Aspect::Label, if unlabelled { String::new() } else { label }, Words::Plain(words), Weighs::Editorial)
            .plain(Aspect::Doc, ident.doc.as_deref().unwrap_or("").trim(), Weighs::Editorial)
    }
}

/// Yes or no, as words.
pub(crate) fn yes_no(value: bool) -> Words {
    Words::Plain(if value { text!("是", "yes") } else { text!("否", "no") })
}
