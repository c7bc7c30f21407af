//! No input makes the parser panic, and spans always lie in the text.

use super::common::read;
use proptest::prelude::*;

const SEEDS: [&str; 4] = [
    include_str!("../data/notice.prog"),
    include_str!("../data/constructs.en.prog"),
    include_str!("../data/constructs.zh.prog"),
    include_str!("../data/ten-faults.prog"),
];

const PIECES: [&str; 40] = [
    "{",
    "}",
    "(",
    ")",
    "[",
    "]",
    "\"",
    "“",
    "”",
    "`",
    "「",
    "\n",
    " ",
    ":",
    "：",
    "->",
    "→",
    "|",
    ",",
    "、",
    "。",
    "\\",
    "//",
    "///",
    "40%",
    "2024-04-22",
    "2024年4月22日",
    "不超过",
    "at most",
    "require",
    "名额",
    "in principle",
    "otherwise",
    "\u{3000}",
    "\u{200B}",
    "\u{B}",
    "\r\n",
    "list of ",
    "any of {",
    "５",
];

fn check(text: &str) {
    let parse = read(text);
    for d in &parse.diagnostics {
        for l in &d.labels {
            assert!(text.get(l.span.start as usize..l.span.end as usize).is_some(), "{:?} in {text:?}", l.span);
        }
        for e in d.fix.iter().flat_map(|f| &f.edits) {
            assert!(text.get(e.span.start as usize..e.span.end as usize).is_some(), "{:?} in {text:?}", e.span);
        }
    }
    for c in &parse.comments {
        assert_eq!(&text[c.span.start as usize..c.span.end as usize], c.text);
    }
}

fn boundary(text: &str, at: usize) -> usize {
    let mut at = at % (text.len() + 1);
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text(text in "\\PC{0,200}") {
        check(&text);
    }

    #[test]
    fn any_pieces(parts in proptest::collection::vec(0..PIECES.len(), 0..80)) {
        check(&parts.iter().map(|i| PIECES[*i]).collect::<String>());
    }

    #[test]
    fn mutated_programmes(seed in 0..SEEDS.len(), edits in proptest::collection::vec((any::<usize>(), 0usize..30, 0..PIECES.len()), 1..6)) {
        let mut text = SEEDS[seed].to_owned();
        for (at, remove, piece) in edits {
            let from = boundary(&text, at);
            let to = boundary(&text, (from + remove).min(text.len())).max(from);
            text.replace_range(from..to, PIECES[piece]);
        }
        check(&text);
    }
}
