-- A warning is over as soon as a sync has put in a part that holds its object,
-- or the part that it came with.
DELETE FROM sync_warning INDEXED BY sync_warning_connection
WHERE
    owner_id = ?1
    AND connection_id = ?2
    AND (
        (
            database_name = ?3
            AND (?4 IS NULL OR schema_name = ?4)
            AND (?5 IS NULL OR table_name = ?5)
        )
        OR EXISTS (
            SELECT 1
            FROM sync_part AS source
            WHERE
                source.owner_id = sync_warning.owner_id
                AND source.id = sync_warning.part_id
                AND source.database_name IS ?3
                AND (?4 IS NULL OR source.schema_name = ?4)
                AND (?5 IS NULL OR source.table_name = ?5)
        )
    )
