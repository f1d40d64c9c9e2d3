//! Passwords that servers keep in plain sight: tables of the engines that lead to
//! other servers hold them in their options and comments.

const HIDDEN: &str = "***";

/// The text with `***` for every password of a connection in it.
pub(crate) fn without_passwords(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, secret, after)) = next(rest) {
        out.push_str(before);
        if !secret.is_empty() {
            out.push_str(HIDDEN);
        }
        rest = after;
    }
    out.push_str(rest);
    out
}

/// The same for a `CREATE TABLE` statement: its columns stay as they are.
pub(crate) fn without_passwords_of_options(statement: &str) -> String {
    const END_OF_COLUMNS: &str = "\n) ";
    match statement.find(END_OF_COLUMNS) {
        Some(end) => {
            let (columns, options) = statement.split_at(end);
            format!("{columns}{}", without_passwords(options))
        }
        None => without_passwords(statement),
    }
}

/// What stands before the first password, the password, and what follows it.
fn next(text: &str) -> Option<(&str, &str, &str)> {
    let places = text.char_indices().filter_map(|(place, _)| {
        let rest = text.get(place..)?;
        let (begin, length) = of_address(rest).or_else(|| of_option(rest))?;
        Some((place + begin, length))
    });
    let (begin, length) = places.into_iter().find(|(_, length)| *length > 0)?;
    Some((
        text.get(..begin)?,
        text.get(begin..begin + length)?,
        text.get(begin + length..)?,
    ))
}

/// `://user:password@`: where the password begins, and its length.
fn of_address(text: &str) -> Option<(usize, usize)> {
    const MARK: &str = "://";
    let authority = text.strip_prefix(MARK)?;
    let end = authority.find(['@', '/', '\n'])?;
    let (account, found) = authority.split_at(end);
    let (user, password) = account.split_once(':').filter(|_| found.starts_with('@'))?;
    let hidden = password != HIDDEN;
    hidden.then_some((MARK.len() + user.len() + 1, password.len()))
}

/// `password "…"`, `password '…'` or `password=…`: where it begins, and its length.
fn of_option(text: &str) -> Option<(usize, usize)> {
    const NAME: &str = "password";
    let name = text.get(..NAME.len())?;
    if !name.eq_ignore_ascii_case(NAME) {
        return None;
    }
    let told = text.get(NAME.len()..)?;
    let value = told.trim_start_matches([' ', '=', '`', '\\', '\t']);
    let begin = text.len() - value.len();
    let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''));
    let (begin, value, length) = match quote {
        Some(quote) => {
            // Within a literal of a statement each quote is two, or has a backslash.
            let doubled = quote == '\'' && value.starts_with("''");
            let opening = if doubled { 2 } else { 1 };
            let inner = value.get(opening..)?;
            let nothing = |c: char| matches!(c, ',' | '\'') || c.is_whitespace();
            if doubled && inner.chars().next().is_none_or(nothing) {
                return None;
            }
            let secret = inner.get(..inner.find([quote, '\n'])?)?;
            (begin + opening, inner, secret.trim_end_matches('\\').len())
        }
        None if told.trim_start().starts_with('=') => {
            let end = value.find([',', '\'', '"', '&', ';', ' ', '\n']);
            (begin, value, end.unwrap_or(value.len()))
        }
        None => return None,
    };
    (value.get(..length)? != HIDDEN).then_some((begin, length))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passwords_of_connections_are_hidden_and_the_rest_stays() {
        for (told, shown) in [
            (
                "CONNECTION='mysql://u:pä:ss@h:3306/d/t' COMMENT='x'",
                "CONNECTION='mysql://u:***@h:3306/d/t' COMMENT='x'",
            ),
            (
                r#"wrapper "mysql", user "u", password "secret", port "1""#,
                r#"wrapper "mysql", user "u", password "***", port "1""#,
            ),
            (
                "OPTION_LIST='user=u,Password=secret,host=h'",
                "OPTION_LIST='user=u,Password=***,host=h'",
            ),
            (
                "a://u:one@h b://u:two@h jdbc:x?password=three&a=1",
                "a://u:***@h b://u:***@h jdbc:x?password=***&a=1",
            ),
            (
                "COMMENT='password ''one'', password \\'two\\', password '', x ''y'''",
                "COMMENT='password ''***'', password \\'***\\', password '', x ''y'''",
            ),
            ("see https://h/a:b@c", "see https://h/a:b@c"),
            ("mysql://u@h/d", "mysql://u@h/d"),
            ("password of the month", "password of the month"),
            ("when the password was set", "when the password was set"),
            ("", ""),
        ] {
            assert_eq!(without_passwords(told), shown, "{told}");
        }
    }

    #[test]
    fn columns_keep_their_words() {
        let statement =
            "CREATE TABLE `t` (\n  `a` int COMMENT 'password=x'\n) CONNECTION='a://u:p@h'";
        assert_eq!(
            without_passwords_of_options(statement),
            "CREATE TABLE `t` (\n  `a` int COMMENT 'password=x'\n) CONNECTION='a://u:***@h'",
            "only what the table leads to"
        );
    }
}
