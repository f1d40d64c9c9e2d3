DELETE FROM sync_statement
WHERE
    owner_id = ?1
    AND sync_id IN (
        SELECT id FROM sync
        WHERE owner_id = ?1 AND connection_id = ?2
        ORDER BY id DESC
        LIMIT -1 OFFSET ?3
    )
