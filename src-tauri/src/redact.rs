//! Takes passwords out of text that we did not write ourselves: log lines and
//! words of the command line's parser.

/// The text with the password of every URL and of every `password=` blanked.
pub(crate) fn redact(text: &str) -> String {
    blank_pairs(&blank_urls(text))
}

const BLANK: &str = "…";

/// `scheme://user:password@host` loses what stands between `:` and the last `@` of
/// the line: a password may hold blanks and quotes.
fn blank_urls(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("://") {
        let (before, after) = rest.split_at(at + 3);
        out.push_str(before);
        let (url, next) = after.split_at(end_of_url(after));
        match url
            .rfind('@')
            .and_then(|host| Some((url[..host].find(':')?, host)))
        {
            Some((colon, host)) => {
                out.push_str(&url[..=colon]);
                out.push_str(BLANK);
                out.push_str(&url[host..]);
            }
            None => out.push_str(url),
        }
        rest = next;
    }
    out + rest
}

/// Where what may still belong to a URL ends: with the line, or before another URL.
fn end_of_url(text: &str) -> usize {
    let line = &text[..text.find(['\n', '\r']).unwrap_or(text.len())];
    match line.find("://") {
        Some(other) => line[..other].rfind(char::is_whitespace).unwrap_or(other),
        None => line.len(),
    }
}

/// `password=secret`, `pwd=secret` and the like lose the value.
fn blank_pairs(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((start, end)) = next_pair(rest) {
        out.push_str(&rest[..start]);
        out.push_str(BLANK);
        rest = &rest[end..];
    }
    out + rest
}

/// Where the value of the first pair with a secret begins and ends.
fn next_pair(text: &str) -> Option<(usize, usize)> {
    let lower = text.to_ascii_lowercase();
    let keys = ["password=", "passwd=", "pwd=", "passphrase="];
    let start = keys
        .iter()
        .filter_map(|key| Some(lower.find(key)? + key.len()))
        .min()?;
    let value = &text[start..];
    let end = match value.chars().next() {
        Some(quote @ ('\'' | '"')) => value[1..].find(quote).map_or(value.len(), |end| end + 2),
        _ => value
            .find(|c: char| c.is_whitespace() || "&;,)\"'".contains(c))
            .unwrap_or(value.len()),
    };
    Some((start, start + end))
}

#[cfg(test)]
mod tests {
    use super::redact;

    #[test]
    fn a_password_in_a_url_is_blanked() {
        let told = redact("no such verb 'postgres://app:hunter2@db:5432/shop' here");
        assert_eq!(told, "no such verb 'postgres://app:…@db:5432/shop' here");
    }

    #[test]
    fn a_password_with_an_at_sign_is_blanked_whole() {
        assert_eq!(redact("mysql://a:p@ss:w@h/d"), "mysql://a:…@h/d");
    }

    #[test]
    fn a_url_without_a_password_stays() {
        let text = "see https://nodejs.org and postgres://app@db/shop";
        assert_eq!(redact(text), text);
    }

    #[test]
    fn pairs_lose_their_value_quoted_or_not() {
        let told = redact("host=db password='a b' user=x; Pwd=z&sslmode=require");
        assert_eq!(told, "host=db password=… user=x; Pwd=…&sslmode=require");
    }
}
