//! Fits the columns of a sheet to its cells.
//!
//! In: the spans of rows on [`WIDTH`] columns. Out: the same spans on the columns that are needed, and each column's width in twelfths.
//! Always: the widths add up to [`WIDTH`].

use super::{Span, WIDTH};

/// Merges the columns in which no cell begins; gives the width of each that is left, in twelfths.
pub fn fit(rows: &mut [Vec<&mut Span>]) -> Vec<usize> {
    let placed = starts(rows);
    let mut edges: Vec<usize> = placed.iter().flatten().copied().collect();
    edges.sort_unstable();
    edges.dedup();
    for (row, starts) in rows.iter_mut().zip(&placed) {
        for (span, start) in row.iter_mut().zip(starts) {
            let range = *start..start + span.columns;
            span.columns = edges.iter().filter(|edge| range.contains(edge)).count();
        }
    }
    let ends = edges.iter().skip(1).copied().chain([WIDTH]);
    edges.iter().zip(ends).map(|(start, end)| end - start).collect()
}

/// The column in which each cell begins, past those that reach in from above.
fn starts(rows: &[Vec<&mut Span>]) -> Vec<Vec<usize>> {
    let mut taken_for = [0_usize; WIDTH];
    let mut placed = Vec::new();
    for row in rows {
        let (mut starts, mut at, before) = (Vec::new(), 0, taken_for);
        taken_for = taken_for.map(|left| left.saturating_sub(1));
        for span in row {
            while before.get(at).is_some_and(|left| *left > 0) {
                at += 1;
            }
            starts.push(at);
            for column in taken_for.iter_mut().skip(at).take(span.columns) {
                *column = span.rows.saturating_sub(1);
            }
            at += span.columns;
        }
        placed.push(starts);
    }
    placed
}
