//! Every kind of bad input gives a clear diagnostic, exit 1, and no panic.

use super::{SOUND, codes};
use prog_tests::{Run, finish, prog, run, run_with, scratch, write};
use std::path::Path;

fn check(path: &Path) -> Run {
    let path = path.to_str().expect("UTF-8");
    let human = run(&["check", path]);
    assert!(!human.stderr.contains("internal fault"), "{}", human.stderr);
    let json = run(&["check", "--format", "json", path]);
    assert_eq!(human.code, json.code);
    json
}

fn check_bytes(name: &str, bytes: impl AsRef<[u8]>) -> Run {
    let file = scratch(name).join("programme.prog");
    write(&file, bytes);
    check(&file)
}

/// One error of this code and no other, its message holding these words.
fn only(run: &Run, code: &str, words: &str) {
    assert_eq!(codes(run), [code], "{run:?}");
    assert_eq!(run.code, 1);
    assert!(run.stdout.contains(words), "{words:?} is not in {}", run.stdout);
}

#[test]
fn wrong_encodings_are_named() {
    let gbk = b"programme demo \"\xCA\xBE\xB7\xB6\" {\n}\n";
    only(&check_bytes("gbk", gbk), "P0905", "GBK");
    let utf16: Vec<u8> = SOUND.encode_utf16().flat_map(u16::to_le_bytes).collect();
    only(&check_bytes("utf16", &utf16), "P0905", "UTF-16");
    let marked: Vec<u8> = [0xFF, 0xFE].into_iter().chain(utf16).collect();
    only(&check_bytes("utf16-marked", marked), "P0905", "UTF-16");
    only(&check_bytes("docx", b"PK\x03\x04\x14\0\x06\0"), "P0905", "Word");
    only(&check_bytes("noise", b"programme \xFF\xC0\x80 {}"), "P0905", "not UTF-8");
}

#[test]
fn byte_order_mark_and_crlf_are_no_fault() {
    for (name, text) in [
        ("bom", format!("\u{FEFF}{SOUND}")),
        ("crlf", SOUND.replace('\n', "\r\n")),
        ("bom-crlf", format!("\u{FEFF}{}", SOUND.replace('\n', "\r\n"))),
        ("no-last-newline", SOUND.trim_end().to_owned()),
    ] {
        let run = check_bytes(name, text);
        assert_eq!((run.code, run.stdout.as_str()), (0, "[]\n"), "{name}");
    }
}

#[test]
fn nul_characters_are_a_damaged_file() {
    let run = check_bytes("nul", "programme demo {\n    issuer \"a\0b\"\n}\0\n");
    only(&run, "P0906", "2 NUL characters");
    assert!(run.stdout.contains("\"line\": 2"), "{}", run.stdout);
}

#[test]
fn a_hundred_megabytes_are_refused_unread() {
    let file = scratch("huge").join("programme.prog");
    write(&file, SOUND);
    let handle = std::fs::OpenOptions::new().write(true).open(&file).expect("the file");
    handle.set_len(100 * 1024 * 1024).expect("a sparse file");
    only(&check(&file), "P0904", "100 MB");
    let _ = std::fs::remove_file(file);
}

#[test]
fn too_much_on_stdin_is_refused() {
    let run = run_with(&vec![b' '; 17 * 1024 * 1024], &["check", "-", "--format", "json"]);
    only(&run, "P0904", "16 MB");
}

#[test]
fn a_folder_named_as_a_file() {
    let folder = scratch("folder-as-file");
    write(&folder.join("demo.prog/programme.prog"), SOUND);
    only(&check(&folder.join("demo.prog")), "P0903", "is a folder");
    only(&check(&folder), "P0903", "is a folder");
}

#[test]
fn not_a_prog_file() {
    let file = scratch("notice").join("notice.txt");
    write(&file, "通知");
    only(&check(&file), "P0903", "is not a .prog file");
}

#[test]
fn nothing_there() {
    only(&run(&["check", "no/such/place", "--format", "json"]), "P0901", "no/such/place");
    only(&check(&scratch("empty")), "P0907", "no .prog file");
}

#[cfg(unix)]
#[test]
fn an_unreadable_file_does_not_hide_the_others() {
    use std::os::unix::fs::symlink;
    let folder = scratch("unreadable");
    // Permissions do not stop the superuser; a link to a terminal or to itself stops everybody.
    symlink("loop.prog", folder.join("loop.prog")).expect("a link");
    write(&folder.join("nul.prog"), "\0");
    let run = check(&folder);
    assert_eq!(codes(&run), ["P0903", "P0906"], "{run:?}");
    let by_name = check(&folder.join("loop.prog"));
    only(&by_name, "P0902", "can't be read");
}

#[cfg(unix)]
#[test]
fn missing_permission_is_said() {
    use std::os::unix::fs::PermissionsExt;
    let file = scratch("permission").join("programme.prog");
    write(&file, SOUND);
    std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o000)).expect("permissions");
    if std::fs::read(&file).is_err() {
        only(&check(&file), "P0902", "permission denied");
    } else {
        // As the superuser: ask as nobody.
        let nobody = finish(std::process::Command::new("setpriv").args(["--reuid=65534", "--clear-groups", "--inh-caps=-all"]).arg("true"));
        assert_eq!(nobody.code, 0, "setpriv is needed to test permissions as root");
        let mut command = std::process::Command::new("setpriv");
        command.args(["--reuid=65534", "--clear-groups", "--inh-caps=-all"]).arg(prog().get_program());
        only(&finish(command.args(["check", "--format", "json"]).arg(&file)), "P0902", "permission denied");
    }
}

#[test]
fn ten_thousand_parentheses() {
    let open = "(".repeat(10_000);
    let close = ")".repeat(10_000);
    let text = format!("programme demo {{\n    let a = {open}1{close}\n    let b = 1 +\n}}\n");
    let run = check_bytes("parentheses", text);
    assert_eq!(run.code, 1);
    assert!(!codes(&run).is_empty());
    for (name, piece) in [("braces", "{"), ("brackets", "["), ("all", "all of { a : "), ("not", "not "), ("minus", "-"), ("quotes", "“")]
    {
        let run = check_bytes(name, format!("programme demo {{\n    let a = {}\n}}\n", piece.repeat(10_000)));
        assert_eq!(run.code, 1, "{name}");
    }
}

#[test]
fn unknown_module_and_import_cycle() {
    let folder = scratch("modules");
    write(&folder.join("programme.prog"), format!("use no.such\nuse parts.a\n{SOUND}"));
    write(&folder.join("parts/a.prog"), "use parts.b\n");
    write(&folder.join("parts/b.prog"), "use parts.a\n");
    let run = check(&folder);
    assert_eq!(codes(&run), ["P0910", "P0911"], "{run:?}");
    assert!(run.stdout.contains("`parts.a` → `parts.b` → `parts.a`"), "{}", run.stdout);
}

#[test]
fn a_data_file_in_another_encoding_is_one_fault() {
    let folder = scratch("gbk-data");
    let text = "programme demo_2024 \"示范\" {\n    issuer unknown\n    enum 市 { 甲, 乙 }\n    table 县数 by 市 from \"counties.csv\" dated 2018-10-31\n}\n";
    write(&folder.join("programme.prog"), text);
    write(&folder.join("counties.csv"), b"\xCA\xD0,\xCA\xFD\n\xBC\xD7,3\n");
    only(&check(&folder), "P0905", "GBK");
}

#[test]
fn two_programmes_in_one_folder() {
    let folder = scratch("two-programmes");
    write(&folder.join("a.prog"), SOUND);
    write(&folder.join("b.prog"), SOUND.replace("demo_2024", "demo_2025"));
    assert!(codes(&check(&folder)).contains(&"P0908".to_owned()));
}

#[test]
fn right_to_left_and_invisible_characters_in_names() {
    for (name, c) in [("rtl", '\u{202E}'), ("zero-width", '\u{200B}'), ("soft-hyphen", '\u{AD}')] {
        let run = check_bytes(name, format!("programme demo {{\n    let a{c}b = 1\n}}\n"));
        assert_eq!(run.code, 1, "{name}");
        let human = run_with(format!("programme demo {{\n    let a{c}b = 1\n}}\n").as_bytes(), &["check", "-"]);
        assert!(!human.stderr.contains(c), "{name}: an invisible character reaches the terminal");
    }
}

#[test]
fn names_in_different_normal_forms_are_the_same_name() {
    let text = "programme demo {\n    let \u{e9}t\u{e9} = 1\n    let e\u{301}te\u{301} = 2\n}\n";
    let run = check_bytes("normal-forms", text);
    assert_eq!(run.code, 1);
    assert_eq!(codes(&run).len(), 1, "{run:?}");
}

#[test]
fn lets_in_a_circle() {
    let run = check_bytes("let-circle", "programme demo {\n    let a = b + 1\n    let b = a + 1\n}\n");
    assert_eq!((run.code, codes(&run)), (1, vec!["P0104".to_owned()]), "{}", run.stdout);
}

#[test]
fn data_that_is_not_ours_never_panics() {
    let mut state: u64 = 0x9E37_79B9_7F4A_7C15;
    for round in 0..20 {
        let bytes: Vec<u8> = (0..2_000)
            .map(|_| {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                (state >> 56) as u8 & if round % 2 == 0 { 0xFF } else { 0x7F }
            })
            .collect();
        let run = run_with(&bytes, &["check", "-"]);
        assert_eq!(run.code, 1, "round {round}: {}", run.stderr);
    }
}
