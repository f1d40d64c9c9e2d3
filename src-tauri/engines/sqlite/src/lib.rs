//! SQLite: opens a database file, reads its schema and changes nothing.
//!
//! The engine, its sessions and the sample database live here. What is stored
//! of a schema, and what is shown, does not.

mod asking;
mod changes;
mod connect;
mod convert;
mod ddl;
mod depends;
mod descriptor;
mod error;
mod fingerprint;
mod format;
mod inspect;
mod link;
mod listing;
mod outlet;
mod plain;
mod reading;
mod rows;
pub mod sample;
mod session;
mod types;
mod variant;
mod verify;
mod watch;

use async_trait::async_trait;
use engine::{Engine, EngineError, OpContext, Session};
use model::{EngineDescriptor, Secret, Target};

/// The engine for SQLite files.
#[derive(Debug, Clone, Copy)]
pub struct Sqlite;

/// The one engine for SQLite files.
pub static ENGINE: Sqlite = Sqlite;

#[async_trait]
impl Engine for Sqlite {
    fn descriptor(&self) -> &'static EngineDescriptor {
        &descriptor::DESCRIPTOR
    }

    async fn open(
        &self,
        target: &Target,
        _secret: Option<&Secret>,
        cx: &OpContext,
    ) -> Result<Box<dyn Session>, EngineError> {
        Ok(Box::new(connect::open(target, cx).await?))
    }
}

/// The target of a database file.
pub fn target(path: &std::path::Path) -> Target {
    Target::new(descriptor::DESCRIPTOR.id)
        .with(model::connection::field::FILE, path.display().to_string())
}
