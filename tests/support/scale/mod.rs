//! Schemas of any size, all made alike, and counts that say whether a catalogue holds them.
//!
//! `tables` draws the tables without speaking any product's SQL, `dialect` writes them for
//! one, `make` puts them there (`file` into a SQLite file), `shapes` has schemas that are
//! large in another way, and `count` asks a server and a catalogue what they hold.

mod count;
mod dialect;
mod file;
mod make;
pub mod shapes;
mod tables;

pub use count::{Counts, Tally, add_up, kept, mariadb, postgres, raw_sqlite, sqlite};
pub use make::{make_mariadb, make_postgres, make_sqlite};
pub use tables::GROUPS;

/// How many tables there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Size {
    /// 100 tables.
    S,
    /// 2,000 tables.
    M,
    /// 10,000 tables.
    L,
    /// 100,000 tables.
    Xl,
}

impl Size {
    /// The size of this name: `s`, `m`, `l` or `xl`.
    pub fn parse(name: &str) -> Option<Self> {
        Some(match name {
            "s" => Self::S,
            "m" => Self::M,
            "l" => Self::L,
            "xl" => Self::Xl,
            _ => return None,
        })
    }

    /// The number of tables.
    pub fn tables(self) -> usize {
        match self {
            Self::S => 100,
            Self::M => 2_000,
            Self::L => 10_000,
            Self::Xl => 100_000,
        }
    }
}
