SELECT coalesce(
    (
        SELECT min(id) - 1
        FROM sync INDEXED BY sync_running
        WHERE state = 'running' AND owner_id = ?1 AND connection_id = ?2
    ),
    (
        SELECT max(id)
        FROM sync INDEXED BY sync_connection
        WHERE owner_id = ?1 AND connection_id = ?2
    ),
    0
)
