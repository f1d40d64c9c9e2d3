//! Lists as the server writes them: `{one,"two, three","NULL",NULL}`; pure.

use model::Text;

/// The texts of a list of one dimension; nulls are left out.
pub(super) fn texts(list: &str) -> Vec<Text> {
    let inner = list
        .strip_prefix('{')
        .and_then(|list| list.strip_suffix('}'));
    let mut letters = inner.unwrap_or_default().chars().peekable();
    let mut texts = Vec::new();
    while letters.peek().is_some() {
        let mut text = String::new();
        let quoted = letters.next_if_eq(&'"').is_some();
        while let Some(letter) = letters.next() {
            match letter {
                '\\' => text.extend(letters.next()),
                '"' if quoted => {}
                ',' if !quoted => break,
                other => text.push(other),
            }
            if quoted && letter == '"' {
                // What comes between two elements.
                letters.next();
                break;
            }
        }
        if quoted || !text.eq_ignore_ascii_case("null") {
            texts.push(text.into());
        }
    }
    texts
}

#[cfg(test)]
mod tests {
    use super::texts;

    #[test]
    fn texts_come_as_they_are() {
        for (list, expected) in [
            ("{}", &[][..]),
            ("{a,b c,NULL}", &["a", "b c"]),
            (r#"{"NULL","","a,b","{x}"}"#, &["NULL", "", "a,b", "{x}"]),
            (r#"{"\"","\\",plain}"#, &["\"", "\\", "plain"]),
            ("{\"two\nlines\",🐘}", &["two\nlines", "🐘"]),
        ] {
            let found = texts(list);
            let found: Vec<&str> = found.iter().map(|text| &**text).collect();
            assert_eq!(found, expected, "{list}");
        }
    }
}
