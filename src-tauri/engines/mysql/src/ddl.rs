//! The clauses of a `CREATE TABLE` statement, as the server gives it.

use model::ObjectKind;

use crate::types::identifier;

/// The clause that makes this part of a table, if it has one of its own.
pub(crate) fn clause<'s>(statement: &'s str, kind: ObjectKind, name: &str) -> Option<&'s str> {
    const PRIMARY: &str = "`PRIMARY`";
    let name = identifier(name);
    let starts: Vec<String> = match kind {
        ObjectKind::PrimaryKey if name != PRIMARY => return None,
        ObjectKind::PrimaryKey => vec!["PRIMARY KEY ".to_owned()],
        ObjectKind::Unique => vec![format!("UNIQUE KEY {name} ")],
        ObjectKind::Index if name == PRIMARY => vec!["PRIMARY KEY ".to_owned()],
        ObjectKind::Index => ["", "UNIQUE ", "FULLTEXT ", "SPATIAL "]
            .iter()
            .map(|sort| format!("{sort}KEY {name} "))
            .collect(),
        ObjectKind::ForeignKey => vec![format!("CONSTRAINT {name} FOREIGN KEY ")],
        ObjectKind::Check => vec![format!("CONSTRAINT {name} CHECK ")],
        _ => return None,
    };
    clauses(statement)
        .into_iter()
        .find(|clause| starts.iter().any(|start| clause.starts_with(start)))
}

/// What stands between the commas of the outermost parentheses.
fn clauses(statement: &str) -> Vec<&str> {
    let mut clauses = Vec::new();
    let mut depth = 0_u32;
    let mut begin = 0;
    let mut letters = statement.char_indices().peekable();
    while let Some((place, letter)) = letters.next() {
        match letter {
            '\'' | '`' | '"' => {
                while let Some((_, inner)) = letters.next() {
                    if inner == '\\' && letter != '`' {
                        letters.next();
                    } else if inner == letter {
                        break;
                    }
                }
            }
            '(' => {
                depth += 1;
                if depth == 1 {
                    begin = place + 1;
                }
            }
            ')' | ',' if depth == 1 => {
                clauses.extend(statement.get(begin..place).map(str::trim));
                begin = place + 1;
                if letter == ')' {
                    break;
                }
            }
            ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    clauses
}

#[cfg(test)]
mod tests {
    use super::*;

    const STATEMENT: &str = "CREATE TABLE `a(b` (\n  `x,` int DEFAULT 1 COMMENT 'it''s \\', (',\n  \
        `y` decimal(10,2),\n  PRIMARY KEY (`x,`),\n  UNIQUE KEY `u``1` (`y`),\n  \
        KEY `u` (`y` DESC,`x,`) COMMENT ',',\n  \
        CONSTRAINT `c` CHECK (`y` in (1,2))\n) ENGINE=InnoDB COMMENT='KEY `z` (1)'";

    #[test]
    fn each_part_is_found_by_its_kind_and_name() {
        for (kind, name, expected) in [
            (
                ObjectKind::PrimaryKey,
                "PRIMARY",
                Some("PRIMARY KEY (`x,`)"),
            ),
            (ObjectKind::Unique, "u`1", Some("UNIQUE KEY `u``1` (`y`)")),
            (
                ObjectKind::Index,
                "u",
                Some("KEY `u` (`y` DESC,`x,`) COMMENT ','"),
            ),
            (
                ObjectKind::Check,
                "c",
                Some("CONSTRAINT `c` CHECK (`y` in (1,2))"),
            ),
            (ObjectKind::Index, "z", None),
            (ObjectKind::ForeignKey, "c", None),
        ] {
            assert_eq!(clause(STATEMENT, kind, name), expected, "{kind} {name}");
        }
    }
}
