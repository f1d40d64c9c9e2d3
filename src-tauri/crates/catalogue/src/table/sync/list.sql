SELECT
    sync.id, sync.uuid, sync.connection_id, sync.level, sync.state, sync.started_at,
    sync.finished_at, sync.error_kind, sync.message, sync.hint, sync.added, sync.changed, sync.removed, sync.unseen
FROM sync INDEXED BY sync_connection
WHERE sync.owner_id = ?1 AND sync.connection_id = ?2 AND sync.state = coalesce(?3, sync.state)
    AND sync.level = coalesce(?5, sync.level)
ORDER BY sync.id DESC
LIMIT ?4
