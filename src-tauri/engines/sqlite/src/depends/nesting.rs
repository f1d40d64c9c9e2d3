//! How large views become when each is put in place of its name.
//!
//! SQLite does just that for every use of a view and looks up no deadline
//! meanwhile: a few lines of views that double each other would hold it for
//! hours. How often a view names another is told from its words, which never
//! counts too few.

use std::collections::HashMap;

use crate::ddl;
use crate::rows::StatementRow;

/// The most views within a statement that is compiled for what it names alone.
const SMALL: u64 = 10_000;

/// The most views within a view whose columns are worked out.
const READABLE: u64 = 100_000;

/// How large each view is, views within it included.
#[derive(Debug, Default)]
pub(crate) struct Nesting {
    sizes: HashMap<String, Size>,
}

#[derive(Debug, Clone, Copy)]
enum Size {
    UnderWay,
    /// Views within it, itself included, and whether one leads back to itself.
    Known(u64, bool),
}

impl Nesting {
    /// Measures all views of the file.
    pub(crate) fn of(all: &[StatementRow]) -> Self {
        let views = all.iter().filter(|row| &*row.sort == "view");
        let texts: HashMap<String, &str> = views
            .map(|row| {
                let sql = row.sql.as_deref().unwrap_or_default();
                (row.name.to_ascii_lowercase(), sql)
            })
            .collect();
        let uses: HashMap<&str, Vec<&str>> = texts
            .iter()
            .map(|(name, sql)| {
                let used = ddl::used_names(sql);
                let used = used.iter().filter_map(|word| texts.get_key_value(word));
                (name.as_str(), used.map(|(name, _)| name.as_str()).collect())
            })
            .collect();
        let mut nesting = Self::default();
        for name in texts.keys() {
            nesting.measure(name, &uses);
        }
        nesting
    }

    /// Whether the views within a statement are few enough for it to be compiled.
    pub(crate) fn is_small(&self, sql: &str) -> bool {
        let mut total = 0_u64;
        ddl::used_names(sql).iter().all(|word| {
            let (size, circular) = self.size(word);
            total = total.saturating_add(size);
            !circular && total <= SMALL
        })
    }

    /// Whether a view's columns can be worked out in a time worth waiting for.
    pub(crate) fn is_readable(&self, view: &str) -> bool {
        self.size(&view.to_ascii_lowercase()).0 <= READABLE
    }

    fn size(&self, name: &str) -> (u64, bool) {
        match self.sizes.get(name) {
            Some(Size::Known(size, circular)) => (*size, *circular),
            Some(Size::UnderWay) | None => (0, false),
        }
    }

    /// Measures a view and those within it, without calling itself: the file
    /// decides how deep they go.
    fn measure(&mut self, name: &str, uses: &HashMap<&str, Vec<&str>>) {
        let mut under_way = vec![(name.to_owned(), 0_usize, 1_u64, false)];
        while let Some((view, at, size, circular)) = under_way.pop() {
            let next = uses.get(view.as_str()).and_then(|used| used.get(at));
            let Some(&next) = next else {
                self.sizes.insert(view, Size::Known(size, circular));
                continue;
            };
            match self.sizes.get(next) {
                Some(Size::Known(inner, around)) => {
                    let (size, circular) = (size.saturating_add(*inner), circular || *around);
                    under_way.push((view, at + 1, size, circular));
                }
                // SQLite refuses a circle as soon as it meets one.
                Some(Size::UnderWay) => under_way.push((view, at + 1, size, true)),
                None if next == view => under_way.push((view, at + 1, size, true)),
                None => {
                    self.sizes.insert(view.clone(), Size::UnderWay);
                    under_way.push((view, at, size, circular));
                    under_way.push((next.to_owned(), 0, 1, false));
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use model::Text;

    use super::*;

    fn views(texts: &[(&str, &str)]) -> Nesting {
        let rows: Vec<_> = texts
            .iter()
            .map(|(name, select)| StatementRow {
                sort: "view".into(),
                name: Text::from(*name),
                table: Text::from(*name),
                sql: Some(format!("CREATE VIEW {name} AS {select}").into()),
                is_text: true,
            })
            .collect();
        Nesting::of(&rows)
    }

    #[test]
    fn a_view_is_counted_as_often_as_it_is_used() {
        let nesting = views(&[
            ("a", "SELECT 1 AS x"),
            ("b", "SELECT a.x, A.x AS y FROM a, main.\"A\" AS other"),
            ("c", "SELECT * FROM b JOIN b AS again WHERE x IN a"),
        ]);
        let sizes = ["a", "b", "c"].map(|name| nesting.size(name).0);
        assert_eq!(
            sizes,
            [1, 3, 8],
            "a column's qualifier is no use, a table in a list is one"
        );
    }

    #[test]
    fn circles_end() {
        let nesting = views(&[
            ("a", "SELECT * FROM b"),
            ("b", "SELECT * FROM c"),
            ("c", "SELECT * FROM a"),
            ("d", "SELECT * FROM d"),
        ]);
        for name in ["a", "b", "c", "d"] {
            let sql = format!("SELECT * FROM {name}");
            assert!(!nesting.is_small(&sql), "{name} leads back to itself");
            assert!(
                nesting.is_readable(name),
                "SQLite itself says what is wrong with {name}"
            );
        }
    }

    #[test]
    fn doubling_soon_becomes_too_large() {
        let texts: Vec<(String, String)> = (0..40)
            .map(|n| match n {
                0 => ("v0".to_owned(), "SELECT 1".to_owned()),
                n => {
                    let inner = n - 1;
                    (
                        format!("v{n}"),
                        format!("SELECT 1 FROM v{inner} p, v{inner} q"),
                    )
                }
            })
            .collect();
        let texts: Vec<_> = texts
            .iter()
            .map(|(name, sql)| (name.as_str(), sql.as_str()))
            .collect();
        let nesting = views(&texts);
        assert!(nesting.is_readable("v15"), "65,535 are still read");
        assert!(!nesting.is_readable("v16"), "131,071 are not");
        assert!(
            nesting.is_small("SELECT 1 FROM v12"),
            "some thousands are compiled"
        );
        assert!(!nesting.is_small("SELECT 1 FROM v13"), "more are not");
    }
}
