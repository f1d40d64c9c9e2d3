INSERT INTO sync_warning (
    owner_id, id, connection_id, sync_id, part_id, object, database_name, schema_name,
    table_name, reason, grant_hint, is_unseen
)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)
