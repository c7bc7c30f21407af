//! Every way of choosing one of each.
//!
//! In: how many there are to choose from at each place. Out: rows of choices, the first place turning fastest. Always: the first row is all
//! zeros; a place with nothing to choose from gives no row at all.

/// The rows, one choice a place, each below the size of its place.
pub fn combinations(sizes: Vec<usize>) -> impl Iterator<Item = Vec<usize>> {
    let first = sizes.iter().all(|size| *size > 0).then(|| vec![0; sizes.len()]);
    std::iter::successors(first, move |row| {
        let place = (0..row.len()).find(|i| row[*i] + 1 < sizes[*i])?;
        let mut next = row.clone();
        next[..place].fill(0);
        next[place] += 1;
        Some(next)
    })
}

#[cfg(test)]
mod tests {
    use super::combinations;

    #[test]
    fn every_row_once() {
        let rows: Vec<Vec<usize>> = combinations(vec![2, 3]).collect();
        assert_eq!(rows, [[0, 0], [1, 0], [0, 1], [1, 1], [0, 2], [1, 2]]);
        assert_eq!(combinations(Vec::new()).count(), 1, "nothing to choose is one way");
        assert_eq!(combinations(vec![2, 0]).count(), 0);
    }
}
