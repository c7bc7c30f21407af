//! Office files: parts in a package.
//!
//! In: texts with their paths. Out: the bytes of a ZIP file. Always: the same parts give the same bytes — no clock, no machine.

use prog_base::{Diagnostic, Severity, codes, text};
use std::io::{Cursor, Write};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

/// A part of a package.
pub struct Part {
    /// Its path.
    pub path: &'static str,
    /// Its content.
    pub text: String,
}

/// The package of these parts, in this order.
pub fn zipped(parts: &[Part]) -> Result<Vec<u8>, Vec<Diagnostic>> {
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated).last_modified_time(DateTime::default());
    let mut file = ZipWriter::new(Cursor::new(Vec::new()));
    for part in parts {
        file.start_file(part.path, options).map_err(fault)?;
        file.write_all(written(&part.text).as_bytes()).map_err(fault)?;
    }
    Ok(file.finish().map_err(fault)?.into_inner())
}

/// Without the characters that no XML may hold.
fn written(text: &str) -> String {
    text.chars().filter(|c| !matches!(c, '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}')).collect()
}

/// The name of a sheet, without what such a name may not hold.
pub fn sheet_name(name: &str) -> String {
    name.chars().filter(|c| !r"[]:*?/\'".contains(*c)).take(31).collect()
}

/// A file in memory that cannot be written is a fault of the compiler.
pub fn fault(fault: impl std::fmt::Display) -> Vec<Diagnostic> {
    let message = text!("内部错误：写办公文件：{fault}", "internal fault: writing an office file: {fault}");
    vec![Diagnostic::new(Severity::Error, codes::TEMPLATE_FAULT, None, message)]
}
