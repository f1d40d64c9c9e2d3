//! What belongs to the server and to no database.

use model::ObjectKind;
use model::engine::KindDescriptor;

use super::{PRIVILEGES, attribute, other};

pub(super) const ROLE: KindDescriptor = other(
    ObjectKind::Role,
    "Role",
    "Roles",
    &[ObjectKind::Server],
    &[
        attribute("login", "May sign in", ""),
        attribute("superuser", "Superuser", ""),
        attribute(
            "no_inherit",
            "Does not inherit",
            "Rights of its groups count only after SET ROLE.",
        ),
        attribute("create_role", "May create roles", ""),
        attribute("create_database", "May create databases", ""),
        attribute("replication", "May replicate", ""),
        attribute("bypasses_row_security", "Bypasses row security", ""),
        attribute("connection_limit", "Connection limit", ""),
        attribute("valid_until", "Valid until", "When its password ends."),
        attribute("member_of", "Member of", "The groups that it belongs to."),
    ],
);

pub(super) const TABLESPACE: KindDescriptor = other(
    ObjectKind::Tablespace,
    "Tablespace",
    "Tablespaces",
    &[ObjectKind::Server],
    &[
        attribute("location", "Location", "The folder on the server."),
        attribute("options", "Options", ""),
        PRIVILEGES,
    ],
);
