-- A warning is over as soon as a later sync has put in the part that it came
-- with, or one that holds its object.
SELECT
    warning.sync_id, warning.object, warning.reason, warning.grant_hint, warning.is_unseen,
    sync.started_at
FROM sync_warning AS warning
JOIN sync ON sync.owner_id = warning.owner_id AND sync.id = warning.sync_id
JOIN sync_part AS source
    ON source.owner_id = warning.owner_id AND source.id = warning.part_id
WHERE
    warning.owner_id = ?1
    AND warning.connection_id = ?2
    AND NOT EXISTS (
        SELECT 1
        FROM sync_part AS later
        WHERE
            later.owner_id = warning.owner_id
            AND later.connection_id = warning.connection_id
            AND later.id > warning.part_id
            AND (
                (
                    later.database_name IS source.database_name
                    AND (later.schema_name IS NULL OR later.schema_name IS source.schema_name)
                    AND (later.table_name IS NULL OR later.table_name IS source.table_name)
                )
                OR (
                    later.database_name = warning.database_name
                    AND (later.schema_name IS NULL OR later.schema_name = warning.schema_name)
                    AND (later.table_name IS NULL OR later.table_name = warning.table_name)
                )
            )
    )
ORDER BY warning.id
