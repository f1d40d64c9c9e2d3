//! The contract that every engine keeps.
//!
//! The traits, their errors, the context of an operation, the registry, the
//! Dialer and connection strings live here. No driver does, and no engine's
//! name is known here.

#[cfg(feature = "conformance")]
pub mod conformance;
mod context;
pub mod dial;
mod error;
mod registry;
mod session;
mod sink;
pub mod url;

pub use context::{Observer, OpContext, Progress, Silent};
pub use error::{EngineError, ServerWords, SignInProblem, TlsProblem};
pub use registry::Registry;
pub use session::{
    Canceller, DatabaseInfo, Definition, Engine, InspectScope, Privileges, ServerInfo, Session,
    Verification,
};
pub use sink::Sink;
