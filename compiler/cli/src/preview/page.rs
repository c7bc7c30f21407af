//! The pages of the preview itself: the list, the frame around a built page, diagnostics.
//!
//! In: a [`Site`]. Out: HTML. Always: every word from outside is escaped; both languages of diagnostics are there, the reader's first.

use super::serve::encoded;
use super::site::{Link, Shown, Site, Thing};
use prog_base::{Lang, Text, text};

/// The list of everything, or what is wrong.
pub fn list(site: &Site, number: u64, lang: Lang) -> String {
    let mut body = format!("<h1>{}</h1>\n", text!("预览", "Preview").get(lang));
    body += &diagnostics(site, lang);
    for programme in &site.programmes {
        body += &shown(programme, lang);
    }
    whole(&text!("预览", "Preview"), &body, "", number, lang)
}

/// A built page in a frame that is loaded anew after every build.
pub fn frame(file: &str, number: u64, lang: Lang) -> String {
    let (back, title) = (text!("全部", "All"), escaped(file));
    let body = format!(
        "<header><a href=\"/\">← {}</a><span>{title}</span></header>\n<iframe src=\"/file/{}\" title=\"{title}\"></iframe>\n",
        back.get(lang),
        encoded(file)
    );
    whole(&Text::same(file.to_owned()), &body, "framed", number, lang)
}

/// There is no such file.
pub fn missing(number: u64, lang: Lang) -> String {
    let said = text!("没有这个文件", "There is no such file");
    let body = format!("<h1>{}</h1>\n<p><a href=\"/\">{}</a></p>\n", said.get(lang), text!("全部", "All").get(lang));
    whole(&said, &body, "", number, lang)
}

fn diagnostics(site: &Site, lang: Lang) -> String {
    let order = match lang {
        Lang::Zh => [("zh", "zh-CN"), ("en", "en")],
        Lang::En => [("en", "en"), ("zh", "zh-CN")],
    };
    let said = order.iter().filter_map(|(name, code)| Some((code, site.said.get(name).filter(|text| !text.is_empty())?)));
    let said: String = said.map(|(code, text)| format!("<pre lang=\"{code}\">{}</pre>\n", escaped(text))).collect();
    if site.broken {
        let head = text!("有错误，改好后保存，本页自己更新", "There are errors; mend them and save, and this page renews itself");
        format!("<section class=\"broken\" id=\"diagnostics\">\n<h2>{}</h2>\n{said}</section>\n", head.get(lang))
    } else if said.is_empty() {
        String::new()
    } else {
        format!(
            "<details id=\"diagnostics\"><summary>{}</summary>\n{said}</details>\n",
            text!("提示和警告", "Notes and warnings").get(lang)
        )
    }
}

fn shown(programme: &Shown, lang: Lang) -> String {
    let name = encoded(&programme.name);
    let mut body = format!("<section>\n<h2>{}</h2>\n<p>", escaped(&programme.title));
    body += &format!("<a href=\"/view/{name}/docs/index.html\">{}</a>", text!("阅读页", "Reading page").get(lang));
    if programme.routes {
        body += &format!("　<a href=\"/file/{name}/docs/index.html#routes\">{}</a>", text!("流程", "Workflow").get(lang));
    }
    body += "</p>\n";
    let rows: String = programme.things.iter().map(|thing| row(&name, thing, lang)).collect();
    if !rows.is_empty() {
        body += &format!("<table><tbody>\n{rows}</tbody></table>\n");
    }
    body + "</section>\n"
}

fn row(name: &str, thing: &Thing, lang: Lang) -> String {
    let link = |link: &Link| {
        let words = link.words.get(lang);
        let words = if link.whose.is_empty() { words.to_owned() } else { format!("{words}（{}）", escaped(&link.whose)) };
        // Office files are saved by the browser, pages are framed.
        let place = if link.path.ends_with(".html") { "view" } else { "file" };
        format!("<a href=\"/{place}/{name}/{}\">{words}</a>", encoded(&link.path))
    };
    let links: String = thing.files.iter().map(link).collect::<Vec<_>>().join("\n");
    format!("<tr><th scope=\"row\">{}</th><td>{links}</td></tr>\n", escaped(&thing.title))
}

fn whole(title: &Text, body: &str, class: &str, number: u64, lang: Lang) -> String {
    let code = match lang {
        Lang::Zh => "zh-CN",
        Lang::En => "en",
    };
    let ended = text!("预览已经结束", "The preview was ended");
    format!(
        "<!DOCTYPE html>\n<html lang=\"{code}\" data-number=\"{number}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{}</title>\n\
         <link rel=\"stylesheet\" href=\"/preview.css\">\n<script src=\"/preview.js\" defer></script>\n</head>\n<body class=\"{class}\">\n\
         <p id=\"ended\" role=\"status\" hidden>{}</p>\n{body}</body>\n</html>\n",
        escaped(title.get(lang)),
        ended.get(lang)
    )
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
