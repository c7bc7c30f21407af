//! Batches drawn from a model: cases that mostly share their keys, packages that send them, decisions.
//!
//! In: a generator. Out: lines of a batch. Always: a package names cases of its batch, rarely a stranger.

use crate::draw::Generator;
use crate::place::{put, put_key};
use prog_model::*;
use serde_json::{Value, json};

impl Generator<'_> {
    /// Lines of a batch at a stage: up to eight cases, up to two packages, rarely a decision.
    pub fn batch(&mut self, stage: &str) -> Vec<Value> {
        let p = self.programme;
        let home = Home::draw(self);
        let mut lines = Vec::new();
        let mut ids = Vec::new();
        for i in 0..self.random.below(9) {
            let track = &p.tracks[self.random.below(p.tracks.len())];
            let id = format!("c{i}");
            let mut case = self.case(track, Some(&id));
            if !self.random.one_in(4) {
                home.settle(p, track, &mut case);
            }
            ids.push(id);
            lines.push(json!({ "case": case }));
        }
        for i in 0..self.random.below(3) {
            lines.push(json!({ "package": self.package(&format!("p{i}"), stage, &ids, &home) }));
        }
        if self.random.one_in(6)
            && let Some(quota) = self.random.pick(&p.quotas)
        {
            lines.push(
                json!({ "decision": { "quota": quota.ident.key, "key": home.key(self), "by": "某人", "why": "特批", "at": "2024-05-01" } }),
            );
        }
        lines
    }

    fn package(&mut self, id: &str, stage: &str, ids: &[String], home: &Home) -> Value {
        let p = self.programme;
        let mut package = json!({ "id": id, "stage": stage });
        let mut cases: Vec<&String> = ids.iter().filter(|_| !self.random.one_in(4)).collect();
        let stranger = "c99".to_owned();
        if self.random.one_in(10) {
            cases.push(&stranger);
        }
        package["cases"] = json!(cases);
        if let (Some(actor), false) = (self.random.pick(&p.actors), self.random.one_in(3)) {
            package["by"] = json!(actor.ident.key);
        }
        if !self.random.one_in(5) {
            package["key"] = home.key(self);
        }
        if !self.random.one_in(3) {
            package["at"] = json!(self.time(false));
        }
        for material in p.materials.iter().filter(|m| m.per_package) {
            if !self.random.one_in(3) {
                let copies = self.copies(material);
                put_key(&mut package, "materials", &material.ident.key, copies);
            }
        }
        for quota in &p.quotas {
            if self.random.one_in(3) {
                put_key(&mut package, "reasons", &quota.ident.key, json!("情况特殊"));
            }
        }
        if let (Some(summary), true) = (self.random.pick(&p.summaries), self.random.one_in(2)) {
            let mut rows = Vec::new();
            for case in &cases {
                let mut row = json!({ "case": case });
                for (index, column) in summary.columns.iter().enumerate() {
                    if !self.random.one_in(4) {
                        let value = self.value(&column.field, 1);
                        if !value.is_array() && !value.is_object() {
                            match summary.group_of(index) {
                                Some(group) => row[&group.key][&column.ident.key] = value,
                                None => row[&column.ident.key] = value,
                            }
                        }
                    }
                }
                rows.push(row);
            }
            package["summary"] = json!(rows);
        }
        package
    }
}

/// One set of keys that most cases of a batch share, so that groups fill up.
struct Home(Vec<(String, Value)>);

impl Home {
    fn draw(generator: &mut Generator<'_>) -> Self {
        let p = generator.programme;
        let mut values = Vec::new();
        for name in p.actors.iter().filter_map(|a| a.per.clone()).chain(p.quotas.iter().flat_map(|q| q.keys.iter().map(|k| k.name.clone())))
        {
            let Some(input) = p.inputs.iter().find(|i| i.ident.name == name || i.ident.key == name) else { continue };
            let value = generator.value(&input.field, 1);
            values.push((name, value));
        }
        Self(values)
    }

    fn settle(&self, p: &Programme, track: &Track, case: &mut Value) {
        for (name, value) in &self.0 {
            let of_name = |i: &&Input| i.ident.name == *name || i.ident.key == *name;
            if let Some(input) = track.inputs.iter().map(|i| p.input(*i)).find(of_name)
                && matches!(input.origin, Origin::Entered)
            {
                put(case, &input.pointer, value.clone());
            }
        }
    }

    fn key(&self, generator: &mut Generator<'_>) -> Value {
        let plain = |v: &Value| if v.is_string() || v.is_number() || v.is_boolean() { v.clone() } else { json!("哈尔滨") };
        match self.0.first() {
            Some((_, value)) if generator.random.one_in(2) => plain(value),
            Some(_) => Value::Object(self.0.iter().map(|(name, value)| (name.clone(), plain(value))).collect()),
            None => json!("哈尔滨"),
        }
    }
}
