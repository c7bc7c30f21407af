//! The library's divisions: every unit with its code of GB/T 2260, once, in the order of the codes, all below one province.

use prog_syntax::ast::Item;
use prog_tests::root;
use std::collections::BTreeSet;

/// Module, the digits its codes share, how many units it holds.
const MODULES: [(&str, &str, usize); 5] =
    [("provinces", "", 31), ("zhejiang", "33", 11), ("heilongjiang", "23", 13), ("chongqing", "50", 38), ("shenyang", "2101", 13)];

#[test]
fn every_unit_has_its_code() {
    for (module, within, count) in MODULES {
        let text = std::fs::read_to_string(root().join(format!("stdlib/cn/divisions/{module}.prog"))).expect("a module");
        assert!(text.lines().next().is_some_and(|l| l.contains("GB/T 2260") && l.contains("截至 2018-10-31")), "{module} says its day");
        let file = prog_syntax::parse(prog_base::FileId(0), &text).ast;
        let [Item::Enum(list)] = file.items.as_slice() else { panic!("{module} is one list") };
        let codes: Vec<&str> = list.values.iter().filter_map(|v| v.head.doc.as_deref()).filter(|d| is_code(d)).collect();
        assert_eq!(codes.len(), count, "{module}");
        assert!(codes.is_sorted() && codes.iter().all(|c| c.starts_with(within)), "{module}: {codes:?}");
        assert_eq!(codes.iter().collect::<BTreeSet<_>>().len(), count, "{module}: codes stand once");
        let without: Vec<&str> =
            list.values.iter().filter(|v| !v.head.doc.as_deref().is_some_and(is_code)).map(|v| v.head.name.text.as_str()).collect();
        assert_eq!(without, if module == "provinces" { vec!["新疆生产建设兵团"] } else { Vec::new() });
    }
}

fn is_code(doc: &str) -> bool {
    doc.len() == 6 && doc.bytes().all(|b| b.is_ascii_digit())
}
