//! `prog explain CODE`: the page of one diagnostic, or the list of all.

use crate::args::FormatArg;
use crate::shell::Shell;
use clap::Args;
use prog_base::text;
use prog_report::Page;

/// Explain a diagnostic code such as P0107
#[derive(Debug, Args)]
pub struct ExplainArgs {
    /// The code; without it, all codes are listed
    code: Option<String>,
    /// How the page is written
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    format: FormatArg,
}

/// Prints the page.
pub fn run(args: &ExplainArgs, shell: &Shell) -> u8 {
    let Some(code) = &args.code else {
        return shell.print(&list(&prog_report::pages(shell.lang), args.format));
    };
    match prog_report::page(code, shell.lang) {
        Some(page) => shell.print(&show(&page, args.format)),
        None => shell.wrong_usage(&text!(
            "没有“{code}”这个代码；用 prog explain 列出全部代码",
            "there is no code `{code}`; `prog explain` lists all codes"
        )),
    }
}

fn show(page: &Page, format: FormatArg) -> String {
    let Page { code, title, body } = page;
    match format {
        FormatArg::Human => format!("{code} {title}\n\n{body}\n"),
        FormatArg::Json => format!("{:#}\n", json(page)),
    }
}

fn list(pages: &[Page], format: FormatArg) -> String {
    match format {
        FormatArg::Human => pages.iter().map(|p| format!("{} {}\n", p.code, p.title)).collect(),
        FormatArg::Json => format!("{:#}\n", serde_json::Value::Array(pages.iter().map(json).collect())),
    }
}

fn json(page: &Page) -> serde_json::Value {
    serde_json::json!({ "code": page.code, "title": page.title, "text": page.body })
}
