SELECT max(applied_at)
FROM sync_part INDEXED BY sync_part_connection
WHERE
    owner_id = ?1
    AND connection_id = ?2
    AND (database_name = ?3 OR (database_name IS NULL AND ?4 IS NULL AND ?5 IS NULL))
    AND (schema_name IS NULL OR schema_name = ?4)
    AND (table_name IS NULL OR table_name = ?5)
    AND (?6 IS NULL OR sync_id < ?6)
