//! Shapes of entries that are texts: the patterns that schemas and pages print, as tests.

use prog_base::entry;
use regex_lite::Regex;
use std::sync::LazyLock;

/// Whether a text has the shape of a pattern; a pattern that does not compile (a test forbids it) accepts nothing.
fn fits(pattern: &LazyLock<Option<Regex>>, text: &str) -> bool {
    pattern.as_ref().is_some_and(|p| p.is_match(text))
}

/// An e-mail address.
pub fn is_email(text: &str) -> bool {
    static PATTERN: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(entry::EMAIL).ok());
    fits(&PATTERN, text)
}

/// A telephone number.
pub fn is_phone(text: &str) -> bool {
    static PATTERN: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(entry::PHONE).ok());
    fits(&PATTERN, text)
}

/// A mobile number.
pub fn is_mobile(text: &str) -> bool {
    static PATTERN: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(entry::MOBILE).ok());
    fits(&PATTERN, text)
}

/// A postcode.
pub fn is_postcode(text: &str) -> bool {
    static PATTERN: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(entry::POSTCODE).ok());
    fits(&PATTERN, text)
}

/// A web address.
pub fn is_url(text: &str) -> bool {
    static PATTERN: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(entry::URL).ok());
    fits(&PATTERN, text)
}

/// `-?digits[.digits]`: the numbers of digits before and after the point.
pub fn decimal(text: &str) -> Option<(usize, usize)> {
    let digits = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
    let body = text.strip_prefix('-').unwrap_or(text);
    match body.split_once('.') {
        Some((whole, fraction)) => (digits(whole) && digits(fraction)).then_some((whole.len(), fraction.len())),
        None => digits(body).then_some((body.len(), 0)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shared_patterns_compile_and_accept() {
        assert!(is_email("x.y@mail.gov.cn") && !is_email("a@b") && !is_email("a b@c.d"));
        assert!(is_phone("0451-82353821") && is_phone("(024)12345678") && !is_phone("1234"));
        assert!(is_mobile("13800138000") && !is_mobile("12800138000"));
        assert!(is_postcode("150001") && !is_postcode("15000"));
        assert!(is_url("https://moe.gov.cn/x") && !is_url("ftp://x"));
        assert_eq!(decimal("-012.50"), Some((3, 2)));
        assert_eq!((decimal("1."), decimal("+1"), decimal("1e3"), decimal("")), (None, None, None, None));
    }
}
