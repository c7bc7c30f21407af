//! Bytes to text: UTF-8, with or without a byte order mark; anything else is refused and said what it looks like.
//!
//! Always: what comes out holds no byte order mark and no NUL; line ends are left as they are.

use prog_base::{Text, text};

/// Why bytes are not a text.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    /// Not UTF-8: what can be shown of it, and what it looks like.
    Encoding { readable: String, looks_like: Option<Looks> },
    /// UTF-8 with NUL characters: the text, the first one's offset, how many.
    Nul { text: String, first: usize, count: usize },
}

/// What bytes that are not UTF-8 look like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Looks {
    Gbk,
    Utf16,
    Utf32,
    OfficeDocument,
    Pdf,
    Archive,
}

impl Looks {
    /// Its name, to stand after “looks like”.
    pub(crate) fn name(self) -> Text {
        match self {
            Looks::Gbk => text!("GBK（GB 18030）编码", "GBK (GB 18030) encoding"),
            Looks::Utf16 => text!("UTF-16 编码（记事本里叫“Unicode”）", "UTF-16 encoding (Notepad calls it “Unicode”)"),
            Looks::Utf32 => text!("UTF-32 编码", "UTF-32 encoding"),
            Looks::OfficeDocument => text!("Word 或 WPS 文档", "a Word or WPS document"),
            Looks::Pdf => text!("PDF 文件", "a PDF file"),
            Looks::Archive => text!("压缩包或新版 Word/WPS 文档", "an archive or a newer Word/WPS document"),
        }
    }
}

/// Reads bytes as a text.
pub(crate) fn decode(bytes: &[u8]) -> Result<String, Fault> {
    if let Some(looks) = signature(bytes) {
        return Err(Fault::Encoding { readable: String::new(), looks_like: Some(looks) });
    }
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => {
            let valid = error.valid_up_to();
            // The line with the fault is shown up to the fault; what follows can't be read anyway.
            let readable = String::from_utf8_lossy(&bytes[..valid]).into_owned() + "\u{FFFD}";
            return Err(Fault::Encoding { readable, looks_like: guess(bytes) });
        }
    };
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    match text.find('\0') {
        None => Ok(text.to_owned()),
        Some(_) if is_utf16(bytes) => Err(Fault::Encoding { readable: String::new(), looks_like: Some(Looks::Utf16) }),
        Some(first) => {
            let count = text.bytes().filter(|b| *b == 0).count();
            Err(Fault::Nul { text: text.to_owned(), first, count })
        }
    }
}

/// What a file's first bytes say beyond doubt.
fn signature(bytes: &[u8]) -> Option<Looks> {
    let known: [(&[u8], Looks); 7] = [
        (b"\xFF\xFE\0\0", Looks::Utf32),
        (b"\0\0\xFE\xFF", Looks::Utf32),
        (b"\xFF\xFE", Looks::Utf16),
        (b"\xFE\xFF", Looks::Utf16),
        (b"PK\x03\x04", Looks::Archive),
        (b"%PDF-", Looks::Pdf),
        (b"\xD0\xCF\x11\xE0", Looks::OfficeDocument),
    ];
    known.into_iter().find(|(start, _)| bytes.starts_with(start)).map(|(_, looks)| looks)
}

fn guess(bytes: &[u8]) -> Option<Looks> {
    if is_utf16(bytes) {
        Some(Looks::Utf16)
    } else if is_gbk(bytes) {
        Some(Looks::Gbk)
    } else {
        None
    }
}

/// Every second byte of at least a quarter of the text is NUL: ASCII characters in UTF-16.
fn is_utf16(bytes: &[u8]) -> bool {
    let nul = |parity: usize| bytes.iter().skip(parity).step_by(2).filter(|b| **b == 0).count();
    bytes.len() >= 4 && nul(0).max(nul(1)) * 8 >= bytes.len()
}

/// Whether all bytes beyond ASCII pair up as GB 18030 has them.
fn is_gbk(bytes: &[u8]) -> bool {
    let mut rest = bytes;
    loop {
        rest = match rest {
            [] => return true,
            [0..=0x7F, rest @ ..] => rest,
            [0x81..=0xFE, 0x40..=0x7E | 0x80..=0xFE, rest @ ..] => rest,
            [0x81..=0xFE, 0x30..=0x39, 0x81..=0xFE, 0x30..=0x39, rest @ ..] => rest,
            [..] => return false,
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn looks(bytes: &[u8]) -> Option<Looks> {
        match decode(bytes) {
            Err(Fault::Encoding { looks_like, .. }) => looks_like,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn utf8_with_and_without_mark() {
        assert_eq!(decode("类别\r\n".as_bytes()).unwrap(), "类别\r\n");
        assert_eq!(decode("\u{FEFF}类别".as_bytes()).unwrap(), "类别");
        assert_eq!(decode(b"").unwrap(), "");
    }

    #[test]
    fn other_encodings_are_named() {
        assert_eq!(looks(b"track \xC0\xE0\xB1\xF0 {"), Some(Looks::Gbk));
        assert_eq!(looks(b"\xFF\xFEt\0r\0"), Some(Looks::Utf16));
        assert_eq!(looks(b"t\0r\0a\0c\0k\0 \0\x7B\x7C"), Some(Looks::Utf16));
        assert_eq!(looks(b"PK\x03\x04...."), Some(Looks::Archive));
        assert_eq!(looks(b"a\xFFb"), None);
    }

    #[test]
    fn nul_is_a_fault_with_its_place() {
        let text = "track a {\0\0}".to_owned();
        assert_eq!(decode(text.as_bytes()), Err(Fault::Nul { text, first: 9, count: 2 }));
    }
}
