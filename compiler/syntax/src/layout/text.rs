//! Characters as the layout sees them: brackets and quotes of either width, hidden characters.

/// What a character opens or closes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// `{`
    OpenBrace,
    /// `}`
    CloseBrace,
    /// `(` or `[`, which a band may mix.
    OpenBracket,
    /// `)` or `]`
    CloseBracket,
    /// `"` and its likes.
    Quote,
    /// A backtick or `「`.
    NameQuote,
}

/// The mark a character is, if any.
pub fn mark(c: char) -> Option<Mark> {
    match c {
        '{' | '｛' => Some(Mark::OpenBrace),
        '}' | '｝' => Some(Mark::CloseBrace),
        '(' | '（' | '[' | '［' | '【' => Some(Mark::OpenBracket),
        ')' | '）' | ']' | '］' | '】' => Some(Mark::CloseBracket),
        '"' | '“' | '”' | '＂' => Some(Mark::Quote),
        '`' | '「' => Some(Mark::NameQuote),
        _ => None,
    }
}

/// Characters that cannot be seen or that turn the direction of what is seen; refused in names and between them.
pub fn is_hidden(c: char) -> bool {
    matches!(c,
        '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}' | '\u{180B}'..='\u{180F}' | '\u{200B}'..='\u{200F}'
        | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{3164}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{FFA0}' | '\u{FFF0}'..='\u{FFF8}'
        | '\u{E0000}'..='\u{E0FFF}')
}

/// Letters of scripts written from right to left: shown in another order than read, so refused in names.
pub fn is_right_to_left(c: char) -> bool {
    matches!(c,
        '\u{590}'..='\u{8FF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFE}' | '\u{10800}'..='\u{10FFF}' | '\u{1E800}'..='\u{1EFFF}')
}

/// The length of a quoted text from its opening quote on, quotes included; `None` if its line ends first.
pub fn quoted_length(text: &str) -> Option<usize> {
    let mut chars = text.char_indices();
    let (_, open) = chars.next()?;
    let mut depth = 1;
    while let Some((at, c)) = chars.next() {
        match (open, c) {
            (_, '\n') => return None,
            (_, '\\') => {
                chars.next().filter(|(_, c)| *c != '\n')?;
            }
            ('"', '"') | ('＂', '＂') | ('”', '”' | '“') => return Some(at + c.len_utf8()),
            ('“', '“') => depth += 1,
            ('“', '”') => {
                depth -= 1;
                if depth == 0 {
                    return Some(at + c.len_utf8());
                }
            }
            _ => {}
        }
        if depth > 16 {
            return None;
        }
    }
    None
}

/// The length of a quoted name, quotes included; `None` if its line ends first or nothing stands between.
pub fn quoted_name_length(text: &str) -> Option<usize> {
    let close = if text.starts_with('`') { '`' } else { '」' };
    let first = text.chars().next()?.len_utf8();
    let line = text[first..].split('\n').next()?;
    line.find(close).filter(|at| *at > 0).map(|at| first + at + close.len_utf8())
}
