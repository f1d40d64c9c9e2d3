//! How SQLite understands a declared type.

/// How values of a declared type are kept, by SQLite's rules for the letters
/// in its name.
pub(crate) fn affinity(declared: &str) -> &'static str {
    let declared = declared.as_bytes();
    let has = |part: &str| {
        let part = part.as_bytes();
        let mut places = declared.windows(part.len());
        places.any(|found| found.eq_ignore_ascii_case(part))
    };
    if has("INT") {
        "integer"
    } else if has("CHAR") || has("CLOB") || has("TEXT") {
        "text"
    } else if declared.is_empty() || has("BLOB") {
        "blob"
    } else if has("REAL") || has("FLOA") || has("DOUB") {
        "real"
    } else {
        "numeric"
    }
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
