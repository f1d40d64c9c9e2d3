UPDATE connection
SET
    name = ?3,
    name_key = ?4,
    description = ?5,
    engine = ?6,
    fields = ?7,
    colour = ?8,
    environment = ?9,
    folder = ?10,
    is_favourite = ?11,
    is_read_only = ?12,
    metadata = ?13,
    updated_at = ?14
WHERE owner_id = ?1 AND id = ?2 AND deleted_at IS NULL
