//! What this user cannot see of a database, kind by kind and object by object, with
//! the statement that would show it.

use engine::InspectScope;
use model::snapshot::Warning;
use model::{ObjectKind, ObjectPath};
use sqlx::Error;

use super::catalog::Catalog;
use crate::convert::{is_broken, kind_of, kind_of_routine};
use crate::grants::Grants;
use crate::types::{granted_on, qualified};
use crate::variant::Facts;

/// Most objects of a kind that are named one by one.
const ONE_BY_ONE: usize = 10;

/// The warnings about one database.
pub(super) fn warnings(
    catalog: &Catalog,
    failed: Vec<(&'static str, Error)>,
    grants: Option<&Grants>,
    scope: &InspectScope,
    facts: &Facts,
) -> Vec<Warning> {
    let Some(row) = &catalog.database else {
        return Vec::new();
    };
    let mut lens = Lens {
        name: &row.name,
        on: grants.map_or_else(|| granted_on(&row.name), |grants| grants.written(&row.name)),
        path: ObjectPath::database(row.name.clone()),
        facts,
        warnings: Vec::new(),
    };
    lens.failed(failed);
    if let Some(grants) = grants {
        if scope.table.is_none() && !super::is_system(&row.name) {
            lens.warnings.extend(of_kinds(&row.name, grants, facts));
        }
        lens.tables(catalog, grants);
        lens.views(catalog, grants);
        lens.sequences(catalog, grants);
    }
    lens.broken(catalog);
    lens.foreign_keys(catalog);
    if scope.table.is_none() {
        lens.routines(catalog);
        lens.without_place(catalog);
    }
    lens.warnings
}

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

struct Lens<'a> {
    name: &'a str,
    /// The database as a `GRANT` writes it.
    on: String,
    path: ObjectPath,
    facts: &'a Facts,
    warnings: Vec<Warning>,
}

impl Lens<'_> {
    /// One warning for each object, or a single one where there are many.
    fn each(
        &mut self,
        objects: Vec<(ObjectKind, String, String)>,
        one: &str,
        many: (&str, String),
    ) {
        if objects.len() > ONE_BY_ONE {
            self.warnings.push(Warning {
                object: self.path.clone(),
                reason: format!("{} {}.", objects.len(), many.0),
                grant: Some(many.1),
                unseen: false,
            });
            return;
        }
        for (kind, name, grant) in objects {
            self.warnings.push(Warning {
                object: self.path.child(kind, name),
                reason: one.to_owned(),
                grant: Some(grant),
                unseen: false,
            });
        }
    }

    fn on_one(&self, rights: &str, name: &str) -> String {
        let grantee = self.facts.grantee();
        format!(
            "GRANT {rights} ON {} TO {grantee};",
            qualified(self.name, name)
        )
    }

    fn on_all(&self, rights: &str) -> String {
        let grantee = self.facts.grantee();
        format!("GRANT {rights} ON {}.* TO {grantee};", self.on)
    }

    /// Questions that the server did not answer.
    fn failed(&mut self, failed: Vec<(&'static str, Error)>) {
        for (about, error) in failed {
            let said = error.as_database_error().map_or("", |said| said.message());
            self.warnings.push(Warning {
                object: self.path.clone(),
                reason: format!(
                    "The {about} could not be read: {}.",
                    said.trim_end_matches('.')
                ),
                grant: None,
                unseen: false,
            });
        }
    }

    /// Tables of which only some columns show.
    fn tables(&mut self, catalog: &Catalog, grants: &Grants) {
        for row in &catalog.relations {
            if grants.sees_columns_only(self.name, &row.name) {
                let grant = self.on_one("SELECT", &row.name);
                self.warnings.push(Warning {
                    object: self.path.child(kind_of(&row.kind), row.name.clone()),
                    reason: "This user sees only the columns that it has a right on.".to_owned(),
                    grant: Some(grant),
                    unseen: true,
                });
            }
        }
    }

    /// Views whose query is hidden.
    fn views(&mut self, catalog: &Catalog, grants: &Grants) {
        const RIGHTS: &str = "SELECT, SHOW VIEW";
        let hidden: Vec<_> = catalog
            .views
            .iter()
            .filter(|row| row.query.is_none())
            .filter(|row| !grants.on_table(self.name, &row.name, "SHOW VIEW"))
            .map(|row| {
                let grant = self.on_one(RIGHTS, &row.name);
                (ObjectKind::View, row.name.to_string(), grant)
            })
            .collect();
        let all = self.on_all(RIGHTS);
        self.each(
            hidden,
            "This user may not see the query of this view.",
            ("views hide their query from this user", all),
        );
    }

    /// Views and tables that the server cannot open.
    fn broken(&mut self, catalog: &Catalog) {
        for row in &catalog.relations {
            if is_broken(row) {
                let said = row.comment.as_deref().unwrap_or_default();
                self.warnings.push(Warning {
                    object: self.path.child(kind_of(&row.kind), row.name.clone()),
                    reason: format!("It cannot be used: {}.", said.trim_end_matches('.')),
                    grant: None,
                    unseen: false,
                });
            }
        }
    }

    /// Sequences whose bounds are hidden.
    fn sequences(&mut self, catalog: &Catalog, grants: &Grants) {
        let hidden: Vec<_> = catalog
            .relations
            .iter()
            .filter(|row| kind_of(&row.kind) == ObjectKind::Sequence)
            .filter(|row| !grants.on_table(self.name, &row.name, "SELECT"))
            .map(|row| {
                let grant = self.on_one("SELECT", &row.name);
                (ObjectKind::Sequence, row.name.to_string(), grant)
            })
            .collect();
        let all = self.on_all("SELECT");
        self.each(
            hidden,
            "This user may not see the bounds of this sequence.",
            ("sequences hide their bounds from this user", all),
        );
    }

    /// Foreign keys whose actions are hidden.
    fn foreign_keys(&mut self, catalog: &Catalog) {
        if catalog.foreign_rules.len() >= catalog.foreign_columns.len() {
            return;
        }
        if catalog.foreign_rules.is_empty() && !catalog.foreign_columns.is_empty() {
            self.warnings.push(Warning {
                object: self.path.clone(),
                reason: "This user may not see what foreign keys do on update and delete."
                    .to_owned(),
                grant: Some(self.on_all("REFERENCES")),
                unseen: false,
            });
            return;
        }
        let known: std::collections::HashSet<_> = catalog
            .foreign_rules
            .iter()
            .map(|rule| &rule.relation)
            .collect();
        let mut hidden: Vec<_> = catalog
            .foreign_columns
            .iter()
            .filter(|row| !known.contains(&row.relation))
            .map(|row| row.relation.to_string())
            .collect();
        hidden.sort();
        hidden.dedup();
        let hidden: Vec<_> = hidden
            .into_iter()
            .map(|name| {
                let grant = self.on_one("REFERENCES", &name);
                (ObjectKind::Table, name, grant)
            })
            .collect();
        let all = self.on_all("REFERENCES");
        self.each(
            hidden,
            "This user may not see what its foreign keys do on update and delete.",
            ("tables hide from this user what their foreign keys do", all),
        );
    }

    /// Routines whose body is hidden.
    fn routines(&mut self, catalog: &Catalog) {
        let grant = self.facts.grant_of_bodies(&self.on);
        let hidden: Vec<_> = catalog
            .routines
            .iter()
            .filter(|row| row.body.is_none())
            .map(|row| (kind_of_routine(row), row.name.to_string(), grant.clone()))
            .collect();
        self.each(
            hidden,
            "This user may not see its body.",
            (
                "functions and procedures hide their body from this user",
                grant,
            ),
        );
    }

    /// Packages and libraries, which have no place in the tree.
    fn without_place(&mut self, catalog: &Catalog) {
        let packages = catalog
            .routines
            .iter()
            .filter(|row| &*row.kind == "PACKAGE");
        let packages: Vec<&str> = packages.map(|row| &*row.name).collect();
        let libraries: Vec<&str> = catalog.libraries.iter().map(|name| &**name).collect();
        for (what, names) in [("Packages", packages), ("Libraries", libraries)] {
            if !names.is_empty() {
                self.warnings.push(Warning {
                    object: self.path.clone(),
                    reason: format!("{what} are not read yet: {}.", names.join(", ")),
                    grant: None,
                    unseen: false,
                });
            }
        }
    }
}
