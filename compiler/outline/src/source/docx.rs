//! A Word document to paragraphs and rows.
//!
//! In: the bytes of a .docx. Out: its text in reading order, with the numbers that Word counts. Always: deleted text, field codes and
//! fall-backs of drawings are no text; a document larger than any notice is refused before it is unpacked.

use super::numbering::Numbering;
use super::xml::{self, Child, Element};
use super::{Paragraph, Unreadable, not_a_text};
use prog_base::text;
use std::io::{Cursor, Read};
use zip::ZipArchive;

/// No part of a notice is larger, unpacked.
const LARGEST: u64 = 16 * 1024 * 1024;

pub(super) fn read(bytes: &[u8]) -> Result<Vec<Paragraph>, Unreadable> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| not_a_text())?;
    if archive.index_for_name("word/document.xml").is_none() {
        return Err(no_document(&archive));
    }
    let document = part(&mut archive, "word/document.xml")?.ok_or_else(not_a_text)?;
    let numbering = part(&mut archive, "word/numbering.xml").ok().flatten();
    let styles = part(&mut archive, "word/styles.xml").ok().flatten();
    let mut reader = Reader { numbering: Numbering::new(numbering.as_ref(), styles.as_ref()), out: Vec::new() };
    reader.blocks(document.child("body").unwrap_or(&document));
    Ok(reader.out)
}

fn no_document(archive: &ZipArchive<Cursor<&[u8]>>) -> Unreadable {
    let holds = |folder: &str| archive.file_names().any(|name| name.starts_with(folder));
    let why = if holds("xl/") {
        text!("这是 Excel 工作簿", "it is an Excel workbook")
    } else if holds("ppt/") {
        text!("这是演示文稿", "it is a presentation")
    } else {
        text!("这是压缩包，不是 Word 文档", "it is an archive, not a Word document")
    };
    Unreadable { why, help: text!("给出通知全文的 .txt 或 .docx 文件", "give the whole notice as a .txt or .docx file") }
}

/// A part as a tree; `None` where the document has none of this name.
fn part(archive: &mut ZipArchive<Cursor<&[u8]>>, name: &str) -> Result<Option<Element>, Unreadable> {
    let Ok(file) = archive.by_name(name) else { return Ok(None) };
    let mut text = String::new();
    file.take(LARGEST + 1).read_to_string(&mut text).map_err(|_| not_a_text())?;
    if text.len() as u64 > LARGEST {
        return Err(Unreadable {
            why: text!("文档里的文字太多，不像一份通知", "it holds far more text than any notice"),
            help: text!("只留下通知的文字，另存一份", "save a copy that holds only the notice's text"),
        });
    }
    xml::parse(&text).map(Some).ok_or_else(not_a_text)
}

struct Reader {
    numbering: Numbering,
    out: Vec<Paragraph>,
}

impl Reader {
    /// Paragraphs and tables, wherever a container holds them.
    fn blocks(&mut self, holder: &Element) {
        for element in holder.elements() {
            match element.name.as_str() {
                "p" => self.paragraph(element),
                "tbl" => self.table(element),
                "sectPr" | "pPr" | "Fallback" | "del" | "moveFrom" => {}
                _ => self.blocks(element),
            }
        }
    }

    fn paragraph(&mut self, paragraph: &Element) {
        let text = self.labelled(paragraph);
        self.out.extend(text.split('\n').map(Paragraph::line));
        let mut boxes = Vec::new();
        text_boxes(paragraph, &mut boxes);
        boxes.into_iter().for_each(|inner| self.blocks(inner));
    }

    /// A paragraph's text after the number that Word shows before it.
    fn labelled(&mut self, paragraph: &Element) -> String {
        let mut text = String::new();
        runs(paragraph, &mut text);
        let empty = text.trim().is_empty();
        match paragraph.child("pPr").filter(|_| !empty).and_then(|p| self.numbering.label(p)) {
            Some(label) => {
                let apart = if label.ends_with(|c: char| c.is_ascii_alphanumeric()) { " " } else { "" };
                format!("{label}{apart}{text}")
            }
            None => text,
        }
    }

    fn table(&mut self, table: &Element) {
        for row in table.elements().filter(|e| e.name == "tr") {
            let cells: Vec<String> = row.elements().filter(|e| e.name == "tc").map(|cell| self.cell(cell)).collect();
            // A table of one cell is a frame around text.
            match <[String; 1]>::try_from(cells) {
                Ok([only]) => self.out.extend(only.split('\n').map(Paragraph::line)),
                Err(cells) => self.out.push(Paragraph::row(cells.iter().map(|c| c.replace('\n', " ")).collect())),
            }
        }
    }

    fn cell(&mut self, cell: &Element) -> String {
        let mut inner = Reader { numbering: std::mem::take(&mut self.numbering), out: Vec::new() };
        inner.blocks(cell);
        self.numbering = inner.numbering;
        inner.out.iter().map(|p| p.text.trim()).filter(|t| !t.is_empty()).collect::<Vec<_>>().join("\n")
    }
}

/// The text of runs, without what was deleted, field codes and text boxes.
fn runs(holder: &Element, out: &mut String) {
    for child in &holder.children {
        let Child::Element(element) = child else { continue };
        match element.name.as_str() {
            "t" => out.push_str(&element.text()),
            "tab" | "ptab" => out.push('\t'),
            "br" | "cr" => out.push('\n'),
            "noBreakHyphen" => out.push('-'),
            "sym" => out.push('□'),
            "pPr" | "rPr" | "del" | "moveFrom" | "instrText" | "Fallback" | "txbxContent" | "pict" | "drawing" => {}
            _ => runs(element, out),
        }
    }
}

/// Text boxes hold paragraphs of their own.
fn text_boxes<'e>(holder: &'e Element, out: &mut Vec<&'e Element>) {
    for element in holder.elements().filter(|e| e.name != "Fallback") {
        if element.name == "txbxContent" {
            out.push(element);
        } else {
            text_boxes(element, out);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;
    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    fn document(parts: &[(&str, &str)]) -> Vec<u8> {
        let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, text) in parts {
            archive.start_file(*name, SimpleFileOptions::default()).expect("a part");
            archive.write_all(text.as_bytes()).expect("written");
        }
        archive.finish().expect("an archive").into_inner()
    }

    const BODY: &str = r#"<w:document xmlns:w="w"><w:body>
        <w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:t>总则</w:t></w:r></w:p>
        <w:p><w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:t>对象 &amp; 范围</w:t></w:r></w:p>
        <w:p><w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:t>名额</w:t></w:r></w:p>
        <w:p><w:pPr><w:pStyle w:val="Chapter"/></w:pPr><w:r><w:t>附</w:t></w:r><w:del><w:r><w:delText>删</w:delText></w:r></w:del><w:ins><w:r><w:t>则</w:t></w:r></w:ins></w:p>
        <w:p><w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:t>施行</w:t></w:r></w:p>
        <w:tbl><w:tr><w:tc><w:p><w:r><w:t>县</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>名额</w:t></w:r></w:p></w:tc></w:tr></w:tbl>
        <w:tbl><w:tr><w:tc><w:p><w:r><w:t>框内</w:t></w:r></w:p></w:tc></w:tr></w:tbl>
        </w:body></w:document>"#;
    const NUMBERING: &str = r#"<w:numbering xmlns:w="w"><w:abstractNum w:abstractNumId="7">
        <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl>
        <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="（%2）"/></w:lvl>
        </w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num></w:numbering>"#;
    const STYLES: &str =
        r#"<w:styles xmlns:w="w"><w:style w:styleId="Chapter"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style></w:styles>"#;

    #[test]
    fn numbers_that_word_counts_are_text() {
        let bytes = document(&[("word/document.xml", BODY), ("word/numbering.xml", NUMBERING), ("word/styles.xml", STYLES)]);
        let texts: Vec<String> = read(&bytes).expect("a document").into_iter().map(|p| p.text).collect();
        assert_eq!(texts, ["一、总则", "（一）对象 & 范围", "（二）名额", "二、附则", "（一）施行", "县\t名额", "框内"]);
    }

    #[test]
    fn archives_that_are_no_document_are_named() {
        let why = |bytes: &[u8]| read(bytes).expect_err("refused").why.en;
        assert!(why(&document(&[("xl/workbook.xml", "<a/>")])).contains("Excel"));
        assert!(why(&document(&[("a.txt", "a")])).contains("archive"));
        assert!(why(&document(&[("word/document.xml", "<w:document><w:p></w:document>")])).contains("damaged"));
        let deep = "<a>".repeat(100_000);
        assert!(why(&document(&[("word/document.xml", &deep)])).contains("damaged"));
        let vast = " ".repeat(17 * 1024 * 1024);
        assert!(why(&document(&[("word/document.xml", &vast)])).contains("far more text"));
    }
}
