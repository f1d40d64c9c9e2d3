//! A schema as SQL, in one of many ways to write it.

use std::fmt::Write;

use model::snapshot::{Deferral, ReferentialAction};

use super::{Column, ForeignKey, Index, Table};

/// Writes statements; chance decides on quotes, case, white space and comments.
pub(super) struct Script {
    styles: Vec<u8>,
    next: usize,
}

impl Script {
    pub(super) fn new(styles: Vec<u8>) -> Self {
        Self { styles, next: 0 }
    }

    fn style(&mut self) -> u8 {
        self.next += 1;
        self.styles[self.next % self.styles.len()]
    }

    fn name(&mut self, name: &str) -> String {
        match self.style() {
            0..4 if !name.contains(']') => format!("[{name}]"),
            4..8 => format!("`{}`", name.replace('`', "``")),
            _ => format!("\"{}\"", name.replace('"', "\"\"")),
        }
    }

    fn names(&mut self, names: &[String]) -> String {
        names
            .iter()
            .map(|name| self.name(name))
            .collect::<Vec<_>>()
            .join(", ")
    }

    fn word(&mut self, words: &str) -> String {
        match self.style() {
            0..3 => words.to_lowercase(),
            3 => words.replace(' ', " /* ), ' */ "),
            4 => words.replace(' ', " -- , (\n "),
            5 => words.replace(' ', "\n\t"),
            _ => words.to_owned(),
        }
    }

    /// All statements of a schema.
    pub(super) fn schema(&mut self, schema: &[Table]) -> String {
        let mut sql = String::from("PRAGMA synchronous = OFF;\n");
        for table in schema {
            let parts = self.parts(table);
            let name = self.name(&table.name);
            writeln!(sql, "CREATE TABLE {name} (\n{}\n);", parts.join(",\n")).expect("no I/O");
        }
        for table in schema {
            for index in &table.indexes {
                let text = self.index(table, index);
                writeln!(sql, "{text};").expect("no I/O");
            }
        }
        sql
    }

    fn parts(&mut self, table: &Table) -> Vec<String> {
        let mut parts: Vec<String> = table
            .columns
            .iter()
            .map(|column| self.column(column))
            .collect();
        for (primary, key) in [(true, &table.primary_key), (false, &table.unique)] {
            if let Some((name, columns)) = key {
                let word = self.word(if primary { "PRIMARY KEY" } else { "UNIQUE" });
                let part = format!("{word} ({})", self.names(columns));
                parts.push(self.constraint(name, &part));
            }
        }
        for key in &table.foreign_keys {
            let part = self.foreign_key(key);
            parts.push(self.constraint(&key.name, &part));
        }
        for (name, check) in &table.checks {
            let comment = if self.style() < 6 { " -- , (\n" } else { "" };
            let part = format!("{} ( {check}{comment} )", self.word("CHECK"));
            parts.push(self.constraint(name, &part));
        }
        parts
    }

    fn constraint(&mut self, name: &str, part: &str) -> String {
        format!("{} {} {part}", self.word("CONSTRAINT"), self.name(name))
    }

    fn column(&mut self, column: &Column) -> String {
        let mut text = format!("{} {}", self.name(&column.name), column.type_text);
        if column.not_null {
            write!(text, " {}", self.word("NOT NULL")).expect("no I/O");
        }
        if let Some(default) = &column.default {
            let default = if default.contains(" + ") {
                format!("({default})")
            } else {
                default.clone()
            };
            write!(text, " {} {default}", self.word("DEFAULT")).expect("no I/O");
        }
        if let Some(collation) = &column.collation {
            write!(text, " {} {collation}", self.word("COLLATE")).expect("no I/O");
        }
        text
    }

    fn foreign_key(&mut self, key: &ForeignKey) -> String {
        let action = match key.on_delete {
            ReferentialAction::NoAction => "",
            ReferentialAction::Restrict => " ON DELETE RESTRICT",
            ReferentialAction::Cascade => " ON DELETE CASCADE",
            ReferentialAction::SetNull => " ON DELETE SET NULL",
            ReferentialAction::SetDefault => " ON DELETE SET DEFAULT",
        };
        let deferral = match key.deferral {
            Deferral::NotDeferrable => "",
            Deferral::InitiallyImmediate => " DEFERRABLE",
            Deferral::InitiallyDeferred => " DEFERRABLE INITIALLY DEFERRED",
        };
        format!(
            "{} ({}) {} {} ({}){}{}",
            self.word("FOREIGN KEY"),
            self.names(&key.columns),
            self.word("REFERENCES"),
            self.name(&key.parent),
            self.names(&key.parent_columns),
            self.word(action),
            self.word(deferral),
        )
    }

    fn index(&mut self, table: &Table, index: &Index) -> String {
        let parts: Vec<String> = index
            .parts
            .iter()
            .map(|(part, descending)| {
                let what = match part {
                    Ok(column) => self.name(column),
                    Err(expression) => expression.clone(),
                };
                if *descending {
                    format!("{what} {}", self.word("DESC"))
                } else {
                    what
                }
            })
            .collect();
        let unique = if index.unique { "UNIQUE " } else { "" };
        let place = match &index.predicate {
            Some(predicate) => format!(" {} {predicate}", self.word("WHERE")),
            None => String::new(),
        };
        format!(
            "{} {} ON {} ({}){place}",
            self.word(&format!("CREATE {unique}INDEX")),
            self.name(&index.name),
            self.name(&table.name),
            parts.join(", "),
        )
    }
}
