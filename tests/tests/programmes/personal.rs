//! X05: nothing that is built from the programmes names a person's number or mailbox; offices only.
//!
//! In: every file that `prog build programmes` writes (examples of the programmes fill forms with invented numbers and are not built).

use prog_tests::{run, scratch, tree};

#[test]
fn x05_nothing_personal_in_what_is_built() {
    let out = scratch("personal");
    let built = run(&["build", "programmes", "--out", out.to_str().expect("UTF-8")]);
    assert_eq!(built.code, 0, "{}", built.stderr);
    let files = tree(&out);
    let pages = files.iter().filter(|(path, _)| path.ends_with(".html")).count();
    assert!(pages >= 5, "each notice has pages: {pages}");
    for (path, bytes) in &files {
        assert_eq!(personal(&String::from_utf8_lossy(bytes)), None, "{path}");
    }
}

/// What looks like a mobile number or a mailbox.
fn personal(text: &str) -> Option<String> {
    let digits = |run: &str| run.len() == 11 && run.starts_with('1') && run.bytes().all(|b| b.is_ascii_digit());
    let mobile = text.split(|c: char| !c.is_ascii_alphanumeric()).find(|run| digits(run)).map(str::to_owned);
    let is_word = |c: char| c.is_ascii_alphanumeric() || "._-".contains(c);
    let mailbox = text.split(|c: char| !(is_word(c) || c == '@')).find(|word| {
        let parts: Vec<&str> = word.split('@').collect();
        matches!(parts.as_slice(), [name, host] if !name.is_empty() && host.contains('.'))
    });
    mobile.or(mailbox.map(str::to_owned))
}
