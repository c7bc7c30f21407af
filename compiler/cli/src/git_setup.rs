//! `prog git-setup`: git shows `.prog` files as what they are.
//!
//! In: the repository around the current folder. Out: in its configuration a driver `prog` — texts compared in their canonical layout, hunks
//! headed by the declaration they stand in — and in `.gitattributes` the line that uses it. Always: done twice, it changes nothing more;
//! nothing outside the repository is touched.

use crate::args::FormatArg;
use crate::shell::{FAILED, Shell};
use clap::Args;
use prog_base::{Lang, Text, text};
use serde_json::json;
use std::fs;
use std::path::PathBuf;
use std::process::{Command, Stdio};

/// Set up this repository's git to compare .prog files well: layout ignored, hunks headed by their declaration
#[derive(Debug, Args)]
pub struct GitSetupArgs {
    /// How what was done is written
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    format: FormatArg,
}

/// The line of `.gitattributes`.
const ATTRIBUTE: &str = "*.prog diff=prog";

/// The canonical layout of a file, or the file itself where it cannot be read.
const TEXTCONV: &str = r#"f() { out=$(prog fmt --quiet - <"$1" 2>/dev/null) && printf '%s\n' "$out" || cat "$1"; }; f"#;

/// Declarations that head a hunk, in both keyword languages.
const HEADS: &[&str] = &[
    "programme",
    "方案",
    "notice",
    "通知",
    "readings?",
    "口径",
    "actor",
    "主体",
    "enum",
    "选项",
    "record",
    "字段组",
    "table",
    "表",
    "let",
    "计算",
    "track",
    "类别",
    "fact",
    "信息",
    "conditions",
    "条件",
    "require",
    "必须",
    "complete",
    "须齐备",
    "in principle",
    "原则上",
    "prefer",
    "优先",
    "encourage",
    "鼓励",
    "note",
    "提示",
    "waive",
    "免于",
    "material",
    "材料",
    "quota",
    "名额",
    "assert",
    "核对",
    "workflow",
    "流程",
    "stage",
    "环节",
    "form",
    "表单",
    "part",
    "部分",
    "summary",
    "汇总",
    "targets",
    "目标",
    "duty",
    "职责",
    "scenario",
    "样例",
];

/// Writes what is missing.
pub fn run(args: &GitSetupArgs, shell: &Shell) -> u8 {
    match set_up() {
        Ok(done) => shell.print(&match args.format {
            FormatArg::Human => told(&done, shell.lang),
            FormatArg::Json => format!("{:#}\n", json!({ "changed": done })),
        }),
        Err(reason) => {
            shell.complain(&format!("prog: {}\n", reason.get(shell.lang)));
            FAILED
        }
    }
}

/// What was changed: keys of the configuration, and the file of attributes.
fn set_up() -> Result<Vec<String>, Text> {
    let root =
        git(&["rev-parse", "--show-toplevel"]).map_err(|said| text!("这里不是 git 仓库：{said}", "this is no git repository: {said}"))?;
    let mut done = Vec::new();
    let heads = format!("^[ \\t]*(({})([ \\t].*)?)$", HEADS.join("|"));
    for (key, value) in [("diff.prog.textconv", TEXTCONV), ("diff.prog.xfuncname", &heads)] {
        if git(&["config", "--local", "--get", key]).as_deref() != Ok(value) {
            git(&["config", "--local", key, value])
                .map_err(|said| text!("写不了 git 配置：{said}", "git's configuration can't be written: {said}"))?;
            done.push(key.to_owned());
        }
    }
    let path = PathBuf::from(root).join(".gitattributes");
    let old = fs::read_to_string(&path).unwrap_or_default();
    if !old.lines().any(|line| line.trim() == ATTRIBUTE) {
        let gap = if old.is_empty() || old.ends_with('\n') { "" } else { "\n" };
        let shown = path.display();
        fs::write(&path, format!("{old}{gap}{ATTRIBUTE}\n"))
            .map_err(|error| text!("写不了“{shown}”：{error}", "`{shown}` can't be written: {error}"))?;
        done.push(".gitattributes".to_owned());
    }
    Ok(done)
}

fn told(done: &[String], lang: Lang) -> String {
    match (done.is_empty(), lang) {
        (true, Lang::Zh) => "早已设好，没有改动\n".to_owned(),
        (true, Lang::En) => "already set up; nothing was changed\n".to_owned(),
        (false, Lang::Zh) => format!("已设好：{}\ngit diff 比较 .prog 文件时不再理会版式；请提交 .gitattributes\n", done.join("、")),
        (false, Lang::En) => {
            format!("set up: {}\ngit diff now passes over the layout of .prog files; commit .gitattributes\n", done.join(", "))
        }
    }
}

/// What git prints, without the line's end; or what it says against it.
fn git(arguments: &[&str]) -> Result<String, String> {
    let output = Command::new("git").args(arguments).stdin(Stdio::null()).output().map_err(|error| error.to_string())?;
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).trim_end_matches(['\n', '\r']).to_owned();
    if output.status.success() { Ok(text(&output.stdout)) } else { Err(text(&output.stderr)) }
}
