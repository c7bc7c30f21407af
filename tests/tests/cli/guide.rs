//! `docs/encoding-a-notice.md`: every step of the guide does what the guide shows.
//!
//! In: its fenced blocks in order. `notice` is the text; the first `prog` block is the file, later ones go before its last brace, those of
//! scenarios into a file of their own; `diff` replaces; `console` runs commands and compares what they print, of diagnostics the first lines;
//! `silent` is a programme of its own that lacks what its notice does not say, and `said` the errors that it gets.
//! Always: after a step without a console, `prog check` says nothing new and no error.

use prog_tests::{root, run_in, scratch, write};

struct Guide {
    folder: std::path::PathBuf,
    source: String,
    scenarios: String,
}

impl Guide {
    fn save(&self) {
        write(&self.folder.join("courts/programme.prog"), &self.source);
        if !self.scenarios.is_empty() {
            write(&self.folder.join("courts/scenarios.prog"), &self.scenarios);
        }
    }

    fn prog(&mut self, text: &str) {
        if text.starts_with("scenario ") {
            self.scenarios += &format!("{text}\n");
        } else if self.source.is_empty() {
            self.source = text.to_owned();
        } else {
            let end = self.source.trim_end().strip_suffix('}').expect("the last brace").trim_end().to_owned();
            self.source = format!("{end}\n\n{text}}}\n");
        }
    }

    fn diff(&mut self, text: &str) {
        let side = |sign: char| text.lines().find_map(|l| l.strip_prefix(sign)).expect("both sides").to_owned();
        let (from, to) = (side('-'), side('+'));
        assert_eq!(self.source.matches(&from).count(), 1, "{from} stands once");
        self.source = self.source.replace(&from, &to);
    }

    /// Each command with what it prints.
    fn console(&self, text: &str) {
        for shown in text.split("$ ").skip(1) {
            let (command, expected) = shown.split_once('\n').expect("a command");
            let words: Vec<&str> = ["--lang", "en"].into_iter().chain(command.split_whitespace().skip(1)).collect();
            let run = run_in(&self.folder, &words);
            let found = if command.contains(" check ") { headlines(&run.stderr) } else { run.stdout };
            assert_eq!(found.trim_end(), expected.trim_end(), "{command}");
        }
    }
}

/// The first line of each diagnostic.
fn headlines(said: &str) -> String {
    let is_head = |line: &&str| ["error[", "warning[", "note["].iter().any(|word| line.starts_with(word));
    said.lines().filter(is_head).map(|line| format!("{line}\n")).collect()
}

#[test]
fn every_step_of_the_guide_does_what_it_shows() {
    let text = std::fs::read_to_string(root().join("docs/encoding-a-notice.md")).expect("the guide");
    let mut guide = Guide { folder: scratch("guide"), source: String::new(), scenarios: String::new() };
    let blocks: Vec<(&str, &str)> = text.split("\n```").skip(1).step_by(2).filter_map(|b| b.split_once('\n')).collect();
    assert!(blocks.len() > 15, "the guide has its steps");
    for (index, (kind, block)) in blocks.iter().enumerate() {
        let block = &format!("{block}\n");
        match *kind {
            "notice" => write(&guide.folder.join("texts/courts.txt"), block),
            "prog" => guide.prog(block),
            "diff" => guide.diff(block),
            "console" => guide.console(block),
            "silent" => {
                let source = format!("programme silent_2031 \"silent\" {{\n{block}}}\n");
                write(&guide.folder.join("silent/programme.prog"), &source);
            }
            "said" => {
                let run = run_in(&guide.folder, &["--lang", "en", "check", "silent"]);
                let errors: String = headlines(&run.stderr).lines().filter(|l| l.starts_with("error[")).map(|l| format!("{l}\n")).collect();
                assert_eq!(errors.trim_end(), block.trim_end(), "{block}");
            }
            other => panic!("no test for a block of {other}"),
        }
        guide.save();
        let shown_next = blocks.get(index + 1).is_some_and(|(next, _)| *next == "console");
        if matches!(*kind, "prog" | "diff") && !shown_next {
            let run = run_in(&guide.folder, &["--lang", "en", "check", "courts", "--texts", "texts"]);
            assert!(!run.stderr.contains("error["), "{block}{}", run.stderr);
        }
    }
    let last = run_in(&guide.folder, &["--lang", "en", "check", "courts", "--texts", "texts"]);
    assert_eq!((last.code, last.stderr.as_str(), last.stdout.as_str()), (0, "", ""), "the finished programme checks clean");
    assert!(guide.folder.join("out/courts_2031/docs/index.html").is_file());
}
