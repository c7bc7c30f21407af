//! What concerns many applications, in sentences: tables, materials, quotas, stages, targets.
//!
//! In: declarations. Out: entries. Always: days with their reading and zone; a quota says whom it binds.

use super::entries::{Entry, Item, Table};
use super::sentences::Sentences;
use prog_base::{Text, text};
use prog_model::{
    Binding, Calendar, Declared, Explained, ExprKind, Indicator, Material, Measure, Milestone, MilestoneTime, Quota, Stage, Strength,
    Targets, TargetsFrom, Type, Workflow,
};

impl Sentences<'_> {
    pub(super) fn table(&self, table: &prog_model::Table) -> Entry {
        let mut entry = self.about(text!("表", "table"), "fact", 3, &table.ident);
        if table.absent {
            entry.lines =
                vec![self.say(text!("原文未附此表，要用到它的都算未明。", "The table is absent in source; what needs it is unknown."))];
            return entry;
        }
        if let Some(day) = table.dated.map(|d| self.prose.date(d)) {
            entry.lines.push(self.say(text!("数据截至{day}。", "Figures as of {day}.")));
        }
        let prose = self.prose.with_keys(table.keys.iter().map(|k| self.prose.name(&k.ident)));
        let heads = table.keys.iter().map(|k| &k.ident).chain(table.columns.iter().map(|c| &c.ident));
        let heads = heads.map(|i| self.prose.name(i)).collect();
        let only = table.keys.len() == 1;
        let row = |r: &prog_model::TableRow| {
            let keys = r.keys.iter().map(|cell| prose.key_cell(cell, only));
            let values = r.values.iter().map(|v| match &v.ty {
                Type::Bool => prose.say(match &v.kind {
                    ExprKind::Bool(true) => text!("是", "yes"),
                    ExprKind::Bool(false) => text!("否", "no"),
                    _other => text!("看条件", "depends"),
                }),
                _value => prose.noun(v).trim_matches(['“', '”']).to_owned(),
            });
            keys.chain(values).collect()
        };
        let rows = table.rows.iter().map(row).collect();
        entry.table = Some(Table { caption: String::new(), heads, rows });
        entry.lines.extend(table.explained.iter().map(|e| self.explained(table, e)));
        entry
    }

    /// A calendar: which days of which years depart from their weeks.
    pub(super) fn calendar(&self, calendar: &Calendar) -> Entry {
        let mut entry = self.about(text!("工作日历", "calendar"), "fact", 3, &calendar.ident);
        let (first, last) = calendar.days.span();
        let (from, to) = (first.parts().0, last.parts().0);
        let covers = match from == to {
            true => self.say(text!("{from}年", "{from} only")),
            false => self.say(text!("{from}年至{to}年", "{from} to {to}")),
        };
        entry.lines.push(self.say(text!(
            "工作日按此计算：周一至周五上班，下列日子除外。只含{covers}，其外算未明。",
            "Working days are counted by it: Monday to Friday, save the days below. It covers {covers}; beyond that the result is unknown."
        )));
        if let Some(day) = calendar.dated.map(|d| self.prose.date(d)) {
            entry.lines.push(self.say(text!("数据截至{day}。", "Figures as of {day}.")));
        }
        let heads = [text!("年份", "Year"), text!("放假", "Off"), text!("周末上班", "Weekend days worked")].map(|head| self.say(head));
        let row = |year: i16| {
            let days = |worked: bool| {
                let of_year = calendar.days.departures().filter(|(day, w)| *w == worked && day.parts().0 == year);
                self.prose.listed(of_year.map(|(day, _)| {
                    let (_, month, day) = day.parts();
                    self.say(text!("{month}月{day}日", "{month:02}-{day:02}"))
                }))
            };
            vec![year.to_string(), days(false), days(true)]
        };
        entry.table = Some(Table { caption: String::new(), heads: heads.to_vec(), rows: (from..=to).map(row).collect() });
        entry
    }

    /// A formula beside a column, and the rows where it gives another figure.
    fn explained(&self, table: &prog_model::Table, e: &Explained) -> String {
        let names = table.keys.iter().map(|k| &k.ident).chain(table.columns.iter().map(|c| &c.ident));
        let prose = self.prose.with_keys(names.map(|i| self.prose.name(i)));
        let column = table.columns.get(e.column).map(|c| self.prose.name(&c.ident)).unwrap_or_default();
        let by = prose.noun(&e.by);
        let differs = e.values.iter().filter_map(|(row, value)| {
            let row = table.rows.get(*row)?;
            let (ExprKind::Number(printed), Some(value)) = (&row.values.get(e.column)?.kind, value) else { return None };
            (printed != value).then(|| row.keys.iter().map(|c| prose.key_cell(c, true)).collect::<String>())
        });
        let differs: Vec<String> = differs.collect();
        let unchecked = e.values.iter().filter(|(_, value)| value.is_none()).count();
        let mut parts = vec![self.say(text!(
            "“{column}”一栏以表为准；通知另给了算法：{by}",
            "the column “{column}” decides; the notice also gives a formula: {by}"
        ))];
        if !differs.is_empty() {
            let list = self.prose.listed(differs);
            parts.push(self.say(text!("按算法得数不同的：{list}", "the formula differs for {list}")));
        }
        if unchecked > 0 {
            parts.push(self.say(text!("缺少基数、无法核对的 {unchecked} 行", "{unchecked} rows cannot be checked")));
        }
        self.prose.sentence(parts)
    }

    pub(super) fn material(&self, material: &Material) -> Entry {
        let mut entry = self.about(text!("材料", "material"), "act", 7, &material.ident);
        if material.tracks.len() < self.plan.programme.tracks.len() {
            entry.scope = material.tracks.iter().map(|t| self.prose.name(&self.plan.programme.track(*t).ident)).collect();
        }
        entry.lines = vec![self.prose.sentence(self.material_parts(material))];
        if let Some((track, when)) = material.when.first() {
            let when = self.prose.in_track(*track).holds(when);
            entry.lines.push(self.say(text!("只在{when}时要交。", "Asked for only if {when}.")));
        }
        if material.only_needed {
            entry.lines.push(self.say(text!("只在符合免除条件时要交。", "Asked for only with a waiver.")));
        }
        let refused = self.prose.listed(material.refuse.iter().map(|(format, _)| self.prose.medium(format)));
        if !refused.is_empty() {
            entry.lines.push(self.say(text!("不收{refused}。", "{refused} is not accepted.")));
        }
        entry.lines.retain(|l| !l.is_empty());
        entry
    }

    fn material_parts(&self, material: &Material) -> Vec<String> {
        let mut parts = Vec::new();
        if let Some(by) = material.by.map(|by| self.prose.actor(by)) {
            parts.push(self.say(text!("由{by}提供", "provided by {by}")));
        }
        if material.per_package {
            parts.push(self.say(text!("每次报送一份，不是每份申报一份", "one for each package sent")));
        }
        let formats = self.formats(material);
        if !formats.is_empty() {
            parts.push(self.say(text!("形式：{formats}", "as {formats}")));
        }
        if let Some(channel) = material.channel.as_deref().map(|c| self.prose.medium(c)) {
            parts.push(self.say(text!("通过{channel}报送", "by {channel}")));
        }
        if let Some(at) = material.at.map(|at| self.prose.stage(at)) {
            parts.push(self.say(text!("在{at}环节交", "sent at {at}")));
        }
        if material.optional {
            parts.push(self.say(text!("可以不交", "optional")));
        }
        parts
    }

    /// Its formats, sealed ones said to be so.
    pub(super) fn formats(&self, material: &Material) -> String {
        self.prose.all(material.formats.iter().map(|f| {
            let name = self.prose.medium(&f.name);
            if f.sealed { self.say(text!("盖章的{name}", "sealed {name}")) } else { name }
        }))
    }

    pub(super) fn quota(&self, quota: &Quota) -> Entry {
        let kind = match quota.strength {
            None | Some(Strength::Require | Strength::Complete) => text!("名额", "quota"),
            Some(strength) => {
                let word = super::entries::strength(strength).0;
                Text { zh: format!("名额·{}", word.zh), en: format!("quota, {}", word.en) }
            }
        };
        let tone = if quota.soft || quota.strength.is_some() { "soft" } else { "must" };
        let mut entry = self.about(kind, tone, 5, &quota.ident);
        let prose = self.prose.with_keys(quota.keys.iter().map(|k| k.name.clone()));
        let check = match (&quota.value, &quota.bound) {
            (Some(value), Some(bound)) => prose.bounded(&prose.noun(value), Some(value), bound),
            _other => prose.holds(&quota.test),
        };
        entry.lines.push(self.counted(quota, &check));
        if let Some(when) = quota.when.as_ref().map(|w| prose.holds(w)) {
            entry.lines.push(self.say(text!("只在{when}时适用。", "Applies only if {when}.")));
        }
        entry.lines.push(self.binding(quota));
        entry
    }

    /// `在“市级报送”环节，每个市地的示范区不超过 …`
    fn counted(&self, quota: &Quota, check: &str) -> String {
        let at = quota.at.map(|s| self.prose.stage(s));
        let at = at.map(|at| self.say(text!("在{at}环节，", "At {at}, "))).unwrap_or_default();
        let each = self.each_of(&quota.keys);
        let each = if quota.keys.len() == 1 { self.say(text!("{each}的", "{each} ")) } else { each };
        let empty = match quota.every && !quota.keys.is_empty() {
            true => self.say(text!("；没有申报的也算", "; those without any count too")),
            false => String::new(),
        };
        self.say(text!("{at}{each}{check}{empty}。", "{at}{each}{check}{empty}."))
    }

    /// `每个市地`; of several keys, the groups in which all of them are the same.
    pub(super) fn each_of(&self, keys: &[prog_model::Key]) -> String {
        let names: Vec<String> = keys.iter().map(|k| k.name.clone()).collect();
        match names.as_slice() {
            [] => String::new(),
            [key] => self.say(text!("每个{key}", "for each {key}")),
            _several => {
                let keys = self.prose.all(names);
                self.say(text!("按{keys}分组，{keys}都相同的为一组，每组", "for each group with the same {keys}: "))
            }
        }
    }

    fn binding(&self, quota: &Quota) -> String {
        if let Some(outcome) = &quota.outcome {
            return self.say(text!("不符合的，这一组申报的结论为“{outcome}”。", "If not, the outcome of the group is “{outcome}”."));
        }
        if quota.soft || quota.strength == Some(Strength::Note) {
            return self.say(text!("只作提示，不影响任何一份申报。", "A note, never more; no application is affected."));
        }
        // Who applies decides nothing.
        let applies = quota.at.is_some_and(|stage| self.is_first(stage));
        match (&quota.binding, quota.strength) {
            (Binding::Sender(actor), Some(Strength::InPrinciple)) => {
                let actor = self.prose.actor(*actor);
                self.say(text!(
                    "约束报送单位（{actor}）：不符合的，须书面说明理由；各份申报自己的结论不变。",
                    "It binds the sender ({actor}): if not, a written reason is needed; each application keeps its own result."
                ))
            }
            (Binding::Sender(actor), _) => {
                let actor = self.prose.actor(*actor);
                self.say(text!(
                    "约束报送单位（{actor}）：不符合的，所报整包退回，由其自行取舍；各份申报自己的结论不变。",
                    "It binds the sender ({actor}): if not, the whole package is returned; each application keeps its own result."
                ))
            }
            (Binding::Decider(Some(actor)), _) if !applies => {
                let actor = self.prose.actor(*actor);
                self.say(text!(
                    "不符合的，向{actor}提出；可以写明理由后仍然这样定，不否决任何一份申报。",
                    "If not, {actor} is told; it may decide so nevertheless, with a reason. No application is rejected by it."
                ))
            }
            (Binding::Decider(_), _) => self.say(text!(
                "不符合的，作为问题列出，不否决任何一份申报。",
                "If not, it is listed as a finding. No application is rejected by it."
            )),
        }
    }

    pub(super) fn stage(&self, workflow: &Workflow, stage: &Stage, one: &Declared<'_>) -> Entry {
        let mut entry = self.about(text!("环节", "stage"), "time", 6, &stage.ident);
        let track = workflow.tracks.iter().map(|t| self.plan.programme.track(*t));
        let own = track.filter(|t| one.path.strip_prefix("stage ").is_some_and(|rest| rest.starts_with(&format!("{}.", t.ident.name))));
        if self.plan.programme.tracks.len() > 1 {
            entry.scope = own.map(|t| self.prose.name(&t.ident)).collect();
        }
        let by = stage.by.map(|by| self.prose.actor(by));
        let mut parts: Vec<String> = by.map(|by| self.say(text!("由{by}办理", "done by {by}"))).into_iter().collect();
        parts.extend(self.prose.acts(stage));
        entry.lines.push(self.prose.sentence(parts));
        if let Some(open) = stage.open.as_ref().map(|d| self.prose.deadline(d, false)) {
            entry.lines.push(self.say(text!("开始：{open}。", "Opens {open}.")));
        }
        if let Some(due) = stage.due.as_ref().map(|d| self.prose.deadline(d, true)) {
            entry.lines.push(self.say(text!("截止：{due}。", "Due {due}.")));
        }
        entry.lines.push(self.prose.sentence(self.prose.leads(stage)));
        entry.lines.retain(|l| !l.is_empty());
        entry
    }

    pub(super) fn targets(&self, targets: &Targets) -> Entry {
        let mut entry = self.about(text!("一组指标", "targets"), "time", 10, &targets.ident);
        let mut parts = Vec::new();
        if let Some(by) = targets.reported_by.map(|by| self.prose.actor(by)) {
            parts.push(self.say(text!("由{by}填报", "reported by {by}")));
        }
        parts.extend(targets.from.as_ref().map(|from| match from {
            TargetsFrom::Stage(stage) => {
                let stage = self.prose.stage(*stage);
                self.say(text!("年数从{stage}起算", "years count from {stage}"))
            }
            TargetsFrom::Day(day) => {
                let day = self.prose.date(*day);
                self.say(text!("年数从{day}起算", "years count from {day}"))
            }
        }));
        let count = targets.indicators.len();
        parts.push(self.say(text!("共 {count} 项指标", "{count} indicators")));
        entry.lines = vec![self.prose.sentence(parts)];
        let uncited = |i: &&Indicator| i.cites.is_empty() && i.milestones.iter().all(|m| m.cites.is_empty());
        entry.items = targets.indicators.iter().filter(uncited).map(|i| self.indicator_item(i)).collect();
        entry
    }

    pub(super) fn indicator(&self, indicator: &Indicator, holder: Option<&Declared<'_>>) -> Entry {
        let kind = if indicator.strive { text!("指标·力争", "indicator, to strive for") } else { text!("指标", "indicator") };
        let mut entry = self.new_entry(kind, "time", 11);
        entry.title = holder.map(|h| self.title_of(&h.what)).unwrap_or_default();
        entry.items = vec![self.indicator_item(indicator)];
        entry
    }

    fn indicator_item(&self, indicator: &Indicator) -> Item {
        let name = self.prose.name(&indicator.ident);
        let measure = self.measure(indicator);
        let milestones = indicator.milestones.iter().map(|m| {
            let (when, what) = (self.when(&m.when), self.milestone(indicator, m));
            self.say(text!("{when}：{what}", "{when}: {what}"))
        });
        let doc = indicator.ident.doc.as_ref().map(|doc| self.say(text!("编写说明：{doc}", "Author's note: {doc}")));
        Item { text: self.prose.aside(&name, &measure), items: milestones.chain(doc).map(Item::new).collect() }
    }

    /// What an indicator measures, of whom.
    pub(super) fn measure(&self, indicator: &Indicator) -> String {
        let mut parts = vec![match &indicator.measure {
            Measure::Reported(field, _) if indicator.milestones.is_empty() => {
                let entry = self.prose.entry(field);
                self.say(text!("填报：{entry}", "reported: {entry}"))
            }
            Measure::Reported(field, _) => self.prose.entry(field),
            Measure::Computed { inputs, value } => {
                let prose = self.prose.with_keys(inputs.iter().map(|i| self.prose.name(i)));
                let value = prose.noun(value);
                self.say(text!("计算：{value}", "computed: {value}"))
            }
            Measure::Judged(test) => match test {
                prog_model::Test::Judged { by, on } => self.prose.judged(*by, on),
                prog_model::Test::Attested { .. } => self.say(text!("由填报单位说明是否做到", "attested by whoever reports")),
                prog_model::Test::External { register, as_of } => self.prose.register(register, as_of.as_deref()),
                prog_model::Test::Expr(_) | prog_model::Test::Threshold { .. } | prog_model::Test::Bad => String::new(),
            },
        }];
        if let Some(list) = indicator.for_all {
            let list = self.prose.name(&self.plan.programme.enumeration(list).ident);
            parts.push(self.say(text!("每个{list}都要达到", "for every {list}")));
        }
        parts.retain(|p| !p.is_empty());
        parts.join(&self.say(text!("；", "; ")))
    }

    /// When a milestone falls due.
    pub(super) fn when(&self, when: &MilestoneTime) -> String {
        match when {
            MilestoneTime::By(day) => {
                let (year, month, in_month) = day.parts();
                let date = self.prose.date(*day);
                match (month, in_month) {
                    (12, 31) => self.say(text!("到{year}年底", "by the end of {year}")),
                    _other => self.say(text!("到{date}", "by {date}")),
                }
            }
            MilestoneTime::EachYear => self.say(text!("每年", "each year")),
            MilestoneTime::Year(n) => self.say(text!("第 {n} 年", "year {n}")),
            MilestoneTime::Total(None) => self.say(text!("累计", "in total")),
            MilestoneTime::Total(Some(day)) => {
                let until = self.when(&MilestoneTime::By(*day));
                self.say(text!("{until}累计", "{until} in total"))
            }
        }
    }

    /// What a milestone asks.
    pub(super) fn milestone(&self, indicator: &Indicator, m: &Milestone) -> String {
        let bound = |b| self.prose.bounded("", None, b).trim_start_matches("is ").to_owned();
        let mut parts: Vec<String> = m.bound.iter().map(bound).collect();
        parts.extend(m.words.as_ref().map(|w| self.prose.label(w)));
        if parts.is_empty() {
            parts.push(self.say(text!("做到", "done")));
        }
        if m.strive && !indicator.strive {
            parts.push(self.say(text!("力争", "to strive for")));
        }
        parts.join(&self.say(text!("，", ", ")))
    }
}
