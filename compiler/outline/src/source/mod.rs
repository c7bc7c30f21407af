//! A file's bytes to the paragraphs of a notice.
//!
//! In: a plain text (UTF-8, UTF-16 or GB 18030) or a Word document (.docx). Out: paragraphs and table rows, in order.
//! Always: what cannot be read is refused, saying what it is and what to do; nothing is guessed from damaged bytes.

mod docx;
mod numbering;
mod xml;

pub(crate) use numbering::han;

use prog_base::{Text, text};

/// A notice as it was read.
#[derive(Clone, Debug)]
pub struct Source {
    /// Paragraphs and rows, in order; empty ones are kept in plain texts, as lines.
    pub paragraphs: Vec<Paragraph>,
    /// What it was read as: `UTF-8`, `GB 18030`, `.docx`.
    pub read_as: &'static str,
}

/// A paragraph or line, or a row of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paragraph {
    /// Its text; of a row, its cells with tabs between.
    pub text: String,
    /// The cells, where the source says that it is a row.
    pub cells: Option<Vec<String>>,
}

impl Paragraph {
    /// A line of running text.
    pub fn line(text: impl Into<String>) -> Self {
        Self { text: text.into(), cells: None }
    }

    /// A row of a table.
    pub fn row(cells: Vec<String>) -> Self {
        Self { text: cells.join("\t"), cells: Some(cells) }
    }
}

/// Why a file is no notice that can be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unreadable {
    /// What is wrong, to stand after the file's name.
    pub why: Text,
    /// What to do.
    pub help: Text,
}

impl Source {
    /// Reads a file's bytes.
    pub fn read(bytes: &[u8]) -> Result<Self, Unreadable> {
        let source = match signature(bytes) {
            Some(Kind::Zip) => Self { paragraphs: docx::read(bytes)?, read_as: ".docx" },
            Some(kind) => return Err(kind.refusal()),
            None => {
                let (text, read_as) = decode(bytes)?;
                Self { paragraphs: text.lines().map(Paragraph::line).collect(), read_as }
            }
        };
        let said = |p: &Paragraph| p.text.chars().any(char::is_alphanumeric);
        if source.paragraphs.iter().any(said) { Ok(source) } else { Err(empty()) }
    }

    /// The text as lines, to be kept beside the programme.
    pub fn text(&self) -> String {
        self.paragraphs.iter().map(|p| format!("{}\n", p.text.trim_end())).collect()
    }
}

/// What a file's first bytes say beyond doubt, where that is no plain text.
#[derive(Clone, Copy)]
enum Kind {
    Zip,
    Pdf,
    OldOffice,
    Rtf,
    Html,
    Image,
}

fn signature(bytes: &[u8]) -> Option<Kind> {
    let known: [(&[u8], Kind); 8] = [
        (b"PK\x03\x04", Kind::Zip),
        (b"%PDF-", Kind::Pdf),
        (b"\xD0\xCF\x11\xE0", Kind::OldOffice),
        (b"{\\rtf", Kind::Rtf),
        (b"\x89PNG", Kind::Image),
        (b"\xFF\xD8\xFF", Kind::Image),
        (b"II*\0", Kind::Image),
        (b"MM\0*", Kind::Image),
    ];
    let start: Vec<u8> = bytes.iter().copied().skip_while(u8::is_ascii_whitespace).take(16).map(|b| b.to_ascii_lowercase()).collect();
    let html = start.starts_with(b"<!doctype html") || start.starts_with(b"<html");
    known.into_iter().find(|(sign, _)| bytes.starts_with(sign)).map(|(_, kind)| kind).or(html.then_some(Kind::Html))
}

impl Kind {
    fn refusal(self) -> Unreadable {
        let (why, help) = match self {
            Kind::Zip => (text!("这是压缩包", "it is an archive"), text!("解压后再用其中的通知", "unpack it and give the notice inside")),
            Kind::Pdf => (
                text!("这是 PDF 文件", "it is a PDF file"),
                text!(
                    "打开它，全选、复制，粘贴到记事本，另存为 .txt（编码选 UTF-8）；扫描件要先做文字识别",
                    "open it, copy all its text into an editor and save that as .txt (UTF-8); a scan needs text recognition first"
                ),
            ),
            Kind::OldOffice => (
                text!("这是旧版的 Word 或 WPS 文档（.doc、.wps）", "it is an old Word or WPS document (.doc, .wps)"),
                text!("用 Word 或 WPS 打开，另存为 .docx", "open it in Word or WPS and save it as .docx"),
            ),
            Kind::Rtf => (
                text!("这是 RTF 文档", "it is an RTF document"),
                text!("用 Word 或 WPS 打开，另存为 .docx", "open it in Word or WPS and save it as .docx"),
            ),
            Kind::Html => (
                text!("这是网页", "it is a web page"),
                text!(
                    "在浏览器里打开，复制正文，粘贴到记事本，另存为 .txt（编码选 UTF-8）",
                    "open it in a browser, copy the notice into an editor and save that as .txt (UTF-8)"
                ),
            ),
            Kind::Image => (
                text!("这是图片", "it is a picture"),
                text!("先做文字识别，把文字存为 .txt", "have its text recognised, and save the text as .txt"),
            ),
        };
        Unreadable { why, help }
    }
}

fn empty() -> Unreadable {
    Unreadable {
        why: text!("里面没有文字", "there is no text in it"),
        help: text!("给出通知全文的 .txt 或 .docx 文件", "give the whole notice as a .txt or .docx file"),
    }
}

/// Bytes as text: UTF-8, else UTF-16 by its mark, else GB 18030; control characters are no text.
fn decode(bytes: &[u8]) -> Result<(String, &'static str), Unreadable> {
    let (text, read_as) = match std::str::from_utf8(bytes) {
        Ok(text) => (text.to_owned(), "UTF-8"),
        Err(_) if bytes.starts_with(b"\xFF\xFE") => (whole(encoding_rs::UTF_16LE, &bytes[2..])?, "UTF-16"),
        Err(_) if bytes.starts_with(b"\xFE\xFF") => (whole(encoding_rs::UTF_16BE, &bytes[2..])?, "UTF-16"),
        Err(_) => (whole(encoding_rs::GB18030, bytes)?, "GB 18030"),
    };
    let stray = |c: char| c.is_control() && !matches!(c, '\n' | '\r' | '\t' | '\u{B}' | '\u{C}' | '\u{1A}' | '\u{85}');
    if text.chars().any(stray) {
        return Err(not_a_text());
    }
    let text = text.trim_start_matches('\u{FEFF}').replace("\r\n", "\n").replace(['\r', '\u{B}', '\u{85}', '\u{2028}', '\u{2029}'], "\n");
    Ok((text, read_as))
}

fn whole(encoding: &'static encoding_rs::Encoding, bytes: &[u8]) -> Result<String, Unreadable> {
    encoding.decode_without_bom_handling_and_without_replacement(bytes).map(|text| text.into_owned()).ok_or_else(not_a_text)
}

fn not_a_text() -> Unreadable {
    Unreadable {
        why: text!("这不是文字，或者文字已经损坏", "it is no text, or a damaged one"),
        help: text!(
            "用编辑器打开，另存为纯文本，编码选 UTF-8；Word 文档另存为 .docx",
            "open it in an editor and save it as plain text in UTF-8; save a Word document as .docx"
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(bytes: &[u8]) -> (Vec<String>, &'static str) {
        let source = Source::read(bytes).expect("a text");
        (source.paragraphs.into_iter().map(|p| p.text).collect(), source.read_as)
    }

    #[test]
    fn texts_in_the_encodings_of_offices() {
        let said = vec!["一、总则".to_owned(), "各县：".to_owned()];
        assert_eq!(lines("\u{FEFF}一、总则\r\n各县：\r\n".as_bytes()), (said.clone(), "UTF-8"));
        assert_eq!(lines(&encoding_rs::GB18030.encode("一、总则\n各县：\n").0), (said.clone(), "GB 18030"));
        let utf16: Vec<u8> = "\u{FEFF}一、总则\n各县：".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(lines(&utf16), (said, "UTF-16"));
    }

    #[test]
    fn what_is_no_text_is_named() {
        let why = |bytes: &[u8]| Source::read(bytes).expect_err("refused").why.en;
        assert!(why(b"%PDF-1.7 ...").contains("PDF"));
        assert!(why(b"\xD0\xCF\x11\xE0\xA1\xB1").contains("old Word"));
        assert!(why(b"\x01\x02\xFF\xFE\x00").contains("no text"));
        assert!(why(b"a\0b").contains("no text"));
        assert!(why(b" \n\t\n").contains("no text in it"));
        assert!(why(b"").contains("no text in it"));
        assert!(why(b"  <!DOCTYPE html><p>").contains("web page"));
        assert!(why(b"PK\x03\x04rubbish").contains("damaged"));
    }
}
