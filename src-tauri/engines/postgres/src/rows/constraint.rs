//! What most constraints do not say: one field of `constraints.sql`.

use super::Fields;
use super::list::numbers;

/// What most constraints do not say.
#[derive(Debug, Clone, Default)]
pub(crate) struct ConstraintOptions {
    /// Letters of a foreign key; nothing where they are the usual ones.
    pub on_update: Option<char>,
    pub on_delete: Option<char>,
    pub matching: Option<char>,
    /// The constraint that this one comes from, or 0.
    pub parent: u32,
    pub deferrable: bool,
    pub deferred: bool,
    pub not_validated: bool,
    pub no_inherit: bool,
    pub inherited: bool,
    pub period: bool,
    pub not_enforced: bool,
    /// The columns that a deletion sets, where those are not all.
    pub set_columns: Vec<i16>,
}

impl ConstraintOptions {
    fn of(said: &str) -> Option<Self> {
        let mut parts = said.split('/');
        let mut letter = || parts.next().map(|part| part.chars().next());
        let (on_update, on_delete, matching) = (letter()?, letter()?, letter()?);
        let parent = parts.next()?.parse().ok()?;
        let mut flag = || parts.next().map(|part| part == "t");
        Some(Self {
            on_update,
            on_delete,
            matching,
            parent,
            deferrable: flag()?,
            deferred: flag()?,
            not_validated: flag()?,
            no_inherit: flag()?,
            inherited: flag()?,
            period: flag()?,
            not_enforced: flag()?,
            set_columns: parts.next().map(columns).unwrap_or_default(),
        })
    }
}

impl Fields<'_> {
    /// The next field as what most constraints do not say; all as usual for null.
    pub(super) fn constraint_options(&mut self) -> ConstraintOptions {
        let Some(said) = self.optional() else {
            return ConstraintOptions::default();
        };
        ConstraintOptions::of(said).unwrap_or_else(|| {
            self.refuse("not what was asked".into());
            ConstraintOptions::default()
        })
    }
}

fn columns(list: &str) -> Vec<i16> {
    let numbers = numbers(list.as_bytes()).flatten();
    numbers
        .filter_map(|number| number.try_into().ok())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::ConstraintOptions;

    #[test]
    fn what_a_constraint_says_stands_in_one_field() {
        // As the server writes it: of a check, and of a key with all that one can say.
        let check = ConstraintOptions::of(" / / /0/f/f/t/t/f/f/f").unwrap_or_default();
        assert!(check.not_validated && check.no_inherit, "its flags");
        assert!(!check.inherited && check.set_columns.is_empty(), "no more");
        let key = ConstraintOptions::of("c/n/f/16400/t/t/f/f/t/t/t/{2,3}").unwrap_or_default();
        let letters = (key.on_update, key.on_delete, key.matching);
        assert_eq!(letters, (Some('c'), Some('n'), Some('f')), "its letters");
        assert_eq!(key.parent, 16_400, "where it comes from");
        assert!(key.deferrable && key.deferred && key.inherited, "its flags");
        assert!(key.period && key.not_enforced, "and the newer ones");
        assert_eq!(key.set_columns, [2, 3], "what a deletion sets");
        assert!(ConstraintOptions::of("c/n").is_none(), "less is no answer");
    }
}
