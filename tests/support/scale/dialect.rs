//! The statements that make a table, for each product.

use super::tables::{Column, GROUPS, Table, Type};

/// Whose SQL is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Dialect {
    Postgres,
    MariaDb,
    Sqlite,
}

impl Dialect {
    /// All that makes one table, its indexes and its comments.
    pub(super) fn statements(self, table: Table) -> String {
        let place = self.place(table);
        let columns = table.columns();
        let mut parts: Vec<String> = columns.iter().map(|column| self.column(column)).collect();
        let name = table.name();
        parts.push(format!("CONSTRAINT {name}_quantity CHECK (quantity >= 0)"));
        if self == Self::MariaDb {
            // Before the foreign keys, which would make indexes of their own.
            let indexes = table.indexes();
            parts.extend(indexes.map(|(end, on)| format!("INDEX {name}_{end} ({on})")));
        }
        for (column, other) in table.references() {
            let to = self.place(other);
            parts.push(format!(
                "CONSTRAINT {name}_{column} FOREIGN KEY ({column}) REFERENCES {to} (id)"
            ));
        }
        let mut all = format!("CREATE TABLE {place} (\n  {}\n);\n", parts.join(",\n  "));
        if self != Self::MariaDb {
            for (end, on) in table.indexes() {
                all += &format!("CREATE INDEX {name}_{end} ON {place} ({on});\n");
            }
        }
        if self == Self::Postgres {
            for Column { name, comment, .. } in columns {
                if let Some(comment) = comment {
                    all += &format!("COMMENT ON COLUMN {place}.{name} IS '{comment}';\n");
                }
            }
        }
        all
    }

    fn place(self, table: Table) -> String {
        match self {
            Self::Sqlite => table.name(),
            Self::Postgres | Self::MariaDb => format!("{}.{}", GROUPS[table.group], table.name()),
        }
    }

    fn column(self, column: &Column) -> String {
        let mut text = format!("{} {}", column.name, self.data(column.data));
        if column.data == Type::Key {
            text += match self {
                Self::Postgres => " GENERATED ALWAYS AS IDENTITY PRIMARY KEY",
                Self::MariaDb => " AUTO_INCREMENT PRIMARY KEY",
                Self::Sqlite => " PRIMARY KEY",
            };
        } else if column.not_null {
            text += " NOT NULL";
        } else if self == Self::MariaDb && column.data == Type::Moment {
            // Older servers give a moment without this a default of its own.
            text += " NULL";
        }
        if let Some(default) = column.default {
            text += &format!(" DEFAULT {default}");
        }
        if let (Self::MariaDb, Some(comment)) = (self, &column.comment) {
            text += &format!(" COMMENT '{comment}'");
        }
        text
    }

    fn data(self, data: Type) -> &'static str {
        let [postgres, mariadb, sqlite] = match data {
            Type::Key => ["bigint", "bigint", "INTEGER"],
            Type::Reference => ["bigint", "bigint", "INTEGER"],
            Type::Integer => ["integer", "int", "INTEGER"],
            Type::Name => ["varchar(80)", "varchar(80)", "VARCHAR(80)"],
            Type::Text => ["text", "text", "TEXT"],
            Type::Money => ["numeric(12,2)", "decimal(12,2)", "NUMERIC(12,2)"],
            Type::Flag => ["boolean", "tinyint(1)", "BOOLEAN"],
            Type::Moment => ["timestamptz", "datetime(3)", "DATETIME"],
            Type::Day => ["date", "date", "DATE"],
            Type::Uuid => ["uuid", "char(36)", "TEXT"],
            Type::Json => ["jsonb", "json", "JSON"],
            Type::Code => ["char(8)", "char(8)", "CHAR(8)"],
            Type::Double => ["double precision", "double", "REAL"],
        };
        match self {
            Self::Postgres => postgres,
            Self::MariaDb => mariadb,
            Self::Sqlite => sqlite,
        }
    }
}
