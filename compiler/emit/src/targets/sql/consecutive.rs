//! Whether so many years stand one after another among the items of a list.
//!
//! In: filter and year in the scope of an item. Out: a truth over the case. Always: an item whose year is not known can stand for any one year, one
//! that has none for none; each year is told by its first item, so that items of a year in one frame are as many as its years.

use super::aggregate::{Members, count};
use super::expr::refuse;
use super::items::Listed;
use super::node::Node;
use super::number::{Refused, width};
use super::scope::Scope;
use super::tree::{Over, Sql, Width, and, case, coalesce, column, compare, given, int, is_false, is_null, not, or, over, text, when};
use prog_base::Exact;
use prog_model::Expr;

impl<'p> Scope<'p> {
    /// Whether so many whole numbers, one after another, are each the year of an item that counts.
    pub(super) fn run_of_items(&mut self, length: u32, listed: &Listed<'p>, filter: Option<&Expr>, year: &Expr) -> Result<Node, Refused> {
        let (awaits, layers) = self.at_item(listed.kind, |scope| {
            let counts = filter.map_or_else(|| Ok(Node::known(Sql::Bool(true))), |e| scope.expr(e))?;
            let year = scope.expr(year)?;
            let year = scope.layers.shared(year);
            match &year.number {
                Some(n) if n.over.is_none() && n.quantum == Exact::ONE && width(&n.most) == Width::Small => {}
                _other => return refuse("此种年份", "years of this kind"),
            }
            let some = if year.absent { or([given(year.value.clone()), given(year.needs.clone())]) } else { Sql::Bool(true) };
            let value = and([given(column("place")), some, counts.value]);
            let awaits = scope.truth_column("counts", Node { value, ..counts }).and(year.awaits);
            let number = scope.layers.name("value value", year.value);
            scope.layers.name("value value?", year.needs);
            for (name, so) in [("sure", column("counts")), ("possible", not(is_false(column("counts"))))] {
                let first = and([given(number.clone()), over(Over::First, so, number.clone())]);
                let first = scope.layers.name(name, first);
                scope.layers.name(format!("{name} near"), over(Over::UpTo(length - 1), first, number.clone()));
            }
            Ok(awaits)
        })?;
        let d = self.dialect;
        let members = Members { dialect: d, counts: "counts", value: "value", place: "place" };
        let most = |of: &str| format!("COALESCE(MAX({}), 0)", d.name_of(&format!("{of} near")));
        let free = count(&format!("{} AND {} IS NULL", members.there(), members.part("value")));
        let columns = vec![("sure", most("sure")), ("possible", format!("{} + {free}", most("possible"))), ("needs", members.needs(true))];
        let fold = self.folded(listed, layers, columns);
        let part = |name: &str| Self::part(fold.number, "", name);
        let length = int(i64::from(length));
        let value = case(
            [(compare(">=", part("sure"), length.clone()), Sql::Bool(true)), (compare("<", part("possible"), length), Sql::Bool(false))],
            Sql::Null,
        );
        let awaited = coalesce(part("needs"), text(""));
        self.layers.fold(fold);
        let value = self.layers.share(value);
        let needs = when(is_null(value.clone()), awaited);
        Ok(Node { value, needs, number: None, absent: false, awaits })
    }
}
