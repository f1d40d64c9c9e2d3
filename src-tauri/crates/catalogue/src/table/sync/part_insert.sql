INSERT INTO sync_part (
    owner_id, id, connection_id, sync_id, database_name, schema_name, table_name, applied_at
)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
