//! What the suites share: throw-away servers, hostile servers, a bad link,
//! certificates, real schemas and files made from SQL.
//!
//! Nothing here tests anything, and nothing here is ever skipped: what cannot
//! be had ends the test with the reason.
#![allow(
    clippy::panic,
    clippy::unwrap_used,
    reason = "support of tests fails loudly, with the reason in the message"
)]

mod background;
pub mod cache;
pub mod certificates;
pub mod hostile;
pub mod mongodb;
pub mod mysql;
mod packaged;
pub mod people;
pub mod pgbouncer;
pub mod postgres;
pub mod proxy;
pub mod scale;
pub mod schemas;
pub mod sqlite;
mod supervise;

pub use mongodb::MongoDb;
pub use mysql::MySql;
pub use people::Person;
pub use pgbouncer::PgBouncer;
pub use postgres::{Build, FreshDatabase, Postgres, Role};
pub use sqlite::SqliteFile;
