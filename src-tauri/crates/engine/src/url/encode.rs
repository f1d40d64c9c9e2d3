//! Percent-encoding, both ways.

use percent_encoding::percent_decode_str;

use super::UrlError;

/// The text behind percent signs; a percent sign that begins no code stands for itself.
pub(super) fn decode(text: &str, what: &str) -> Result<String, UrlError> {
    percent_decode_str(text)
        .decode_utf8()
        .map(Into::into)
        .map_err(|_| {
            UrlError::new(
                format!("The {what} in the connection string is not UTF-8 text."),
                "Write special characters as percent codes of their UTF-8 bytes.",
            )
        })
}

/// Encodes what has a meaning in a string, what is invisible and what a copy
/// would lose; letters of all scripts stay readable. `plain` are the marks that
/// may stand as they are.
pub(super) fn encode(text: &str, plain: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        let letter = c.is_alphanumeric() || "-._~".contains(c) || plain.contains(c);
        if letter && !c.is_whitespace() {
            out.push(c);
        } else {
            let mut bytes = [0; 4];
            for byte in c.encode_utf8(&mut bytes).bytes() {
                out.push_str(&format!("%{byte:02X}"));
            }
        }
    }
    out
}
