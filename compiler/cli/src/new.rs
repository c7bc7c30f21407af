//! `prog new NAME [--from NOTICE]`: a folder that checks clean; with a notice, its outline, certain facts and proposals.
//!
//! Always: what is there already is never touched; the folder appears whole or not at all.

use crate::args::FormatArg;
use crate::disk::Disk;
use crate::shell::{FAILED, OK, Shell};
use clap::Args;
use prog_base::{Diagnostic, FileId, Lang, Text, codes, text};
use prog_driver::Session;
use prog_outline::{Found, Source};
use serde_json::json;
use std::path::{Path, PathBuf};

/// Start a programme: a folder that checks clean, with a notice's outline in it
#[derive(Debug, Args)]
pub struct NewArgs {
    /// The new folder; its name is the programme's
    #[arg(value_name = "NAME")]
    name: PathBuf,
    /// Read the outline off this notice, a plain text or a .docx; `-` reads stdin
    #[arg(long, value_name = "NOTICE")]
    from: Option<PathBuf>,
    /// How what was found is told
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    format: FormatArg,
}

/// No notice is larger; a Word document may hold pictures.
const LARGEST: u64 = 32 * 1024 * 1024;

/// Reads, writes, tells.
pub fn run(args: &NewArgs, shell: &Shell) -> u8 {
    let disk = Disk;
    let Some(folder_name) = args.name.file_name().map(|n| n.to_string_lossy().into_owned()) else {
        return shell
            .wrong_usage(&text!("新文件夹要有名称，例如 prog new demo-2031", "the new folder needs a name, such as `prog new demo-2031`"));
    };
    let mut session = Session::new(&disk);
    let done = create(args, &folder_name, &mut session, &disk, shell);
    match done {
        Some((found, read_as)) => tell(args, found.as_ref(), read_as, shell),
        None => shell.refusal(&session.errors(), session.sources(), args.format.into()).max(FAILED),
    }
}

/// What was found and what the notice was read as; `None` where diagnostics say why there is no folder.
fn create(
    args: &NewArgs,
    folder_name: &str,
    session: &mut Session<'_>,
    disk: &Disk,
    shell: &Shell,
) -> Option<(Option<Found>, &'static str)> {
    if std::fs::symlink_metadata(&args.name).is_ok() {
        let span = session.mention(&args.name);
        let shown = args.name.display();
        session.say(
            Diagnostic::error(
                codes::FOLDER_EXISTS,
                span,
                text!("“{shown}”已经有了，没有改动它", "`{shown}` is there already; it was left as it is"),
            )
            .help(text!("换一个名称，或先把原来的移开", "choose another name, or move the old one away first")),
        );
        return None;
    }
    let name = prog_outline::identifier(folder_name);
    let (text, notice, found, read_as) = match &args.from {
        None => (prog_outline::empty(&name, shell.lang), None, None, ""),
        Some(path) => {
            let bytes = session.read_bytes(path, LARGEST)?;
            let source = match Source::read(&bytes) {
                Ok(source) => source,
                Err(fault) => {
                    say_unreadable(session, path, fault.why, fault.help);
                    return None;
                }
            };
            let outline = prog_outline::outline(&source, &name, shell.lang_asked_for);
            (outline.text, Some(source.text()), Some(outline.found), source.read_as)
        }
    };
    let canonical = prog_format::canonical(FileId(0), &text, None).map_or(text, |laid_out| laid_out.text);
    let files = std::iter::once(("programme.prog", canonical)).chain(notice.map(|notice| ("notice.txt", notice)));
    let files: Vec<(String, Vec<u8>)> = files.map(|(name, text)| (name.to_owned(), text.into_bytes())).collect();
    if let Err(failure) = disk.create(&args.name, &files) {
        session.say_cannot_write(&args.name, &failure);
        return None;
    }
    Some((found, read_as))
}

fn say_unreadable(session: &mut Session<'_>, path: &Path, why: Text, help: Text) {
    let span = session.mention(path);
    let shown = path.display();
    let message =
        Text { zh: format!("读不了通知“{shown}”：{}", why.zh), en: format!("the notice `{shown}` can't be read: {}", why.en) };
    session.say(Diagnostic::error(codes::NOTICE_UNREADABLE, span, message).help(help));
}

fn tell(args: &NewArgs, found: Option<&Found>, read_as: &str, shell: &Shell) -> u8 {
    let folder = args.name.display().to_string();
    if args.format == FormatArg::Json {
        let found = found.map(|f| {
            json!({
                "read_as": read_as, "title": f.title, "chapters": f.chapters, "items": f.items, "twins": f.twins, "annexes": f.annexes,
                "annexes_absent": f.absent, "dates": f.dates, "bounds": f.bounds, "targets": f.aims, "conditions": f.rules,
                "tables": f.tables, "options": f.options, "others": f.others, "passed_over": f.passed_over,
            })
        });
        return shell.print(&format!("{:#}\n", json!({ "folder": folder, "found": found })));
    }
    if shell.is_quiet() {
        return OK;
    }
    let facts = found.map(|f| facts(f, read_as, shell.lang)).unwrap_or_default();
    let next = match (shell.lang, found.is_some()) {
        (Lang::Zh, true) => format!(
            "已建立 {folder}/：programme.prog 是大纲和提议，notice.txt 是通知原文。\n接下来：\n  prog coverage {folder}    逐条列出待编写的条款\n  逐条读原文，写成规则并引用条款；“// 也许：”后面是提议，改好名称再用；\n  写完一条，删去它的“待编写”。prog check {folder} 随时核对引文。\nnotice.txt 带着通知里的姓名和电话，公开之前先删去。\n"
        ),
        (Lang::En, true) => format!(
            "{folder}/ is there: programme.prog has the outline and proposals, notice.txt the text.\nNext:\n  prog coverage {folder}    lists the clauses that are to be encoded\n  Read clause by clause and write its rules, citing it; what stands after\n  \"// perhaps:\" is a proposal whose names you choose. Take away a clause's todo\n  once it is done. prog check {folder} looks up every quotation.\nnotice.txt has the names and telephone numbers of the notice: take them out\nbefore you publish it.\n"
        ),
        (Lang::Zh, false) => format!(
            "已建立 {folder}/programme.prog。接下来把通知的大纲写进 通知 {{ … }}；有通知的文件时：\n  prog new 名称 --from 通知.docx\n"
        ),
        (Lang::En, false) => format!(
            "{folder}/programme.prog is there. Next write the notice's outline into `notice`;\nwith the notice at hand, start from its text:\n  prog new NAME --from NOTICE.docx\n"
        ),
    };
    shell.print(&format!("{facts}{next}"))
}

/// What was found, a line each; what was not found is not listed.
fn facts(found: &Found, read_as: &str, lang: Lang) -> String {
    let title = found.title.clone().unwrap_or_else(|| text!("没有找到，请补写", "not found: write it yourself").get(lang).to_owned());
    let title = short(&title, 68);
    let mut out = match lang {
        Lang::Zh => format!("读作 {read_as}\n标题　{title}\n"),
        Lang::En => format!("read as {read_as}\ntitle    {title}\n"),
    };
    let Found { chapters, items, annexes, absent, dates, bounds, aims, rules, tables, options, others, .. } = found;
    out += &match lang {
        Lang::Zh => format!("大纲　{chapters} 章，{items} 个条目，{annexes} 个附件"),
        Lang::En => format!("outline  {}, {}, {}", several(*chapters, "chapter"), several(*items, "item"), several(*annexes, "annex")),
    };
    if *absent > 0 {
        out += text!("（{absent} 个原文未附）", " ({absent} not in the text)").get(lang);
    }
    out += "\n";
    if !found.twins.is_empty() {
        let (zh, en) = (found.twins.join("、"), found.twins.join(", "));
        out += text!("同号　{zh}：括号里是简称，引用时用简称\n", "twins    {en}: chapters with one number; cite them by these names\n")
            .get(lang);
    }
    let seen = [
        (dates, both(format!("{dates} 处日期"), several(*dates, "date"))),
        (bounds, both(format!("{bounds} 处上限、下限、约数和比例"), several(*bounds, "bound"))),
        (aims, both(format!("{aims} 处分年目标"), several(*aims, "target of a year"))),
        (rules, both(format!("{rules} 处原则上、优先、不得等"), several(*rules, "condition"))),
        (tables, both(format!("{tables} 张表"), several(*tables, "table"))),
        (options, both(format!("{options} 处选项"), several(*options, "list of options"))),
        (others, both(format!("{others} 处公示、材料等"), several(*others, "other"))),
    ];
    let seen: Vec<String> = seen.into_iter().filter(|(n, _)| **n > 0).map(|(_, words)| words.get(lang).to_owned()).collect();
    if !seen.is_empty() {
        out += &wrapped(&seen, lang);
    }
    if !found.passed_over.is_empty() {
        out += text!(
            "行首有数字、没有当作条款的行（若是条款，补进大纲）：\n",
            "Lines that start with a number and were not taken for clauses (if they are,\nadd them to the outline):\n"
        )
        .get(lang);
        found.passed_over.iter().for_each(|line| out += &format!("  {}\n", short(line, 76)));
    }
    out + "\n"
}

/// The list in lines that a terminal shows whole.
fn wrapped(seen: &[String], lang: Lang) -> String {
    let (head, comma, pad) = match lang {
        Lang::Zh => ("看到　", "，", "　　　"),
        Lang::En => ("seen     ", ", ", "         "),
    };
    let lines: Vec<String> = seen.chunks(3).map(|part| part.join(comma)).collect();
    format!("{head}{}\n", lines.join(&format!("{}\n{pad}", comma.trim_end())))
}

/// A text cut to so many columns.
fn short(text: &str, columns: usize) -> String {
    let mut used = 0;
    let kept: String = text
        .chars()
        .take_while(|c| {
            used += if c.is_ascii() { 1 } else { 2 };
            used <= columns
        })
        .collect();
    if kept.len() < text.len() { kept + "…" } else { kept }
}

fn both(zh: String, en: String) -> Text {
    Text { zh, en }
}

/// `1 annex`, `2 annexes`, `2 lists of options`.
fn several(count: usize, noun: &str) -> String {
    let (head, rest) = noun.split_once(' ').unwrap_or((noun, ""));
    let ending = if count == 1 {
        ""
    } else if head.ends_with('x') {
        "es"
    } else {
        "s"
    };
    format!("{count} {head}{ending} {rest}").trim_end().to_owned()
}
