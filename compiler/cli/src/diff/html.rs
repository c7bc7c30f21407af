//! Changes as a page for reading side by side: one file, nothing fetched, nothing run.

use super::Version;
use super::human::summary;
use super::view::{Text, View, say};
use prog_base::Lang;
use prog_diff::Class;

const STYLE: &str = "
:root{color-scheme:light dark;--line:#d9d9d4;--soft:#6b6b66;--old:#fbf1ef;--new:#eff6ef;--page:#fff;--ink:#1d1d1b}
@media(prefers-color-scheme:dark){:root{--line:#3c3c3a;--soft:#a3a39d;--old:#3a2624;--new:#23331f;--page:#1b1b1a;--ink:#ececea}}
body{font:16px/1.65 system-ui,'PingFang SC','Microsoft YaHei','Noto Sans CJK SC',sans-serif;color:var(--ink);background:var(--page);max-width:76rem;margin:0 auto;padding:2rem 1.25rem 4rem}
h1{font-size:1.35rem;margin:0 0 .25rem}h2{font-size:1.1rem;margin:2.5rem 0 .25rem}p{margin:.25rem 0}
.soft,.place,code{color:var(--soft);font-size:.85rem}
article{border-top:1px solid var(--line);padding:.9rem 0}h3{font-size:1rem;margin:0 0 .4rem}
.sides{display:grid;grid-template-columns:1fr 1fr;gap:.75rem}@media(max-width:44rem){.sides{grid-template-columns:1fr}}
.sides div{padding:.5rem .75rem;border-radius:.3rem;overflow-wrap:anywhere;white-space:pre-wrap}.old{background:var(--old)}.new{background:var(--new)}.none{color:var(--soft)}
.place{display:block}ul{margin:.5rem 0 0;padding-left:1.2rem}@media print{article{break-inside:avoid}}
";

/// The page.
pub fn page(views: &[View<'_>], old: &Version, new: &Version, lang: Lang) -> String {
    let title = escaped(new.programme.ident.label.get(lang));
    let said = if views.is_empty() { say(lang, "没有改动", "nothing changed").to_owned() } else { summary(views, lang) };
    let code = say(lang, "zh-CN", "en");
    let mut out = format!(
        "<!doctype html>\n<html lang=\"{code}\">\n<head>\n<meta charset=\"utf-8\">\n<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; \
         style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'\">\n<meta name=\"viewport\" content=\"width=device-width\">\n<title>{title}</title>\n\
         <style>{STYLE}</style>\n</head>\n<body>\n<h1>{title}</h1>\n<p>{}</p>\n<p class=\"soft\">{} {} → {} {}</p>\n",
        escaped(&said),
        escaped(&old.programme.ident.name),
        old.programme.version,
        escaped(&new.programme.ident.name),
        new.programme.version
    );
    for class in Class::ALL {
        let mine: Vec<&View<'_>> = views.iter().filter(|v| v.change.class == class).collect();
        if mine.is_empty() {
            continue;
        }
        let (words, means) = (class.words(), class.means());
        out += &format!("<h2>{} {}</h2>\n<p class=\"soft\">{}</p>\n", words.get(lang), mine.len(), means.get(lang));
        out.extend(mine.into_iter().map(|view| article(view, lang)));
    }
    out + "</body>\n</html>\n"
}

fn article(view: &View<'_>, lang: Lang) -> String {
    let clauses = view.change.clauses.join("、");
    let clauses = if clauses.is_empty() { String::new() } else { format!(" <span class=\"soft\">{}</span>", escaped(&clauses)) };
    let said: String = view.witnesses.iter().chain(&view.notes).map(|s| format!("<li>{}</li>", escaped(s))).collect();
    let said = if said.is_empty() { said } else { format!("<ul>{said}</ul>\n") };
    format!(
        "<article id=\"{0}\">\n<h3>{1}{clauses} <code>{0}</code></h3>\n<div class=\"sides\">{2}{3}</div>\n{said}</article>\n",
        view.change.fingerprint,
        escaped(&view.title),
        side("old", view.before.as_ref(), lang),
        side("new", view.after.as_ref(), lang)
    )
}

fn side(class: &str, text: Option<&Text>, lang: Lang) -> String {
    let nothing = say(lang, "（无）", "(nothing)");
    match text {
        None => format!("<div class=\"none\">{nothing}</div>"),
        Some(text) => {
            let words = if text.text.is_empty() { nothing.to_owned() } else { escaped(&text.text) };
            format!("<div class=\"{class}\">{words}<span class=\"place\">{}:{}</span></div>", escaped(&text.file), text.line)
        }
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
