//! Prints selections: one object, members sorted, as every report.

use super::report::{Fares, Given, List, Place, SelectReport, Selected};
use crate::json::Writer;
use crate::report::Shown;
use prog_base::Lang;
use prog_model::Tied;

impl SelectReport<'_> {
    /// The report as one line of JSON, without a line end.
    pub fn to_json(&self, lang: Lang) -> String {
        let mut out = Writer::new(self.programme, lang);
        out.member("{\"programme\":", &self.programme.ident.key);
        out.raw(",\"selections\":");
        out.list(&self.selections, Writer::selected);
        out.member(",\"version\":", &self.programme.version);
        out.raw("}");
        out.text
    }
}

impl Writer<'_> {
    fn selected(&mut self, one: &Selected<'_>) {
        let selection = one.selection;
        self.raw("{");
        self.clauses(&selection.cites);
        self.raw(",\"lists\":");
        self.list(&one.lists, |out, list| out.list_of_group(list, one));
        self.member(",\"message\":", selection.ident.label.get(self.lang));
        self.raw(",\"order\":");
        self.list(&selection.order, |out, criterion| out.string(&criterion.name));
        self.member(",\"selection\":", &selection.ident.key);
        self.raw(",\"stage\":");
        match selection.at {
            Some(stage) => self.string(&self.programme.stages[stage.index()].key),
            None => self.raw("null"),
        }
        self.member(
            ",\"tied\":",
            match selection.tied {
                Some(Tied::AdmitAll) => "admit all",
                Some(Tied::AdmitNone) => "admit none",
                Some(Tied::Judged(_)) => "judged",
                None => "unknown",
            },
        );
        self.raw("}");
    }

    fn list_of_group(&mut self, list: &List<'_>, one: &Selected<'_>) {
        self.raw("{\"key\":{");
        for (index, (name, value)) in list.key.iter().enumerate() {
            self.raw(if index > 0 { "," } else { "" });
            self.string(name);
            self.raw(":");
            self.string(value);
        }
        self.raw("},\"limit\":");
        match &list.limit {
            Some(limit) => self.shown(limit),
            None => self.raw("null"),
        }
        self.raw(",\"places\":");
        self.list(list.places.iter().enumerate(), |out, (at, place)| out.place(place, list.values(at), one));
        self.raw(",\"vacant\":");
        match &list.vacant {
            Some(vacant) => self.raw(&vacant.to_string()),
            None => self.raw("null"),
        }
        self.raw("}");
    }

    fn place(&mut self, place: &Place<'_>, values: &[Shown<'_>], one: &Selected<'_>) {
        self.raw("{");
        if let Fares::Tied(Some(actor)) = place.fares {
            self.member("\"awaits\":", &self.programme.actors[actor.index()].ident.key);
            self.raw(",");
        }
        if let Some(behind) = place.behind.and_then(|c| one.selection.order.get(c)) {
            self.member("\"behind\":", &behind.name);
            self.raw(",");
        }
        if let Some(decided) = place.decided {
            self.raw(if decided { "\"decided\":true," } else { "\"decided\":false," });
        }
        match &place.given {
            Given::None => {}
            Given::One(text) => {
                self.member("\"given\":", text);
                self.raw(",");
            }
            Given::Nothing => self.raw("\"given\":\"\","),
            Given::Open => self.raw("\"given\":null,"),
        }
        self.member("\"id\":", &place.id);
        if place.left {
            self.raw(",\"left\":true");
        }
        self.raw(if place.level { ",\"level\":true" } else { ",\"level\":false" });
        if place.moved_up {
            self.raw(",\"moved_up\":true");
        }
        if let Fares::Unknown(needs) = &place.fares {
            self.needs(needs);
        }
        if let Fares::Waiting(at) = place.fares {
            self.raw(&format!(",\"position\":{at}"));
        }
        self.raw(",\"rank\":");
        match place.rank {
            Some(rank) => self.raw(&rank.to_string()),
            None => self.raw("null"),
        }
        self.member(",\"result\":", place.fares.word());
        self.member(",\"track\":", place.track);
        self.raw(",\"values\":");
        self.list(values, Self::shown);
        self.raw("}");
    }
}
