//! MySQL and MariaDB: connects, tests and reads the schemas of a server's databases.
//!
//! The engine and its sessions live here. What is stored of a schema, and what
//! is shown, does not.

mod answer;
mod connect;
mod convert;
mod ddl;
mod definition;
mod descriptor;
mod error;
mod grants;
mod inspect;
mod privileges;
mod rows;
mod secret;
mod server;
mod session;
mod settings;
mod types;
mod variant;

use async_trait::async_trait;
use engine::{Engine, EngineError, OpContext, Session};
use model::{EngineDescriptor, Secret, Target};

/// The engine for MySQL and MariaDB servers and their forks.
#[derive(Debug, Clone, Copy)]
pub struct MySql;

/// The one engine for MySQL and MariaDB servers.
pub static ENGINE: MySql = MySql;

#[async_trait]
impl Engine for MySql {
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
