//! The name under which a secret is sealed.

use std::fmt;

use model::{ids::ConnectionUuid, secret::SecretPurpose};
use uuid::Uuid;

/// Whose secret it is, and what for; sealed bytes open under this name only.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SecretName {
    /// The connection that the secret belongs to.
    pub connection: ConnectionUuid,
    /// What the connection needs it for.
    pub purpose: SecretPurpose,
}

impl SecretName {
    /// The name of a connection's secret.
    pub fn new(connection: ConnectionUuid, purpose: SecretPurpose) -> Self {
        Self {
            connection,
            purpose,
        }
    }

    /// Reads what [`fmt::Display`] wrote; `None` for any other text, such as a
    /// purpose that only a newer version knows.
    pub fn parse(text: &str) -> Option<Self> {
        let (connection, purpose) = text.split_once('/')?;
        let connection = ConnectionUuid(Uuid::try_parse(connection).ok()?);
        let purpose = PURPOSES
            .into_iter()
            .find(|known| known.as_str() == purpose)?;
        Some(Self {
            connection,
            purpose,
        })
    }
}

impl fmt::Display for SecretName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.connection, self.purpose.as_str())
    }
}

const PURPOSES: [SecretPurpose; 1] = [SecretPurpose::Password];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_purpose_can_be_read_back() {
        // Without a wildcard: a new purpose stops the build here until PURPOSES has it too.
        for purpose in PURPOSES {
            match purpose {
                SecretPurpose::Password => {}
            }
            let name = SecretName::new(ConnectionUuid::generate(), purpose);
            assert_eq!(
                SecretName::parse(&name.to_string()),
                Some(name),
                "{name} must survive"
            );
        }
    }

    #[test]
    fn a_name_of_a_newer_version_is_left_alone() {
        let text = format!("{}/quantum_key", ConnectionUuid::generate());
        assert_eq!(
            SecretName::parse(&text),
            None,
            "unknown purposes are not ours to list"
        );
    }
}
