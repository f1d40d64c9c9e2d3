//! Lists as the server writes them: `{one,"two, three","NULL",NULL}`; pure.

use std::borrow::Cow;

use model::Text;

/// The texts of a list of one dimension; nulls are left out.
pub(super) fn texts(list: &str) -> Vec<Text> {
    items(list).flatten().map(Text::from).collect()
}

/// The numbers of a list of one dimension, written `{1,2}` or `1 2`; nothing for what is none.
pub(super) fn numbers(list: &[u8]) -> impl Iterator<Item = Option<i64>> {
    list.split(|byte| matches!(byte, b'{' | b'}' | b',' | b' '))
        .filter(|part| !part.is_empty())
        .map(whole)
}

/// A whole number, if that is all.
pub(super) fn whole(text: &[u8]) -> Option<i64> {
    let (sign, digits) = match text {
        [b'-', digits @ ..] => (-1, digits),
        digits => (1, digits),
    };
    let add = |number: i64, digit: &u8| {
        let digit = digit.wrapping_sub(b'0');
        let further = number.checked_mul(10)?.checked_add(sign * i64::from(digit));
        further.filter(|_| digit < 10)
    };
    digits.first()?;
    digits.iter().try_fold(0, add)
}

/// The elements of a list of one dimension, nulls too.
pub(super) fn items(list: &str) -> Items<'_> {
    let inner = list
        .strip_prefix('{')
        .and_then(|list| list.strip_suffix('}'));
    Items {
        rest: inner.filter(|inner| !inner.is_empty()),
    }
}

/// Walks through a list.
pub(super) struct Items<'l> {
    /// What comes after the last element; nothing at the end.
    rest: Option<&'l str>,
}

impl<'l> Iterator for Items<'l> {
    type Item = Option<Cow<'l, str>>;

    fn next(&mut self) -> Option<Self::Item> {
        let rest = self.rest?;
        let Some(quoted) = rest.strip_prefix('"') else {
            let end = rest.bytes().position(|byte| byte == b',');
            let item = rest.get(..end.unwrap_or(rest.len())).unwrap_or_default();
            self.rest = end.and_then(|end| rest.get(end + 1..));
            return Some((!item.eq_ignore_ascii_case("null")).then_some(Cow::Borrowed(item)));
        };
        let (item, end) = unquoted(quoted);
        let after = quoted.get(end + 1..).unwrap_or_default();
        self.rest = after.strip_prefix(',');
        Some(Some(item))
    }
}

/// What stands before the closing quote, and where that is.
fn unquoted(text: &str) -> (Cow<'_, str>, usize) {
    let mut escaped = false;
    let mut marks = 0;
    for (place, letter) in text.bytes().enumerate() {
        match letter {
            _ if escaped => escaped = false,
            b'\\' => {
                escaped = true;
                marks += 1;
            }
            b'"' => {
                let item = text.get(..place).unwrap_or_default();
                return match marks {
                    0 => (Cow::Borrowed(item), place),
                    _ => (Cow::Owned(unescaped(item)), place),
                };
            }
            _ => {}
        }
    }
    (Cow::Borrowed(text), text.len())
}

fn unescaped(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut letters = text.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '\\' => plain.extend(letters.next()),
            other => plain.push(other),
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::{items, numbers, texts, whole};

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

    #[test]
    fn numbers_come_as_they_are() {
        let most = [i64::MIN, -1, 0, 4_294_967_295, i64::MAX];
        for number in most {
            assert_eq!(whole(number.to_string().as_bytes()), Some(number));
        }
        for none in ["", "-", "1a", "+1", "1.5", "9223372036854775808"] {
            assert_eq!(whole(none.as_bytes()), None, "{none}");
        }
        for (list, expected) in [
            ("", &[][..]),
            ("{}", &[]),
            ("{1,-2}", &[Some(1), Some(-2)]),
            ("1 0 3", &[Some(1), Some(0), Some(3)]),
            ("{1,NULL}", &[Some(1), None]),
        ] {
            let found: Vec<_> = numbers(list.as_bytes()).collect();
            assert_eq!(found, expected, "{list}");
        }
    }

    #[test]
    fn nulls_keep_their_places() {
        let found: Vec<_> = items(r#"{a,NULL,"{\"x\"}",null}"#).collect();
        assert_eq!(
            found,
            [Some("a".into()), None, Some("{\"x\"}".into()), None],
            "an element that is a list stays one"
        );
    }
}
