//! How SQLite understands a declared type.

/// How values of a declared type are kept, by SQLite's rules for the letters
/// in its name.
pub(crate) fn affinity(declared: &str) -> &'static str {
    let mut found = if declared.is_empty() {
        "blob"
    } else {
        "numeric"
    };
    let mut last = [0; 4];
    for letter in declared.bytes() {
        let [_, a, b, c] = last;
        last = [a, b, c, letter.to_ascii_lowercase()];
        match &last {
            [_, b'i', b'n', b't'] => return "integer",
            b"char" | b"clob" | b"text" => found = "text",
            b"blob" if found != "text" => found = "blob",
            b"real" | b"floa" | b"doub" if found == "numeric" => found = "real",
            _ => {}
        }
    }
    found
}

/// The affinity, where the declared type's own name does not say it.
pub(crate) fn surprising_affinity(declared: &str) -> Option<&'static str> {
    let affinity = affinity(declared);
    let plain = declared.is_empty() || declared.eq_ignore_ascii_case(affinity);
    (!plain).then_some(affinity)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_letters_of_a_type_decide() {
        let cases = [
            ("VARCHAR(40)", "text"),
            ("BIGINT", "integer"),
            ("CHARINT", "integer"),
            ("", "blob"),
            ("DOUBLE PRECISION", "real"),
            ("STRING", "numeric"),
            ("FLOATING POINT", "integer"),
            ("BLOBTEXT", "text"),
            ("REALBLOB", "blob"),
            ("BLOB REAL", "blob"),
        ];
        for (declared, expected) in cases {
            assert_eq!(
                affinity(declared),
                expected,
                "{declared} is kept as {expected}"
            );
        }
    }

    #[test]
    fn a_type_that_says_what_it_is_needs_no_word() {
        assert_eq!(
            surprising_affinity("INTEGER"),
            None,
            "INTEGER is kept as integer"
        );
        assert_eq!(
            surprising_affinity(""),
            None,
            "nothing declared, nothing promised"
        );
        assert_eq!(
            surprising_affinity("STRING"),
            Some("numeric"),
            "STRING is no text"
        );
    }
}
