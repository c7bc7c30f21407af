//! A page that opens in English.
//!
//! In: a page as the template prints it, Chinese with English beside it. Out: the same with both exchanged, so that it reads English without
//! scripts too and its button turns it to Chinese. Always: nothing but words changes; what has one wording only stays.

/// Where the page's script begins: it finds out by itself in which language the page stands.
const SCRIPT: &str = "<script id=\"program\"";
const ENGLISH: &str = " data-en=\"";

/// The page, turned.
pub fn to_english(page: &str) -> String {
    let end = page.find(SCRIPT).unwrap_or(page.len());
    let (mut rest, script) = page.split_at(end);
    let mut out = String::with_capacity(page.len() + page.len() / 8);
    while let Some((before, after)) = rest.split_once(ENGLISH) {
        out.push_str(before);
        rest = after;
        let Some((english, tag)) = after.split_once('"') else { break };
        let Some((attributes, text)) = tag.split_once('>') else { break };
        let (chinese, tail) = text.split_at(text.find('<').unwrap_or(text.len()));
        out.push_str(&format!("{ENGLISH}{english}\" data-zh=\"{}\"{attributes}>{english}", chinese.replace('"', "&quot;")));
        rest = tail;
    }
    out.push_str(rest);
    let head = out.replacen("<html lang=\"zh-CN\">", "<html lang=\"en\" data-native=\"en\">", 1).replacen(
        "class=\"plain\" lang=\"en\">English<",
        "class=\"plain\" lang=\"zh-CN\">中文<",
        1,
    );
    head + script
}

#[cfg(test)]
mod tests {
    use super::to_english;

    #[test]
    fn both_wordings_change_places() {
        let page =
            "<html lang=\"zh-CN\"><p id=\"a\" data-en=\"Yes\" hidden>是</p><p>甲</p><script id=\"program\"> data-en=\"x\">y</script>";
        let expected = "<html lang=\"en\" data-native=\"en\"><p id=\"a\" data-en=\"Yes\" data-zh=\"是\" hidden>Yes</p><p>甲</p><script id=\"program\"> data-en=\"x\">y</script>";
        assert_eq!(to_english(page), expected);
    }
}
