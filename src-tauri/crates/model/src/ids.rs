//! Identifiers and amounts, each a type of its own so that they cannot be mixed up.

use std::fmt;

use serde::{Deserialize, Serialize};

macro_rules! local_id {
    ($(#[doc = $doc:literal] $name:ident)*) => {$(
        #[doc = $doc]
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "bindings", derive(specta::Type))]
        #[serde(transparent)]
        pub struct $name(pub u32);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }
    )*};
}

local_id! {
    /// A user of this catalogue; local to it.
    UserId
    /// A connection of this catalogue; local to it.
    ConnectionId
    /// One run of reading a schema; local to the catalogue.
    SyncId
    /// A schema object over all its versions: its lineage in this catalogue.
    ObjectId
}

/// The name of a connection across catalogues (UUIDv7).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ConnectionUuid(pub uuid::Uuid);

impl ConnectionUuid {
    /// Makes a new one from the current time and randomness.
    pub fn generate() -> Self {
        Self(uuid::Uuid::now_v7())
    }
}

impl fmt::Display for ConnectionUuid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// The stable name of an engine, as its descriptor declares it (`postgres`, `sqlite`, …).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(transparent)]
pub struct EngineId(pub String);

impl fmt::Display for EngineId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl From<&str> for EngineId {
    fn from(name: &str) -> Self {
        Self(name.to_owned())
    }
}

/// A count or a size in bytes; at most 2^53 − 1, the largest whole number that
/// the window's numbers hold exactly. Larger values are kept at that bound.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(transparent)]
pub struct Amount(#[cfg_attr(feature = "bindings", specta(type = u32))] u64);

impl Amount {
    /// The largest amount there is.
    pub const MAX: Self = Self((1 << 53) - 1);

    /// The plain number.
    pub fn get(self) -> u64 {
        self.0
    }

    /// Both together.
    #[must_use]
    pub fn plus(self, other: Self) -> Self {
        Self::from(self.0.saturating_add(other.0))
    }
}

impl From<u64> for Amount {
    fn from(value: u64) -> Self {
        Self(value.min(Self::MAX.0))
    }
}

impl From<usize> for Amount {
    fn from(value: usize) -> Self {
        Self::from(value as u64)
    }
}

impl From<u32> for Amount {
    fn from(value: u32) -> Self {
        Self(u64::from(value))
    }
}
