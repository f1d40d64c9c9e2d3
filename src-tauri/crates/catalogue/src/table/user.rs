//! Accounts: who may sign in, and with what the keys are derived. Keys and
//! passphrases themselves never come here.

use model::{Timestamp, UserId};
use rusqlite::{Connection, OptionalExtension};
use subtle::ConstantTimeEq;

use crate::scope::handle;
use crate::{CatalogueError, Write};

/// A user as the list before sign-in shows them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UserCard {
    /// The user.
    pub id: UserId,
    /// Their name.
    pub name: String,
    /// When they last signed in.
    pub last_signed_in_at: Option<Timestamp>,
}

/// What an account begins with.
#[derive(Clone)]
pub struct NewUser {
    /// The name, unique in the catalogue without regard to case.
    pub name: String,
    /// The name of the vault's file within the data folder.
    pub vault_file: String,
    /// How the keys are derived from the passphrase, as the vault writes it.
    pub key_parameters: String,
    /// What proves the passphrase.
    pub verifier: Vec<u8>,
}

/// What is needed to derive a user's keys and to open their vault.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Credentials {
    /// The user.
    pub user: UserId,
    /// Their name, as they wrote it.
    pub name: String,
    /// The name of the vault's file within the data folder.
    pub vault_file: String,
    /// How the keys are derived from the passphrase, as the vault writes it.
    pub key_parameters: String,
}

handle! {
    /// The user's own account.
    Account
}

impl<M> Account<'_, M> {
    /// The user as others see them.
    ///
    /// # Errors
    /// `Busy` or `Store`.
    pub fn card(&self) -> Result<UserCard, CatalogueError> {
        let sql = "SELECT id, name, last_signed_in_at FROM user WHERE id = ?1";
        Ok(self.access.db.query_row(sql, [self.access.owner()], card)?)
    }

    /// What is needed to derive the user's keys.
    ///
    /// # Errors
    /// `Busy` or `Store`.
    pub fn credentials(&self) -> Result<Credentials, CatalogueError> {
        let sql = "SELECT id, name, vault_file, key_parameters FROM user WHERE id = ?1";
        Ok(self
            .access
            .db
            .query_row(sql, [self.access.owner()], credentials_of)?)
    }

    /// What proves the passphrase, for a process that takes this one's place.
    ///
    /// # Errors
    /// `Busy` or `Store`.
    pub fn verifier(&self) -> Result<Vec<u8>, CatalogueError> {
        let sql = "SELECT verifier FROM user WHERE id = ?1";
        let owner = [self.access.owner()];
        Ok(self.access.db.query_row(sql, owner, |row| row.get(0))?)
    }

    /// Whether the verifier is the stored one, compared in constant time.
    ///
    /// # Errors
    /// `Busy` or `Store`.
    pub fn verifies(&self, verifier: &[u8]) -> Result<bool, CatalogueError> {
        matches(self.access.db, self.access.owner, verifier)
    }
}

impl Account<'_, Write> {
    /// Switches vault file, key parameters and verifier together.
    ///
    /// # Errors
    /// `Busy` or `Store`.
    pub fn replace_credentials(
        &self,
        vault_file: &str,
        key_parameters: &str,
        verifier: &[u8],
    ) -> Result<(), CatalogueError> {
        self.access.db.execute(
            "UPDATE user SET vault_file = ?2, key_parameters = ?3, verifier = ?4 WHERE id = ?1",
            (self.access.owner(), vault_file, key_parameters, verifier),
        )?;
        Ok(())
    }

    /// Gives the user another name.
    ///
    /// # Errors
    /// `NameEmpty` or `NameTaken`.
    pub fn rename(&self, name: &str) -> Result<(), CatalogueError> {
        let (name, key) = usable_name(self.access.db, name, Some(self.access.owner))?;
        self.access.db.execute(
            "UPDATE user SET name = ?2, name_key = ?3 WHERE id = ?1",
            (self.access.owner(), name, key),
        )?;
        Ok(())
    }

    /// Removes the user and everything they have; their session ends.
    ///
    /// # Errors
    /// `Busy` or `Store`.
    pub fn delete_user(&self) -> Result<(), CatalogueError> {
        self.access
            .db
            .execute("DELETE FROM user WHERE id = ?1", [self.access.owner()])?;
        Ok(())
    }
}

/// Everybody who has an account, by name.
pub(crate) fn users(db: &Connection) -> Result<Vec<UserCard>, CatalogueError> {
    let mut statement =
        db.prepare("SELECT id, name, last_signed_in_at FROM user ORDER BY name_key")?;
    let users = statement.query_map([], card)?.collect::<Result<_, _>>()?;
    Ok(users)
}

/// Whether there is such a user.
pub(crate) fn exists(db: &Connection, user: UserId) -> Result<bool, CatalogueError> {
    Ok(db
        .prepare_cached("SELECT 1 FROM user WHERE id = ?1")?
        .exists([user.0])?)
}

/// Makes an account that has just been signed in to.
pub(crate) fn insert(
    db: &Connection,
    new: &NewUser,
    now: Timestamp,
) -> Result<UserId, CatalogueError> {
    let (name, key) = usable_name(db, &new.name, None)?;
    db.execute(
        include_str!("user/insert.sql"),
        (
            name,
            key,
            &new.vault_file,
            &new.key_parameters,
            &new.verifier,
            now.0,
        ),
    )?;
    let id = u32::try_from(db.last_insert_rowid())
        .map_err(|_| CatalogueError::damaged("its numbers are used up"))?;
    Ok(UserId(id))
}

/// What is needed to derive the keys of the user with this name.
pub(crate) fn credentials(db: &Connection, name: &str) -> Result<Credentials, CatalogueError> {
    db.query_row(
        "SELECT id, name, vault_file, key_parameters FROM user WHERE name_key = ?1",
        [name_key(name)],
        credentials_of,
    )
    .optional()?
    .ok_or_else(|| CatalogueError::UnknownUser {
        name: name.to_owned(),
    })
}

/// Refuses a verifier that is not the stored one.
pub(crate) fn verify(db: &Connection, user: UserId, verifier: &[u8]) -> Result<(), CatalogueError> {
    match matches(db, user, verifier)? {
        true => Ok(()),
        false => Err(CatalogueError::WrongPassphrase),
    }
}

/// Notes that a user has signed in.
pub(crate) fn signed_in(
    db: &Connection,
    user: UserId,
    now: Timestamp,
) -> Result<(), CatalogueError> {
    db.execute(
        "UPDATE user SET last_signed_in_at = ?2 WHERE id = ?1",
        (user.0, now.0),
    )?;
    Ok(())
}

/// A name without the white space around it; what names are compared by.
pub(crate) fn name_key(name: &str) -> String {
    name.trim().to_lowercase()
}

fn matches(db: &Connection, user: UserId, verifier: &[u8]) -> Result<bool, CatalogueError> {
    let stored: Option<Vec<u8>> = db
        .query_row("SELECT verifier FROM user WHERE id = ?1", [user.0], |row| {
            row.get(0)
        })
        .optional()?;
    Ok(stored.is_some_and(|stored| stored.ct_eq(verifier).into()))
}

fn usable_name<'n>(
    db: &Connection,
    name: &'n str,
    own: Option<UserId>,
) -> Result<(&'n str, String), CatalogueError> {
    let (name, key) = (name.trim(), name_key(name));
    if name.is_empty() {
        return Err(CatalogueError::NameEmpty { what: "user" });
    }
    let taken = db
        .prepare("SELECT 1 FROM user WHERE name_key = ?1 AND id IS NOT ?2")?
        .exists((&key, own.map(|user| user.0)))?;
    if taken {
        return Err(CatalogueError::NameTaken {
            what: "user",
            name: name.to_owned(),
        });
    }
    Ok((name, key))
}

fn card(row: &rusqlite::Row<'_>) -> rusqlite::Result<UserCard> {
    Ok(UserCard {
        id: UserId(row.get(0)?),
        name: row.get(1)?,
        last_signed_in_at: row.get::<_, Option<i64>>(2)?.map(Timestamp),
    })
}

fn credentials_of(row: &rusqlite::Row<'_>) -> rusqlite::Result<Credentials> {
    Ok(Credentials {
        user: UserId(row.get(0)?),
        name: row.get(1)?,
        vault_file: row.get(2)?,
        key_parameters: row.get(3)?,
    })
}

impl std::fmt::Debug for NewUser {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("NewUser")
            .field("name", &self.name)
            .finish_non_exhaustive()
    }
}
