//! What is derived from a programme, as snapshots: inputs with pointers, rules with due stages, quotas, scenarios as data.
//!
//! In: `models/*.prog`. Out: `snapshots/`, source and result together.

use prog_base::{Source, SourceMap};
use prog_model::{Binding, KeyRange, Programme, StageId, Test, TestMember, Track};
use std::fmt::Write;

#[test]
fn what_is_derived() {
    insta::glob!("models/*.prog", |path| {
        let text = std::fs::read_to_string(path).unwrap();
        let mut sources = SourceMap::default();
        let id = sources.add(Source::new("t.prog", text.as_str()));
        let parse = prog_syntax::parse(id, &text);
        let inputs = prog_model::Inputs {
            files: vec![(id, &parse.ast)],
            bases: Vec::new(),
            modules: Vec::new(),
            sources: &sources,
            notice: None,
            data: &|_| None,
            library: &|_| None,
        };
        let found = prog_model::analyse(&inputs);
        let mut shown = format!("{text}\n=====\n\n");
        for d in parse.diagnostics.iter().chain(&found.diagnostics).filter(|d| d.code.0 != "P0114") {
            writeln!(shown, "{} {}", d.code.0, d.message.zh).unwrap();
        }
        show(found.programme.as_ref().unwrap(), &mut shown);
        insta::with_settings!({ omit_expression => true, prepend_module_to_snapshot => false }, { insta::assert_snapshot!(shown) });
    });
}

fn show(p: &Programme, out: &mut String) {
    for track in &p.tracks {
        show_track(p, track, out);
    }
    for form in &p.forms {
        writeln!(out, "form {}", form.ident.key).unwrap();
        for id in &form.inputs {
            let input = p.input(*id);
            let marks = [(input.optional, "optional"), (input.personal, "personal"), (input.when.is_some(), "guarded")];
            let marks: Vec<&str> = marks.iter().filter(|(yes, _)| *yes).map(|(_, word)| *word).collect();
            writeln!(out, "  {} {} {}", input.pointer, stage(p, input.stage), marks.join(" ")).unwrap();
        }
    }
    for quota in &p.quotas {
        let keys: Vec<String> = quota.keys.iter().map(|k| format!("{} {}", k.name, range(p, &k.range))).collect();
        let binding = match &quota.binding {
            Binding::Sender(a) => format!("binds {}", p.actors[a.index()].ident.key),
            Binding::Decider(a) => format!("for {}", a.map_or("nobody", |a| &p.actors[a.index()].ident.key)),
        };
        let bound = quota.bound.as_ref().map_or(String::new(), |b| format!("{b:?}").split('(').next().unwrap_or_default().to_owned());
        let soft = if quota.soft { " soft" } else { "" };
        writeln!(out, "quota {} at {} per [{}] {binding} {bound}{soft}", quota.ident.key, stage(p, quota.at), keys.join(", ")).unwrap();
    }
    for scenario in &p.scenarios {
        writeln!(out, "scenario {} at {} on {:?} closed {}", scenario.title, stage(p, scenario.at), scenario.on, scenario.closed).unwrap();
        for case in &scenario.cases {
            writeln!(out, "{}", serde_json::to_string_pretty(&case.json).unwrap()).unwrap();
        }
        for package in &scenario.packages {
            writeln!(out, "package {}", serde_json::to_string_pretty(&package.json).unwrap()).unwrap();
        }
        for (reading, value) in &scenario.readings {
            writeln!(out, "reading {} = {value}", p.reading(*reading).ident.key).unwrap();
        }
        for expect in &scenario.expects {
            writeln!(out, "expect {:?} for {:?}", expect.kind, expect.of).unwrap();
        }
    }
}

fn show_track(p: &Programme, track: &Track, out: &mut String) {
    writeln!(out, "track {}", track.ident.key).unwrap();
    for id in track.inputs.iter().filter(|id| p.input(**id).form.is_none()) {
        let input = p.input(*id);
        writeln!(out, "  fact {} {}", input.pointer, stage(p, input.stage)).unwrap();
    }
    for rule in &track.rules {
        let by: Vec<&str> = rule.waived_by.iter().map(|w| track.rules[w.index()].ident.key.as_str()).collect();
        writeln!(out, "  rule {} due {} path {:?} waived by {by:?}", rule.ident.key, stage(p, rule.due), rule.path).unwrap();
        members(&rule.test, out);
    }
    let order: Vec<&str> = track.order.iter().map(|r| track.rules[r.index()].ident.key.as_str()).collect();
    writeln!(out, "  order {order:?}").unwrap();
}

fn members(test: &Test, out: &mut String) {
    if let Test::Threshold { members: list, .. } = test {
        for TestMember { ident, path, test, .. } in list {
            writeln!(out, "    member {} path {path:?}", ident.key).unwrap();
            members(test, out);
        }
    }
}

fn range(p: &Programme, range: &KeyRange) -> String {
    match range {
        KeyRange::Enum(id) => format!("over {}", p.enumeration(*id).ident.name),
        KeyRange::Table(id) => format!("over table {}", p.table(*id).ident.name),
        KeyRange::Present => "present".to_owned(),
    }
}

fn stage(p: &Programme, id: Option<StageId>) -> &str {
    id.map_or("-", |id| p.stages[id.index()].key.as_str())
}
