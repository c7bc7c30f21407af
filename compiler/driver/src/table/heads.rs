//! Where the columns of a summary stand in a sheet.
//!
//! In: a sheet, the columns. Out: the row below its heads and the place of each column. Always: a column is found by the words of its heads,
//! whatever the order; a column of the sheet that is none of the summary's is said.

use super::grid::Sheet;
use prog_emit::layout::Column;

/// Heads stand in one of the first rows.
const SEARCHED: usize = 40;

/// The heads of a sheet.
pub(crate) struct Heads {
    /// The first row below them.
    pub below: usize,
    /// The sheet's column of each of the summary's.
    pub places: Vec<Option<usize>>,
    /// Columns of the sheet with a head that is none of the summary's.
    pub strange: Vec<usize>,
    /// Columns of the sheet whose head stood before.
    pub twice: Vec<usize>,
}

/// The row of heads that fits best; `None` where no row fits.
pub(crate) fn find(sheet: &Sheet, columns: &[Column<'_>]) -> Option<Heads> {
    let found = (0..sheet.rows.len().min(SEARCHED)).map(|row| read(sheet, columns, row));
    let found = found.max_by_key(|heads| (heads.places.iter().flatten().count(), std::cmp::Reverse(heads.below)));
    found.filter(|heads| heads.places.iter().flatten().count() * 2 > columns.len().min(3))
}

/// The heads as they are if this row is the last of them.
fn read(sheet: &Sheet, columns: &[Column<'_>], row: usize) -> Heads {
    let mut heads = Heads { below: row + 1, places: vec![None; columns.len()], strange: Vec::new(), twice: Vec::new() };
    let mut group = String::new();
    for at in 0..sheet.width() {
        let own = plain(sheet.at(row, at).words());
        let above = row.checked_sub(1).map(|row| plain(sheet.at(row, at).words())).unwrap_or_default();
        if !above.is_empty() {
            group.clone_from(&above);
        }
        // A head of two rows stands in the upper one.
        let mut names = if own.is_empty() { vec![above] } else { vec![group.clone() + &own, own] };
        let short: Vec<String> = names.iter().filter_map(|name| Some(name.split_once(['（', '('])?.0.to_owned())).collect();
        names.extend(short);
        let found = names.iter().find_map(|name| columns.iter().position(|column| plain(&column.name()) == *name));
        match found {
            Some(index) if heads.places[index].is_some() => heads.twice.push(at),
            Some(index) => heads.places[index] = Some(at),
            None if names.iter().all(String::is_empty) => {}
            None => heads.strange.push(at),
        }
    }
    heads
}

/// The first line of a head, without blanks.
fn plain(words: &str) -> String {
    let words = words.lines().next().unwrap_or_default();
    words.chars().filter(|c| !c.is_whitespace()).collect()
}
