//! Personal data in the programme's own text: e-mail addresses and mobile numbers would end up on generated pages.
//!
//! Always: scenarios are passed over (their data is invented and published nowhere).

use crate::lower::Lower;
use prog_base::{Diagnostic, FileId, Span, codes, text};
use prog_syntax::ast;

/// Looks through the programme's files.
pub(super) fn check(lower: &Lower<'_>, out: &mut Vec<Diagnostic>) {
    let scenarios: Vec<Span> =
        lower.index.items.iter().filter_map(|i| if let ast::Item::Scenario(s) = i { Some(s.span) } else { None }).collect();
    for (file, _) in &lower.inputs.files {
        let source = &lower.inputs.sources.get(*file).text;
        for span in finds(*file, source) {
            if !scenarios.iter().any(|s| s.file == span.file && s.start <= span.start && span.end <= s.end) {
                out.push(
                    Diagnostic::warning(codes::PERSONAL_DATA, span, text!("这像是个人的联系方式", "this looks like a person's contact"))
                        .help(text!(
                            "只写单位的联系方式；个人信息留在方案之外",
                            "give only an office's contact; keep personal data out of the programme"
                        )),
                );
            }
        }
    }
}

/// E-mail addresses and mobile numbers in a text.
fn finds(file: FileId, source: &str) -> Vec<Span> {
    let bytes = source.as_bytes();
    let word = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_' | b'-' | b'+' | b'@');
    let mut found = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        if !word(bytes[at]) {
            at += 1;
            continue;
        }
        let end = at + bytes[at..].iter().take_while(|b| word(**b)).count();
        let run = source[at..end].trim_end_matches(['.', '-']);
        if is_mail(run) || is_mobile(run) {
            found.push(Span::new(file, at, at + run.len()));
        }
        at = end;
    }
    found
}

fn is_mail(run: &str) -> bool {
    run.split_once('@').is_some_and(|(name, host)| {
        let last = host.rsplit('.').next().unwrap_or_default();
        !name.is_empty() && host.contains('.') && last.len() >= 2 && last.bytes().all(|b| b.is_ascii_alphabetic())
    })
}

/// A Chinese mobile number: 1, a digit from 3 to 9, nine more.
fn is_mobile(run: &str) -> bool {
    let run = run.strip_prefix("+86").unwrap_or(run);
    let digits = || run.bytes().filter(|b| *b != b'-');
    let starts = digits().next() == Some(b'1') && digits().nth(1) >= Some(b'3');
    starts && digits().count() == 11 && digits().all(|b| b.is_ascii_digit())
}
