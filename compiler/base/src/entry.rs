//! What an entry of a fixed shape looks like: patterns that schemas, pages and validators share.
//!
//! Always: the subset of regular expressions that ECMA-262, Python, Java and Rust read alike (no `\d`, no look-around), anchored at both
//! ends; an entry that does not match is a finding (`pattern`, or `date`), never refused. Blank entries are not matched at all.

/// What ECMA-262 calls `\s`, written out: other languages differ on it.
macro_rules! blanks {
    () => {
        r"\u0009-\u000d \u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff"
    };
}

/// `-?digits[.digits]`: Decimal, Money and Percent in JSON (semantics 5.3).
pub const DECIMAL: &str = r"^-?[0-9]+(\.[0-9]+)?$";
/// E-mail.
pub const EMAIL: &str = concat!("^[^@", blanks!(), "]+@[^@", blanks!(), r"]+\.[^@", blanks!(), "]+$");
/// Telephone: 5 to 24 digits with single blanks, `-`, `(`, `)` between them.
pub const PHONE: &str = r"^[+(]?[0-9]([ ()-]?[0-9]){4,23}$";
/// Mobile telephone of mainland China.
pub const MOBILE: &str = r"^1[3-9][0-9]{9}$";
/// Postcode of China.
pub const POSTCODE: &str = r"^[0-9]{6}$";
/// Web address.
pub const URL: &str = concat!("^https?://[^", blanks!(), "]+$");
/// A month, `YYYY-MM`.
pub const MONTH: &str = r"^[0-9]{4}-(0[1-9]|1[0-2])$";
/// A day of the calendar, `YYYY-MM-DD`, leap years included.
pub const DATE: &str = concat!(
    r"^([0-9]{4}-((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|1[0-9]|2[0-8]))",
    r"|([0-9]{2}(0[48]|[2468][048]|[13579][26])|([02468][048]|[13579][26])00)-02-29)$"
);
