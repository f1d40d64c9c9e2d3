SELECT EXISTS (
    SELECT 1
    FROM sync INDEXED BY sync_connection
    WHERE
        owner_id = ?1
        AND connection_id = ?2
        AND id > ?3
        AND state <> 'running'
        AND added + changed + removed > 0
)
