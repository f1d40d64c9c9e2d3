//! PostgreSQL: connects, tests and reads the schema of a server's databases.
//!
//! The engine and its sessions live here. What is stored of a schema, and what
//! is shown, does not.

mod asking;
mod columns;
mod connect;
mod convert;
mod ddl;
mod definition;
mod descriptor;
mod error;
mod inspect;
mod numbered;
mod privileges;
mod rows;
mod session;
mod settings;
mod spelling;
mod types;
mod variant;

use async_trait::async_trait;
use engine::{Engine, EngineError, OpContext, Session};
use model::{EngineDescriptor, Secret, Target};

/// The engine for PostgreSQL servers and their forks.
#[derive(Debug, Clone, Copy)]
pub struct Postgres;

/// The one engine for PostgreSQL servers.
pub static ENGINE: Postgres = Postgres;

#[async_trait]
impl Engine for Postgres {
    fn descriptor(&self) -> &'static EngineDescriptor {
        &descriptor::DESCRIPTOR
    }

    async fn open(
        &self,
        target: &Target,
        secret: Option<&Secret>,
        cx: &OpContext,
    ) -> Result<Box<dyn Session>, EngineError> {
        Ok(Box::new(connect::open(target, secret, cx).await?))
    }
}
