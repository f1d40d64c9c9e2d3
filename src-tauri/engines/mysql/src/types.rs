//! How MySQL and MariaDB spell names, text and accounts, and the one spelling
//! that expressions of both are brought to.

use std::borrow::Cow;
use std::fmt::Write as _;

use model::snapshot::{MatchType, ReferentialAction};

/// A name as it stands in a statement.
pub(crate) fn identifier(name: &str) -> String {
    format!("`{}`", name.replace('`', "``"))
}

/// A name with its database, as it stands in a statement.
pub(crate) fn qualified(database: &str, name: &str) -> String {
    format!("{}.{}", identifier(database), identifier(name))
}

/// Text as people read and write it in a statement.
pub(crate) fn literal(text: &str) -> String {
    format!("'{}'", text.replace('\\', "\\\\").replace('\'', "''"))
}

/// Text as we send it: no quoting rule of any server can end it early.
pub(crate) fn sent(text: &str) -> String {
    format!("_utf8mb4 {}", hex(text))
}

/// The bytes of a text as they stand in a statement, whatever it is.
pub(crate) fn hex(text: &str) -> String {
    let mut hex = String::with_capacity(text.len() * 2 + 3);
    hex.push_str("x'");
    for byte in text.bytes() {
        let _infallible = write!(hex, "{byte:02x}");
    }
    hex.push('\'');
    hex
}

/// An account that the server writes as `user@host`, as it stands in a statement.
///
/// The host cannot hold an `@`, the user can.
pub(crate) fn account(text: &str) -> String {
    match text.rsplit_once('@') {
        Some((user, host)) => format!("{}@{}", literal(user), literal(host)),
        None => literal(text),
    }
}

/// A database as it stands in `GRANT … ON`, where `_` and `%` stand for others.
pub(crate) fn granted_on(database: &str) -> String {
    identifier(
        &database
            .replace('\\', "\\\\")
            .replace('_', "\\_")
            .replace('%', "\\%"),
    )
}

/// What `UPDATE_RULE` and `DELETE_RULE` say.
pub(crate) fn referential_action(rule: &str) -> ReferentialAction {
    match rule {
        "RESTRICT" => ReferentialAction::Restrict,
        "CASCADE" => ReferentialAction::Cascade,
        "SET NULL" => ReferentialAction::SetNull,
        "SET DEFAULT" => ReferentialAction::SetDefault,
        _ => ReferentialAction::NoAction,
    }
}

/// What `MATCH_OPTION` says.
pub(crate) fn match_type(option: &str) -> MatchType {
    match option {
        "FULL" => MatchType::Full,
        "PARTIAL" => MatchType::Partial,
        _ => MatchType::Simple,
    }
}

/// An expression without the backslashes that MySQL puts before quotes when it
/// tells one (`_utf8mb4\'x\'`).
pub(crate) fn unescaped(expression: &str) -> String {
    let expression = encoded_once(expression);
    let mut out = String::with_capacity(expression.len());
    let mut letters = expression.chars();
    while let Some(letter) = letters.next() {
        if letter != '\\' {
            out.push(letter);
            continue;
        }
        match letters.next() {
            Some('n') => out.push('\n'),
            Some('r') => out.push('\r'),
            Some('t') => out.push('\t'),
            Some('0') => out.push('\0'),
            Some(other) => out.push(other),
            None => out.push('\\'),
        }
    }
    out
}

/// An expression without the parentheses around all of it.
pub(crate) fn within(expression: &str) -> &str {
    let mut depth = 0_u32;
    let mut quote = None;
    for (place, letter) in expression.char_indices() {
        match (quote, letter) {
            (Some(end), letter) if letter == end => quote = None,
            (Some(_), _) => {}
            (None, '\'' | '`' | '"') => quote = Some(letter),
            (None, '(') => depth += 1,
            (None, ')') => {
                depth = depth.saturating_sub(1);
                if depth == 0 && place + 1 < expression.len() {
                    return expression;
                }
            }
            _ => {}
        }
    }
    expression
        .strip_prefix('(')
        .and_then(|rest| rest.strip_suffix(')'))
        .unwrap_or(expression)
}

/// An expression whose letters MySQL has taken for bytes and encoded again (`ö` as `Ã¶`).
fn encoded_once(expression: &str) -> Cow<'_, str> {
    if expression.is_ascii() {
        return expression.into();
    }
    let bytes: Option<Vec<u8>> = expression
        .chars()
        .map(|letter| u8::try_from(u32::from(letter)).ok())
        .collect();
    match bytes.map(String::from_utf8) {
        Some(Ok(text)) => text.into(),
        _ => expression.into(),
    }
}

/// The text that a quoted literal holds, if the expression is just that.
pub(crate) fn quoted_text(expression: &str) -> Option<String> {
    let inner = expression.strip_prefix('\'')?.strip_suffix('\'')?;
    let mut out = String::with_capacity(inner.len());
    let mut letters = inner.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '\'' => match letters.next() {
                Some('\'') => out.push('\''),
                _ => return None,
            },
            '\\' => match letters.next()? {
                'n' => out.push('\n'),
                'r' => out.push('\r'),
                't' => out.push('\t'),
                '0' => out.push('\0'),
                'Z' => out.push('\u{1a}'),
                other => out.push(other),
            },
            other => out.push(other),
        }
    }
    Some(out)
}

/// `CURRENT_TIMESTAMP` and its precision, however the server writes it.
pub(crate) fn current_timestamp(expression: &str) -> Option<String> {
    const NAME: &str = "current_timestamp";
    let head = expression.get(..NAME.len())?;
    if !head.eq_ignore_ascii_case(NAME) {
        return None;
    }
    match expression.get(NAME.len()..)? {
        "" | "()" | "(0)" => Some("CURRENT_TIMESTAMP".to_owned()),
        rest => {
            let digits = rest.strip_prefix('(')?.strip_suffix(')')?;
            let precision = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
            precision.then(|| format!("CURRENT_TIMESTAMP({digits})"))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_text_cannot_be_left_by_what_they_hold() {
        assert_eq!(identifier("a`b"), "`a``b`", "backticks are doubled");
        assert_eq!(
            literal("it's \\"),
            "'it''s \\\\'",
            "quotes and backslashes are doubled"
        );
        assert_eq!(
            sent("a'é"),
            "_utf8mb4 x'6127c3a9'",
            "what is sent has no quotes at all"
        );
        assert_eq!(
            granted_on("my_db"),
            "`my\\_db`",
            "no other database is meant"
        );
        assert_eq!(
            account("a@b@%"),
            "'a@b'@'%'",
            "the host comes after the last @"
        );
    }

    #[test]
    fn quoted_text_is_told_from_expressions() {
        assert_eq!(
            quoted_text("'it\\'s ''x'''").as_deref(),
            Some("it's 'x'"),
            "both ways of quoting"
        );
        assert_eq!(
            quoted_text("'a' + 'b'"),
            None,
            "two literals are an expression"
        );
        assert_eq!(quoted_text("uuid()"), None, "a call is an expression");
    }

    #[test]
    fn the_current_time_has_one_spelling() {
        for told in [
            "current_timestamp()",
            "CURRENT_TIMESTAMP",
            "current_timestamp(0)",
        ] {
            assert_eq!(
                current_timestamp(told).as_deref(),
                Some("CURRENT_TIMESTAMP"),
                "{told}"
            );
        }
        assert_eq!(
            current_timestamp("current_timestamp(6)").as_deref(),
            Some("CURRENT_TIMESTAMP(6)"),
            "its precision stays"
        );
        assert_eq!(
            current_timestamp("current_timestamp() + 1"),
            None,
            "more than the time"
        );
    }

    #[test]
    fn letters_that_were_encoded_twice_are_decoded_once_more() {
        assert_eq!(
            unescaped("`grÃ¶Ã\u{9f}e` <> 1"),
            "`größe` <> 1",
            "as MySQL tells it"
        );
        assert_eq!(
            unescaped("`größe ✓` <> 1"),
            "`größe ✓` <> 1",
            "as it should be told"
        );
    }

    #[test]
    fn parentheses_around_all_of_an_expression_go() {
        assert_eq!(within("(`a` + 1)"), "`a` + 1", "they say nothing");
        assert_eq!(within("(`a`) + (1)"), "(`a`) + (1)", "these are two pairs");
        assert_eq!(
            within("(`)` = ')')"),
            "`)` = ')'",
            "those in names and text do not count"
        );
        assert_eq!(within("f(1)"), "f(1)", "these belong to a call");
    }

    #[test]
    fn told_expressions_lose_their_backslashes() {
        assert_eq!(
            unescaped("(`a` <> _utf8mb4\\'x\\')"),
            "(`a` <> _utf8mb4'x')",
            "quotes"
        );
    }
}
