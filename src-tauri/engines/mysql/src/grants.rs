//! What this user was granted, as `SHOW GRANTS` tells it: that alone counts roles in,
//! and says which objects the catalogue hides without a word.

mod statement;

use std::collections::BTreeSet;

use crate::types::{granted_on, identifier};
use statement::{On, Statement};

/// Rights by the names that `GRANT` has for them.
type Rights = BTreeSet<String>;

/// All that one user was granted.
#[derive(Debug, Clone, Default)]
pub(crate) struct Grants {
    global: Rights,
    databases: Vec<(String, Rights)>,
    revoked: Vec<(String, Rights)>,
    tables: Vec<OnTable>,
    routines: Vec<String>,
}

#[derive(Debug, Clone)]
struct OnTable {
    database: String,
    table: String,
    rights: Rights,
    /// Some columns of it only.
    columns: bool,
}

/// The rights that make a table show whole in the catalogue.
const OF_TABLES: &[&str] = &[
    "SELECT",
    "INSERT",
    "UPDATE",
    "DELETE",
    "CREATE",
    "DROP",
    "REFERENCES",
    "INDEX",
    "ALTER",
    "CREATE VIEW",
    "SHOW VIEW",
    "TRIGGER",
];

/// The rights that make a routine show.
const OF_ROUTINES: &[&str] = &["EXECUTE", "CREATE ROUTINE", "ALTER ROUTINE"];

impl Grants {
    /// Takes in one line of the answer; what it does not know, it leaves out.
    pub(crate) fn take(&mut self, line: &str) {
        let Some(granted) = Statement::read(line) else {
            return;
        };
        let Statement {
            revoke,
            rights,
            columns,
            on,
        } = granted;
        match (on, revoke) {
            (On::Server, false) => self.global.extend(rights),
            (On::Database(name), false) => self.databases.push((name, rights)),
            (On::Database(name), true) => self.revoked.push((name, rights)),
            (On::Table(database, table), false) => self.tables.push(OnTable {
                database,
                table,
                rights,
                columns,
            }),
            (On::Routine(database), false) => self.routines.push(database),
            _ => {}
        }
    }

    /// Whether this right holds on the whole server.
    pub(crate) fn on_server(&self, right: &str) -> bool {
        has(&self.global, right)
    }

    /// Whether this right holds on a whole database.
    pub(crate) fn on_database(&self, database: &str, right: &str) -> bool {
        let revoked = self
            .revoked
            .iter()
            .any(|(name, rights)| name == database && has(rights, right));
        // Patterns last: there may be one for each of thousands of databases.
        (has(&self.global, right) && !revoked)
            || self
                .databases
                .iter()
                .any(|(pattern, rights)| has(rights, right) && matches(pattern, database))
    }

    /// Whether this right holds on a table.
    pub(crate) fn on_table(&self, database: &str, table: &str, right: &str) -> bool {
        self.on_database(database, right)
            || self
                .on_tables(database, table)
                .any(|granted| has(&granted.rights, right))
    }

    /// Whether all tables of a database show, and whole.
    pub(crate) fn sees_tables(&self, database: &str) -> bool {
        OF_TABLES
            .iter()
            .any(|right| self.on_database(database, right))
    }

    /// Whether a table shows with some of its columns only.
    pub(crate) fn sees_columns_only(&self, database: &str, table: &str) -> bool {
        let mut granted = self.on_tables(database, table).peekable();
        granted.peek().is_some()
            && !self.sees_tables(database)
            && granted.all(|granted| granted.columns && granted.rights.is_empty())
    }

    /// Whether all routines of a database show.
    pub(crate) fn sees_routines(&self, database: &str) -> bool {
        OF_ROUTINES
            .iter()
            .any(|right| self.on_database(database, right))
    }

    /// Whether there is any right at all within a database.
    pub(crate) fn enters(&self, database: &str) -> bool {
        let usual = |rights: &Rights| !rights.is_empty();
        self.sees_tables(database)
            || self.sees_routines(database)
            || self.on_database(database, "EVENT")
            || self
                .databases
                .iter()
                .any(|(pattern, rights)| matches(pattern, database) && usual(rights))
            || self.tables.iter().any(|table| table.database == database)
            || self.routines.iter().any(|name| name == database)
    }

    /// The database as a `GRANT` must write it to add to what there is: where several
    /// patterns fit a database, the server heeds only the closest.
    pub(crate) fn written(&self, database: &str) -> String {
        let closest = self
            .databases
            .iter()
            .map(|(pattern, _)| pattern)
            .filter(|pattern| matches(pattern, database))
            .max_by_key(|pattern| pattern.find(['%', '_']).unwrap_or(usize::MAX));
        match closest {
            Some(pattern) => identifier(pattern),
            None => granted_on(database),
        }
    }

    fn on_tables<'g>(
        &'g self,
        database: &'g str,
        table: &'g str,
    ) -> impl Iterator<Item = &'g OnTable> {
        self.tables
            .iter()
            .filter(move |granted| granted.database == database && granted.table == table)
    }
}

fn has(rights: &Rights, right: &str) -> bool {
    rights.contains(right) || (right != "PROXY" && rights.contains("ALL PRIVILEGES"))
}

/// Whether a name fits a pattern with `_` for any letter and `%` for any number of them.
fn matches(mut pattern: &str, mut name: &str) -> bool {
    // What follows the last `%`, and the first place where that was not yet tried.
    let mut last: Option<(&str, &str)> = None;
    loop {
        let mut wanted = pattern.chars();
        let mut found = name.chars();
        let fits = match wanted.next() {
            None if name.is_empty() => return true,
            None => false,
            Some('%') => {
                pattern = wanted.as_str();
                last = Some((pattern, name));
                continue;
            }
            Some('_') => found.next().is_some(),
            Some('\\') => found.next() == Some(wanted.next().unwrap_or('\\')),
            Some(letter) => found.next() == Some(letter),
        };
        if fits {
            (pattern, name) = (wanted.as_str(), found.as_str());
            continue;
        }
        let Some((rest, from)) = last else {
            return false;
        };
        let mut later = from.chars();
        if later.next().is_none() {
            return false;
        }
        (pattern, name) = (rest, later.as_str());
        last = Some((rest, name));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grants(lines: &[&str]) -> Grants {
        let mut grants = Grants::default();
        lines.iter().for_each(|line| grants.take(line));
        grants
    }

    #[test]
    fn rights_hold_where_they_were_granted() {
        let grants = grants(&[
            "GRANT USAGE ON *.* TO `u`@`%` IDENTIFIED BY PASSWORD '*AB'",
            "GRANT SELECT, SHOW VIEW ON `my\\_db`.* TO `u`@`%`",
            "GRANT TRIGGER ON `o``dd`.`t.x` TO `u`@`%` WITH GRANT OPTION",
            "GRANT EXECUTE ON FUNCTION `f`.`g` TO `u`@`%`",
            "GRANT `reader`@`%` TO `u`@`%`",
        ]);
        assert!(
            grants.on_database("my_db", "SHOW VIEW"),
            "the second of two"
        );
        assert!(
            !grants.on_database("myxdb", "SELECT"),
            "an escaped letter stands for itself"
        );
        assert!(!grants.on_database("my_db", "TRIGGER"), "not granted there");
        assert!(
            grants.on_table("o`dd", "t.x", "TRIGGER"),
            "odd names are read"
        );
        assert!(!grants.sees_tables("o`dd"), "one table is not all");
        assert!(
            grants.enters("f") && !grants.sees_routines("f"),
            "one routine is not all"
        );
        assert!(!grants.enters("elsewhere"), "nothing there");
        assert!(!grants.on_server("SELECT"), "USAGE is no right");
    }

    #[test]
    fn patterns_reach_other_databases() {
        let grants = grants(&["GRANT SELECT ON `shop%`.* TO `u`@`%`"]);
        assert!(
            grants.sees_tables("shop_eu") && grants.sees_tables("shop"),
            "both fit"
        );
        assert!(!grants.sees_tables("workshop"), "that one does not");
        for (pattern, name, fits) in [
            ("%", "", true),
            ("a%b%c", "a-b-b-c", true),
            ("a%b%c", "a-c-b", false),
            ("%_x", "x", false),
            ("%_x", "éx", true),
            ("\\%%", "%a", true),
            ("\\%%", "a", false),
            ("a\\", "a\\", true),
        ] {
            assert_eq!(matches(pattern, name), fits, "{pattern} and {name}");
        }
    }

    #[test]
    fn no_pattern_takes_longer_than_its_length_allows() {
        let pattern = "%a".repeat(30) + "b";
        assert!(!matches(&pattern, &"a".repeat(64)), "there is no b");
    }

    #[test]
    fn more_rights_are_written_as_those_that_there_are() {
        let grants = grants(&["GRANT SELECT ON `my_db`.* TO `u`@`%`"]);
        assert_eq!(
            grants.written("my_db"),
            "`my_db`",
            "the pattern that was granted"
        );
        assert_eq!(
            grants.written("a_b"),
            "`a\\_b`",
            "just this one, where there is none"
        );
    }

    #[test]
    fn all_privileges_are_every_right_but_what_was_taken_back() {
        let grants = grants(&[
            "GRANT ALL PRIVILEGES ON *.* TO 'root'@'localhost' WITH GRANT OPTION",
            "REVOKE SELECT ON `secret`.* FROM `root`@`localhost`",
        ]);
        assert!(grants.on_database("any", "EVENT"), "all is all");
        assert!(!grants.on_database("secret", "SELECT"), "but this");
    }

    #[test]
    fn rights_on_columns_do_not_show_a_table_whole() {
        let grants = grants(&["GRANT SELECT (`a`, `b ON c`), INSERT (`a`) ON `d`.`t` TO `u`@`%`"]);
        assert!(grants.sees_columns_only("d", "t"), "only these columns");
        assert!(!grants.on_table("d", "t", "SELECT"), "not the table");
    }
}
