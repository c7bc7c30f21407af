//! Words on a page: Chinese, and English beside it where it differs.
//!
//! In: texts in both languages. Out: what the template prints as `data-en`. Always: words that are the same in both stand once.

use prog_base::Text;
use serde::Serialize;

/// Words for the template.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Said {
    /// What the page says at first.
    pub zh: String,
    /// What it says when it is turned to English; `None`: the same.
    pub en: Option<String>,
}

impl From<Text> for Said {
    fn from(text: Text) -> Self {
        let en = (!text.is_same()).then_some(text.en);
        Self { zh: text.zh, en }
    }
}

/// Sentences in one line.
pub fn line(sentences: impl IntoIterator<Item = Text>) -> Option<Said> {
    let words = Text::joined(sentences, &prog_base::text!("；", "; "));
    (!words.is_empty()).then(|| Said::from(words))
}
