//! JSON, read strictly and written canonically (RFC 8785).
//!
//! In: a text, or a [`Json`] value. Out: a tree of [`Spot`]s, each knowing its place; or a refusal.
//! Always: numbers keep their digits; a member written twice, half a character, nesting over 64 or a text over 16 MiB is refused.

use super::refusal::Refusal;
use super::shared::codes;
use std::borrow::Cow;
use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;

/// How deep brackets may nest.
const DEPTH: usize = 64;
/// How large a text may be, in bytes.
const SIZE: usize = 16 << 20;

/// A JSON value. Numbers are the digits as written: none passes through floating point.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Json {
    /// `null`
    Null,
    /// `true`, `false`
    Bool(bool),
    /// The digits as written.
    Number(String),
    /// A string.
    Text(String),
    /// `[…]`
    List(Vec<Json>),
    /// `{…}` in the order written.
    Object(Vec<(String, Json)>),
}

impl FromStr for Json {
    type Err = Refusal;

    fn from_str(text: &str) -> Result<Self, Refusal> {
        scan(text)
            .map(|spot| owned(spot.node))
            .map_err(|fault| fault.placed(text, 0))
    }
}

fn owned(node: Node<'_>) -> Json {
    match node {
        Node::Null => Json::Null,
        Node::Bool(value) => Json::Bool(value),
        Node::Number(digits) => Json::Number(digits.to_owned()),
        Node::Text(text) => Json::Text(text.into_owned()),
        Node::List(items) => Json::List(items.into_iter().map(|item| owned(item.node)).collect()),
        Node::Object(members) => {
            let one = |m: Member<'_>| (m.name.into_owned(), owned(m.value.node));
            Json::Object(members.into_iter().map(one).collect())
        }
    }
}

impl Json {
    /// A member of an object.
    pub fn get(&self, name: &str) -> Option<&Json> {
        match self {
            Json::Object(members) => members
                .iter()
                .find(|(n, _)| n == name)
                .map(|(_, value)| value),
            Json::Null | Json::Bool(_) | Json::Number(_) | Json::Text(_) | Json::List(_) => None,
        }
    }

    /// A text.
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Json::Text(text) => Some(text),
            Json::Null | Json::Bool(_) | Json::Number(_) | Json::List(_) | Json::Object(_) => None,
        }
    }
}

/// A node with the position of its first character.
#[derive(Clone, Debug)]
pub struct Spot<'t> {
    /// Byte offset.
    pub at: usize,
    /// What stands there.
    pub node: Node<'t>,
}

/// What may stand in a text.
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

/// Nodes are the same wherever they stand.
impl PartialEq for Spot<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.node == other.node
    }
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

/// Where a value stands: the way down from the whole text, written out only where it is told.
#[derive(Clone, Copy, Debug)]
pub struct Pointer<'p> {
    outer: Option<&'p Pointer<'p>>,
    name: Segment<'p>,
}

#[derive(Clone, Copy, Debug)]
enum Segment<'p> {
    Name(&'p str),
    Index(usize),
}

impl<'p> Pointer<'p> {
    /// The whole text.
    pub const ROOT: Pointer<'static> = Pointer {
        outer: None,
        name: Segment::Name(""),
    };

    /// With a member's name more.
    pub fn below(&'p self, name: &'p str) -> Pointer<'p> {
        Pointer {
            outer: Some(self),
            name: Segment::Name(name),
        }
    }

    /// With an item's position more.
    pub fn item(&'p self, index: usize) -> Pointer<'p> {
        Pointer {
            outer: Some(self),
            name: Segment::Index(index),
        }
    }
}

impl fmt::Display for Pointer<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(outer) = self.outer else {
            return Ok(());
        };
        write!(f, "{outer}")?;
        match self.name {
            Segment::Name(name) => f.write_str(&segment(name)),
            Segment::Index(index) => write!(f, "/{index}"),
        }
    }
}

/// A segment of a JSON pointer.
pub fn segment(name: &str) -> String {
    format!("/{}", name.replace('~', "~0").replace('/', "~1"))
}

/// Reads a whole text.
pub fn scan(text: &str) -> Result<Spot<'_>, Refusal> {
    if text.len() > SIZE {
        let (zh, en) = ("文本超过 16 MiB", "the text is larger than 16 MiB");
        return Err(Refusal::new(
            codes::TOO_LARGE,
            0,
            "",
            zh.to_owned(),
            en.to_owned(),
        ));
    }
    let mut scanner = Scanner {
        text,
        bytes: text.as_bytes(),
        at: 0,
        depth: 0,
        path: Vec::new(),
    };
    scanner.blanks();
    let spot = scanner.value()?;
    scanner.blanks();
    if scanner.at < text.len() {
        return Err(scanner.not_json(
            "JSON 结束后还有内容",
            "something follows the end of the JSON",
        ));
    }
    Ok(spot)
}

/// A step of the way to where the scanner is.
enum Step<'t> {
    Name(Cow<'t, str>),
    Index(usize),
}

struct Scanner<'t> {
    text: &'t str,
    bytes: &'t [u8],
    at: usize,
    depth: usize,
    path: Vec<Step<'t>>,
}

type Scanned<T> = Result<T, Refusal>;

impl<'t> Scanner<'t> {
    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn blanks(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.at += 1;
        }
    }

    fn fault(&self, code: &'static str, at: usize, zh: String, en: String) -> Refusal {
        let step = |step: &Step<'t>| match step {
            Step::Name(name) => segment(name),
            Step::Index(index) => format!("/{index}"),
        };
        let pointer: String = self.path.iter().map(step).collect();
        Refusal::new(code, at, pointer, zh, en)
    }

    fn not_json(&self, zh: &str, en: &str) -> Refusal {
        let at = self.at.min(self.text.len());
        self.fault(codes::NOT_JSON, at, zh.to_owned(), en.to_owned())
    }

    fn ends_too_soon(&self) -> Refusal {
        self.not_json("JSON 没有写完", "the JSON ends too soon")
    }

    fn value(&mut self) -> Scanned<Spot<'t>> {
        let at = self.at;
        let node = match self.peek() {
            Some(b'{') => self.nested(Self::object)?,
            Some(b'[') => self.nested(Self::list)?,
            Some(b'"') => Node::Text(self.string()?),
            Some(b't') => self.word("true", Node::Bool(true))?,
            Some(b'f') => self.word("false", Node::Bool(false))?,
            Some(b'n') => self.word("null", Node::Null)?,
            Some(b'-' | b'0'..=b'9') => self.number()?,
            Some(_) => return Err(self.not_json("此处不是 JSON 值", "no JSON value stands here")),
            None => return Err(self.ends_too_soon()),
        };
        Ok(Spot { at, node })
    }

    fn word(&mut self, word: &str, node: Node<'t>) -> Scanned<Node<'t>> {
        if !self.bytes[self.at..].starts_with(word.as_bytes()) {
            return Err(self.not_json("此处不是 JSON 值", "no JSON value stands here"));
        }
        self.at += word.len();
        Ok(node)
    }

    fn nested(&mut self, read: fn(&mut Self) -> Scanned<Node<'t>>) -> Scanned<Node<'t>> {
        if self.depth == DEPTH {
            return Err(self.fault(
                codes::TOO_DEEP,
                self.at,
                format!("括号嵌套超过 {DEPTH} 层"),
                format!("brackets nest deeper than {DEPTH}"),
            ));
        }
        self.depth += 1;
        self.at += 1;
        let node = read(self)?;
        self.depth -= 1;
        Ok(node)
    }

    /// After an item: `true` if another follows, `false` at the closing bracket.
    fn more(&mut self, close: u8) -> Scanned<bool> {
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
            Some(_) => Err(self.not_json(
                "此处应为逗号或右括号",
                "a comma or a closing bracket should stand here",
            )),
            None => Err(self.ends_too_soon()),
        }
    }

    fn list(&mut self) -> Scanned<Node<'t>> {
        let mut items = Vec::new();
        self.blanks();
        if self.peek() == Some(b']') {
            self.at += 1;
            return Ok(Node::List(items));
        }
        loop {
            self.path.push(Step::Index(items.len()));
            items.push(self.value()?);
            self.path.pop();
            if !self.more(b']')? {
                return Ok(Node::List(items));
            }
        }
    }

    fn object(&mut self) -> Scanned<Node<'t>> {
        let mut members: Vec<Member<'t>> = Vec::with_capacity(8);
        // Kept only from where it is quicker than looking through the members.
        let mut names: Option<BTreeSet<Cow<'t, str>>> = None;
        self.blanks();
        if self.peek() == Some(b'}') {
            self.at += 1;
            return Ok(Node::Object(members));
        }
        loop {
            let at = self.at;
            if self.peek() != Some(b'"') {
                return Err(self.not_json(
                    "此处应为带引号的成员名",
                    "a quoted member name should stand here",
                ));
            }
            let name = self.string()?;
            self.path.push(Step::Name(name.clone()));
            if members.len() == 16 {
                names = Some(members.iter().map(|m| m.name.clone()).collect());
            }
            let twice = match &mut names {
                Some(names) => !names.insert(name.clone()),
                None => members.iter().any(|m| m.name == name),
            };
            if twice {
                let (zh, en) = (
                    format!("“{name}”写了两次"),
                    format!("`{name}` stands twice"),
                );
                return Err(self.fault(codes::DUPLICATE_MEMBER, at, zh, en));
            }
            self.blanks();
            if self.peek() != Some(b':') {
                return Err(
                    self.not_json("成员名后应为冒号", "a colon should follow the member name")
                );
            }
            self.at += 1;
            self.blanks();
            let value = self.value()?;
            members.push(Member { name, at, value });
            self.path.pop();
            if !self.more(b'}')? {
                return Ok(Node::Object(members));
            }
        }
    }

    fn number(&mut self) -> Scanned<Node<'t>> {
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

    fn digits(&mut self) -> Scanned<()> {
        let start = self.at;
        while matches!(self.peek(), Some(b'0'..=b'9')) {
            self.at += 1;
        }
        if self.at == start {
            return Err(self.not_json("此处应为数字", "a digit should stand here"));
        }
        Ok(())
    }

    fn string(&mut self) -> Scanned<Cow<'t, str>> {
        self.at += 1;
        let mut copied = self.at;
        let mut text: Option<String> = None;
        loop {
            match self.peek() {
                Some(b'"') => {
                    let rest = &self.text[copied..self.at];
                    self.at += 1;
                    return Ok(match text {
                        None => Cow::Borrowed(rest),
                        Some(text) => Cow::Owned(text + rest),
                    });
                }
                Some(b'\\') => {
                    let before = &self.text[copied..self.at];
                    let c = self.escape()?;
                    let text = text.get_or_insert_with(String::new);
                    text.push_str(before);
                    text.push(c);
                    copied = self.at;
                }
                Some(0..=0x1F) => {
                    return Err(self.not_json(
                        "字符串里有未转义的控制字符",
                        "an unescaped control character stands in a string",
                    ));
                }
                Some(_) => self.at += 1,
                None => return Err(self.not_json("字符串没有写完", "the string ends too soon")),
            }
        }
    }

    fn escape(&mut self) -> Scanned<char> {
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
            Some(_) | None => {
                return Err(self.not_json("无法识别的转义", "this escape is not known"))
            }
        };
        self.at += 1;
        Ok(c)
    }

    fn unicode(&mut self) -> Scanned<char> {
        let first = self.hex()?;
        let code = match first {
            0xD800..=0xDBFF if self.bytes[self.at..].starts_with(b"\\u") => {
                self.at += 1;
                match self.hex()? {
                    second @ 0xDC00..=0xDFFF => {
                        0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00)
                    }
                    _ => 0xD800,
                }
            }
            other => other,
        };
        let whole = char::from_u32(code);
        whole.ok_or_else(|| {
            self.not_json("转义不是完整的字符", "the escape is not a whole character")
        })
    }

    /// At the `u`: four hex digits.
    fn hex(&mut self) -> Scanned<u32> {
        self.at += 1;
        let digits = self.text.get(self.at..self.at + 4);
        let digits = digits.filter(|d| d.bytes().all(|b| b.is_ascii_hexdigit()));
        let code = digits.and_then(|d| u32::from_str_radix(d, 16).ok());
        match code {
            Some(code) => {
                self.at += 4;
                Ok(code)
            }
            None => Err(self.not_json(
                "\\u 后应有四位十六进制数",
                "four hex digits should follow \\u",
            )),
        }
    }
}

/// A value as the tree that its JSON text would give.
pub fn spot_of<'t>(
    value: &'t Json,
    pointer: Pointer<'_>,
    depth: usize,
) -> Result<Spot<'t>, Refusal> {
    let node = match value {
        Json::Null => Node::Null,
        Json::Bool(value) => Node::Bool(*value),
        Json::Number(digits) => match scan(digits).map(|spot| spot.node) {
            Ok(Node::Number(digits)) => Node::Number(digits),
            _ => {
                let (zh, en) = ("此处不是 JSON 值", "no JSON value stands here");
                return Err(Refusal::new(
                    codes::NOT_JSON,
                    0,
                    pointer,
                    zh.to_owned(),
                    en.to_owned(),
                ));
            }
        },
        Json::Text(text) => Node::Text(Cow::Borrowed(text)),
        Json::List(_) | Json::Object(_) if depth == DEPTH => {
            let zh = format!("括号嵌套超过 {DEPTH} 层");
            let en = format!("brackets nest deeper than {DEPTH}");
            return Err(Refusal::new(codes::TOO_DEEP, 0, pointer, zh, en));
        }
        Json::List(items) => {
            let items = items.iter().enumerate();
            let one = |(i, item)| spot_of(item, pointer.item(i), depth + 1);
            Node::List(items.map(one).collect::<Result<_, _>>()?)
        }
        Json::Object(members) => {
            let mut all: Vec<Member<'t>> = Vec::new();
            for (name, member) in members {
                if all.iter().any(|m| m.name == *name) {
                    let (zh, en) = (
                        format!("“{name}”写了两次"),
                        format!("`{name}` stands twice"),
                    );
                    return Err(Refusal::new(
                        codes::DUPLICATE_MEMBER,
                        0,
                        pointer.below(name),
                        zh,
                        en,
                    ));
                }
                let value = spot_of(member, pointer.below(name), depth + 1)?;
                all.push(Member {
                    name: Cow::Borrowed(name),
                    at: 0,
                    value,
                });
            }
            Node::Object(all)
        }
    };
    Ok(Spot { at: 0, node })
}

/// Appends a JSON string.
pub fn quote(out: &mut String, text: &str) {
    out.push('"');
    let mut copied = 0;
    for (at, b) in text.bytes().enumerate() {
        if b >= 0x20 && b != b'"' && b != b'\\' {
            continue;
        }
        out.push_str(&text[copied..at]);
        copied = at + 1;
        match b {
            b'"' => out.push_str("\\\""),
            b'\\' => out.push_str("\\\\"),
            8 => out.push_str("\\b"),
            b'\t' => out.push_str("\\t"),
            b'\n' => out.push_str("\\n"),
            12 => out.push_str("\\f"),
            b'\r' => out.push_str("\\r"),
            other => out.push_str(&format!("\\u{other:04x}")),
        }
    }
    out.push_str(&text[copied..]);
    out.push('"');
}
