//! What stands in the questions where versions, databases and tables differ.

use crate::types::{hex, sent};
use crate::variant::Facts;

/// The tables that a question is about.
#[derive(Debug, Clone, Copy)]
pub(super) enum Which<'t> {
    /// All of the scope.
    All,
    /// All, where there are not more than this number, and none where there are.
    AllOfFew(usize),
    /// Those between these two, in the order of their bytes.
    Between(&'t str, &'t str),
    /// Those of these names.
    Named(&'t [&'t str]),
}

/// What stands in the questions: columns that only some versions have, and values.
#[derive(Debug)]
pub(crate) struct Fill {
    dialect: [(&'static str, &'static str); 9],
    values: Vec<(&'static str, String)>,
}

impl Fill {
    /// What differs between the versions of servers.
    pub(crate) fn of(facts: &Facts) -> Self {
        let either = |there: bool, column| if there { column } else { "NULL" };
        let visible = if facts.mysql(80_000) {
            "IS_VISIBLE"
        } else if facts.mariadb(100_600) {
            "IF(IGNORED = 'YES', 'NO', 'YES')"
        } else {
            "'YES'"
        };
        Self {
            dialect: [
                (
                    "{database_comment}",
                    either(facts.mariadb(100_500), "SCHEMA_COMMENT"),
                ),
                (
                    "{database_encrypted}",
                    either(facts.mysql(80_016), "DEFAULT_ENCRYPTION"),
                ),
                ("{column_srid}", either(facts.mysql(80_003), "SRS_ID")),
                (
                    "{index_expression}",
                    either(facts.mysql(80_013), "EXPRESSION"),
                ),
                ("{index_visible}", visible),
                ("{view_algorithm}", either(facts.is_mariadb(), "ALGORITHM")),
                ("{check_level}", either(facts.mariadb(100_510), "LEVEL")),
                ("{server_uuid}", either(facts.mysql(0), "@@server_uuid")),
                ("{tables_counted}", "@db_studio_tables"),
            ],
            values: Vec::new(),
        }
    }

    /// The values: the database, and the one table where only that is meant.
    pub(crate) fn database(mut self, database: &str, table: Option<&str>) -> Self {
        let of = |column: &str| match table {
            Some(table) => format!("AND {column} = {}", sent(table)),
            None => String::new(),
        };
        self.values = vec![
            ("{and_table}", of("TABLE_NAME")),
            ("{and_event_table}", of("EVENT_OBJECT_TABLE")),
            ("{files_of_database}", sent(&files_of(database))),
            ("{database}", sent(database)),
        ];
        self
    }

    /// The statement as it is told to people, without values.
    pub(crate) fn told(&self, sql: &str) -> String {
        let fill = |sql: String, (mark, column): &(&str, &str)| sql.replace(mark, column);
        self.dialect.iter().fold(sql.trim().to_owned(), fill)
    }

    /// The statement as it is sent.
    pub(crate) fn sent(&self, sql: &str) -> String {
        self.values
            .iter()
            .fold(self.told(sql), |sql, (mark, value)| {
                sql.replace(mark, value)
            })
    }

    /// The same about some of the tables only.
    pub(super) fn sent_of(&self, sql: &str, which: Which<'_>) -> String {
        // By bytes: collations order and compare names in ways of their own.
        const NAME: &str = "AND CAST(TABLE_NAME AS BINARY)";
        let sql = match which {
            Which::All => sql.to_owned(),
            Which::AllOfFew(most) => sql.replace(
                "{database}",
                &format!("IF(@db_studio_tables <= {most}, {{database}}, '')"),
            ),
            Which::Between(first, last) => {
                let those = format!("{NAME} BETWEEN {} AND {}", hex(first), hex(last));
                sql.replace("{and_table}", &those)
            }
            Which::Named(names) => {
                let names: Vec<_> = names.iter().map(|name| hex(name)).collect();
                sql.replace("{and_table}", &format!("{NAME} IN ({})", names.join(", ")))
            }
        };
        self.sent(&sql)
    }
}

/// The pattern of the names that a database's tables have among files.
fn files_of(database: &str) -> String {
    let mut pattern = String::with_capacity(database.len() + 2);
    for letter in database.chars() {
        if matches!(letter, '\\' | '%' | '_') {
            pattern.push('\\');
        }
        pattern.push(letter);
    }
    pattern + "/%"
}
