//! Strict reading: text to case, package, decision (semantics 5).
//!
//! In: one JSON text. Out: typed data, or a [`Refusal`] with its place. Always: an unknown or double member, a wrong JSON type, a
//! number out of range is refused; a value of the right JSON type that its field does not accept is a fault of the case, not a refusal.

mod batch;
mod case;
mod entry;
mod patterns;
mod scan;
mod shape;
mod target;

pub use batch::read_batch;
pub use case::read_case;
pub use entry::to_base;
pub use shape::Shape;
pub use target::read_reports;

use crate::refusal::Refusal;
use prog_base::{Code, Source, Text, codes, text};
use scan::{Member, Node, Spot};

/// The first fault of a text, before its line and column are worked out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The code.
    pub code: Code,
    /// Byte offset.
    pub at: usize,
    /// JSON pointer.
    pub pointer: String,
    /// What is wrong.
    pub message: Text,
    /// What to do.
    pub help: Option<Text>,
}

impl Fault {
    fn new(code: Code, at: usize, pointer: &str, message: Text) -> Self {
        Self { code, at, pointer: pointer.to_owned(), message, help: None }
    }

    /// With its line and column in the text that was read.
    fn placed(self, text: &str) -> Refusal {
        let place = Source::new("", text).position(self.at);
        let Fault { code, at, pointer, message, help } = self;
        Refusal { code, message, help, offset: at, line: place.line, column: place.column, pointer }
    }
}

/// Appends one segment to a JSON pointer.
pub fn push_segment(pointer: &mut String, name: &str) {
    pointer.push('/');
    for part in name.split_inclusive(['~', '/']) {
        match (part.strip_suffix('~'), part.strip_suffix('/')) {
            (Some(before), _) => pointer.extend([before, "~0"]),
            (_, Some(before)) => pointer.extend([before, "~1"]),
            (None, None) => pointer.push_str(part),
        }
    }
}

/// Where a material stands in a case.
pub fn material_pointer(key: &str) -> String {
    below("/materials", key)
}

/// A pointer with one segment more.
fn below(pointer: &str, name: &str) -> String {
    let mut longer = String::with_capacity(pointer.len() + 1 + name.len());
    longer.push_str(pointer);
    push_segment(&mut longer, name);
    longer
}

/// What a JSON value is called.
fn kind_name(node: &Node<'_>) -> Text {
    match node {
        Node::Null => text!("空值", "null"),
        Node::Bool(_) => text!("是/否", "true or false"),
        Node::Number(_) => text!("数字", "a number"),
        Node::Text(_) => text!("字符串", "a string"),
        Node::List(_) => text!("数组", "an array"),
        Node::Object(_) => text!("对象", "an object"),
    }
}

/// Another JSON type than the one that belongs here.
fn wrong_type(spot: &Spot<'_>, pointer: &str, wanted: Text) -> Fault {
    let found = kind_name(&spot.node);
    let message = Text {
        zh: format!("“{pointer}”应为{}，这里是{}", wanted.zh, found.zh),
        en: format!("`{pointer}` should be {}, not {}", wanted.en, found.en),
    };
    Fault::new(codes::WRONG_TYPE, spot.at, pointer, message)
}

/// The members of an object.
fn object<'s, 't>(spot: &'s Spot<'t>, pointer: &str) -> Result<&'s [Member<'t>], Fault> {
    match &spot.node {
        Node::Object(members) => Ok(members),
        Node::Null | Node::Bool(_) | Node::Number(_) | Node::Text(_) | Node::List(_) => {
            Err(wrong_type(spot, pointer, text!("对象", "an object")))
        }
    }
}

/// The items of a list.
fn list<'s, 't>(spot: &'s Spot<'t>, pointer: &str) -> Result<&'s [Spot<'t>], Fault> {
    match &spot.node {
        Node::List(items) => Ok(items),
        Node::Null | Node::Bool(_) | Node::Number(_) | Node::Text(_) | Node::Object(_) => {
            Err(wrong_type(spot, pointer, text!("数组", "an array")))
        }
    }
}

/// A text.
fn string<'s>(spot: &'s Spot<'_>, pointer: &str) -> Result<&'s str, Fault> {
    match &spot.node {
        Node::Text(text) => Ok(text),
        Node::Null | Node::Bool(_) | Node::Number(_) | Node::List(_) | Node::Object(_) => {
            Err(wrong_type(spot, pointer, text!("字符串", "a string")))
        }
    }
}

/// A truth value.
fn boolean(spot: &Spot<'_>, pointer: &str) -> Result<bool, Fault> {
    match &spot.node {
        Node::Bool(value) => Ok(*value),
        Node::Null | Node::Text(_) | Node::Number(_) | Node::List(_) | Node::Object(_) => {
            Err(wrong_type(spot, pointer, text!("true 或 false", "true or false")))
        }
    }
}

/// A text that is not blank, if there is one.
fn filled(text: &str) -> Option<String> {
    (!is_blank(text)).then(|| text.to_owned())
}

/// Whether a text holds nothing but white space.
fn is_blank(text: &str) -> bool {
    text.chars().all(|c| prog_base::text::WHITE_SPACE.iter().any(|(low, high)| (*low..=*high).contains(&(c as u32))))
}

/// The member names known in one place.
trait Known {
    /// Whether this is one of them.
    fn holds(&self, name: &str) -> bool;
    /// All of them, for those who mistyped one.
    fn names(&self) -> Vec<&str>;
}

impl Known for [&str] {
    fn holds(&self, name: &str) -> bool {
        self.contains(&name)
    }

    fn names(&self) -> Vec<&str> {
        self.to_vec()
    }
}

/// Any name at all.
struct Any;

impl Known for Any {
    fn holds(&self, _name: &str) -> bool {
        true
    }

    fn names(&self) -> Vec<&str> {
        Vec::new()
    }
}

/// A member that is not known here.
fn unknown_member(member: &Member<'_>, pointer: &str, known: &[&str]) -> Fault {
    let name = &member.name;
    let mut fault = Fault::new(
        codes::UNKNOWN_MEMBER,
        member.at,
        &below(pointer, name),
        text!("没有名为“{name}”的成员", "no member is called `{name}`"),
    );
    fault.help = meant(name, known);
    fault
}

/// The name that was probably meant, else what there is.
fn meant(name: &str, known: &[&str]) -> Option<Text> {
    match crate::options::nearest(name, known) {
        Some(near) => Some(text!("是不是“{near}”？", "did you mean `{near}`?")),
        None if known.is_empty() => None,
        None => Some(Text { zh: format!("可选：{}", known.join("、")), en: format!("there are: `{}`", known.join("`, `")) }),
    }
}

/// Goes through the members that are not `null`, each with its pointer; `read` refuses names that are not known. One that is `null` is
/// as if it were left out, but only under a known name.
fn each_member<'s, 't>(
    spot: &'s Spot<'t>,
    pointer: &str,
    known: &(impl Known + ?Sized),
    mut read: impl FnMut(&'s Member<'t>, &str) -> Result<(), Fault>,
) -> Result<(), Fault> {
    for member in object(spot, pointer)? {
        if member.value.node != Node::Null {
            read(member, &below(pointer, &member.name))?;
        } else if !known.holds(&member.name) {
            return Err(unknown_member(member, pointer, &known.names()));
        }
    }
    Ok(())
}
