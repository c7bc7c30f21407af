//! `prog preview`: pages on a loopback address, diagnostics in the page, nobody else served.

use prog_tests::{finish, prog, root, scratch, write};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

const SOUND: &str = "programme demo \"示例<项目>\" {\n    issuer \"省厅\"\n    notice { clause 一 \"条件\" }\n    actor 学校\n    form 表 as sheet \"申请表\" [一] {\n        \
                     part 概况 as basics \"一、概况\" by 学校 { 校名 as name : Text }\n    }\n}\n";

/// A running preview; it is ended with the test.
struct Preview {
    child: Child,
    port: u16,
}

impl Drop for Preview {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Preview {
    fn of(folder: &Path) -> Self {
        let mut child = prog().arg("preview").arg(folder).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("prog starts");
        let mut line = String::new();
        BufReader::new(child.stdout.take().expect("stdout")).read_line(&mut line).expect("a line");
        let port = line.split_once("127.0.0.1:").and_then(|(_, rest)| rest.split_once('/')).expect("an address").0;
        Self { port: port.parse().expect("a port"), child }
    }

    /// Status and body of a request under a host's name.
    fn ask(&self, path: &str, host: &str) -> (u16, String) {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).expect("it listens");
        stream.set_read_timeout(Some(Duration::from_secs(30))).expect("a timeout");
        write!(stream, "GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n").expect("sent");
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).expect("an answer");
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let status = text.split(' ').nth(1).expect("a status").parse().expect("a number");
        (status, text)
    }

    fn get(&self, path: &str) -> (u16, String) {
        self.ask(path, &format!("127.0.0.1:{}", self.port))
    }

    /// The list once it has these words.
    fn until(&self, words: &str) -> String {
        let start = Instant::now();
        loop {
            let (_, text) = self.get("/");
            if text.contains(words) {
                return text;
            }
            assert!(start.elapsed() < Duration::from_secs(30), "no {words:?} in {text}");
            std::thread::sleep(Duration::from_millis(100));
        }
    }
}

#[test]
fn a_fault_is_shown_when_saved_and_the_page_comes_back_when_mended() {
    let folder = scratch("preview");
    let source = folder.join("demo/programme.prog");
    write(&source, SOUND);
    let preview = Preview::of(&folder);
    let list = preview.until("示例&lt;项目&gt;");
    for path in ["/view/demo/forms/sheet.html", "/file/demo/forms/sheet.docx", "/view/demo/docs/index.html"] {
        assert!(list.contains(&format!("href=\"{path}\"")), "{path} in {list}");
    }
    let (status, page) = preview.get("/file/demo/forms/sheet.html");
    assert!(status == 200 && page.contains("校名") && page.contains("Content-Security-Policy: default-src 'none'"), "{page}");
    assert!(preview.get("/view/demo/forms/sheet.html").1.contains("<iframe src=\"/file/demo/forms/sheet.html\""));

    write(&source, SOUND.replace("by 学校", "by 学徒"));
    let broken = preview.until("class=\"broken\"");
    // As `prog check` says it, in both languages.
    for (lang, code) in [("zh", "zh-CN"), ("en", "en")] {
        let check = prog_tests::run(&["check", folder.to_str().expect("a path"), "--lang", lang]);
        let first = check.stderr.lines().next().expect("a message").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;");
        assert!(broken.contains(&format!("<pre lang=\"{code}\">")) && broken.contains(&first), "{first} in {broken}");
    }
    let (status, page) = preview.get("/view/demo/forms/sheet.html");
    assert!(status == 200 && page.contains("class=\"broken\""), "an open page shows it too: {page}");

    // What waited for a change is told.
    let number = broken.split_once("data-number=\"").and_then(|(_, rest)| rest.split_once('"')).expect("a number").0.to_owned();
    write(&source, SOUND.replace("校名", "学校名称"));
    let (_, after) = preview.get(&format!("/after?{number}"));
    assert!(!after.ends_with(&number), "{after}");
    preview.until("/view/demo/forms/sheet.html");
    assert!(preview.get("/file/demo/forms/sheet.html").1.contains("学校名称"));
}

#[test]
fn an_open_page_renews_itself_in_a_browser() {
    let folder = scratch("preview_browser");
    let source = folder.join("demo/programme.prog");
    write(&source, SOUND);
    let preview = Preview::of(&folder);
    let mut node = Command::new("node");
    node.arg(root().join("tests/tests/cli/preview.mjs")).arg(format!("http://127.0.0.1:{}/", preview.port)).arg(&source);
    let run = finish(node.current_dir(root().join("tests")));
    assert_eq!(run.code, 0, "{}{}", run.stdout, run.stderr);
}

#[test]
fn foreign_names_and_paths_out_of_the_site_are_refused() {
    let folder = scratch("preview_refused");
    write(&folder.join("demo/programme.prog"), SOUND);
    let preview = Preview::of(&folder);
    let port = preview.port;
    assert_eq!(preview.ask("/", &format!("localhost:{port}")).0, 200);
    for host in ["evil.example", &format!("evil.example:{port}"), "127.0.0.1", &format!("127.0.0.1.evil.example:{port}"), "127.0.0.1:1", ""]
    {
        let (status, text) = preview.ask("/file/demo/forms/sheet.html", host);
        assert!(status == 403 && !text.contains("校名"), "{host}: {text}");
    }
    let paths = [
        "/file/../Cargo.toml",
        "/file/demo/../../programme.prog",
        "/file/%2e%2e/%2e%2e/etc/passwd",
        "/file//etc/passwd",
        "/file/demo/programme.prog",
    ];
    for path in paths {
        let (status, text) = preview.get(path);
        assert!(status == 404 && !text.contains("programme demo"), "{path}: {status} {text}");
    }
    let mut stream = TcpStream::connect(("127.0.0.1", port)).expect("it listens");
    write!(stream, "POST / HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n").expect("sent");
    let mut text = String::new();
    stream.read_to_string(&mut text).expect("an answer");
    assert!(text.starts_with("HTTP/1.1 405"), "{text}");
}
