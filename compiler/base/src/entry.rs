//! What an entry of a fixed shape looks like: patterns that schemas, pages and validators share.
//!
//! Always: the subset of regular expressions that ECMA-262, Python, Java and Rust read alike (no `\d`, no look-around), anchored at both
//! ends; an entry that does not match is a finding (`pattern`, or `date`), never refused. Blank entries are not matched at all.

/// `-?digits[.digits]`: Decimal, Money and Percent in JSON (semantics 5.3).
pub const DECIMAL: &str = r"^-?[0-9]+(\.[0-9]+)?$";
/// E-mail.
pub const EMAIL: &str = r"^[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+$";
/// Telephone, landline or mobile, with area code, brackets, extension (`0451-12345678转801`).
pub const PHONE: &str = r"^[0-9+(（][0-9 ()（）+转-]{4,}$";
/// Mobile telephone of mainland China.
pub const MOBILE: &str = r"^(\+86[ -]?)?1[3-9][0-9]{9}$";
/// Postcode of China.
pub const POSTCODE: &str = r"^[0-9]{6}$";
/// Web address.
pub const URL: &str = r"^https?://[^ ]+$";
/// A month, `YYYY-MM`.
pub const MONTH: &str = r"^[0-9]{4}-(0[1-9]|1[0-2])$";
/// A day of the calendar, `YYYY-MM-DD`, leap years included.
pub const DATE: &str = concat!(
    r"^([0-9]{4}-((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|1[0-9]|2[0-8]))",
    r"|([0-9]{2}(0[48]|[2468][048]|[13579][26])|([02468][048]|[13579][26])00)-02-29)$"
);
