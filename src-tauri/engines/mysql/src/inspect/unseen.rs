//! What this user cannot see of a database, kind by kind and object by object, with
//! the statement that would show it.

mod hidden;
mod kinds;

use engine::InspectScope;
use model::snapshot::Warning;
use model::{ObjectKind, ObjectPath};
use sqlx::Error;

use super::catalog::Catalog;
use crate::convert::{is_broken, kind_of, kind_of_routine};
use crate::grants::Grants;
use crate::types::{granted_on, qualified};
use crate::variant::Facts;

pub(super) use hidden::Hidden;
pub(crate) use kinds::of_kinds;

/// Most objects of a kind that are named one by one.
const ONE_BY_ONE: usize = 10;

/// The warnings about one database that hold before its tables are read.
pub(super) fn at_first(
    catalog: &Catalog,
    failed: Vec<(&'static str, Error)>,
    scope: &InspectScope,
    facts: &Facts,
) -> Vec<Warning> {
    let Some(mut lens) = Lens::of(catalog, facts) else {
        return Vec::new();
    };
    lens.failed(failed);
    if let Some(grants) = &catalog.grants {
        if scope.table.is_none() && !super::is_system(lens.name) {
            lens.warnings.extend(of_kinds(lens.name, grants, facts));
        }
        lens.tables(catalog, grants);
        lens.sequences(catalog, grants);
    }
    lens.broken(catalog);
    if scope.table.is_none() {
        lens.routines(catalog);
        lens.without_place(catalog);
    }
    lens.warnings
}

/// Those that show while its tables are read.
pub(super) fn at_last(
    catalog: &Catalog,
    failed: Vec<(&'static str, Error)>,
    hidden: Hidden,
    facts: &Facts,
) -> Vec<Warning> {
    let Some(mut lens) = Lens::of(catalog, facts) else {
        return Vec::new();
    };
    lens.failed(failed);
    if let Some(grants) = &catalog.grants {
        lens.views(&hidden, grants);
    }
    lens.foreign_keys(hidden);
    lens.warnings
}

struct Lens<'a> {
    name: &'a str,
    /// The database as a `GRANT` writes it.
    on: String,
    path: ObjectPath,
    facts: &'a Facts,
    warnings: Vec<Warning>,
}

impl<'a> Lens<'a> {
    fn of(catalog: &'a Catalog, facts: &'a Facts) -> Option<Self> {
        let row = catalog.database.as_ref()?;
        let grants = catalog.grants.as_ref();
        Some(Self {
            name: &row.name,
            on: grants.map_or_else(|| granted_on(&row.name), |grants| grants.written(&row.name)),
            path: ObjectPath::database(row.name.clone()),
            facts,
            warnings: Vec::new(),
        })
    }

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
    fn views(&mut self, hidden: &Hidden, grants: &Grants) {
        const RIGHTS: &str = "SELECT, SHOW VIEW";
        let hidden: Vec<_> = hidden
            .views
            .iter()
            .filter(|name| !grants.on_table(self.name, name, "SHOW VIEW"))
            .map(|name| {
                let grant = self.on_one(RIGHTS, name);
                (ObjectKind::View, name.to_string(), grant)
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
    fn foreign_keys(&mut self, hidden: Hidden) {
        if hidden.without_rules.is_empty() {
            return;
        }
        let all = self.on_all("REFERENCES");
        if !hidden.any_rules {
            self.warnings.push(Warning {
                object: self.path.clone(),
                reason: "This user may not see what foreign keys do on update and delete."
                    .to_owned(),
                grant: Some(all),
                unseen: false,
            });
            return;
        }
        let tables: Vec<_> = hidden
            .without_rules
            .into_iter()
            .map(|name| {
                let grant = self.on_one("REFERENCES", &name);
                (ObjectKind::Table, name.to_string(), grant)
            })
            .collect();
        self.each(
            tables,
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
