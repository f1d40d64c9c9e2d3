//! Connections with their tags. A deleted one is hidden everywhere and its name
//! is free, until it is restored or purged. Secrets are the vault's.

use super::json::{json, parse_json};
use super::sequence::Sequence;
use super::user::name_key;
use crate::scope::handle;
use crate::{CatalogueError, Write};
use model::{
    Connection, ConnectionDraft, ConnectionId, ConnectionUuid, EngineId, Environment, Target,
    Timestamp,
};
use rusqlite::{OptionalExtension, ToSql};

handle! {
    /// The user's connections.
    Connections
}

impl<M> Connections<'_, M> {
    /// All connections, in the user's order.
    ///
    /// # Errors
    /// `Busy` or `Store`.
    pub fn list(&self) -> Result<Vec<Connection>, CatalogueError> {
        self.select(None)
    }

    /// One connection.
    ///
    /// # Errors
    /// `NotFound`.
    pub fn get(&self, id: ConnectionId) -> Result<Connection, CatalogueError> {
        self.select(Some(id))?
            .pop()
            .ok_or(CatalogueError::NotFound { what: "connection" })
    }

    /// The connection with this name, compared without case.
    ///
    /// # Errors
    /// `Busy` or `Store`.
    pub fn named(&self, name: &str) -> Result<Option<Connection>, CatalogueError> {
        let sql = "SELECT id FROM connection
                   WHERE owner_id = ?1 AND name_key = ?2 AND deleted_at IS NULL";
        let id: Option<u32> = self
            .access
            .db
            .prepare_cached(sql)?
            .query_row((self.access.owner(), name_key(name)), |row| row.get(0))
            .optional()?;
        id.map(|id| self.get(ConnectionId(id))).transpose()
    }

    /// The UUIDs of all connections that may have secrets, deleted ones that
    /// can still be restored included.
    ///
    /// # Errors
    /// `Busy` or `Store`.
    pub fn uuids(&self) -> Result<Vec<ConnectionUuid>, CatalogueError> {
        let mut statement = self
            .access
            .db
            .prepare("SELECT uuid FROM connection WHERE owner_id = ?1")?;
        let texts = statement.query_map([self.access.owner()], |row| row.get::<_, String>(0))?;
        texts.map(|text| parse_uuid(&text?)).collect()
    }

    fn select(&self, id: Option<ConnectionId>) -> Result<Vec<Connection>, CatalogueError> {
        let mut statement = self
            .access
            .db
            .prepare_cached(include_str!("connection/list.sql"))?;
        let mut rows = statement.query((self.access.owner(), id.map(|id| id.0)))?;
        let mut connections = Vec::new();
        while let Some(row) = rows.next()? {
            connections.push(read(row)?);
        }
        Ok(connections)
    }
}

impl Connections<'_, Write> {
    /// Keeps a connection under the UUID that its secrets are already kept under;
    /// it becomes the last of the list.
    ///
    /// # Errors
    /// `NameEmpty` or `NameTaken`.
    pub fn insert(
        &self,
        uuid: ConnectionUuid,
        draft: &ConnectionDraft,
    ) -> Result<Connection, CatalogueError> {
        let (name, key) = self.usable_name(&draft.name, None)?;
        let id = ConnectionId(self.access.next(Sequence::Connection)?);
        self.access.db.execute(
            include_str!("connection/insert.sql"),
            rusqlite::params![
                self.access.owner(),
                id.0,
                uuid.to_string(),
                name,
                key,
                draft.description,
                draft.target.engine.0,
                json(&draft.target.fields)?,
                draft.colour,
                draft.environment.as_str(),
                draft.folder,
                draft.favourite,
                draft.read_only,
                json(&draft.metadata)?,
                self.access.now.0,
            ],
        )?;
        self.set_tags(id, &draft.tags)?;
        self.get(id)
    }

    /// Replaces what the user says of a connection.
    ///
    /// # Errors
    /// `NotFound`, `NameEmpty` or `NameTaken`.
    pub fn update(
        &self,
        id: ConnectionId,
        draft: &ConnectionDraft,
    ) -> Result<Connection, CatalogueError> {
        self.access.require_connection(id)?;
        let (name, key) = self.usable_name(&draft.name, Some(id))?;
        self.access.db.execute(
            include_str!("connection/update.sql"),
            rusqlite::params![
                self.access.owner(),
                id.0,
                name,
                key,
                draft.description,
                draft.target.engine.0,
                json(&draft.target.fields)?,
                draft.colour,
                draft.environment.as_str(),
                draft.folder,
                draft.favourite,
                draft.read_only,
                json(&draft.metadata)?,
                self.access.now.0,
            ],
        )?;
        self.set_tags(id, &draft.tags)?;
        self.get(id)
    }

    /// Lets work in the background contact it, or not.
    ///
    /// # Errors
    /// `NotFound`.
    pub fn set_active(&self, id: ConnectionId, active: bool) -> Result<(), CatalogueError> {
        self.set(
            id,
            "UPDATE connection SET is_active = ?3 WHERE owner_id = ?1 AND id = ?2",
            active,
        )
    }

    /// Makes it one of the favourites, or not.
    ///
    /// # Errors
    /// `NotFound`.
    pub fn set_favourite(&self, id: ConnectionId, favourite: bool) -> Result<(), CatalogueError> {
        let sql = "UPDATE connection SET is_favourite = ?3 WHERE owner_id = ?1 AND id = ?2";
        self.set(id, sql, favourite)
    }

    /// Notes that it is being used now.
    ///
    /// # Errors
    /// `NotFound`.
    pub fn touch_used(&self, id: ConnectionId) -> Result<(), CatalogueError> {
        let sql = "UPDATE connection SET last_used_at = ?3 WHERE owner_id = ?1 AND id = ?2";
        self.set(id, sql, self.access.now.0)
    }

    /// Puts the connections into this order; those that are not named follow as they were.
    ///
    /// # Errors
    /// `NotFound`, and then nothing has moved.
    pub fn reorder(&self, order: &[ConnectionId]) -> Result<(), CatalogueError> {
        for id in order {
            self.access.require_connection(*id)?;
        }
        let rest = self.list()?.into_iter().map(|connection| connection.id);
        let rest = rest.filter(|id| !order.contains(id));
        let sql = "UPDATE connection SET sort_order = ?3 WHERE owner_id = ?1 AND id = ?2";
        for (position, id) in order.iter().copied().chain(rest).enumerate() {
            self.set(id, sql, i64::try_from(position).unwrap_or(i64::MAX))?;
        }
        Ok(())
    }

    /// Hides a connection with all that hangs on it, and frees its name.
    ///
    /// # Errors
    /// `NotFound`.
    pub fn delete(&self, id: ConnectionId) -> Result<(), CatalogueError> {
        let sql = "UPDATE connection SET deleted_at = ?3 WHERE owner_id = ?1 AND id = ?2";
        self.set(id, sql, self.access.now.0)
    }

    /// Brings a deleted connection back.
    ///
    /// # Errors
    /// `NotFound` where there is no such deleted connection, `NameTaken` where
    /// its name is in use by now.
    pub fn restore(&self, id: ConnectionId) -> Result<Connection, CatalogueError> {
        let sql = "SELECT name FROM connection
                   WHERE owner_id = ?1 AND id = ?2 AND deleted_at IS NOT NULL";
        let row = (self.access.owner(), id.0);
        let name: String = self
            .access
            .db
            .query_row(sql, row, |row| row.get(0))
            .optional()?
            .ok_or(CatalogueError::NotFound { what: "connection" })?;
        self.usable_name(&name, Some(id))?;
        self.access.db.execute(
            "UPDATE connection SET deleted_at = NULL WHERE owner_id = ?1 AND id = ?2",
            row,
        )?;
        self.get(id)
    }

    /// Removes for good what was deleted before this moment, and returns the
    /// UUIDs whose secrets may go now.
    ///
    /// # Errors
    /// `Busy` or `Store`.
    pub fn purge_deleted(&self, before: Timestamp) -> Result<Vec<ConnectionUuid>, CatalogueError> {
        let mut statement = self.access.db.prepare(
            "DELETE FROM connection WHERE owner_id = ?1 AND deleted_at < ?2 RETURNING uuid",
        )?;
        let row = (self.access.owner(), before.0);
        let texts = statement.query_map(row, |row| row.get::<_, String>(0))?;
        texts.map(|text| parse_uuid(&text?)).collect()
    }

    fn set(&self, id: ConnectionId, sql: &str, value: impl ToSql) -> Result<(), CatalogueError> {
        self.access.require_connection(id)?;
        self.access
            .db
            .prepare_cached(sql)?
            .execute((self.access.owner(), id.0, value))?;
        Ok(())
    }

    fn set_tags(&self, id: ConnectionId, tags: &[String]) -> Result<(), CatalogueError> {
        self.access.db.execute(
            "DELETE FROM connection_tag WHERE owner_id = ?1 AND connection_id = ?2",
            (self.access.owner(), id.0),
        )?;
        for (position, tag) in tags.iter().enumerate() {
            let row = self.access.next(Sequence::ConnectionTag)?;
            self.access.db.execute(
                "INSERT INTO connection_tag (owner_id, id, connection_id, position, tag)
                 VALUES (?1, ?2, ?3, ?4, ?5)
                 ON CONFLICT (owner_id, connection_id, tag) DO NOTHING",
                (
                    self.access.owner(),
                    row,
                    id.0,
                    i64::try_from(position).unwrap_or(i64::MAX),
                    tag,
                ),
            )?;
        }
        Ok(())
    }

    fn usable_name<'n>(
        &self,
        name: &'n str,
        own: Option<ConnectionId>,
    ) -> Result<(&'n str, String), CatalogueError> {
        let (name, key) = (name.trim(), name_key(name));
        if name.is_empty() {
            return Err(CatalogueError::NameEmpty { what: "connection" });
        }
        let sql = "SELECT 1 FROM connection WHERE owner_id = ?1 AND name_key = ?2
                   AND deleted_at IS NULL AND id IS NOT ?3";
        let row = (self.access.owner(), &key, own.map(|id| id.0));
        if self.access.db.prepare_cached(sql)?.exists(row)? {
            return Err(CatalogueError::NameTaken {
                what: "connection",
                name: name.to_owned(),
            });
        }
        Ok((name, key))
    }
}

fn read(row: &rusqlite::Row<'_>) -> Result<Connection, CatalogueError> {
    let environment: String = row.get(7)?;
    let draft = ConnectionDraft {
        name: row.get(2)?,
        description: row.get(3)?,
        target: Target {
            engine: EngineId(row.get(4)?),
            fields: parse_json(&row.get::<_, String>(5)?)?,
        },
        colour: row.get(6)?,
        environment: Environment::parse(&environment)
            .ok_or_else(|| CatalogueError::damaged("an environment"))?,
        folder: row.get(8)?,
        tags: parse_json(&row.get::<_, String>(17)?)?,
        favourite: row.get(9)?,
        read_only: row.get(10)?,
        metadata: parse_json(&row.get::<_, String>(13)?)?,
    };
    Ok(Connection {
        id: ConnectionId(row.get(0)?),
        uuid: parse_uuid(&row.get::<_, String>(1)?)?,
        draft,
        active: row.get(11)?,
        sort_order: row.get(12)?,
        created_at: Timestamp(row.get(14)?),
        updated_at: Timestamp(row.get(15)?),
        last_used_at: row.get::<_, Option<i64>>(16)?.map(Timestamp),
    })
}

fn parse_uuid(text: &str) -> Result<ConnectionUuid, CatalogueError> {
    uuid::Uuid::parse_str(text)
        .map(ConnectionUuid)
        .map_err(|_| CatalogueError::damaged("a connection's UUID"))
}
