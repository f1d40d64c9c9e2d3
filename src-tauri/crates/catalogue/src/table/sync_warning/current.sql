SELECT
    warning.sync_id, warning.object, warning.reason, warning.grant_hint, warning.is_unseen,
    sync.started_at
FROM sync_warning AS warning INDEXED BY sync_warning_connection
JOIN sync ON sync.owner_id = warning.owner_id AND sync.id = warning.sync_id
WHERE warning.owner_id = ?1 AND warning.connection_id = ?2
ORDER BY warning.id
