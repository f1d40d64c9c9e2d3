//! Virtual tables, and the tables that their modules keep their data in.
//!
//! SQLite tells these shadow tables only of modules that it knows itself; those
//! of a few others are told by the endings that they give their names.

use model::Text;

use crate::ddl;
use crate::rows::{RelationRow, RelationSort, StatementRow};

/// The endings of shadow tables, by modules that are not built in.
const ENDINGS: &[(&str, &[&str])] = &[
    ("geopoly", &["node", "parent", "rowid"]),
    ("spellfix1", &["vocab"]),
    ("fts1", &["content", "term"]),
    ("fts2", &["content", "segments", "segdir"]),
    (
        "vec0",
        &[
            "info",
            "chunks",
            "rowids",
            "auxiliary",
            "vector_chunks",
            "metadatachunks",
            "metadatatext",
        ],
    ),
];

/// The virtual tables of a file.
#[derive(Debug, Default)]
pub(crate) struct Virtuals(Vec<Virtual>);

#[derive(Debug)]
struct Virtual {
    name: Text,
    module: Text,
}

impl Virtuals {
    /// All there are, from the statements of the whole file.
    pub(crate) fn of(all: &[StatementRow]) -> Self {
        let tables = all.iter().filter(|row| &*row.sort == "table");
        Self(
            tables
                .filter_map(|row| {
                    let module = ddl::parse_module(row.sql.as_deref()?)?;
                    Some(Virtual {
                        name: Text::clone(&row.name),
                        module: module.name,
                    })
                })
                .collect(),
        )
    }

    /// The virtual table that keeps its data in this one.
    pub(crate) fn owner(&self, row: &RelationRow) -> Option<&Text> {
        let owners = self.0.iter().filter(|owner| match row.sort {
            RelationSort::Shadow => ending(&row.name, &owner.name).is_some(),
            RelationSort::Table => {
                ending(&row.name, &owner.name).is_some_and(|ending| owner.ends_so(ending))
            }
            RelationSort::View | RelationSort::Virtual => false,
        });
        owners
            .max_by_key(|owner| owner.name.len())
            .map(|owner| &owner.name)
    }
}

impl Virtual {
    fn ends_so(&self, ending: &str) -> bool {
        let known = ENDINGS
            .iter()
            .find(|(module, _)| module.eq_ignore_ascii_case(&self.module));
        let plain = ending.trim_end_matches(|letter: char| letter.is_ascii_digit());
        known.is_some_and(|(_, endings)| {
            endings
                .iter()
                .any(|known| known.eq_ignore_ascii_case(plain))
        })
    }
}

/// What stands behind the name of the virtual table and an underscore.
fn ending<'a>(name: &'a str, owner: &str) -> Option<&'a str> {
    let start = name.get(..owner.len())?;
    let rest = name.get(owner.len()..)?;
    start
        .eq_ignore_ascii_case(owner)
        .then(|| rest.strip_prefix('_'))
        .flatten()
}
