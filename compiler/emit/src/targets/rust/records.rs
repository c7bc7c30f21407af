//! The records of the definition in Rust: constants of the runtime's types, and named functions for their expressions.
//!
//! In: a section. Out: the items of its module. Always: source order; a function stands before the record that names it, and its
//! documentation says of what it is a part, with clauses and words.

mod selection;

use super::expression::{item, name_of, number, uses_case, value, variant};
use super::fields::*;
use super::layout::Doc;
use crate::code::{Code, Record, Var};
use crate::names::{Names, ascii};

/// The items of one module.
pub struct Items {
    /// What is printed so far, one item each.
    pub items: Vec<String>,
    names: Names,
}

/// What a function or constant belongs to: the beginning of its name, and what its documentation says.
#[derive(Clone)]
struct Owner {
    name: String,
    words: String,
}

impl Items {
    /// None yet. No name may be one that the runtime gives.
    pub fn new() -> Self {
        Self { items: Vec::new(), names: Names::reserving(&["c", "item"]) }
    }

    /// The constant of a section: a slice of its records, or its one record.
    pub fn section(&mut self, name: &str, doc: &str, ty: &str, code: &Code) {
        let owner = Owner { name: String::new(), words: String::new() };
        let (ty, doc_value) = match code {
            Code::List(records) => (format!("&[{ty}]"), Doc::slice(self.each(records, &owner))),
            Code::Record(record) => (ty.to_owned(), self.record(record, &owner)),
            _ => ("Option<Zone>".to_owned(), zone(code)),
        };
        let head = format!("pub const {}: {ty}", name.to_uppercase());
        self.items.push(format!("/// {}\n{}", escaped(doc), doc_value.value_of(&head)));
    }

    fn each(&mut self, records: &[Code], owner: &Owner) -> Vec<Doc> {
        records.iter().map(|one| self.one(one, owner)).collect()
    }

    /// A record in its place; one that has a name in reports, as a constant of its own.
    fn one(&mut self, code: &Code, owner: &Owner) -> Doc {
        let Code::Record(record) = code else { return value(code) };
        let Some((word, ty)) = own_constant(record.kind) else { return self.record(record, owner) };
        let name = self.names.give_text(&format!("{word}_{}", ascii(&key_of(record)).to_ascii_lowercase()));
        let owner = Owner { name: name.clone(), words: words_of(record) };
        let doc = self.record(record, &owner);
        let constant = name.to_ascii_uppercase();
        let text = doc.value_of(&format!("const {constant}: {ty}"));
        self.items.push(format!("/// {}\n{text}", escaped(&owner.words)));
        Doc::atom(constant)
    }

    /// A named function of an expression.
    fn function(&mut self, code: &Code, owner: &Owner, part: &str, what: &str) -> Doc {
        let Code::Function { body, .. } = code else { return Doc::atom("unknown") };
        let stem = if owner.name.is_empty() { part.to_owned() } else { format!("{}_{part}", owner.name) };
        let name = self.names.give_text(&stem);
        let (body, item_of) = match &**body {
            Code::Function { of: Some(var @ Var::Item(_)), body } => (&**body, Some(*var)),
            body => (body, None),
        };
        let c = if uses_case(body) { "c" } else { "_c" };
        let mut parameters = vec![format!("{c}: &dyn Scope<'a>")];
        if let Some(var @ Var::Item(level)) = item_of {
            let unused = if body.uses(var) { "" } else { "_" };
            parameters.push(format!("{unused}{}: &Item<'a>", item(level)));
        }
        let line = format!("fn {name}<'a>({}) -> Value<'a> {{", parameters.join(", "));
        let head = if line.len() <= 100 { line } else { format!("fn {name}<'a>(\n    {},\n) -> Value<'a> {{", parameters.join(",\n    ")) };
        let doc = format!("{} — {what}", owner.words);
        self.items.push(format!("/// {}\n{head}\n    {}\n}}", escaped(doc.trim_start_matches([' ', '—'])), value(body).body()));
        Doc::atom(name)
    }

    fn formula(&mut self, r: &Record, member: &str, owner: &Owner, what: &str) -> Option<Doc> {
        r.get(member).map(|code| self.function(code, owner, &snake(member), what))
    }

    /// Functions by track: `&[("track", function)]`.
    fn by_track(&mut self, r: &Record, member: &str, owner: &Owner, what: &str) -> Option<Doc> {
        let Some(Code::Map(members)) = r.get(member) else { return None };
        let mut all = Vec::new();
        for (track, code) in members {
            let part = format!("{}_{}", snake(member), ascii(track).to_ascii_lowercase());
            let function = self.function(code, owner, &part, &format!("{what} ({track})"));
            all.push(tuple([Doc::text(track), function]));
        }
        Some(Doc::slice(all))
    }

    /// A part of a rule: of the case, or of an item.
    fn part(&mut self, code: &Code, owner: &Owner, part: &str, what: &str) -> Doc {
        let of_item = matches!(code, Code::Function { body, .. } if matches!(**body, Code::Function { of: Some(Var::Item(_)), .. }));
        let function = self.function(code, owner, part, what);
        Doc::call(if of_item { "Part::OfItem" } else { "Part::Of" }, vec![function])
    }

    fn record(&mut self, r: &Record, owner: &Owner) -> Doc {
        let mut f: Fields = Vec::new();
        let (ty, all) = match r.kind {
            "StageName" => {
                f.extend([("key", name_of(r, "key")), ("name", optional(r, "name"))]);
                ("StageName", 2)
            }
            "Reading" => {
                f.push(("key", name_of(r, "key")));
                texts(&mut f, r, &["name"]);
                if let Some(Code::Word(word)) = r.get("builtin") {
                    f.push(("builtin", Doc::some(Doc::atom(variant("Builtin", word)))));
                }
                slices(&mut f, r, &["values", "names"]);
                ints(&mut f, r, &["chosen"]);
                numbers(&mut f, r, &["band"]);
                ("Reading", 7)
            }
            "Calendar" => {
                f.push(("key", name_of(r, "key")));
                f.extend(["first", "last"].map(|year| (year, r.get(year).map_or(Doc::atom("0"), value))));
                f.extend(["off", "worked"].map(|days| (days, Doc::slice(list(r, days).iter().map(text_of).collect()))));
                ("Calendar", 5)
            }
            "Actor" => {
                f.push(("key", name_of(r, "key")));
                texts(&mut f, r, &["name", "per", "keys"]);
                ("Actor", 4)
            }
            "ClosedList" => {
                let order = match r.get("order") {
                    Some(Code::Word(word)) => variant("Order", word),
                    _ => "Order::None".to_owned(),
                };
                let keys = list(r, "values").iter().map(|one| if let Code::Record(one) = one { name_of(one, "key") } else { value(one) });
                f.extend([("key", name_of(r, "key")), ("order", Doc::atom(order)), ("values", Doc::slice(keys.collect()))]);
                ("List", 3)
            }
            "RecordType" => {
                let fields = self.each(list(r, "fields"), owner);
                f.extend([("key", name_of(r, "key")), ("fields", Doc::slice(fields))]);
                ("Record", 2)
            }
            "RecordField" => {
                f.push(("key", name_of(r, "key")));
                f.push(("entry", field_type(r.get("type"))));
                flags(&mut f, r, &["optional"]);
                ("Field", 3)
            }
            "Table" => {
                f.push(("key", name_of(r, "key")));
                if let Some(Code::Word(word)) = r.get("lookup") {
                    f.push(("lookup", Doc::atom(variant("Lookup", word))));
                }
                flags(&mut f, r, &["absent"]);
                slices(&mut f, r, &["columns"]);
                let rows = self.each(list(r, "rows"), owner);
                f.push(("rows", Doc::slice(rows)));
                ("Table", 5)
            }
            "Row" => {
                let keys = list(r, "keys").iter().map(|cell| self.key_cell(cell, owner)).collect();
                let values = self.cells(list(r, "values"), owner, "value");
                f.extend([("keys", Doc::slice(keys)), ("values", Doc::slice(values))]);
                ("Row", 2)
            }
            "Constant" => {
                f.push(("key", name_of(r, "key")));
                f.extend(self.formula(r, "value", owner, "the value").map(|value| ("value", value)));
                ("Constant", 2)
            }
            "Material" => {
                head(&mut f, r);
                flags(&mut f, r, &["perPackage"]);
                slices(&mut f, r, &["tracks"]);
                let formats = list(r, "formats").iter().map(|one| pair(one, "name", "sealed"));
                some_slice(&mut f, "formats", formats.collect());
                texts(&mut f, r, &["channel", "at"]);
                f.extend(self.by_track(r, "when", owner, "when it is asked for").map(|when| ("when", when)));
                flags(&mut f, r, &["optional", "onlyNeeded"]);
                let refuse =
                    list(r, "refuse").iter().map(|one| if let Code::Record(one) = one { name_of(one, "name") } else { value(one) });
                some_slice(&mut f, "refuse", refuse.collect());
                ("Material", 13)
            }
            "Route" => {
                let tracks = list(r, "tracks").iter().map(text_of).collect();
                let stages = self.each(list(r, "stages"), owner);
                f.extend([("tracks", Doc::slice(tracks)), ("stages", Doc::slice(stages))]);
                ("Route", 2)
            }
            "Stage" => {
                self.stage(&mut f, r, owner);
                ("Stage", 16)
            }
            "Transition" => {
                f.push(("outcome", name_of(r, "outcome")));
                let part = Owner { name: format!("{}_{}", owner.name, ascii(&text(r, "outcome")).to_ascii_lowercase()), ..owner.clone() };
                let what = format!("when it leads on by {}", text(r, "outcome"));
                f.extend(self.by_track(r, "when", &part, &what).map(|when| ("when", when)));
                texts(&mut f, r, &["to", "status"]);
                ("Transition", 4)
            }
            "Summary" => {
                head(&mut f, r);
                let columns = self.each(list(r, "columns"), owner);
                f.push(("columns", Doc::slice(columns)));
                ("Summary", 5)
            }
            "Column" => {
                head(&mut f, r);
                f.push(("pointer", name_of(r, "pointer")));
                flags(&mut f, r, &["optional"]);
                strength(&mut f, r, true);
                f.extend(self.by_track(r, "value", owner, "the value of the row's case").map(|value| ("value", value)));
                f.extend(r.get("shown").map(|shown| ("shown", Doc::some(shown_type(Some(shown))))));
                ("Column", 9)
            }
            "Quota" => {
                self.quota(&mut f, r, owner);
                ("Quota", 19)
            }
            "GroupKey" => {
                self.group_key(&mut f, r, owner);
                ("GroupKey", 3)
            }
            "Selection" => {
                self.selection(&mut f, r, owner);
                ("Selection", 17)
            }
            "Targets" => {
                f.push(("key", name_of(r, "key")));
                texts(&mut f, r, &["reporter", "per"]);
                f.extend(r.get("from").map(|from| ("from", Doc::some(start(from)))));
                let inputs = self.each(list(r, "inputs"), owner);
                f.push(("inputs", Doc::slice(inputs)));
                let indicators = self.each(list(r, "indicators"), owner);
                f.push(("indicators", Doc::slice(indicators)));
                ("Targets", 6)
            }
            "TargetInput" => {
                head(&mut f, r);
                if let Some(Code::Word(place)) = r.get("place").filter(|place| **place != Code::Word("values")) {
                    f.push(("place", Doc::text(place)));
                }
                f.push(("entry", field_type(r.get("type"))));
                texts(&mut f, r, &["forAll"]);
                ("TargetInput", 7)
            }
            "Indicator" => {
                self.indicator(&mut f, r, owner);
                ("Indicator", 10)
            }
            "Milestone" => {
                self.milestone(&mut f, r, owner);
                ("Milestone", 8)
            }
            "Track" => {
                f.push(("key", name_of(r, "key")));
                slices(&mut f, r, &["outcomes"]);
                ints(&mut f, r, &["route"]);
                for (member, code) in [("inputs", r.get("inputs")), ("lets", r.get("lets")), ("rules", r.get("rules"))] {
                    let Some(Code::List(records)) = code else { continue };
                    let all = self.each(records, owner);
                    some_slice(&mut f, member, all);
                }
                slices(&mut f, r, &["order"]);
                some_slice(&mut f, "declared", list(r, "declared").iter().map(|one| choice("Declared", one)).collect());
                slices(&mut f, r, &["readings", "materials"]);
                ("Track", 10)
            }
            "Input" => {
                self.input(&mut f, r, owner);
                ("Input", 13)
            }
            "CaseLet" => {
                f.extend([("key", name_of(r, "key"))]);
                slices(&mut f, r, &["clauses"]);
                f.push(("shown", shown_type(r.get("type"))));
                flags(&mut f, r, &["listed"]);
                f.extend(self.formula(r, "value", owner, "the value").map(|value| ("value", value)));
                ("Let", 5)
            }
            "Rule" => {
                self.rule(&mut f, r, owner);
                ("Rule", 17)
            }
            "TestMember" => {
                head(&mut f, r);
                f.push(("path", name_of(r, "path")));
                f.extend(r.get("when").map(|when| ("when", Doc::some(self.part(when, owner, "when", "when it applies")))));
                f.extend(r.get("test").map(|test| ("test", self.test(test, owner))));
                ("Member", 7)
            }
            // The other kinds stand inside these and are printed with them.
            _ => return Doc::atom("Value::None"),
        };
        let blank = f.len() < all;
        Doc::Struct(ty, f, blank)
    }

    fn stage(&mut self, f: &mut Fields, r: &Record, owner: &Owner) {
        head(f, r);
        texts(f, r, &["by"]);
        f.extend(self.formula(r, "open", owner, "when it opens").map(|open| ("open", Doc::some(open))));
        f.extend(self.formula(r, "due", owner, "until when it must be done").map(|due| ("due", Doc::some(due))));
        flags(f, r, &["inferred", "handsIn"]);
        f.extend(self.by_track(r, "when", owner, "when it is passed").map(|when| ("when", when)));
        slices(f, r, &["fills"]);
        some_slice(f, "sends", list(r, "sends").iter().map(|one| choice("Document", one)).collect());
        texts(f, r, &["channel"]);
        if let Some(Code::Record(notice)) = r.get("notice") {
            let at_least = notice.get("atLeast").map_or(Doc::atom("None"), |least| Doc::some(value(least)));
            let clauses = list(notice, "clauses").iter().map(text_of).collect();
            let notice = Doc::Struct("Notice", vec![("at_least", at_least), ("clauses", Doc::slice(clauses))], false);
            f.push(("notice", Doc::some(notice)));
        }
        let transitions = self.each(list(r, "transitions"), owner);
        some_slice(f, "transitions", transitions);
        if let Some(Code::Record(late)) = r.get("late") {
            let late = self.record(late, owner);
            f.push(("late", Doc::some(late)));
        }
    }

    fn quota(&mut self, f: &mut Fields, r: &Record, owner: &Owner) {
        head(f, r);
        strength(f, r, true);
        texts(f, r, &["at"]);
        let keys = self.each(list(r, "keys"), owner);
        some_slice(f, "keys", keys);
        f.extend(self.formula(r, "when", owner, "when it applies").map(|when| ("when", Doc::some(when))));
        f.extend(self.formula(r, "test", owner, "the check").map(|test| ("test", test)));
        f.extend(self.formula(r, "value", owner, "what is counted").map(|value| ("value", Doc::some(value))));
        f.extend(r.get("type").map(|ty| ("shown", Doc::some(shown_type(Some(ty))))));
        flags(f, r, &["share", "grows"]);
        f.extend(self.bound(r, owner).map(|bound| ("bound", Doc::some(bound))));
        if let Some(Code::Record(binding)) = r.get("binding") {
            f.push((
                "binding",
                match binding.get("sender") {
                    Some(sender) => Doc::call("Binding::Sender", vec![text_of(sender)]),
                    None => Doc::call("Binding::Decider", vec![optional(binding, "decider")]),
                },
            ));
        }
        if let Some(Code::Map(outcomes)) = r.get("outcome") {
            let one = |(track, outcome): &(String, Code)| tuple([Doc::text(track), text_of(outcome)]);
            some_slice(f, "outcome", outcomes.iter().map(one).collect());
        }
        flags(f, r, &["soft"]);
        slices(f, r, &["readings", "tracks"]);
    }

    fn group_key(&mut self, f: &mut Fields, r: &Record, owner: &Owner) {
        f.push(("name", name_of(r, "name")));
        let part = Owner { name: format!("{}_{}", owner.name, ascii(&text(r, "name")).to_ascii_lowercase()), ..owner.clone() };
        let range = match r.get("range") {
            Some(Code::Record(range)) if range.get("list").is_some() => Doc::call("Range::List", vec![name_of(range, "list")]),
            Some(Code::Record(range)) if range.get("constants").is_some() => {
                let cells = self.cells(list(range, "constants"), &part, "constant");
                Doc::call("Range::Constants", vec![Doc::slice(cells), shown_type(range.get("type"))])
            }
            _ => Doc::atom("Range::Present"),
        };
        let of = self.typed(r, "of", &part, &text(r, "name"));
        f.extend([("range", range), ("of", of)]);
    }

    /// Values of cases by track, each with how it is shown.
    fn typed(&mut self, r: &Record, member: &str, owner: &Owner, what: &str) -> Doc {
        let mut all = Vec::new();
        if let Some(Code::Map(members)) = r.get(member) {
            for (track, code) in members {
                let Code::Record(of) = code else { continue };
                let name = format!("{member}_{}", ascii(track).to_ascii_lowercase());
                let what = format!("{what} of a case ({track})");
                let formula = of.get("value").map_or(Doc::atom("unknown"), |code| self.function(code, owner, &name, &what));
                let fields = vec![("track", Doc::text(track)), ("value", formula), ("shown", shown_type(of.get("type")))];
                all.push(Doc::Struct("TypedOf", fields, false));
            }
        }
        Doc::slice(all)
    }

    fn bound(&mut self, r: &Record, owner: &Owner) -> Option<Doc> {
        let Some(Code::Record(bound)) = r.get("bound") else { return None };
        let Some(Code::Word(kind)) = bound.get("kind") else { return None };
        let limit = self.formula(bound, "limit", owner, "the limit")?;
        let high = self.formula(bound, "high", owner, "the upper limit").map_or(Doc::atom("None"), Doc::some);
        let fields = vec![
            ("kind", Doc::atom(variant("BoundKind", kind))),
            ("limit", limit),
            ("shown", shown_type(bound.get("type"))),
            ("high", high),
        ];
        Some(Doc::Struct("Bound", fields, false))
    }

    fn indicator(&mut self, f: &mut Fields, r: &Record, owner: &Owner) {
        head(f, r);
        if let Some(Code::Record(of)) = r.get("formula") {
            let value = self.formula(of, "value", owner, "the value").unwrap_or(Doc::atom("unknown"));
            let part = self.formula(of, "part", owner, "the numerator");
            let base = self.formula(of, "base", owner, "the denominator");
            let parts = part.zip(base).map_or(Doc::atom("None"), |(part, base)| Doc::some(tuple([part, base])));
            f.push(("formula", Doc::some(Doc::Struct("Measure", vec![("value", value), ("parts", parts)], false))));
        }
        f.push(("shown", shown_type(r.get("type"))));
        texts(f, r, &["forAll"]);
        some_slice(f, "reads", list(r, "reads").iter().map(value).collect());
        slices(f, r, &["readings"]);
        let milestones = list(r, "milestones").iter().enumerate();
        let milestones: Vec<Doc> = milestones.map(|(at, one)| self.one(one, &numbered(owner, at))).collect();
        some_slice(f, "milestones", milestones);
    }

    fn milestone(&mut self, f: &mut Fields, r: &Record, owner: &Owner) {
        f.extend(r.get("by").map(|by| ("by", Doc::some(day(by)))));
        ints(f, r, &["year"]);
        flags(f, r, &["total"]);
        slices(f, r, &["clauses"]);
        f.extend(self.bound(r, owner).map(|bound| ("bound", Doc::some(bound))));
        flags(f, r, &["soft"]);
        words(f, r, "words", ["words", "words_en"]);
    }

    fn input(&mut self, f: &mut Fields, r: &Record, owner: &Owner) {
        f.push(("key", name_of(r, "key")));
        texts(f, r, &["name"]);
        words(f, r, "label", ["label", "label_en"]);
        f.push(("pointer", name_of(r, "pointer")));
        slices(f, r, &["clauses"]);
        f.push(("entry", field_type(r.get("type"))));
        f.extend(r.get("shown").map(|shown| ("shown", Doc::some(shown_type(Some(shown))))));
        flags(f, r, &["optional", "seal"]);
        texts(f, r, &["stage"]);
        f.extend(self.formula(r, "when", owner, "when it is asked for").map(|when| ("when", Doc::some(when))));
        let origin = match r.get("origin") {
            Some(Code::Word("attested")) => Doc::atom("Origin::Attested"),
            Some(Code::Word("judged")) => Doc::call("Origin::Judged", vec![name_of(r, "by")]),
            Some(Code::Word("external")) => {
                let as_of = self.formula(r, "asOf", owner, "as of when").map_or(Doc::atom("None"), Doc::some);
                Doc::call("Origin::External", vec![as_of])
            }
            Some(Code::Word("computed")) => {
                let value = self.formula(r, "value", owner, "the value").unwrap_or(Doc::atom("unknown"));
                Doc::call("Origin::Computed", vec![value])
            }
            _ => return,
        };
        f.push(("origin", origin));
    }

    fn rule(&mut self, f: &mut Fields, r: &Record, owner: &Owner) {
        f.push(("key", name_of(r, "key")));
        strength(f, r, false);
        slices(f, r, &["clauses"]);
        words(f, r, "message", ["label", "label_en"]);
        f.push(("path", name_of(r, "path")));
        texts(f, r, &["due"]);
        f.extend(self.formula(r, "each", owner, "the list").map(|each| ("each", Doc::some(each))));
        if r.get("list").is_some() {
            f.push(("list", name_of(r, "list")));
        }
        f.extend(r.get("when").map(|when| ("when", Doc::some(self.part(when, owner, "when", "when it applies")))));
        f.extend(r.get("unless").map(|unless| ("unless", Doc::some(self.part(unless, owner, "unless", "when it does not apply")))));
        f.extend(r.get("test").map(|test| ("test", self.test(test, owner))));
        ints(f, r, &["outcome"]);
        flags(f, r, &["soft"]);
        some_slice(f, "waives", list(r, "waives").iter().map(|one| choice("Waived", one)).collect());
        slices(f, r, &["needs", "waivedBy"]);
    }

    fn test(&mut self, code: &Code, owner: &Owner) -> Doc {
        let Code::Record(r) = code else { return Doc::atom("Test::Attested") };
        match r.kind {
            "Condition" => {
                let part = r.get("value").map_or(Doc::atom("unknown"), |code| self.part(code, owner, "test", "the test"));
                Doc::call("Test::Holds", vec![part])
            }
            "JudgedTest" => Doc::call("Test::Judged", vec![name_of(r, "by")]),
            "ExternalTest" => {
                let as_of = r.get("asOf").map(|code| self.part(code, owner, "as_of", "as of when"));
                Doc::call("Test::External", vec![as_of.map_or(Doc::atom("None"), Doc::some)])
            }
            "Threshold" => {
                let need = r.get("need").map_or(Doc::atom("0"), value);
                let members = list(r, "members").iter();
                let named = |one: &Code| {
                    let key = if let Code::Record(one) = one { key_of(one) } else { String::new() };
                    let words = if let Code::Record(one) = one { words_of(one) } else { String::new() };
                    Owner { name: format!("{}_{}", owner.name, ascii(&key).to_ascii_lowercase()), words }
                };
                let members = members.map(|one| self.one(one, &named(one))).collect();
                Doc::call("Test::Threshold", vec![need, Doc::slice(members)])
            }
            _ => Doc::atom("Test::Attested"),
        }
    }

    fn key_cell(&mut self, cell: &Code, owner: &Owner) -> Doc {
        match cell {
            Code::Record(r) if r.kind == "OneOf" => {
                let cells = self.cells(list(r, "values"), owner, "key");
                Doc::call("KeyCell::OneOf", vec![Doc::slice(cells)])
            }
            Code::Record(r) => {
                let end = |name: &str, open: &str| match r.get(name) {
                    Some(Code::Number(n)) => Doc::some(tuple([number(n), Doc::atom(r.get(open).is_some().to_string())])),
                    _ => Doc::atom("None"),
                };
                Doc::call("KeyCell::Band", vec![end("low", "above"), end("high", "below")])
            }
            _ => Doc::atom("KeyCell::Any"),
        }
    }

    fn cells(&mut self, cells: &[Code], owner: &Owner, part: &str) -> Vec<Doc> {
        let of = |(kind, doc): (&str, Doc)| Doc::call(kind, vec![doc]);
        let mut all = Vec::new();
        for cell in cells {
            all.push(of(match cell {
                Code::Number(n) => ("Cell::Number", number(n)),
                Code::Text(text) => ("Cell::Text", Doc::text(text)),
                Code::Bool(value) => ("Cell::Bool", Doc::atom(value.to_string())),
                Code::Call { function: "day", .. } => ("Cell::Day", day(cell)),
                code => ("Cell::Of", self.function(code, owner, part, "a cell")),
            }));
        }
        all
    }
}

/// The owner of one of several parts.
fn numbered(owner: &Owner, at: usize) -> Owner {
    Owner { name: format!("{}_{}", owner.name, at + 1), ..owner.clone() }
}

/// Kinds that get a constant of their own: the beginning of its name, and the type.
fn own_constant(kind: &str) -> Option<(&'static str, &'static str)> {
    match kind {
        "Table" => Some(("table", "Table")),
        "Constant" => Some(("constant", "Constant")),
        "Material" => Some(("material", "Material")),
        "Stage" => Some(("stage", "Stage")),
        "Summary" => Some(("summary", "Summary")),
        "Column" => Some(("column", "Column")),
        "Quota" => Some(("quota", "Quota")),
        "Selection" => Some(("selection", "Selection")),
        "Targets" => Some(("targets", "Targets")),
        "TargetInput" => Some(("input", "TargetInput")),
        "Indicator" => Some(("indicator", "Indicator")),
        "Input" => Some(("input", "Input")),
        "CaseLet" => Some(("let", "Let")),
        "Rule" => Some(("rule", "Rule")),
        _ => None,
    }
}
