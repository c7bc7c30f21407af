//! Spans to places: file, start, end — clamped to the text, whatever the span says.

use prog_base::{Position, Source, SourceMap, Span};
use serde::Serialize;

/// A place in a file as tools read it.
#[derive(Serialize)]
pub(crate) struct Range {
    /// First character.
    pub start: Position,
    /// One past the last character.
    pub end: Position,
}

/// The file of a span, if the map has it.
pub(crate) fn source(sources: &SourceMap, span: Span) -> Option<&Source> {
    sources.iter().find(|(id, _)| *id == span.file).map(|(_, source)| source)
}

/// The span as positions on character boundaries; a reversed span becomes empty.
pub(crate) fn range(source: &Source, span: Span) -> Range {
    let start = source.position(span.start as usize);
    let end = source.position(span.end.max(span.start) as usize);
    Range { start, end }
}
