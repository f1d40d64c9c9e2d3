-- Ended syncs that changed nothing, save the newest ones of the connection, those
-- whose warnings still hold, and those before which something was last seen.
DELETE FROM sync
WHERE
    owner_id = ?1
    AND connection_id = ?2
    AND state IN ('done', 'failed', 'cancelled')
    AND added + changed + removed = 0
    AND id NOT IN (
        SELECT id FROM sync AS newer
        WHERE newer.owner_id = ?1 AND newer.connection_id = ?2
        ORDER BY id DESC
        LIMIT ?3
    )
    AND NOT EXISTS (
        SELECT 1 FROM sync_warning INDEXED BY sync_warning_sync
        WHERE sync_warning.owner_id = ?1 AND sync_warning.sync_id = sync.id
    )
    AND id NOT IN (
        SELECT max(earlier.id)
        FROM unseen INDEXED BY unseen_connection
        JOIN sync AS earlier
            ON earlier.owner_id = unseen.owner_id
            AND earlier.connection_id = unseen.connection_id
            AND earlier.id < unseen.since_sync
        WHERE unseen.owner_id = ?1 AND unseen.connection_id = ?2
        GROUP BY unseen.since_sync
    )
    AND id NOT IN (
        SELECT max(good.id)
        FROM sync AS good
        WHERE good.owner_id = ?1 AND good.connection_id = ?2 AND good.state = 'done'
        GROUP BY good.level
    )
