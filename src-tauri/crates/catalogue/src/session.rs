//! The proof that somebody has signed in.

use model::UserId;

/// The proof that a user has signed in to one open catalogue.
///
/// It has no public constructor, cannot be cloned and cannot be serialised, so
/// that a program can hold one only by signing in:
/// ```compile_fail
/// fn two(session: catalogue::UserSession) -> (catalogue::UserSession, catalogue::UserSession) {
///     (session.clone(), session)
/// }
/// ```
/// It can be lent:
/// ```
/// fn lend(session: &catalogue::UserSession) -> model::UserId {
///     session.user()
/// }
/// ```
#[derive(Debug)]
pub struct UserSession {
    user: UserId,
    catalogue: u64,
}

impl UserSession {
    pub(crate) fn new(user: UserId, catalogue: u64) -> Self {
        Self { user, catalogue }
    }

    /// Who has signed in.
    pub fn user(&self) -> UserId {
        self.user
    }

    /// The mark of the open catalogue that it was made by.
    pub(crate) fn catalogue(&self) -> u64 {
        self.catalogue
    }
}
