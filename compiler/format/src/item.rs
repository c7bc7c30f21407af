//! Files, programmes and the declarations at their top: header, outline, readings, vocabulary, tables.

use crate::head::{self, name, names, str};
use crate::writer::{Piece, Writer, width};
use prog_syntax::ast::{
    Amended, Cell, Clause, ClauseKind, Effective, Enum, EnumOrder, File, HeaderField, HeaderKey, Item, Let, Lookup, Name, Programme,
    Reading, ReadingValue, RepealKind, Stated, Table, TableRows, Unit, UnitMeaning, Use,
};

/// A whole file.
pub(crate) fn file(w: &mut Writer<'_>, file: &File) {
    for used in &file.uses {
        if w.has_unread(used.span) {
            w.verbatim(used.span);
        } else {
            w.node(used.span, None, &self::used(w, used));
        }
    }
    // Items and programmes stand in one sequence in the source, in two lists in the tree.
    let mut items = file.items.iter().peekable();
    for p in &file.programmes {
        while let Some(i) = items.next_if(|i| item_span(i).start < p.span.start) {
            w.separate();
            item(w, i);
        }
        w.separate();
        programme(w, p);
    }
    for i in items {
        w.separate();
        item(w, i);
    }
}

fn used(w: &Writer<'_>, used: &Use) -> String {
    let path = used.path.iter().map(name).collect::<Vec<_>>().join(".");
    let list = used.names.as_ref().map(|n| format!(".{{ {} }}", names(n))).unwrap_or_default();
    format!("{} {path}{list}", w.kw("kw_use"))
}

fn programme(w: &mut Writer<'_>, p: &Programme) {
    if w.has_unread_beside(p.span, p.items.iter().map(item_span)) {
        return w.verbatim(p.span);
    }
    w.before(p.span, p.head.doc.as_deref());
    let line = format!("{} {}{}", w.kw("kw_programme"), w.head(&p.head), w.clause("kw_follows", p.follows.as_ref()));
    w.open(&line);
    for i in &p.items {
        item(w, i);
    }
    w.close(p.span, "");
}

fn item_span(item: &Item) -> prog_base::Span {
    match item {
        Item::Header(x) => x.span,
        Item::Notice(x) => x.span,
        Item::Readings(x) => x.span,
        Item::Reading(x) => x.span,
        Item::Actor(x) => x.span,
        Item::Enum(x) => x.span,
        Item::Record(x) => x.span,
        Item::Unit(x) => x.span,
        Item::Table(x) => x.span,
        Item::Explain(x) => x.span,
        Item::Let(x) => x.span,
        Item::Track(x) => x.span,
        Item::Material(x) => x.span,
        Item::Quota(x) => x.span,
        Item::Select(x) => x.span,
        Item::Assert(x) => x.span,
        Item::Workflow(x) => x.span,
        Item::Form(x) => x.span,
        Item::Summary(x) => x.span,
        Item::Targets(x) => x.span,
        Item::Duty(x) => x.span,
        Item::Scenario(x) => x.span,
        Item::Amend(x) => x.span,
        Item::Repeal(x) => x.span,
        Item::Calendar(x) => x.span,
        Item::Bad(span) => *span,
    }
}

fn item(w: &mut Writer<'_>, item: &Item) {
    let span = item_span(item);
    if w.has_unread(span) {
        return w.verbatim(span);
    }
    match item {
        Item::Header(x) => header(w, x),
        Item::Notice(x) => {
            w.before(x.span, None);
            w.open(w.kw("kw_notice"));
            x.clauses.iter().for_each(|c| clause(w, c, false));
            w.close(x.span, "");
        }
        Item::Readings(x) => {
            w.before(x.span, None);
            w.open(w.kw("kw_readings"));
            for s in &x.settings {
                let value = match &s.value {
                    ReadingValue::Ends(by) if s.name.text == "effective" => format!("{} {}", w.kw("kw_v_by"), w.value(by)),
                    value => w.reading_value(value),
                };
                let line = format!("{}{}{}", padded(&w.reading_name(&s.name), if w.chinese() { 5 } else { 9 }), value, w.cites(&s.cites));
                w.node(s.span, None, &line);
            }
            w.close(x.span, "");
        }
        Item::Reading(x) => reading(w, x),
        Item::Actor(x) => {
            let line = format!("{} {}{}", w.kw("kw_actor"), w.head(&x.head), w.clause("kw_per", x.per.as_ref()));
            w.node(x.span, x.head.doc.as_deref(), &line);
        }
        Item::Enum(x) => enumeration(w, x),
        Item::Record(x) => {
            w.before(x.span, x.head.doc.as_deref());
            w.open(&format!("{} {}", w.kw("kw_record"), w.head(&x.head)));
            x.fields.iter().for_each(|f| w.field(f));
            w.close(x.span, "");
        }
        Item::Unit(x) => w.node(x.span, x.head.doc.as_deref(), &unit(w, x)),
        Item::Table(x) => table(w, x),
        Item::Calendar(x) => {
            let line = format!("{} {}{}", w.kw("kw_calendar"), w.head(&x.head), from_file(w, &x.path, x.dated.as_ref()));
            w.node(x.span, x.head.doc.as_deref(), &line);
        }
        Item::Explain(x) => {
            let head = format!("{} {}.{}", w.kw("kw_explain"), name(&x.table), name(&x.column));
            let line = format!("{head}{}{} {} {}", w.cites(&x.cites), w.message(x.message.as_ref()), w.kw("kw_by"), w.expr(&x.by));
            w.node(x.span, None, &line);
        }
        Item::Let(x) => definition(w, "kw_let", x),
        Item::Track(x) => w.track(x),
        Item::Material(x) => w.material(x),
        Item::Quota(x) => w.quota(x),
        Item::Select(x) => w.select(x),
        Item::Assert(x) => {
            w.before(x.span, x.head.doc.as_deref());
            let head = w.head(&x.head);
            let head = if x.head.name.text.is_empty() { head.trim_start().trim_start_matches('`').trim().to_owned() } else { head };
            let head = format!("{} {head}", w.kw("kw_assert"));
            w.pieces(&[head.into(), Piece::at(format!(": {}", w.expr(&x.test)), x.test.span)]);
        }
        Item::Workflow(x) => w.workflow(x),
        Item::Form(x) => w.form(x),
        Item::Summary(x) => w.summary(x),
        Item::Targets(x) => w.targets(x),
        Item::Duty(x) => {
            let strength = x.strength.map(|s| format!("{} ", w.strength(s))).unwrap_or_default();
            let n = x.name.as_ref().map(|n| format!(" {}", head::unit(n))).unwrap_or_default();
            let line = format!("{strength}{} {}{n}{}{}", w.kw("kw_duty"), name(&x.actor), w.cites(&x.cites), w.message(x.message.as_ref()));
            w.node(x.span, None, &(line + &w.clause("kw_at", x.at.as_ref())));
        }
        Item::Scenario(x) => w.scenario(x),
        Item::Amend(x) => {
            w.before(x.span, None);
            w.amending();
            match &x.what {
                Amended::Item(one) => self::item(w, one),
                Amended::Member(member) => w.track_member(member),
                Amended::Stage(stage) => w.stage(stage),
            }
        }
        Item::Repeal(x) => {
            let line = format!("{} {} {}{}", w.kw("kw_repeal"), repealed(w, x.kind), name(&x.name), w.cites(&x.cites));
            w.node(x.span, None, &line);
        }
        Item::Bad(span) => w.node(*span, None, w.source(*span)),
    }
}

/// `let NAME … : TYPE = EXPR`, `output …`.
pub(crate) fn definition(w: &mut Writer<'_>, keyword: &'static str, x: &Let) {
    let ty = x.ty.as_ref().map(|t| format!(" : {}", w.ty(t))).unwrap_or_default();
    w.before(x.span, x.head.doc.as_deref());
    let head = format!("{} {}{}{ty}", w.kw(keyword), w.head(&x.head), w.effective(x.effective.as_ref()));
    w.pieces(&[head.into(), Piece::at(format!("= {}", w.expr(&x.value)), x.value.span)]);
}

fn header(w: &mut Writer<'_>, x: &HeaderField) {
    let key = w.kw(match x.key {
        HeaderKey::Issuer => "kw_issuer",
        HeaderKey::ApprovedBy => "kw_approved_by",
        HeaderKey::Number => "kw_number",
        HeaderKey::Level => "kw_level",
        HeaderKey::Issued => "kw_issued",
        HeaderKey::Printed => "kw_printed",
        HeaderKey::Period => "kw_period",
        HeaderKey::Effective => "kw_effective_header",
        HeaderKey::Basis => "kw_basis",
        HeaderKey::Round => "kw_round_header",
        HeaderKey::Year => "kw_year_header",
        HeaderKey::Disclosure => "kw_disclosure",
        HeaderKey::Addressee => "kw_addressee",
        HeaderKey::Contact => "kw_contact",
        HeaderKey::Timezone => "kw_timezone",
        HeaderKey::Text => "kw_text_header",
    });
    let value = w.stated(&x.value, |w, list| match (x.key, list.as_slice()) {
        (HeaderKey::Period, [first, last]) => format!("{} {} {}", w.value(first), w.kw("kw_to"), w.value(last)),
        (_, list) => w.values(list),
    });
    w.node(x.span, None, &format!("{}{value}{}", padded(key, if w.chinese() { 9 } else { 11 }), w.cites(&x.cites)));
}

fn repealed(w: &Writer<'_>, kind: RepealKind) -> &'static str {
    let keyword = match kind {
        RepealKind::Rule(strength) => return w.strength(strength),
        RepealKind::Quota => "kw_quota",
        RepealKind::Select => "kw_select",
        RepealKind::Fact => "kw_fact",
        RepealKind::Conditions => "kw_conditions",
        RepealKind::Output => "kw_output",
        RepealKind::Score => "kw_score",
        RepealKind::Stage => "kw_stage",
        RepealKind::Enum => "kw_enum",
        RepealKind::Record => "kw_record",
        RepealKind::Unit => "kw_unit",
        RepealKind::Table => "kw_table",
        RepealKind::Let => "kw_let",
        RepealKind::Actor => "kw_actor",
        RepealKind::Material => "kw_material",
        RepealKind::Form => "kw_form",
        RepealKind::Summary => "kw_summary",
        RepealKind::Targets => "kw_targets",
        RepealKind::Reading => "kw_reading",
        RepealKind::Calendar => "kw_calendar",
    };
    w.kw(keyword)
}

/// A word and the blanks up to a column, one at least. The column is a fixed one, so that no line moves another.
fn padded(word: &str, column: usize) -> String {
    format!("{word}{}", " ".repeat(column.saturating_sub(width(word)).max(1)))
}

/// A clause; one within another goes by its number alone.
fn clause(w: &mut Writer<'_>, c: &Clause, within: bool) {
    let kind = match c.kind {
        ClauseKind::Clause => "kw_clause",
        ClauseKind::Annex => "kw_annex",
        ClauseKind::Item => "kw_item",
    };
    let mut line = match (c.number.as_str(), within && c.kind == ClauseKind::Clause) {
        ("", _) => w.kw(kind).to_owned(),
        (number, true) => number.to_owned(),
        (number, false) => format!("{} {number}", w.kw(kind)),
    };
    if let Some(label) = &c.label {
        line += &format!(" {}", str(label));
    }
    line += &w.clause("kw_as", c.alias.as_ref());
    if let Some(why) = &c.left_out {
        line += &format!(" {} {}", w.kw("kw_left_out"), str(why));
    }
    if c.absent {
        line += &format!(" {}", w.kw("kw_absent"));
    }
    if let Some(what) = &c.todo {
        line += &format!(" {}", w.kw("kw_todo"));
        line += &if what.text.is_empty() { String::new() } else { format!(" {}", str(what)) };
    }
    let plain = |c: &Clause| {
        c.kind == ClauseKind::Clause
            && c.label.is_none()
            && c.alias.is_none()
            && c.left_out.is_none()
            && !c.absent
            && c.todo.is_none()
            && c.children.is_empty()
            && !c.number.is_empty()
    };
    if c.children.is_empty() {
        return w.node(c.span, None, &line);
    }
    if c.children.iter().all(plain) {
        let numbers = c.children.iter().map(|c| c.number.as_str()).collect::<Vec<_>>().join(" ");
        return w.node(c.span, None, &format!("{line} {{ {numbers} }}"));
    }
    w.before(c.span, None);
    w.open(&line);
    c.children.iter().for_each(|c| clause(w, c, true));
    w.close(c.children.last().map_or(c.span, |c| c.span), "");
}

fn reading(w: &mut Writer<'_>, x: &Reading) {
    let value = |(i, head): (usize, &prog_syntax::ast::Head)| match x.default {
        Some(default) if default == i => format!("{} {}", w.head(head), w.kw("kw_default")),
        None if i == 0 => format!("{} {}", w.head(head), w.kw("kw_option_open")),
        Some(_) | None => w.head(head),
    };
    let values = x.values.iter().enumerate().map(value).collect::<Vec<_>>().join(", ");
    let line = format!("{} {} {{ {values} }}", w.kw("kw_reading"), w.head(&x.head));
    w.node(x.span, x.head.doc.as_deref(), &line);
}

fn enumeration(w: &mut Writer<'_>, x: &Enum) {
    let order = match x.order {
        EnumOrder::None => String::new(),
        EnumOrder::LowestFirst => format!(" {}", w.kw("kw_ordered")),
        EnumOrder::BestFirst => format!(" {}", w.kw("kw_best_first")),
    };
    let line = format!("{} {}{order}", w.kw("kw_enum"), w.head(&x.head));
    let value = |v: &prog_syntax::ast::EnumValue| {
        let retired = v.retired_since.map(|r| format!(" {} {r}", w.kw("kw_retired"))).unwrap_or_default();
        format!("{}{retired}", w.head(&v.head))
    };
    let values: Vec<String> = x.values.iter().map(value).collect();
    let whole = format!("{line} {{ {} }}", values.join(", "));
    w.before(x.span, x.head.doc.as_deref());
    let plain = x.values.iter().all(|v| v.head.doc.is_none()) && !w.has_comment(x.span);
    if plain && w.fits(&whole) {
        return w.line(&whole);
    }
    w.open(&line);
    if plain && x.values.iter().all(|v| v.head.cites.is_empty() && v.head.message.is_none()) {
        filled(w, &values);
        return w.close(x.span, "");
    }
    for (v, text) in x.values.iter().zip(values) {
        w.node(v.head.name.span, v.head.doc.as_deref(), &text);
    }
    w.close(x.span, "");
}

/// Plain values, as many on a line as fit.
fn filled(w: &mut Writer<'_>, values: &[String]) {
    let mut line = String::new();
    for value in values {
        let longer = if line.is_empty() { value.clone() } else { format!("{line}, {value}") };
        if w.fits(&longer) || line.is_empty() {
            line = longer;
        } else {
            w.line(&line);
            line.clone_from(value);
        }
    }
    w.line(&line);
}

fn unit(w: &Writer<'_>, x: &Unit) -> String {
    let meaning = match &x.meaning {
        UnitMeaning::Base(dimension) => format!(": {}", name(dimension)),
        UnitMeaning::Multiple { factor, of } => format!("= {} {}", w.value(factor), head::unit(of)),
    };
    format!("{} {} {meaning}", w.kw("kw_unit"), w.head(&x.head))
}

fn table(w: &mut Writer<'_>, x: &Table) {
    let mut line = format!("{} {}", w.kw("kw_table"), w.head(&x.head));
    line += &match &x.lookup {
        Lookup::By(keys) => format!(" {} {}", w.kw("kw_by"), names(keys)),
        Lookup::Bound { of, lower } => {
            format!(" {} {} {}", w.kw("kw_table_of"), name(of), w.kw(if *lower { "kw_lower_bound" } else { "kw_upper_bound" }))
        }
        Lookup::Decision => String::new(),
    };
    line += &w.effective(x.effective.as_ref());
    let totals = |w: &Writer<'_>| {
        let list = x.totals.iter().map(|(n, e)| format!("{} = {}", name(n), w.value(e))).collect::<Vec<_>>();
        if list.is_empty() { String::new() } else { format!(" {} {{ {} }}", w.kw("kw_total"), list.join(", ")) }
    };
    let head = |w: &Writer<'_>, c: &prog_syntax::ast::Column| {
        w.head(&c.head) + &c.ty.as_ref().map(|t| format!(": {}", w.ty(t))).unwrap_or_default()
    };
    w.before(x.span, x.head.doc.as_deref());
    match &x.rows {
        TableRows::Absent(_) => {
            let line = format!("{line} {}{}", w.kw("kw_absent"), totals(w));
            w.line(&line);
        }
        TableRows::File { path, dated, columns } => {
            line += &from_file(w, path, dated.as_ref());
            line += &totals(w);
            if columns.is_empty() {
                return w.line(&line);
            }
            w.open(&line);
            let row = columns.iter().map(|c| head(w, c)).collect::<Vec<_>>().join(" | ");
            w.line(&row);
            w.close(x.span, "");
        }
        TableRows::Written { columns, rows } => {
            line += &totals(w);
            let mut cells = vec![columns.iter().map(|c| head(w, c)).collect::<Vec<_>>()];
            cells.extend(rows.iter().map(|r| r.cells.iter().map(|c| cell(w, c)).collect()));
            w.open(&line);
            let mut lines = aligned(&cells).into_iter();
            if let (Some(first), Some(column)) = (lines.next(), columns.first()) {
                w.node(column.head.name.span, None, &first);
            }
            for (row, text) in rows.iter().zip(lines) {
                w.node(row.span, None, &text);
            }
            w.close(x.span, "");
        }
    }
}

/// ` from "FILE" dated DAY`.
fn from_file(w: &Writer<'_>, path: &prog_syntax::ast::Str, dated: Option<&prog_syntax::ast::Expr>) -> String {
    let day = dated.map(|day| format!(" {} {}", w.kw("kw_dated"), w.value(day))).unwrap_or_default();
    format!(" {} {}{day}", w.kw("kw_from"), str(path))
}

/// Rows with their bars under each other.
fn aligned(rows: &[Vec<String>]) -> Vec<String> {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let widest = |i: usize| rows.iter().filter_map(|r| r.get(i)).map(|c| width(c)).max().unwrap_or(0);
    let widths: Vec<usize> = (0..columns).map(widest).collect();
    let pad = |(cell, width_of): (&String, &usize)| format!("{cell}{}", " ".repeat(width_of - width(cell)));
    rows.iter().map(|r| r.iter().zip(&widths).map(pad).collect::<Vec<_>>().join(" | ").trim_end().to_owned()).collect()
}

fn cell(w: &Writer<'_>, c: &Cell) -> String {
    match c {
        Cell::Expr(e) => w.expr(e),
        Cell::Otherwise(_) => w.kw("kw_otherwise_row").into(),
        Cell::Set(of, _) => format!("{{ {} }}", w.exprs(of)),
        Cell::Band { low, low_in, high, high_in, .. } => {
            let end = |e: &Option<prog_syntax::ast::Expr>| e.as_ref().map(|e| w.expr(e)).unwrap_or_default();
            format!("{}{}, {}{}", if *low_in { "[" } else { "(" }, end(low), end(high), if *high_in { "]" } else { ")" })
        }
        Cell::Any(_) => "-".into(),
    }
}

impl Writer<'_> {
    /// ` effective D to D2`, ` 自 D 至 D2 施行`, with the blank in front; empty for what always holds.
    pub fn effective(&self, version: Option<&Effective>) -> String {
        let Some(version) = version else { return String::new() };
        let to = version.to.as_ref().map(|d| format!(" {} {}", self.kw("kw_to"), self.value(d))).unwrap_or_default();
        let (from, effective) = (self.value(&version.from), self.kw("kw_effective"));
        if self.chinese() { format!(" {} {from}{to} {effective}", self.kw("kw_from")) } else { format!(" {effective} {from}{to}") }
    }

    /// A value that the notice may leave open.
    pub fn stated<T>(&self, stated: &Stated<T>, given: impl Fn(&Self, &T) -> String) -> String {
        match stated {
            Stated::Given(value) => given(self, value),
            Stated::Inferred(value) => format!("{} {}", self.kw("kw_inferred"), given(self, value)),
            Stated::Unknown { why, .. } => {
                let why = why.as_ref().map(|w| format!(" {}", str(w))).unwrap_or_default();
                format!("{}{why}", self.kw("kw_unknown"))
            }
            Stated::Absent(_) => self.kw("kw_absent").into(),
        }
    }

    /// The name of a reading: built-in ones are words of the keyword language.
    pub fn reading_name(&self, n: &Name) -> String {
        match n.text.as_str() {
            "deadline" => self.kw("kw_r_deadline").into(),
            "late" => self.kw("kw_r_late").into(),
            "about" => self.kw("kw_r_about").into(),
            "length" => self.kw("kw_r_length").into(),
            "after" => self.kw("kw_r_after").into(),
            "before" => self.kw("kw_r_before").into(),
            "last" => self.kw("kw_r_last").into(),
            "round" => self.kw("kw_r_round").into(),
            "effective" => self.kw("kw_r_effective").into(),
            _ => name(n),
        }
    }

    /// A reading's value in a setting.
    pub fn reading_value(&self, value: &ReadingValue) -> String {
        match value {
            ReadingValue::Word(n) => self.reading_word(n),
            ReadingValue::Within(e) => format!("{} {}", self.kw("kw_v_within"), self.value(e)),
            ReadingValue::Open(_) => self.kw("kw_v_open").into(),
            ReadingValue::Ends(e) => format!("{} {}", self.kw("kw_v_ends"), self.value(e)),
        }
    }

    /// A reading's value by its word.
    pub fn reading_word(&self, n: &Name) -> String {
        match n.text.as_str() {
            "inclusive" => self.kw("kw_v_inclusive").into(),
            "exclusive" => self.kw("kw_v_exclusive").into(),
            "counts punctuation" => self.kw("kw_v_counts_punctuation").into(),
            "without punctuation" => self.kw("kw_v_without_punctuation").into(),
            "rejected" => self.kw("kw_v_rejected").into(),
            "returned" => self.kw("kw_v_returned").into(),
            "finding" => self.kw("kw_v_finding").into(),
            "half up" => self.kw("kw_v_half_up").into(),
            "half even" => self.kw("kw_v_half_even").into(),
            "up" => self.kw("kw_v_up").into(),
            "down" => self.kw("kw_v_down").into(),
            _ => crate::head::reference(n),
        }
    }
}
