//! The names in a statement of any kind, without understanding it.

use std::collections::HashSet;

use super::token::{Token, tokens};

/// All words and quoted names, in lower case.
pub(crate) fn names(sql: &str) -> HashSet<String> {
    tokens(sql).iter().filter_map(lowered).collect()
}

/// The names that may stand for tables or views in what a statement does, in
/// lower case and as often as they stand there. A column in a list cannot be told
/// from a table in one, so there may be more of them than there are tables.
pub(crate) fn used_names(sql: &str) -> Vec<String> {
    let tokens = tokens(sql);
    let mut used = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        let Some(name) = lowered(token) else { continue };
        let before = at.checked_sub(1).and_then(|at| tokens.get(at));
        let qualifies = tokens.get(at + 1).is_some_and(|next| next.is_sign('.'));
        let may_stand = before.is_some_and(|before| {
            ["FROM", "JOIN", "IN", "INTO", "UPDATE"]
                .iter()
                .any(|word| before.is(word))
                || [',', '(', '.'].iter().any(|&sign| before.is_sign(sign))
                || CONFLICTS.iter().any(|word| before.is(word))
        });
        if may_stand && !qualifies {
            used.push(name);
        }
    }
    used
}

/// The names behind `FROM` and `JOIN`, in lower case, but for those that a `WITH`
/// of the same statement gives to what it selects.
pub(crate) fn joined_names(sql: &str) -> HashSet<String> {
    let tokens = tokens(sql);
    let at = |position: Option<usize>| position.and_then(|at| tokens.get(at));
    let mut joined = HashSet::new();
    let mut defined = HashSet::new();
    for (position, token) in tokens.iter().enumerate() {
        let Some(name) = lowered(token) else { continue };
        let [before, second] = [1, 2].map(|back| at(position.checked_sub(back)));
        let [next, after] = [1, 2].map(|ahead| at(Some(position + ahead)));
        let is_source = before.is_some_and(|word| word.is("JOIN") || word.is("FROM"))
            && !second.is_some_and(|word| word.is("DISTINCT"));
        if is_source && next.is_some_and(|next| next.is_sign('.')) {
            // Nothing that a `WITH` names stands in a database.
            joined.extend(after.and_then(lowered).filter(|_| name == "main"));
        } else if is_source {
            joined.insert(name);
        } else if before
            .is_some_and(|word| word.is("WITH") || word.is("RECURSIVE") || word.is_sign(','))
            && next.is_some_and(|next| next.is("AS") || next.is_sign('('))
        {
            defined.insert(name);
        }
    }
    joined.retain(|name| !defined.contains(name));
    joined
}

/// What may stand between `UPDATE OR` and a table.
const CONFLICTS: &[&str] = &["ROLLBACK", "ABORT", "FAIL", "IGNORE", "REPLACE"];

fn lowered(token: &Token<'_>) -> Option<String> {
    token.name().map(|name| name.to_ascii_lowercase())
}
