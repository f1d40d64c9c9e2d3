//! Which tables and views must be read again since a fingerprint was taken.
//!
//! Beside those whose own entry differs: views and virtual tables, whose columns
//! come from others; tables and views with triggers, which name others; tables that
//! refer to a changed one; and those whose name begins with that of a changed one,
//! which may be where its module keeps its data.

use std::cmp::Ordering;
use std::collections::HashSet;

use model::Text;
use rusqlite::Connection;

use crate::ddl;
use crate::fingerprint::{Known, State};
use crate::listing::{Entry, Listing, Sort, Statements};

/// How many changed names are looked for in the text of statements before their
/// words are looked up instead.
const FEW: usize = 4;

/// What has changed.
#[derive(Debug)]
pub(crate) enum Change {
    /// Nobody knows what has not.
    All,
    Some {
        /// The tables and views to read again, and those that are gone.
        names: HashSet<Text>,
        /// Whether what is told of the file as a whole has.
        facts: bool,
    },
}

/// Compares a fingerprint with what there is now; `now` is in the order of the names.
pub(crate) fn since(
    known: &Known<'_>,
    state: &State,
    now: &[&Entry],
    listing: &Listing,
    connection: &Connection,
) -> rusqlite::Result<Change> {
    let entries = known.entries().filter(|_| state.is_comparable(known));
    let Some(then) = entries else {
        return Ok(Change::All);
    };
    let facts = !state.has_same_facts(known);
    let mut names = differing(&then, now);
    if !names.is_empty() {
        let dependent = dependent(&names, now, &Statements::new(listing, connection))?;
        names.extend(dependent);
        if names.len() > now.len() / 2 + FEW {
            // To compare so many one by one is no gain.
            return Ok(Change::All);
        }
    }
    Ok(Change::Some { names, facts })
}

/// Names that stand on one side alone, or on both with unlike hashes.
fn differing(then: &[(String, u64)], now: &[&Entry]) -> HashSet<Text> {
    let mut names = HashSet::new();
    let (mut old, mut new) = (then.iter().peekable(), now.iter().peekable());
    loop {
        let order = match (old.peek(), new.peek()) {
            (Some((name, _)), Some(entry)) => name.as_str().cmp(&entry.name),
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (None, None) => return names,
        };
        let before = order.is_le().then(|| old.next()).flatten();
        let after = order.is_ge().then(|| new.next()).flatten();
        match (before, after) {
            (Some((_, hash)), Some(entry)) if *hash == entry.hash => {}
            (_, Some(entry)) => {
                names.insert(Text::clone(&entry.name));
            }
            (Some((name, _)), None) => {
                names.insert(name.as_str().into());
            }
            (None, None) => {}
        }
    }
}

fn dependent(
    names: &HashSet<Text>,
    now: &[&Entry],
    statements: &Statements<'_>,
) -> rusqlite::Result<Vec<Text>> {
    let changed: HashSet<String> = names.iter().map(|name| name.to_ascii_lowercase()).collect();
    // Inside quotes a name may be spelled otherwise.
    let is_plain = |name: &String| !name.contains(['"', '\'', '`', ']']);
    let by_text = changed.len() <= FEW && changed.iter().all(is_plain);
    let mut others = now.to_vec();
    others.retain(|entry| !names.contains(&entry.name));
    // In the order of the list each page is read once.
    others.sort_by_key(|entry| entry.place());
    let mut found = Vec::new();
    for entry in others {
        let depends = entry.sort != Sort::Table
            || entry.has_triggers
            || begins_with_any(&entry.name, &changed)
            || refers_to_any(entry, &changed, by_text, statements)?;
        if depends {
            found.push(Text::clone(&entry.name));
        }
    }
    Ok(found)
}

/// Whether a part of the name up to an underscore is one of these.
fn begins_with_any(name: &str, changed: &HashSet<String>) -> bool {
    let name = name.to_ascii_lowercase();
    name.match_indices('_')
        .filter_map(|(at, _)| name.get(..at))
        .any(|start| changed.contains(start))
}

fn refers_to_any(
    entry: &Entry,
    changed: &HashSet<String>,
    by_text: bool,
    statements: &Statements<'_>,
) -> rusqlite::Result<bool> {
    let Some(table) = statements.own(entry)? else {
        return Ok(true);
    };
    let Some(sql) = table.sql.filter(|_| table.is_text) else {
        return Ok(true);
    };
    if !by_text {
        return Ok(ddl::names(&sql).iter().any(|word| changed.contains(word)));
    }
    let sql = sql.to_ascii_lowercase();
    Ok(changed.iter().any(|name| sql.contains(name.as_str())) && sql.contains("references"))
}
