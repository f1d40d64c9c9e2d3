//! The order of names in lists: as people count, without regard to case.

use model::ObjectKind;

/// Where an object stands among its siblings: columns by their position, all
/// else by name, `t2` before `t10`, and equal but for case by the exact name.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Rank {
    after_columns: bool,
    ordinal: u32,
    natural: String,
    name: String,
    kind: ObjectKind,
    lineage: u32,
}

impl Rank {
    /// Databases by name, and the server after them.
    pub(super) fn of_root(kind: ObjectKind, name: &str, lineage: u32) -> Self {
        Self::of(kind, u32::from(kind == ObjectKind::Server), name, lineage)
    }

    pub(super) fn of(kind: ObjectKind, ordinal: u32, name: &str, lineage: u32) -> Self {
        if kind == ObjectKind::Field {
            // A field is followed by those below it, whatever their names begin with.
            let steps = name.replace('.', "\u{1}");
            return Self {
                natural: natural(&steps),
                name: steps,
                after_columns: true,
                ordinal,
                kind,
                lineage,
            };
        }
        Self {
            after_columns: kind != ObjectKind::Column,
            ordinal,
            natural: natural(name),
            name: name.to_owned(),
            kind,
            lineage,
        }
    }
}

/// A key that sorts as people count: each run of digits is led by its length.
pub fn natural(name: &str) -> String {
    let lower = name.to_lowercase();
    let mut key = String::with_capacity(lower.len() + 4);
    let mut rest = lower.as_str();
    while let Some(start) = rest.find(|c: char| c.is_ascii_digit()) {
        key.push_str(&rest[..start]);
        let run = &rest[start..];
        let end = run.find(|c: char| !c.is_ascii_digit()).unwrap_or(run.len());
        let digits = run[..end].trim_start_matches('0');
        // Among digits, and below letters: the place where the run's own digit stood.
        key.push('0');
        key.push(
            char::from_u32(u32::try_from(digits.len()).unwrap_or(0).min(0xD000)).unwrap_or('0'),
        );
        key.push_str(digits);
        rest = &run[end..];
    }
    key.push_str(rest);
    key
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sorted(names: &[&str]) -> Vec<String> {
        let mut ranks: Vec<_> = names
            .iter()
            .map(|name| Rank::of(ObjectKind::Table, 0, name, 0))
            .collect();
        ranks.sort();
        ranks.into_iter().map(|rank| rank.name).collect()
    }

    #[test]
    fn numbers_in_names_sort_by_value() {
        assert_eq!(
            sorted(&["t10", "t2", "t1_b10", "t1_b9", "t"]),
            ["t", "t1_b9", "t1_b10", "t2", "t10"],
            "runs of digits are compared as numbers"
        );
    }

    #[test]
    fn case_decides_only_between_equal_names() {
        assert_eq!(
            sorted(&["b", "A", "a", "B"]),
            ["A", "a", "B", "b"],
            "names that differ by case alone stay together, in a fixed order"
        );
    }

    #[test]
    fn numbers_of_any_length_have_a_place() {
        let long = "9".repeat(100_000);
        assert_eq!(
            sorted(&[&long, "10"])[0],
            "10",
            "a longer number is a larger one"
        );
    }
}
