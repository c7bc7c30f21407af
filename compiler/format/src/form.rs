//! Types, fields, forms and summaries.

use crate::head::{name, type_name};
use crate::writer::{Piece, Writer};
use prog_syntax::ast::{
    CountedIn, Field, Form, FormMember, Grid, Limit, LimitKind, Opinion, Part, Summary, SummaryColumn, TypeExpr, TypeKind,
};

impl Writer<'_> {
    /// A type with unit, bounds and limits.
    pub fn ty(&self, t: &TypeExpr) -> String {
        let mut out = self.kind(&t.kind);
        for limit in &t.limits {
            out += &self.limit(limit);
        }
        if let Some(unit) = &t.unit {
            out += &format!(" {} {}", self.kw("kw_in_unit"), name(unit));
        }
        for (keyword, bound) in [("kw_from", &t.from), ("kw_to", &t.to), ("kw_step", &t.step)] {
            if let Some(bound) = bound {
                out += &format!(" {} {}", self.kw(keyword), self.value(bound));
            }
        }
        out
    }

    fn kind(&self, kind: &TypeKind) -> String {
        let digits = |keyword: &'static str, digits: Option<u32>| {
            self.kw(keyword).to_owned() + &digits.map(|d| format!("({d})")).unwrap_or_default()
        };
        match kind {
            TypeKind::Text => self.kw("kw_t_text").into(),
            TypeKind::Prose => self.kw("kw_t_prose").into(),
            TypeKind::Integer => self.kw("kw_t_integer").into(),
            TypeKind::Count => self.kw("kw_t_count").into(),
            TypeKind::Decimal(n) => digits("kw_t_decimal", Some(*n)),
            TypeKind::Percent(n) => digits("kw_t_percent", *n),
            TypeKind::Money(n) => digits("kw_t_money", *n),
            TypeKind::Date => self.kw("kw_t_date").into(),
            TypeKind::Month => self.kw("kw_t_month").into(),
            TypeKind::Year => self.kw("kw_t_year").into(),
            TypeKind::YesNo => self.kw("kw_t_yes_no").into(),
            TypeKind::Email => self.kw("kw_t_email").into(),
            TypeKind::Phone => self.kw("kw_t_phone").into(),
            TypeKind::Mobile => self.kw("kw_t_mobile").into(),
            TypeKind::Postcode => self.kw("kw_t_postcode").into(),
            TypeKind::Url => self.kw("kw_t_url").into(),
            TypeKind::File { kinds, sealed } => {
                let mut out = self.kw("kw_t_file").to_owned();
                if !kinds.is_empty() {
                    out += &format!(" {{ {} }}", crate::head::names(kinds));
                }
                if *sealed { format!("{out} {}", self.kw("kw_sealed")) } else { out }
            }
            TypeKind::Choice { many, values } => {
                format!("{} {{ {} }}", self.kw(if *many { "kw_t_any_of" } else { "kw_t_one_of" }), self.heads(values))
            }
            TypeKind::ManyOf(n) => format!("{} {}", self.kw("kw_t_any_of"), name(n)),
            TypeKind::List(of) => format!("{} {}", self.kw("kw_t_list_of"), self.ty(of)),
            TypeKind::Record(fields) => {
                let fields: Vec<String> =
                    fields.iter().map(|f| self.field_pieces(f).into_iter().map(|p| p.text).collect::<Vec<_>>().join(" ")).collect();
                format!("{{ {} }}", fields.join(", "))
            }
            TypeKind::Named(n) => type_name(n),
            TypeKind::Bad => String::new(),
        }
    }

    fn limit(&self, limit: &Limit) -> String {
        let keyword = self.kw(match limit.kind {
            LimitKind::About => "kw_about",
            LimitKind::AtMost => "kw_at_most",
            LimitKind::AtLeast => "kw_at_least",
        });
        let measure = match limit.counted_in {
            Some(CountedIn::Words) => format!(" {}", self.kw("kw_words")),
            Some(CountedIn::Chars) => " chars".to_owned(),
            Some(CountedIn::Characters) => format!(" {}", self.kw("kw_characters")),
            None => String::new(),
        };
        format!(" {keyword} {}{measure}", self.value(&limit.value))
    }

    /// A field of a form, record or summary.
    pub fn field(&mut self, f: &Field) {
        self.before(f.span, f.head.doc.as_deref());
        self.pieces(&self.field_pieces(f));
    }

    fn field_pieces(&self, f: &Field) -> Vec<Piece> {
        let mut first = format!("{} : {}", self.head(&f.head), self.ty(&f.ty));
        if f.optional {
            first += &format!(" {}", self.kw("kw_optional"));
        }
        if f.seal {
            first += &format!(" {}", self.kw("kw_seal"));
        }
        // Before `when`, whose condition would take in the `=`.
        if let Some(e) = &f.computed {
            first += &format!(" = {}", self.expr(e));
        }
        let mut pieces = vec![Piece::from(first)];
        if let Some(e) = &f.when {
            pieces.push(Piece::at(self.guard("kw_when", e), e.span));
        }
        for (keyword, message) in [("kw_prompt", &f.prompt), ("kw_help", &f.help)] {
            if let Some(message) = message {
                pieces.push(Piece::at(format!("{}{}", self.kw(keyword), self.message(Some(message))), message.text.span));
            }
        }
        pieces
    }

    pub fn form(&mut self, f: &Form) {
        self.before(f.span, f.head.doc.as_deref());
        let mut line = format!("{} {}", self.kw("kw_form"), self.head(&f.head));
        if f.landscape {
            line += &format!(" {}", self.kw("kw_landscape"));
        }
        if f.absent {
            line += &format!(" {}", self.kw("kw_absent"));
        }
        if f.members.is_empty() {
            return self.line(&line);
        }
        self.open(&line);
        self.form_members(&f.members);
        self.close(f.span, "");
    }

    fn form_members(&mut self, members: &[FormMember]) {
        for m in members {
            match m {
                FormMember::Cover { members, span } => self.nested(*span, "kw_cover", String::new(), members),
                FormMember::Part(p) => self.part(p),
                FormMember::Group { label, columns, members, span } => {
                    let columns = columns.map(|n| format!(" {} {n}", self.kw("kw_width"))).unwrap_or_default();
                    let label = self.message(label.as_ref());
                    self.nested(*span, "kw_group", label + &columns, members);
                }
                FormMember::Row { members, span } => self.nested(*span, "kw_row", String::new(), members),
                FormMember::Grid(g) => self.grid(g),
                FormMember::Field(f) => self.field(f),
                FormMember::Opinion(o) => self.opinion(o),
                FormMember::Note(n) => {
                    let line = format!("{}{}", self.kw("kw_note"), self.message(Some(n)));
                    self.node(self.with_keyword(n.text.span), None, &line);
                }
                FormMember::Bad(span) => self.node(*span, None, self.source(*span)),
            }
        }
    }

    fn nested(&mut self, span: prog_base::Span, keyword: &'static str, rest: String, members: &[FormMember]) {
        self.before(span, None);
        self.open(&format!("{}{rest}", self.kw(keyword)));
        self.form_members(members);
        self.close(span, "");
    }

    fn part(&mut self, p: &Part) {
        self.before(p.span, p.head.doc.as_deref());
        let mut line = format!("{} {}", self.kw("kw_part"), self.head(&p.head));
        line += &self.clause("kw_by", p.by.as_ref());
        line += &self.clause("kw_at", p.at.as_ref());
        if let Some(e) = &p.when {
            line += &format!(" {}", self.guard("kw_when", e));
        }
        self.open(&line);
        self.form_members(&p.members);
        self.close(p.span, "");
    }

    fn grid(&mut self, g: &Grid) {
        self.before(g.span, g.head.doc.as_deref());
        let mut line = format!("{} {}", self.kw("kw_grid"), self.head(&g.head));
        line += &self.clause("kw_in_unit", g.unit.as_ref());
        if let Some(total) = &g.total {
            line += &format!(" {} {}", self.kw("kw_total"), self.head(total));
        }
        if let Some(n) = g.columns {
            line += &format!(" {} {n}", self.kw("kw_width"));
        }
        self.open(&line);
        if !g.rows.is_empty() {
            let rows = format!("{} {}", self.kw("kw_rows"), self.heads(&g.rows));
            self.line(&rows);
        }
        for cells in &g.cells {
            let optional = if cells.optional { format!(" {}", self.kw("kw_optional")) } else { String::new() };
            let line = format!("{} : {}{optional}", self.heads(&cells.heads), self.ty(&cells.ty));
            self.node(cells.span, cells.heads.first().and_then(|h| h.doc.as_deref()), &line);
        }
        self.close(g.span, "");
    }

    fn opinion(&mut self, o: &Opinion) {
        let mut line = format!(": {} {}", self.kw("kw_opinion_of"), name(&o.of));
        line += &self.clause("kw_at", o.at.as_ref());
        if o.optional {
            line += &format!(" {}", self.kw("kw_optional"));
        }
        if let Some(e) = &o.when {
            line += &format!(" {}", self.guard("kw_when", e));
        }
        let mut marks = Vec::new();
        if let Some(whose) = &o.signature {
            marks.push(format!("{} {}", self.kw("kw_signature"), name(whose)));
        }
        if o.date {
            marks.push(self.kw("kw_signed_date").into());
        }
        if o.seal {
            marks.push(self.kw("kw_seal").into());
        }
        if !marks.is_empty() {
            line += &format!(" {{ {} }}", marks.join(", "));
        }
        self.before(o.span, o.head.doc.as_deref());
        self.pieces(&[self.head(&o.head).into(), Piece::at(line, o.of.span)]);
    }

    pub fn summary(&mut self, s: &Summary) {
        self.before(s.span, s.head.doc.as_deref());
        let mut line = format!("{} {}", self.kw("kw_summary"), self.head(&s.head));
        line += &self.clause("kw_of_form", s.of.as_ref());
        line += &self.clause("kw_by", s.by.as_ref());
        if s.landscape {
            line += &format!(" {}", self.kw("kw_landscape"));
        }
        if s.absent {
            line += &format!(" {}", self.kw("kw_absent"));
        }
        if s.fields.is_empty() && s.columns.is_empty() {
            return self.line(&line);
        }
        self.open(&line);
        if let Some(last) = s.fields.last() {
            self.open(self.kw("kw_head"));
            s.fields.iter().for_each(|f| self.field(f));
            self.close(last.span, "");
        }
        for c in &s.columns {
            let strength = c.strength.map(|s| format!("{} ", self.strength(s))).unwrap_or_default();
            let line = if c.children.is_empty() {
                format!("{strength}{} {}", self.kw("kw_column"), self.column(c))
            } else {
                let children = c.children.iter().map(|c| self.column(c)).collect::<Vec<_>>().join(", ");
                format!("{strength}{} {} {{ {children} }}", self.kw("kw_columns"), self.head(&c.head))
            };
            self.node(c.span, c.head.doc.as_deref(), &line);
        }
        self.close(s.span, "");
    }

    fn column(&self, c: &SummaryColumn) -> String {
        let mut out = self.head(&c.head);
        if let Some(ty) = &c.ty {
            out += &format!(" : {}", self.ty(ty));
        }
        if c.optional {
            out += &format!(" {}", self.kw("kw_optional"));
        }
        if let Some(value) = &c.value {
            out += &format!(" = {}", self.expr(value));
        }
        out
    }
}
