//! A page's script, packed: the validator and the page's own modules, and the policy that lets nothing else run.
//!
//! In: the plan. Out: the packed script with the loader that unpacks it, and a page's content security policy.
//! Always: the validator is the text that ships as `validators/javascript`; what is unpacked runs only because its hash stands in the policy.

use super::bundle::bundle;
use crate::Plan;
use base64::{Engine, engine::general_purpose::STANDARD};
use flate2::{Compression, write::ZlibEncoder};
use prog_base::Diagnostic;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::io::Write;

macro_rules! scripts {
    ($($name:literal),* $(,)?) => {
        /// The hand-written modules of pages.
        const SCRIPTS: &[(&str, &str)] = &[$(($name, include_str!(concat!("script/", $name)))),*];
    };
}

scripts![
    "case.mjs",
    "controls.mjs",
    "count.mjs",
    "csv.mjs",
    "draft.mjs",
    "engine.mjs",
    "errors.mjs",
    "form.mjs",
    "live.mjs",
    "main.mjs",
    "naming.mjs",
    "paper.mjs",
    "result.mjs",
    "rows.mjs",
    "summary.mjs",
    "transfer.mjs",
    "words.mjs",
];

/// What a definition takes from the runtime.
const RUNTIME: &str = include_str!("script/runtime.mjs");

/// Unpacks the script and runs it.
const LOADER: &str = include_str!("script/loader.js");

/// The script of a programme's pages.
pub struct Pack {
    /// Deflated, in base 64.
    pub packed: String,
    hash: String,
}

impl Pack {
    /// Packs what the pages of a programme need.
    pub fn new(plan: &Plan<'_>) -> Result<Self, Vec<Diagnostic>> {
        let mut modules = BTreeMap::new();
        for (path, text) in crate::targets::javascript::for_pages(plan)? {
            modules.insert(format!("validator/{path}"), text);
        }
        for (name, text) in SCRIPTS {
            modules.insert(format!("page/{name}"), (*text).to_owned());
        }
        modules.insert("validator/runtime/index.mjs".to_owned(), RUNTIME.to_owned());
        let script = bundle(&modules, "page/main.mjs");
        Ok(Self { packed: STANDARD.encode(deflated(&script)), hash: hash(&script) })
    }

    /// What a page with this style may do: run this script, and nothing else; fetch nothing.
    pub fn policy(&self, style: &str) -> String {
        let scripts = format!("{} {}", hash(LOADER), self.hash);
        format!("default-src 'none'; script-src {scripts}; style-src {}; img-src data:; base-uri 'none'; form-action 'self'", hash(style))
    }

    /// The script that unpacks the other.
    pub fn loader(&self) -> &'static str {
        LOADER
    }
}

/// A text as a zlib stream. Writing into memory cannot fail.
fn deflated(text: &str) -> Vec<u8> {
    let mut packed = Vec::new();
    let mut encoder = ZlibEncoder::new(&mut packed, Compression::best());
    let _ = encoder.write_all(text.as_bytes()).and_then(|()| encoder.finish().map(drop));
    packed
}

/// A source of a policy: the hash of an inline text.
fn hash(text: &str) -> String {
    format!("'sha256-{}'", STANDARD.encode(Sha256::digest(text.as_bytes())))
}
