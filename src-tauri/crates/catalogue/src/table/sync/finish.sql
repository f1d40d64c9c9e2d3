UPDATE sync
SET
    state = ?3,
    finished_at = ?4,
    message = ?5,
    hint = ?6,
    added = ?7,
    changed = ?8,
    removed = ?9,
    unseen = ?10,
    error_kind = ?11
WHERE owner_id = ?1 AND id = ?2 AND state = 'running'
