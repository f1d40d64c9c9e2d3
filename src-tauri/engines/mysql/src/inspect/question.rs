//! The questions that are asked, and where their answers go.

use model::Text;
use sqlx::Error;
use sqlx::mysql::MySqlRow;

use super::catalog::Catalog;
use crate::rows::{
    self, CheckRow, ColumnRow, DatabaseRow, EventRow, ForeignColumnRow, ForeignRuleRow,
    IndexPartRow, NameRow, ParameterRow, PartitionRow, PrivilegeRow, RelationRow, RoutineRow,
    SequenceRow, SpaceRow, StateRow, Texts, TriggerRow, ViewRow,
};
use crate::variant::Facts;

/// A statement and what is done with each row of its answer.
#[derive(Clone, Copy)]
pub(crate) struct Question {
    /// What it is about, in the plural, as a warning names it.
    pub(super) about: &'static str,
    pub(super) sql: &'static str,
    pub(super) take: fn(&mut Catalog, &MySqlRow) -> Result<(), Error>,
}

macro_rules! questions {
    ($($name:ident = $about:expr, $file:literal, $row:path => |$catalog:ident, $answer:ident| $take:expr;)*) => {$(
        pub(super) const $name: Question = Question {
            about: $about,
            sql: include_str!(concat!("../sql/", $file)),
            take: |$catalog, row| {
                let mut texts = std::mem::take(&mut $catalog.texts);
                let answer = $row(row, &mut texts);
                $catalog.texts = texts;
                let $answer = answer?;
                $take;
                Ok(())
            },
        };
    )*};
}

questions! {
    DATABASE = "database", "database.sql", DatabaseRow::read => |catalog, row| {
        catalog.database = Some(row);
    };
    RELATIONS = "tables", "relations.sql", RelationRow::read => |catalog, row| {
        catalog.relations.push(row);
    };
    NAMES = "names of tables", "names.sql", NameRow::read => |catalog, row| {
        catalog.names.push(row);
    };
    COLUMNS = "columns", "columns.sql", ColumnRow::read => |catalog, row| catalog.parts.columns.push(row);
    INDEXES = "indexes", "indexes.sql", IndexPartRow::read => |catalog, row| {
        catalog.parts.index_parts.push(row);
    };
    FOREIGN_KEYS = "foreign keys", "foreign_keys.sql", ForeignColumnRow::read => |catalog, row| {
        catalog.parts.foreign_columns.push(row);
    };
    FOREIGN_RULES = "foreign keys' rules", "foreign_rules.sql", ForeignRuleRow::read => |catalog, row| {
        catalog.parts.foreign_rules.push(row);
    };
    CHECKS_MYSQL = "checks", "checks_mysql.sql", CheckRow::read => |catalog, row| {
        catalog.parts.checks.push(row);
    };
    CHECKS_MARIADB = "checks", "checks_mariadb.sql", CheckRow::read => |catalog, row| {
        catalog.parts.checks.push(row);
    };
    TRIGGERS = "triggers", "triggers.sql", TriggerRow::read => |catalog, row| {
        catalog.triggers.push(row);
    };
    VIEWS = "queries of views", "views.sql", ViewRow::read => |catalog, row| {
        catalog.parts.views.push(row);
    };
    ROUTINES = "functions and procedures", "routines.sql", RoutineRow::read => |catalog, row| {
        catalog.routines.push(row);
    };
    PARAMETERS = "parameters", "parameters.sql", ParameterRow::read => |catalog, row| {
        catalog.parameters.push(row);
    };
    LIBRARIES = "libraries", "libraries.sql", line => |catalog, row| {
        catalog.libraries.push(row);
    };
    EVENTS = "events", "events.sql", EventRow::read => |catalog, row| catalog.events.push(row);
    PARTITIONS = "partitions", "partitions.sql", PartitionRow::read => |catalog, row| {
        catalog.parts.partitions.push(row);
    };
    SEQUENCE = "sequences", "sequence.sql", SequenceRow::read => |catalog, row| {
        catalog.sequences.push(row);
    };
    ON_DATABASE = "privileges on it", "privileges_on_database.sql", PrivilegeRow::read => |catalog, row| {
        catalog.privileges.push(row);
    };
    ON_TABLES = "privileges on tables", "privileges_on_tables.sql", PrivilegeRow::read => |catalog, row| {
        catalog.privileges.push(row);
    };
    ON_COLUMNS = "privileges on columns", "privileges_on_columns.sql", PrivilegeRow::read => |catalog, row| {
        catalog.privileges.push(row);
    };
    GRANTS = "grants", "grants.sql", line => |catalog, row| {
        catalog.take_grant(&row);
    };
    COUNT = UNTOLD, "count.sql", line => |_catalog, _row| {};
    STATE = UNTOLD, "state.sql", StateRow::read => |catalog, row| catalog.state = Some(row);
    SPACES = UNTOLD, "spaces.sql", SpaceRow::read => |catalog, row| {
        catalog.spaces.push(row);
    };
}

/// Who may do what in the database.
pub(super) const OF_PRIVILEGES: [Question; 3] = [ON_DATABASE, ON_TABLES, ON_COLUMNS];

/// What questions are about whose failure means only that more has to be read.
pub(super) const UNTOLD: &str = "";

fn line(row: &MySqlRow, _texts: &mut Texts) -> Result<Text, Error> {
    rows::line(row)
}

/// The questions about checks that this server understands.
pub(super) fn checks(facts: &Facts) -> Option<Question> {
    if facts.is_mariadb() {
        Some(CHECKS_MARIADB)
    } else {
        facts.mysql(80_016).then_some(CHECKS_MYSQL)
    }
}
