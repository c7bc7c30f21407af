//! What drawings of numbers along days share: labels that fit, heights in proportion, lines.

use prog_base::{Exact, RoundMode};

/// As much of a label as there is room for; letters of East-Asian scripts take twice the room.
pub(crate) fn cut(words: &str, mut room: usize) -> String {
    let fits = |c: &char| {
        let width = if c.is_ascii() { 1 } else { 2 };
        let fits = room >= width;
        room = room.saturating_sub(width);
        fits
    };
    let kept: String = words.chars().take_while(fits).collect();
    if kept.len() == words.len() { kept } else { format!("{kept}…") }
}

/// How far a number stands above the base of its line, where the largest stands at `most`.
pub(crate) fn rise(number: &Exact, largest: Option<&Exact>, most: i64) -> i32 {
    let share = largest.and_then(|largest| number.checked_div(largest));
    let rise = share.map(|s| (&s * &Exact::from(most)).round(RoundMode::HalfUp, 0));
    rise.and_then(|r| r.to_i64()).map_or(0, |r| r.clamp(0, most) as i32)
}

/// A line through points, as SVG writes it.
pub(crate) fn path(points: impl Iterator<Item = (i32, i32)>) -> String {
    let corners: Vec<String> = points.map(|(x, y)| format!("{x} {y}")).collect();
    format!("M{}", corners.join("L"))
}
