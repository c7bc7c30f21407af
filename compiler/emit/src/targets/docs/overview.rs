//! Tables that show at a glance what stands clause by clause: routes, materials, targets by year.
//!
//! In: the model. Out: tables of words. Always: the same words as the entries have.

use super::entries::Table;
use super::sentences::Sentences;
use prog_base::text;
use prog_model::{Citation, MilestoneTime, Targets, Workflow};

impl Sentences<'_> {
    /// One table a route.
    pub(super) fn routes(&self) -> Vec<Table> {
        self.plan.programme.workflows.iter().map(|w| self.route(w)).collect()
    }

    fn route(&self, workflow: &Workflow) -> Table {
        let heads = [
            text!("环节", "Stage"),
            text!("由谁办理", "By"),
            text!("做什么", "What is done"),
            text!("期限", "When"),
            text!("之后", "Then"),
            text!("依据", "Clauses"),
        ];
        let rows = workflow.stages.iter().map(|stage| {
            let open = stage.open.as_ref().map(|d| self.prose.deadline(d, false));
            let open = open.map(|d| self.say(text!("{d}开始", "opens {d}")));
            let due = stage.due.as_ref().map(|d| self.prose.deadline(d, true));
            let due = due.map(|d| self.say(text!("截止 {d}", "due {d}")));
            let when: Vec<String> = open.into_iter().chain(due).collect();
            vec![
                self.prose.name(&stage.ident),
                stage.by.map(|by| self.prose.actor(by)).unwrap_or_default(),
                self.lines(self.prose.acts(stage)),
                self.lines(when),
                self.lines(self.prose.leads(stage)),
                self.basis(&stage.cites),
            ]
        });
        let caption = match workflow.tracks.len() == self.plan.programme.tracks.len() {
            true => String::new(),
            false => self.prose.tracks(&workflow.tracks),
        };
        Table { caption, heads: heads.map(|h| self.say(h)).to_vec(), rows: rows.collect() }
    }

    fn lines(&self, parts: Vec<String>) -> String {
        parts.join(&self.say(text!("；", "; ")))
    }

    fn basis(&self, cites: &[Citation]) -> String {
        self.prose.listed(self.addresses(cites))
    }

    /// All materials.
    pub(super) fn material_table(&self) -> Option<Table> {
        let programme = self.plan.programme;
        let heads = [
            text!("材料", "Material"),
            text!("由谁提供", "By"),
            text!("形式", "Form"),
            text!("途径", "Channel"),
            text!("环节", "Stage"),
            text!("类别", "Categories"),
            text!("依据", "Clauses"),
        ];
        let rows: Vec<Vec<String>> = programme
            .materials
            .iter()
            .map(|m| {
                let name = self.prose.name(&m.ident);
                let when = m.when.first().map(|(track, e)| self.prose.in_track(*track).holds(e));
                let asides = [
                    m.optional.then(|| self.say(text!("可不交", "optional"))),
                    m.per_package.then(|| self.say(text!("每次报送一份", "one a package"))),
                    m.only_needed.then(|| self.say(text!("只在符合免除条件时交", "only with a waiver"))),
                    when.map(|when| self.say(text!("只在{when}时交", "only if {when}"))),
                ];
                let aside = self.lines(asides.into_iter().flatten().collect());
                vec![
                    self.prose.aside(&name, &aside),
                    m.by.map(|by| self.prose.actor(by)).unwrap_or_default(),
                    self.formats(m),
                    m.channel.as_deref().map(|c| self.prose.medium(c)).unwrap_or_default(),
                    m.at.map(|at| self.prose.name(&programme.stages[at.index()])).unwrap_or_default(),
                    self.prose.listed(m.tracks.iter().map(|t| self.prose.name(&programme.track(*t).ident))),
                    self.basis(&m.cites),
                ]
            })
            .collect();
        let caption = self.say(text!("全部材料", "All materials"));
        (!rows.is_empty()).then(|| Table { caption, heads: heads.map(|h| self.say(h)).to_vec(), rows })
    }

    /// Indicators against the times at which they fall due, one table a block.
    pub(super) fn target_tables(&self) -> Vec<Table> {
        self.plan.programme.targets.iter().map(|t| self.target_table(t)).collect()
    }

    fn target_table(&self, targets: &Targets) -> Table {
        let mut times: Vec<&MilestoneTime> = Vec::new();
        for time in targets.indicators.iter().flat_map(|i| &i.milestones).map(|m| &m.when) {
            if !times.contains(&time) {
                times.push(time);
            }
        }
        times.sort_by_key(|time| match time {
            MilestoneTime::By(day) => (1, day.to_string()),
            MilestoneTime::Year(n) => (2, format!("{n:05}")),
            MilestoneTime::EachYear => (3, String::new()),
            MilestoneTime::Total(day) => (4, day.map(|d| d.to_string()).unwrap_or_default()),
        });
        let mut heads = vec![self.say(text!("指标", "Indicator"))];
        heads.extend(times.iter().map(|t| self.when(t)));
        heads.push(self.say(text!("依据", "Clauses")));
        let row = |indicator: &prog_model::Indicator| {
            let name = self.prose.name(&indicator.ident);
            let strive = if indicator.strive { self.say(text!("力争", "to strive for")) } else { String::new() };
            let mut cells = vec![self.prose.aside(&name, &strive)];
            cells.extend(times.iter().map(|time| {
                let due = indicator.milestones.iter().filter(|m| m.when == **time);
                self.lines(due.map(|m| self.milestone(indicator, m)).collect())
            }));
            let cites: Vec<Citation> = indicator.cites.iter().chain(indicator.milestones.iter().flat_map(|m| &m.cites)).cloned().collect();
            cells.push(self.basis(&cites));
            cells
        };
        Table {
            caption: self.prose.name(&targets.ident),
            heads,
            rows: targets.indicators.iter().filter(|i| !i.milestones.is_empty()).map(row).collect(),
        }
    }
}
