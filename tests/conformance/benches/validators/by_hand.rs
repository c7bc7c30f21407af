//! What a good engineer would write by hand for the programme of the bench, in each language: every field's type and range, every rule,
//! all messages.
//!
//! In: nothing. Out: source texts. Always: each tells everything that is wrong, as a list of messages.

use super::{FIELDS, RULES};
use std::fmt::Write as _;

/// Fields that a rule compares.
fn compared(r: usize) -> (usize, usize) {
    (r * 8 % FIELDS / 4 * 4, (r * 8 + 4) % FIELDS / 4 * 4)
}

/// A module that takes what `JSON.parse` gives.
pub fn javascript() -> String {
    let mut text = String::from(
        "const DECIMAL = /^-?\\d{1,16}(\\.\\d{1,2})?$/;\nexport function validate(value) {\n  const errors = [];\n  const f = value.form.report;\n",
    );
    for n in 0..FIELDS {
        let check = match n % 4 {
            0 => format!("!Number.isSafeInteger(f.f{n}) || f.f{n} < 0 || f.f{n} > 1000"),
            1 => format!("typeof f.f{n} !== \"string\" || !DECIMAL.test(f.f{n})"),
            2 => format!("typeof f.f{n} !== \"string\" || f.f{n}.trim() === \"\""),
            _ => format!("typeof f.f{n} !== \"boolean\""),
        };
        let _ = writeln!(text, "  if ({check}) errors.push(\"Field {n}\");");
    }
    for r in 0..RULES {
        let (a, b) = compared(r);
        let _ = writeln!(text, "  if (!(f.f{a} + 3 >= f.f{b} && f.f{a} <= 900)) errors.push(\"Rule {r}\");");
    }
    text + "  return errors;\n}\n"
}

/// A module that takes what `json.loads` gives, and a model for pydantic.
pub fn python() -> String {
    let mut text = String::from(
        "import re\n\nDECIMAL = re.compile(r\"-?[0-9]{1,16}(\\.[0-9]{1,2})?\")\n\n\ndef validate(value):\n    errors = []\n    f = value[\"form\"][\"report\"]\n",
    );
    for n in 0..FIELDS {
        let check = match n % 4 {
            0 => format!("type(f[\"f{n}\"]) is not int or not 0 <= f[\"f{n}\"] <= 1000"),
            1 => format!("type(f[\"f{n}\"]) is not str or not DECIMAL.fullmatch(f[\"f{n}\"])"),
            2 => format!("type(f[\"f{n}\"]) is not str or not f[\"f{n}\"].strip()"),
            _ => format!("type(f[\"f{n}\"]) is not bool"),
        };
        let _ = writeln!(text, "    if {check}:\n        errors.append(\"Field {n}\")");
    }
    for r in 0..RULES {
        let (a, b) = compared(r);
        let _ = writeln!(text, "    if not (f[\"f{a}\"] + 3 >= f[\"f{b}\"] and f[\"f{a}\"] <= 900):\n        errors.append(\"Rule {r}\")");
    }
    let mut model = String::from(
        "\n\ndef model():\n    from typing import Annotated\n    from pydantic import BaseModel, Field, StrictBool, StrictInt, StrictStr\n\n    class Form(BaseModel, extra=\"forbid\"):\n",
    );
    for n in 0..FIELDS {
        let kind = match n % 4 {
            0 => "Annotated[StrictInt, Field(ge=0, le=1000)]",
            1 => "Annotated[StrictStr, Field(pattern=r\"^-?[0-9]{1,16}(\\.[0-9]{1,2})?$\")]",
            2 => "StrictStr",
            _ => "StrictBool",
        };
        let _ = writeln!(model, "        f{n}: {kind}");
    }
    text + "    return errors\n" + &model + "\n    return Form\n"
}

/// A class that takes maps, as readers of JSON give them.
pub fn java() -> String {
    let mut text = String::from(
        r#"import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

final class ByHand {
  private static final Pattern DECIMAL = Pattern.compile("-?[0-9]{1,16}(\\.[0-9]{1,2})?");

  private ByHand() {}

  private static boolean isCount(Object value) {
    return value instanceof Long n && n >= 0 && n <= 1000;
  }

  private static boolean isDecimal(Object value) {
    return value instanceof String text && DECIMAL.matcher(text).matches();
  }

  private static boolean isText(Object value) {
    return value instanceof String text && !text.isBlank();
  }

  private static boolean isRule(Object a, Object b) {
    return a instanceof Long x && b instanceof Long y && x + 3 >= y && x <= 900;
  }

  static List<String> validate(Map<?, ?> value) {
    List<String> errors = new ArrayList<>();
    Map<?, ?> f = (Map<?, ?>) ((Map<?, ?>) value.get("form")).get("report");
"#,
    );
    for n in 0..FIELDS {
        let check = match n % 4 {
            0 => format!("!isCount(f.get(\"f{n}\"))"),
            1 => format!("!isDecimal(f.get(\"f{n}\"))"),
            2 => format!("!isText(f.get(\"f{n}\"))"),
            _ => format!("!(f.get(\"f{n}\") instanceof Boolean)"),
        };
        let _ = writeln!(text, "    if ({check}) {{\n      errors.add(\"Field {n}\");\n    }}");
    }
    for r in 0..RULES {
        let (a, b) = compared(r);
        let _ = writeln!(text, "    if (!isRule(f.get(\"f{a}\"), f.get(\"f{b}\"))) {{\n      errors.add(\"Rule {r}\");\n    }}");
    }
    text + "    return errors;\n  }\n}\n"
}

/// A module around typed structures that serde fills.
pub fn rust() -> String {
    let mut text = String::from(
        r#"#![allow(dead_code)]

use serde::Deserialize;
use std::borrow::Cow;

#[derive(Deserialize)]
struct Case<'t> {
    #[serde(borrow)]
    form: Form<'t>,
}

#[derive(Deserialize)]
struct Form<'t> {
    #[serde(borrow)]
    report: Report<'t>,
}

fn is_decimal(text: &str) -> bool {
    let body = text.strip_prefix('-').unwrap_or(text);
    let (whole, fraction) = body.split_once('.').unwrap_or((body, "0"));
    let digits = |part: &str, most| (1..=most).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
    digits(whole, 16) && digits(fraction, 2)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Report<'t> {
"#,
    );
    for n in 0..FIELDS {
        let _ = match n % 4 {
            0 => writeln!(text, "    f{n}: i64,"),
            3 => writeln!(text, "    f{n}: bool,"),
            _ => writeln!(text, "    #[serde(borrow)]\n    f{n}: Cow<'t, str>,"),
        };
    }
    text += "}\n\npub fn validate(text: &str) -> Result<Vec<&'static str>, serde_json::Error> {\n    let case: Case = serde_json::from_str(text)?;\n    let f = &case.form.report;\n    let mut errors = Vec::new();\n";
    for n in 0..FIELDS {
        let check = match n % 4 {
            0 => format!("!(0..=1000).contains(&f.f{n})"),
            1 => format!("!is_decimal(&f.f{n})"),
            2 => format!("f.f{n}.trim().is_empty()"),
            // Its type says all.
            _ => continue,
        };
        let _ = writeln!(text, "    if {check} {{\n        errors.push(\"Field {n}\");\n    }}");
    }
    for r in 0..RULES {
        let (a, b) = compared(r);
        let _ = writeln!(text, "    if !(f.f{a} + 3 >= f.f{b} && f.f{a} <= 900) {{\n        errors.push(\"Rule {r}\");\n    }}");
    }
    text + "    Ok(errors)\n}\n"
}
