//! The kinds of which a database does not show all to this user.

use model::snapshot::Warning;
use model::{ObjectKind, ObjectPath};

use crate::grants::Grants;
use crate::variant::Facts;

/// The kinds of objects in a database that are hidden from this user without a word:
/// what the server does not show of them may be there all the same.
pub(crate) fn of_kinds(database: &str, grants: &Grants, facts: &Facts) -> Vec<Warning> {
    let path = ObjectPath::database(database);
    let on = grants.written(database);
    let grantee = facts.grantee();
    let mut hidden: Vec<(ObjectKind, &str, &str)> = Vec::new();
    if !grants.sees_tables(database) {
        const RIGHT: &str = "SELECT";
        hidden.extend([
            (
                ObjectKind::Table,
                "the tables that it has a right on",
                RIGHT,
            ),
            (ObjectKind::View, "the views that it has a right on", RIGHT),
        ]);
        if facts.is_mariadb() {
            let reason = "the sequences that it has a right on";
            hidden.push((ObjectKind::Sequence, reason, RIGHT));
        }
    }
    if !grants.on_database(database, "TRIGGER") {
        let reason = "the triggers of tables where it may make some";
        hidden.push((ObjectKind::Trigger, reason, "TRIGGER"));
    }
    if !grants.sees_routines(database) {
        const RIGHT: &str = "EXECUTE";
        hidden.extend([
            (
                ObjectKind::Function,
                "the functions that it may call",
                RIGHT,
            ),
            (
                ObjectKind::Procedure,
                "the procedures that it may call",
                RIGHT,
            ),
        ]);
    }
    if !grants.on_database(database, "EVENT") {
        hidden.push((ObjectKind::Event, "no events", "EVENT"));
    }
    let warning = |(kind, what, right): (ObjectKind, &str, &str)| Warning {
        object: path.all(kind),
        reason: if what.starts_with("no ") {
            format!("This user sees {what}.")
        } else {
            format!("This user sees only {what}.")
        },
        grant: Some(format!("GRANT {right} ON {on}.* TO {grantee};")),
        unseen: true,
    };
    hidden.into_iter().map(warning).collect()
}
