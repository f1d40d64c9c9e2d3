//! Privileges as the statements that grant them.

use model::Text;

use crate::types::identifier;

/// Every privilege of a table; one who has all of these has what owners have.
const ALL: &[&str] = &[
    "INSERT",
    "SELECT",
    "UPDATE",
    "DELETE",
    "TRUNCATE",
    "REFERENCES",
    "TRIGGER",
];

/// The statements that grant what the lines say on a table or view.
pub(super) fn on_relation(lines: &[Text], name: &str, owner: Option<&str>) -> String {
    if lines.is_empty() {
        return String::new();
    }
    let owner = owner.map(identifier).unwrap_or_default();
    let has_all = lines.iter().any(|line| is_all_of(line, &owner));
    let mut text = String::new();
    if !has_all {
        text.push_str(&format!("REVOKE ALL ON TABLE {name} FROM {owner};\n"));
    }
    for line in lines.iter().filter(|line| !is_all_of(line, &owner)) {
        if let Some((rights, grantee, end)) = taken_apart(line) {
            text.push_str(&format!(
                "GRANT {rights} ON TABLE {name} TO {grantee}{end};\n"
            ));
        }
    }
    text
}

/// The statements that grant what the lines say on one column.
pub(super) fn on_column(lines: &[Text], column: &str, name: &str) -> String {
    let mut text = String::new();
    for line in lines {
        if let Some((rights, grantee, end)) = taken_apart(line) {
            let rights: Vec<_> = rights
                .split(", ")
                .map(|right| format!("{right} ({column})"))
                .collect();
            let rights = rights.join(", ");
            text.push_str(&format!(
                "GRANT {rights} ON TABLE {name} TO {grantee}{end};\n"
            ));
        }
    }
    text
}

fn is_all_of(line: &str, owner: &str) -> bool {
    taken_apart(line).is_some_and(|(rights, grantee, end)| {
        let rights: Vec<_> = rights.split(", ").collect();
        grantee == owner && end.is_empty() && ALL.iter().all(|right| rights.contains(right))
    })
}

/// What may be done, who may do it, and the end of the statement.
fn taken_apart(line: &str) -> Option<(&str, &str, &'static str)> {
    let (rights, grantee) = line.split_once(" to ")?;
    Some(match grantee.strip_suffix(" with grant option") {
        Some(grantee) => (rights, grantee, " WITH GRANT OPTION"),
        None => (rights, grantee, ""),
    })
}
