//! MongoDB: connects, tests and reads the collections of a server's databases.
//!
//! The engine and its sessions live here. What is stored of a schema, how samples
//! of several readings are put together, and what is shown, do not.

mod ask;
mod connect;
mod convert;
mod definition;
mod descriptor;
mod discovery;
mod error;
mod inspect;
mod pipelines;
mod privileges;
mod rows;
mod sample;
mod server;
mod session;
mod settings;
mod types;
mod variant;

use async_trait::async_trait;
use engine::{Engine, EngineError, OpContext, Session};
use model::{EngineDescriptor, Secret, Target};

/// The engine for MongoDB servers and what speaks their protocol.
#[derive(Debug, Clone, Copy)]
pub struct MongoDb;

/// The one engine for MongoDB servers.
pub static ENGINE: MongoDb = MongoDb;

#[async_trait]
impl Engine for MongoDb {
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
