//! What is unfolded: single rows, all siblings, or everything below a row. Rules and
//! not lists of rows, so that ten thousand unfolded tables take no more room than one.

use std::collections::BTreeMap;
use std::ops::Bound;

use serde::{Deserialize, Serialize};

use super::key;

/// What was said of one row.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Rule {
    /// Of the row itself.
    pub(super) own: Option<bool>,
    /// Of the rows that hang directly from it.
    pub(super) each: Option<bool>,
    /// Of everything below it.
    pub(super) all: Option<bool>,
}

/// What holds for rows of which nothing was said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Usual {
    /// What was said of all siblings.
    pub(super) each: Option<bool>,
    /// What holds all the way down.
    pub(super) all: bool,
}

impl Usual {
    /// What holds below a row with this rule.
    pub(super) fn below(self, rule: Rule) -> Self {
        Self {
            each: rule.each,
            all: rule.all.unwrap_or(self.all),
        }
    }

    /// Whether a row with this rule is unfolded.
    pub(super) fn open(self, rule: Rule) -> bool {
        let all = rule.all.unwrap_or(self.all);
        rule.own.or(self.each).unwrap_or(all)
    }
}

/// What was said of which rows, by their keys.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(super) struct Rules {
    said: BTreeMap<String, Rule>,
}

impl Rules {
    pub(super) fn get(&self, key: &str) -> Rule {
        self.said.get(key).copied().unwrap_or_default()
    }

    pub(super) fn set(&mut self, key: &str, open: bool) {
        if !open && !self.any_wide() {
            // Nothing else says that it is open.
            if let Some(rule) = self.said.get_mut(key) {
                rule.own = None;
            }
            self.tidy(key);
            return;
        }
        self.set_open(key, open);
    }

    /// The same where rows are unfolded of which nothing is said.
    pub(super) fn set_open(&mut self, key: &str, open: bool) {
        self.said.entry(key.to_owned()).or_default().own = Some(open);
    }

    /// Unfolds what hangs directly from a row; `below` are the beginnings of the
    /// keys of that.
    pub(super) fn set_each(&mut self, key: &str, below: &[String]) {
        for prefix in below {
            for child in self.under(prefix) {
                if key::child_end(&child, prefix.len()) == child.len()
                    && let Some(rule) = self.said.get_mut(&child)
                {
                    rule.own = None;
                }
            }
        }
        self.said.entry(key.to_owned()).or_default().each = Some(true);
    }

    /// Unfolds or folds a row with everything below it.
    pub(super) fn set_all(&mut self, key: &str, below: &[String], open: bool) {
        for prefix in below {
            for under in self.under(prefix) {
                self.said.remove(&under);
            }
        }
        let wide = Some(open).filter(|open| *open || self.any_wide());
        let rule = Rule {
            own: wide,
            each: None,
            all: wide,
        };
        self.said.insert(key.to_owned(), rule);
        self.tidy(key);
    }

    /// The keys directly below `prefix` of which, or of something below which,
    /// anything was said; the prefix ends before their last step's name.
    pub(super) fn children(&self, prefix: &str) -> Vec<String> {
        let mut children: Vec<String> = Vec::new();
        for (said, _) in self.range(prefix) {
            let child = &said[..key::child_end(said, prefix.len())];
            if children.last().is_none_or(|last| last != child) {
                children.push(child.to_owned());
            }
        }
        children
    }

    fn under(&self, prefix: &str) -> Vec<String> {
        self.range(prefix).map(|(key, _)| key.clone()).collect()
    }

    fn range(&self, prefix: &str) -> impl Iterator<Item = (&String, &Rule)> {
        let from = (Bound::Included(prefix.to_owned()), Bound::Unbounded);
        self.said
            .range::<String, _>(from)
            .take_while(move |(key, _)| key.starts_with(prefix))
    }

    /// Whether anything was said of more than one row.
    fn any_wide(&self) -> bool {
        let wide = |rule: &Rule| rule.each == Some(true) || rule.all == Some(true);
        self.said.values().any(wide)
    }

    fn tidy(&mut self, key: &str) {
        if self.get(key) == Rule::default() {
            self.said.remove(key);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CLOSED: Usual = Usual {
        each: None,
        all: false,
    };

    #[test]
    fn what_is_said_of_a_row_outweighs_what_is_said_of_all() {
        let mut rules = Rules::default();
        rules.set_all("1", &["1/".to_owned()], true);
        rules.set("1/database:a", false);
        let below = CLOSED.below(rules.get("1"));
        assert!(below.open(rules.get("1/database:b")), "all are unfolded");
        assert!(
            !below.open(rules.get("1/database:a")),
            "but the one that was folded"
        );
        rules.set_all("1", &["1/".to_owned()], true);
        assert!(
            below.open(rules.get("1/database:a")),
            "saying it of all again forgets the exception"
        );
    }

    #[test]
    fn what_is_folded_with_all_below_leaves_nothing_behind() {
        let mut rules = Rules::default();
        rules.set("1", true);
        rules.set("1/database:a", true);
        rules.set_all("1", &["1/".to_owned()], false);
        assert!(rules.said.is_empty(), "no rule is left: {rules:?}");
    }

    #[test]
    fn children_are_told_once_each() {
        let mut rules = Rules::default();
        for key in ["1/table:a", "1/table:a/~Columns", "1/table:b/~Columns"] {
            rules.set(key, true);
        }
        assert_eq!(
            rules.children("1/table:"),
            ["1/table:a", "1/table:b"],
            "also where only something below was said"
        );
    }
}
