//! Users, the state of the vault, and settings.

use model::{EngineDescriptor, Timestamp, UserId};
use serde::{Deserialize, Serialize};

/// What may be known before anybody has signed in.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct Welcome {
    /// The engines there are.
    pub engines: Vec<&'static EngineDescriptor>,
    /// Who has signed up here, last used first.
    pub users: Vec<UserCard>,
    /// Who is signed in.
    pub signed_in: Option<UserCard>,
    /// Version of db-studio.
    pub version: String,
    /// Light, dark, or as the system has it.
    pub theme: Theme,
}

/// How the window is coloured; belongs to the machine, not to a user.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum Theme {
    /// As the system has it.
    #[default]
    System,
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
}

/// A user, as the sign-in page shows them.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct UserCard {
    /// The user.
    pub id: UserId,
    /// Their name.
    pub name: String,
    /// When they last signed in.
    pub last_signed_in_at: Option<Timestamp>,
}

/// What a user can set.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct Settings {
    /// Minutes without use until the vault locks; 0 for never.
    pub lock_after_minutes: u32,
    /// Whether closing the window leaves the app in the tray.
    pub close_to_tray: bool,
    /// For how many days the past of schemas is kept; 0 for ever.
    pub keep_history_days: u32,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            lock_after_minutes: 15,
            close_to_tray: false,
            keep_history_days: 0,
        }
    }
}

/// Where things lie on this disk.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct DataFolder {
    /// The folder.
    pub path: String,
    /// The folder that will be used after the next start, if it was changed.
    pub next: Option<String>,
    /// The catalogue in it, a SQLite database that other tools may read.
    pub catalogue: String,
    /// Size of the catalogue in bytes.
    pub catalogue_bytes: model::Amount,
}
