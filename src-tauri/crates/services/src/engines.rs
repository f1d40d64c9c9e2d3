//! The engines of this build: the one list outside their own folders.

use std::path::Path;

use engine::{Engine, Registry};
use model::Target;

use crate::Error;

/// Every engine there is, in the order in which people are shown them.
pub const REGISTRY: Registry = Registry::new(ENGINES);

const ENGINES: &[&dyn Engine] = &[
    &engine_postgres::ENGINE,
    &engine_mysql::ENGINE,
    &engine_sqlite::ENGINE,
    &engine_mongodb::ENGINE,
];

/// The names that the engines' crates log under.
pub const LOG_TARGETS: &[&str] = &[
    "engine_postgres",
    "engine_mysql",
    "engine_sqlite",
    "engine_mongodb",
];

/// Makes the sample database in a folder, unless it is there, and says how to reach it.
pub(crate) fn sample(folder: &Path) -> Result<Target, Error> {
    let path = folder.join("sample.sqlite");
    if !path.exists() {
        engine_sqlite::sample::create(&path)?;
    }
    Ok(engine_sqlite::target(&path))
}
