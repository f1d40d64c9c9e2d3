INSERT INTO sync (owner_id, id, uuid, connection_id, level, state, started_at)
VALUES (?1, ?2, ?3, ?4, ?5, 'running', ?6)
