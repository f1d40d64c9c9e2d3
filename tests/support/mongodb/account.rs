//! Users of a secured server.

/// A user that may sign in to one database.
#[derive(Clone, Debug)]
pub struct Account {
    /// The user's name, unique in the run.
    pub name: String,
    /// Its password.
    pub password: String,
    /// The database that it belongs to and signs in through.
    pub source: String,
}
