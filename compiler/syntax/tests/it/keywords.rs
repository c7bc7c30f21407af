//! The table of keywords, the grammar and the tree are in step.

use prog_syntax::keywords::{self, Keyword};
use std::collections::BTreeMap;
use std::path::Path;

#[test]
fn table_is_one_to_one_in_each_position() {
    let (mut english, mut chinese): (BTreeMap<_, &str>, BTreeMap<_, &str>) = (BTreeMap::new(), BTreeMap::new());
    let mut rules = BTreeMap::new();
    for k in keywords::all() {
        assert!(rules.insert(k.rule, ()).is_none(), "{} twice", k.rule);
        for spelling in k.spellings() {
            let map = if spelling.is_ascii() { &mut english } else { &mut chinese };
            let before = map.insert((k.position, spelling), k.rule);
            assert!(before.is_none(), "{spelling} in {} is both {before:?} and {}", k.position, k.rule);
        }
    }
}

#[test]
fn commonest_labels_of_forms_are_no_keywords() {
    for word in ["备注", "编号", "名称", "单位", "附件", "说明", "合计", "签名", "盖章", "序号"] {
        assert!(!keywords::is_keyword(word), "{word}");
    }
    // A date is a type, where a type stands.
    assert!(keywords::all().iter().filter(|k| k.spellings().any(|s| s == "日期")).all(|k| k.position == "type"));
}

#[test]
fn lookups_find_rows() {
    assert_eq!(keywords::by_english("item", "quota").unwrap().chinese, "名额");
    assert_eq!(keywords::by_chinese("operator", "不低于").unwrap().english, "at least");
    assert_eq!(keywords::by_rule("kw_track").unwrap().english, "track");
    assert_eq!(keywords::canonical("reading-value", "含当日"), "inclusive");
    assert_eq!(keywords::canonical("reading-value", "公办"), "公办");
    assert!(keywords::longest_at("in principle quota").is_some_and(|(n, _)| n == 12));
    assert!(keywords::longest_at("inside").is_none());
    assert!(keywords::longest_at("不超过40").is_some_and(|(n, _)| n == 9));
}

/// The keyword section of `prog.pest` is printed from the table; UPDATE_KEYWORDS=1 rewrites it.
#[test]
fn grammar_is_printed_from_the_table() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../grammar/prog.pest");
    let text = std::fs::read_to_string(&path).unwrap();
    let (start, end) = ("// <keywords>\n", "// </keywords>\n");
    let from = text.find(start).unwrap() + start.len();
    let to = text.find(end).unwrap();
    let printed = section();
    if std::env::var_os("UPDATE_KEYWORDS").is_some() {
        std::fs::write(&path, format!("{}{printed}{}", &text[..from], &text[to..])).unwrap();
        return;
    }
    for (have, want) in text[from..to].lines().zip(printed.lines()) {
        assert_eq!(have, want, "run UPDATE_KEYWORDS=1 cargo test -p prog-syntax keywords");
    }
    assert_eq!(text[from..to].len(), printed.len());
    for k in keywords::all() {
        let used = text[..from].split(|c: char| !(c.is_ascii_alphanumeric() || c == '_')).any(|w| w == k.rule);
        // Entry words are read as names and told apart in the tree; built-in readings too.
        assert!(used || matches!(k.position, "entry" | "reading-name"), "the grammar does not use {}", k.rule);
    }
}

fn section() -> String {
    let phrases = |keep: &dyn Fn(&&Keyword) -> bool| {
        let mut all: Vec<&str> = keywords::all().iter().filter(keep).flat_map(Keyword::spellings).filter(|s| s.is_ascii()).collect();
        all.sort_unstable();
        all.dedup();
        all
    };
    // A duration stands behind its number, where no function does: `D + 5 days between A and B`.
    let (all, no_functions) = (phrases(&|_| true), phrases(&|k| k.position != "function"));
    let mut out = String::new();
    for k in keywords::all() {
        let phrases = if k.position == "duration" { &no_functions } else { &all };
        let forms: Vec<String> =
            k.spellings().map(|s| if s.is_ascii() { latin(s, phrases) } else { format!("{} ~ eoh", literal(s)) }).collect();
        out += &format!("{} = @{{ {} }}\n", k.rule, forms.join(" | "));
    }
    let affixes: Vec<&str> = keywords::all().iter().filter(|k| k.affix).flat_map(Keyword::spellings).collect();
    let whole = |k: &Keyword| !k.affix && !k.spellings().any(|s| !s.is_ascii() && affixes.contains(&s));
    out += &one_of("reserved", "eow", &|k| k.reserved);
    out += &one_of("keyword_word", "eoh", &whole);
    out += &one_of("function_word", "eoh", &|k| matches!(k.position, "function" | "function-head" | "literal"));
    out += &one_of("type_word", "eoh", &|k| k.position == "type");
    out += &one_of("form_word", "eoh", &|k| k.position == "form");
    out += &one_of("test_word", "eoh", &|k| matches!(k.position, "test" | "threshold"));
    out
}

/// One rule for many words: by first letter, longest first, so that most texts fail at once.
fn one_of(rule: &str, end: &str, keep: &dyn Fn(&Keyword) -> bool) -> String {
    let mut words: Vec<&str> = keywords::all().iter().filter(|k| keep(k)).flat_map(Keyword::spellings).collect();
    words.sort_by_key(|s| (s.chars().next(), std::cmp::Reverse(s.len()), *s));
    words.dedup();
    let group = |ascii: bool| {
        let mut groups: Vec<(char, Vec<String>)> = Vec::new();
        for word in words.iter().filter(|w| w.is_ascii() == ascii) {
            let first = word.chars().next().unwrap();
            let rest = &word[first.len_utf8()..];
            let rest = if rest.is_empty() {
                String::from("\"\"")
            } else {
                rest.split(' ').map(|w| format!("\"{w}\"")).collect::<Vec<_>>().join(" ~ b ~ ")
            };
            match groups.last_mut() {
                Some((c, list)) if *c == first => list.push(rest),
                _ => groups.push((first, vec![rest])),
            }
        }
        groups.into_iter().map(|(c, list)| format!("\"{c}\" ~ ({})", list.join(" | "))).collect::<Vec<_>>().join(" | ")
    };
    format!("{rule} = @{{ &ASCII_ALPHA ~ ({}) ~ eow | !ASCII ~ ({}) ~ {end} }}\n", group(true), group(false))
}

fn literal(spelling: &str) -> String {
    spelling.split(' ').map(|w| format!("\"{w}\"")).collect::<Vec<_>>().join(" ~ b ~ ")
}

/// A keyword in Latin letters; where it starts a longer one, that one is not it.
fn latin(spelling: &str, phrases: &[&str]) -> String {
    let longer: Vec<&str> = phrases.iter().filter_map(|p| p.strip_prefix(spelling)?.strip_prefix(' ')).collect();
    let shortest: Vec<&&str> =
        longer.iter().filter(|a| !longer.iter().any(|b| b != *a && a.strip_prefix(*b).is_some_and(|r| r.starts_with(' ')))).collect();
    let end = format!("{} ~ eow", literal(spelling));
    if shortest.is_empty() {
        return end;
    }
    format!("{end} ~ !(b ~ ({}) ~ eow)", shortest.into_iter().map(|s| literal(s)).collect::<Vec<_>>().join(" | "))
}
