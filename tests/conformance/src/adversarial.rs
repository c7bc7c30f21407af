//! Texts that try to be read differently: both sides refuse them with the same code at the same place, or read them alike.

use crate::load::Subject;
use crate::request::{Kind, Request};

/// A text in which `@` stands for the members that every case needs.
const TEXTS: &[&str] = &[
    "",
    " ",
    "null",
    "[]",
    "{}",
    "{@",
    "{@}x",
    "\u{feff}{@}",
    "\u{feff}\u{feff}{@}",
    "{@,}",
    "{@,\"id\":\"a\",\"id\":\"b\"}",
    "{@,\"id\":\"a\",\"i\\u0064\":\"b\"}",
    "{@,\"id\":null,\"id\":\"b\"}",
    "{@,\"id\":1}",
    "{@,\"id\":1.0}",
    "{@,\"id\":1e400}",
    "{@,\"id\":-0}",
    "{@,\"id\":-}",
    "{@,\"id\":01}",
    "{@,\"id\":+1}",
    "{@,\"id\":.5}",
    "{@,\"id\":5.}",
    "{@,\"id\":1e}",
    "{@,\"id\":NaN}",
    "{@,\"id\":Infinity}",
    "{@,\"id\":'a'}",
    "{@,\"id\":\"\\ud800\"}",
    "{@,\"id\":\"\\udc00\"}",
    "{@,\"id\":\"\\ud800\\u0041\"}",
    "{@,\"id\":\"\\ud83d\\ude00\"}",
    "{@,\"id\":\"\\uD83\"}",
    "{@,\"id\":\"\\x\"}",
    "{@,\"id\":\"a\tb\"}",
    "{@,\"id\":\"a\nb\"}",
    "{@,\"id\":\"\u{0}\"}",
    "{@,\"id\":\"\u{7f}\u{2028}\"}",
    "{@,\"id\":\"\u{1F600}\"\u{1F600}}",
    "{@,\n\"甲\":1}",
    "{@,\r\n \"\u{1F600}\":1}",
    "{@,\"id\" \"a\"}",
    "{@,\"id\":\"a\"} {}",
    "{@,\"withdrawn\":\"true\"}",
    "{@,\"withdrawn\":1}",
    "{@,\"withdrawn\":TRUE}",
    "{@,\"withdrawn\":tru}",
    "{@,\"facts\":[]}",
    "{@,\"facts\":{\"没有\":1}}",
    "{@,\"facts\":{\"a/b~c\":1}}",
    "{@,\"form\":{\"没有\":{}}}",
    "{@,\"judgements\":{\"没有\":{\"value\":true}}}",
    "{@,\"materials\":{\"没有\":[]}}",
    "{@,\"reasons\":{\"没有\":\"x\"}}",
    "{@,\"events\":{}}",
    "{@,\"events\":[1]}",
    "{@,\"events\":[{\"at\":\"2024-04-22T24:00:00Z\"},{\"when\":1}]}",
    "{@,\"events\":[{\"stage\":\"甲\",\"at\":\"2024-04-22T10:00:00+08:00\"}]}",
    "{@,\"__proto__\":{}}",
    "{@,\"constructor\":1}",
    "{@,\"toString\":1}",
    "{@,\"facts\":{\"__proto__\":1}}",
    "{@,\"programme\":\"x\"}",
    "{\"programme\":\"x\",\"track\":\"y\"}",
    "{\"programme\":1}",
    "{\"track\":\"y\"}",
    "{\"programme\":null,\"track\":null}",
];

/// Texts that are no case, or nearly none.
pub fn requests(subject: &Subject) -> Vec<Request> {
    let p = &subject.programme;
    let mut texts: Vec<String> = Vec::new();
    for track in p.tracks.iter().take(1) {
        let needed = format!("\"programme\":{:?},\"track\":{:?}", p.ident.key, track.ident.key);
        texts.extend(TEXTS.iter().map(|text| text.replace('@', &needed)));
        texts.push(format!("{{{needed},\"facts\":{}1{}}}", "[".repeat(62), "]".repeat(62)));
        texts.push(format!("{{{needed},\"facts\":{}1{}}}", "[".repeat(64), "]".repeat(64)));
        texts.push("[".repeat(100_000));
        texts.push(format!("{{\"programme\":{:?},\"track\":\"没有\"}}", p.ident.key));
        for input in track.inputs.iter().map(|i| p.input(*i)).filter(|i| i.form.is_none()).take(6) {
            for value in ["1e400", "1.0", "-0", "9007199254740991", "9007199254740992", "1e15", "1.5e1", "\"1e3\"", "true", "[]", "\"\""] {
                texts.push(format!("{{{needed},\"facts\":{{{:?}:{value}}}}}", input.ident.key));
            }
        }
    }
    texts.into_iter().map(|text| Request { text, ..Request::default() }).collect()
}

/// The same as lines of a batch. Of a programme without tracks nobody applies, so nothing judges a batch.
pub fn batches(subject: &Subject) -> Vec<Request> {
    if subject.programme.tracks.is_empty() {
        return Vec::new();
    }
    let at = subject.programme.stages.first().map(|stage| stage.key.clone());
    let batch = |text: String| Request { text, kind: Kind::Batch, at: at.clone(), ..Request::default() };
    let lines = requests(subject).into_iter().filter(|r| !r.text.contains('\n') && r.text.len() < 10_000);
    let lines = lines.map(|r| batch(format!("\n \t\n{{\"case\":{}}}\n{}\n", r.text, r.text)));
    let others = [
        "{}",
        "{\"case\":null}",
        "{\"package\":{},\"decision\":{}}",
        "{\"package\":{\"stage\":\"没有\"}}",
        "{\"package\":{\"id\":\"a\"}}\n{\"package\":{\"id\":\"a\"}}",
        "{\"package\":{\"key\":{\"a\":[]}}}",
        "{\"package\":{\"key\":1e2,\"cases\":[1]}}",
        "{\"decision\":{\"quota\":\"没有\"}}",
        "{\"package\":[]}",
        "{\"package\":{\"stage\":1}}",
        "{\"package\":{\"stage\":null,\"by\":true}}",
        "{\"package\":{\"cases\":[null]}}",
        "{\"package\":{\"cases\":{}}}",
        "{\"package\":{\"key\":{\"a\":1.5}}}",
        "{\"package\":{\"key\":{\"a\":9007199254740992,\"b\":null}}}",
        "{\"package\":{\"key\":{\"a\":{\"b\":1}}}}",
        "{\"package\":{\"reasons\":{\"没有\":\"\"}}}",
        "{\"package\":{\"reasons\":[]}}",
        "{\"package\":{\"summary\":[{\"没有\":1}]}}",
        "{\"package\":{\"summary\":[null]}}",
        "{\"package\":{\"summary\":[{\"case\":[]}]}}",
        "{\"package\":{\"materials\":{\"没有\":[]}}}",
        "{\"package\":{\"id\":\"a\",\"id\":\"b\"}}",
        "{\"package\":{\"没有\":1}}",
        "{\"package\":{\"at\":1}}",
        "{\"decision\":{\"没有\":1}}",
        "{\"decision\":{\"key\":[]}}",
        "{\"decision\":{\"by\":1}}",
        "{\"decision\":1}",
    ];
    lines.chain(others.map(|text| batch(text.to_owned()))).collect()
}
