//! Actors and duties.
//!
//! In: `actor` and `duty` lines. Out: `Programme::actors`, `Programme::duties` in source order.

use super::Lower;
use crate::{Actor, Duty, Ident, Label};
use prog_base::text;
use prog_syntax::ast;

impl Lower<'_> {
    /// Declares the actors.
    pub(crate) fn actors(&mut self) {
        for actor in &self.index.actors {
            let ident = Self::ident(&actor.head);
            let cites = self.cites(&actor.head.cites);
            let per = actor.per.as_ref().map(|k| k.text.clone());
            self.p.actors.push(Actor { ident, per, cites });
        }
    }

    /// What an actor is one per: a closed list, a fact or a field.
    pub(crate) fn actor_keys(&mut self) {
        let keys: Vec<&ast::Name> = self.index.actors.iter().filter_map(|a| a.per.as_ref()).collect();
        let idents = self.p.enums.iter().map(|e| &e.ident).chain(self.p.inputs.iter().map(|i| &i.ident));
        let known: Vec<String> = idents.map(|i| i.name.clone()).filter(|n| !n.is_empty()).collect();
        for key in keys.into_iter().filter(|k| !known.contains(&k.text)) {
            self.unknown_name(key, text!("选项、信息或栏目", "closed list, fact or field"), &known);
        }
    }

    /// Lowers the duties.
    pub(crate) fn duties(&mut self) {
        for item in &self.index.items {
            let ast::Item::Duty(duty) = item else { continue };
            let cites = self.cites(&duty.cites);
            let Some(actor) = self.find_actor(&duty.actor) else { continue };
            let message = duty.message.as_ref().map_or_else(|| Label { text: duty.actor.text.clone(), en: None }, Self::label);
            let ident = duty.name.as_ref().map(|name| Ident {
                name: name.text.clone(),
                key: name.text.clone(),
                keyed: false,
                label: message.clone(),
                doc: None,
                span: name.span,
            });
            let at = duty.at.as_ref().and_then(|s| self.find_stage(s));
            self.p.duties.push(Duty { actor, ident, strength: duty.strength, at, message, cites, span: duty.span });
        }
    }
}
