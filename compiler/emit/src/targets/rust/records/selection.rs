//! Selections in Rust.

use super::*;

impl Items {
    /// A selection.
    pub(super) fn selection(&mut self, f: &mut Fields, r: &Record, owner: &Owner) {
        head(f, r);
        texts(f, r, &["at"]);
        let keys = self.each(list(r, "keys"), owner);
        some_slice(f, "keys", keys);
        slices(f, r, &["tracks", "counted"]);
        f.extend(self.by_track(r, "when", owner, "who is a candidate").map(|when| ("when", when)));
        let order = list(r, "order").iter().enumerate();
        let order = order.map(|(at, one)| self.criterion(one, &numbered(owner, at)));
        f.push(("order", Doc::slice(order.collect())));
        f.extend(self.take(r, owner).map(|take| ("take", take)));
        if let Some(Code::Record(tied)) = r.get("tied") {
            f.push(("tied", Doc::some(tie(tied))));
        }
        f.extend(self.formula(r, "wait", owner, "how many wait").map(|wait| ("wait", Doc::some(wait))));
        texts(f, r, &["refill"]);
        if let Some(Code::Record(assign)) = r.get("assign") {
            let wishes = self.typed(assign, "wishes", owner, "what is wished for");
            let places = self.formula(assign, "places", owner, "how many places there are").unwrap_or(Doc::atom("unknown"));
            f.push(("assign", Doc::some(Doc::Struct("Assign", vec![("wishes", wishes), ("places", places)], false))));
        }
        if let Some(Code::Map(recorded)) = r.get("recorded") {
            some_slice(f, "recorded", recorded.iter().map(|(track, pointer)| tuple([Doc::text(track), text_of(pointer)])).collect());
        }
        slices(f, r, &["readings"]);
    }

    fn criterion(&mut self, code: &Code, owner: &Owner) -> Doc {
        let Code::Record(r) = code else { return value(code) };
        let highest = Doc::atom(r.get("highest").is_some().to_string());
        let mut of = Vec::new();
        if let Some(Code::Map(members)) = r.get("of") {
            for (track, code) in members {
                let Code::Record(level) = code else { continue };
                let part = format!("by_{}", ascii(track).to_ascii_lowercase());
                let formula = level.get("value").map_or(Doc::atom("unknown"), |code| self.function(code, owner, &part, &text(r, "name")));
                let list = if let Some(Code::Record(ty)) = level.get("type") { optional(ty, "list") } else { Doc::atom("None") };
                let fields =
                    vec![("track", Doc::text(track)), ("value", formula), ("shown", shown_type(level.get("type"))), ("list", list)];
                of.push(Doc::Struct("LevelOf", fields, false));
            }
        }
        Doc::Struct("Criterion", vec![("name", name_of(r, "name")), ("highest", highest), ("of", Doc::slice(of))], false)
    }

    fn take(&mut self, r: &Record, owner: &Owner) -> Option<Doc> {
        let Some(Code::Record(take)) = r.get("take") else { return None };
        let Some(Code::Word(kind)) = take.get("kind") else { return None };
        let of = self.by_track(take, "of", owner, "what is added up").unwrap_or(Doc::slice(Vec::new()));
        let limit = self.formula(take, "limit", owner, "how much is taken").map_or(Doc::atom("None"), Doc::some);
        let least = self.formula(take, "least", owner, "not less than this").map_or(Doc::atom("None"), Doc::some);
        let shown = shown_type(take.get("type"));
        let fields = vec![("kind", Doc::atom(variant("TakeKind", kind))), ("of", of), ("limit", limit), ("shown", shown), ("least", least)];
        Some(Doc::Struct("Take", fields, false))
    }
}

fn tie(tied: &Record) -> Doc {
    match tied.get("kind") {
        Some(Code::Word("judged")) => Doc::call("Tie::Judged", vec![optional(tied, "by")]),
        Some(Code::Word(kind)) => Doc::atom(variant("Tie", kind)),
        _ => Doc::atom("Tie::Judged(None)"),
    }
}
