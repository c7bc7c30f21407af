//! Strict JSON: a text becomes a tree whose every node knows its place.
//!
//! In: a text. Out: a [`Spot`], or the first fault. Always: no member stands twice in one object, nesting is at most [`DEPTH`],
//! numbers keep their digits, strings are whole characters.

use super::Fault;
use prog_base::{Text, codes, text};
use std::borrow::Cow;
use std::collections::BTreeSet;

/// How deep brackets may nest.
pub const DEPTH: usize = 64;
/// How large a text may be, in bytes.
pub const SIZE: usize = 16 << 20;

/// A node with its place.
#[derive(Clone, Debug, PartialEq)]
pub struct Spot<'t> {
    /// Byte offset of its first character.
    pub at: usize,
    /// What stands there.
    pub node: Node<'t>,
}

/// A JSON value.
#[derive(Clone, Debug, PartialEq)]
pub enum Node<'t> {
    /// `null`
    Null,
    /// `true`, `false`
    Bool(bool),
    /// The digits as written.
    Number(&'t str),
    /// A string, escapes resolved.
    Text(Cow<'t, str>),
    /// `[…]`
    List(Vec<Spot<'t>>),
    /// `{…}` in the order written.
    Object(Vec<Member<'t>>),
}

/// One member of an object.
#[derive(Clone, Debug, PartialEq)]
pub struct Member<'t> {
    /// Its name.
    pub name: Cow<'t, str>,
    /// Byte offset of the name's quote.
    pub at: usize,
    /// Its value.
    pub value: Spot<'t>,
}

/// Reads a whole text.
pub fn scan(text: &str) -> Result<Spot<'_>, Fault> {
    if text.len() > SIZE {
        let message = text!("文本超过 16 MiB", "the text is larger than 16 MiB");
        return Err(Fault { code: codes::TOO_LARGE, at: 0, pointer: String::new(), message, help: None });
    }
    let mut scanner = Scanner { text, bytes: text.as_bytes(), at: 0, depth: 0, pointer: String::new() };
    scanner.blanks();
    let spot = scanner.value()?;
    scanner.blanks();
    if scanner.at < text.len() {
        return Err(scanner.not_json(text!("JSON 结束后还有内容", "something follows the end of the JSON")));
    }
    Ok(spot)
}

/// The names of an object that is being read: few are looked through, many are looked up.
#[derive(Default)]
struct Names<'t>(BTreeSet<Cow<'t, str>>);

impl<'t> Names<'t> {
    const FEW: usize = 16;

    /// Whether a name is that of a member read before; asked once for each.
    #[expect(clippy::ptr_arg, reason = "a name that was read without a copy is kept without one")]
    fn holds(&mut self, name: &Cow<'t, str>, members: &[Member<'t>]) -> bool {
        if members.len() < Self::FEW {
            return members.iter().any(|member| member.name == *name);
        }
        if self.0.is_empty() {
            self.0.extend(members.iter().map(|member| member.name.clone()));
        }
        !self.0.insert(name.clone())
    }
}

struct Scanner<'t> {
    text: &'t str,
    bytes: &'t [u8],
    at: usize,
    depth: usize,
    pointer: String,
}

impl<'t> Scanner<'t> {
    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn blanks(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.at += 1;
        }
    }

    fn fault(&self, code: prog_base::Code, at: usize, message: Text) -> Fault {
        Fault { code, at, pointer: self.pointer.clone(), message, help: None }
    }

    fn not_json(&self, message: Text) -> Fault {
        self.fault(codes::NOT_JSON, self.at.min(self.text.len()), message)
    }

    fn value(&mut self) -> Result<Spot<'t>, Fault> {
        let at = self.at;
        let node = match self.peek() {
            Some(b'{') => self.nested(Self::object)?,
            Some(b'[') => self.nested(Self::list)?,
            Some(b'"') => Node::Text(self.string()?),
            Some(b't') => self.word("true", Node::Bool(true))?,
            Some(b'f') => self.word("false", Node::Bool(false))?,
            Some(b'n') => self.word("null", Node::Null)?,
            Some(b'-' | b'0'..=b'9') => self.number()?,
            Some(_) => return Err(self.not_json(text!("此处不是 JSON 值", "no JSON value stands here"))),
            None => return Err(self.not_json(text!("JSON 没有写完", "the JSON ends too soon"))),
        };
        Ok(Spot { at, node })
    }

    fn word(&mut self, word: &str, node: Node<'t>) -> Result<Node<'t>, Fault> {
        if !self.text[self.at..].starts_with(word) {
            return Err(self.not_json(text!("此处不是 JSON 值", "no JSON value stands here")));
        }
        self.at += word.len();
        Ok(node)
    }

    fn nested(&mut self, read: fn(&mut Self) -> Result<Node<'t>, Fault>) -> Result<Node<'t>, Fault> {
        if self.depth == DEPTH {
            return Err(self.fault(codes::TOO_DEEP, self.at, text!("括号嵌套超过 {DEPTH} 层", "brackets nest deeper than {DEPTH}")));
        }
        self.depth += 1;
        self.at += 1;
        let node = read(self)?;
        self.depth -= 1;
        Ok(node)
    }

    /// After an item: `true` if another follows, `false` at the closing bracket.
    fn more(&mut self, close: u8) -> Result<bool, Fault> {
        self.blanks();
        match self.peek() {
            Some(b',') => {
                self.at += 1;
                self.blanks();
                Ok(true)
            }
            Some(b) if b == close => {
                self.at += 1;
                Ok(false)
            }
            Some(_) => Err(self.not_json(text!("此处应为逗号或右括号", "a comma or a closing bracket should stand here"))),
            None => Err(self.not_json(text!("JSON 没有写完", "the JSON ends too soon"))),
        }
    }

    fn list(&mut self) -> Result<Node<'t>, Fault> {
        let mut items = Vec::new();
        self.blanks();
        if self.peek() == Some(b']') {
            self.at += 1;
            return Ok(Node::List(items));
        }
        loop {
            let outer = self.pointer.len();
            self.pointer.push('/');
            self.pointer.push_str(&items.len().to_string());
            items.push(self.value()?);
            self.pointer.truncate(outer);
            if !self.more(b']')? {
                return Ok(Node::List(items));
            }
        }
    }

    fn object(&mut self) -> Result<Node<'t>, Fault> {
        let mut members: Vec<Member<'t>> = Vec::new();
        let mut names = Names::default();
        self.blanks();
        if self.peek() == Some(b'}') {
            self.at += 1;
            return Ok(Node::Object(members));
        }
        loop {
            let at = self.at;
            if self.peek() != Some(b'"') {
                return Err(self.not_json(text!("此处应为带引号的成员名", "a quoted member name should stand here")));
            }
            let name = self.string()?;
            let outer = self.pointer.len();
            super::push_segment(&mut self.pointer, &name);
            if names.holds(&name, &members) {
                let message = text!("“{name}”写了两次", "`{name}` stands twice");
                return Err(self.fault(codes::DUPLICATE_MEMBER, at, message));
            }
            self.blanks();
            if self.peek() != Some(b':') {
                return Err(self.not_json(text!("成员名后应为冒号", "a colon should follow the member name")));
            }
            self.at += 1;
            self.blanks();
            let value = self.value()?;
            members.push(Member { name, at, value });
            self.pointer.truncate(outer);
            if !self.more(b'}')? {
                return Ok(Node::Object(members));
            }
        }
    }

    fn number(&mut self) -> Result<Node<'t>, Fault> {
        let start = self.at;
        if self.peek() == Some(b'-') {
            self.at += 1;
        }
        if self.peek() == Some(b'0') {
            self.at += 1;
        } else {
            self.digits()?;
        }
        if self.peek() == Some(b'.') {
            self.at += 1;
            self.digits()?;
        }
        if matches!(self.peek(), Some(b'e' | b'E')) {
            self.at += 1;
            if matches!(self.peek(), Some(b'+' | b'-')) {
                self.at += 1;
            }
            self.digits()?;
        }
        Ok(Node::Number(&self.text[start..self.at]))
    }

    fn digits(&mut self) -> Result<(), Fault> {
        let start = self.at;
        while matches!(self.peek(), Some(b'0'..=b'9')) {
            self.at += 1;
        }
        if self.at == start { Err(self.not_json(text!("此处应为数字", "a digit should stand here"))) } else { Ok(()) }
    }

    fn string(&mut self) -> Result<Cow<'t, str>, Fault> {
        self.at += 1;
        let start = self.at;
        let mut owned: Option<String> = None;
        let mut copied = start;
        loop {
            match self.peek() {
                Some(b'"') => {
                    let rest = &self.text[copied..self.at];
                    self.at += 1;
                    return Ok(match owned {
                        None => Cow::Borrowed(rest),
                        Some(mut text) => {
                            text.push_str(rest);
                            Cow::Owned(text)
                        }
                    });
                }
                Some(b'\\') => {
                    let text = owned.get_or_insert_with(String::new);
                    text.push_str(&self.text[copied..self.at]);
                    let c = self.escape()?;
                    owned.get_or_insert_with(String::new).push(c);
                    copied = self.at;
                }
                Some(0..=0x1F) => {
                    return Err(self.not_json(text!("字符串里有未转义的控制字符", "an unescaped control character stands in a string")));
                }
                Some(_) => self.at += 1,
                None => return Err(self.not_json(text!("字符串没有写完", "the string ends too soon"))),
            }
        }
    }

    fn escape(&mut self) -> Result<char, Fault> {
        let bad = |s: &Self| s.not_json(text!("无法识别的转义", "this escape is not known"));
        self.at += 1;
        let c = match self.peek() {
            Some(b'"') => '"',
            Some(b'\\') => '\\',
            Some(b'/') => '/',
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            Some(b'u') => return self.unicode(),
            Some(_) | None => return Err(bad(self)),
        };
        self.at += 1;
        Ok(c)
    }

    fn unicode(&mut self) -> Result<char, Fault> {
        let first = self.hex()?;
        let code = match first {
            0xD800..=0xDBFF if self.bytes[self.at..].starts_with(b"\\u") => {
                self.at += 1;
                match self.hex()? {
                    second @ 0xDC00..=0xDFFF => 0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00),
                    _ => 0xD800,
                }
            }
            other => other,
        };
        char::from_u32(code).ok_or_else(|| self.not_json(text!("转义不是完整的字符", "the escape is not a whole character")))
    }

    /// At the `u`: four hex digits.
    fn hex(&mut self) -> Result<u32, Fault> {
        self.at += 1;
        let digits = self.bytes.get(self.at..self.at + 4).filter(|d| d.iter().all(u8::is_ascii_hexdigit));
        let Some(digits) = digits else {
            return Err(self.not_json(text!("\\u 后应有四位十六进制数", "four hex digits should follow \\u")));
        };
        let code = digits.iter().fold(0, |n, d| n * 16 + (*d as char).to_digit(16).unwrap_or(0));
        self.at += 4;
        Ok(code)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(text: &str) -> (&'static str, usize, String) {
        let fault = scan(text).expect_err(text);
        (fault.code.0, fault.at, fault.pointer)
    }

    #[test]
    fn semantics_5_1_what_is_not_json_is_refused() {
        for (text, at) in [
            ("", 0),
            ("{", 1),
            ("[1,]", 3),
            ("{\"a\"1}", 4),
            ("[01]", 2),
            ("[1.]", 3),
            ("\"\u{1}\"", 1),
            ("tru", 0),
            ("1 2", 2),
            ("\"\\ud800\"", 7),
            ("\"\\x\"", 2),
            ("[1e]", 3),
            ("{a:1}", 1),
            ("NaN", 0),
        ] {
            let (c, a, _) = code(text);
            assert_eq!((c, a), ("P0801", at), "{text}");
        }
        assert_eq!(code("{\"a\":{\"b\":1,\"b\":2}}"), ("P0804", 12, "/a/b".to_owned()));
        // However many there are.
        for count in [15, 16, 17, 40] {
            let members: Vec<String> = (0..count).map(|n| format!("\"m{n}\":0")).collect();
            let twice = |n: usize| code(&format!("{{{},\"m{n}\":1}}", members.join(",")));
            assert_eq!((twice(0).0, twice(count - 1).0), ("P0804", "P0804"), "{count}");
            assert!(scan(&format!("{{{}}}", members.join(","))).is_ok(), "{count}");
        }
        assert_eq!(code(&"[".repeat(65)).0, "P0805");
        assert_eq!(code(&"[".repeat(64)).0, "P0801");
    }

    #[test]
    fn reads_escapes_and_numbers() {
        let spot = scan(" {\"a\\u00e9\\ud83d\\ude00\":[ -0.5e+3 , null ] } ").unwrap();
        let Node::Object(members) = spot.node else { panic!() };
        assert_eq!(members[0].name, "aé😀");
        let Node::List(items) = &members[0].value.node else { panic!() };
        assert_eq!(items[0].node, Node::Number("-0.5e+3"));
        assert_eq!(items[1].node, Node::Null);
    }
}
