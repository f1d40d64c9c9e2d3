INSERT INTO connection (
    owner_id, id, uuid, name, name_key, description, engine, fields, colour, environment,
    folder, is_favourite, is_read_only, is_active, sort_order, metadata, created_at, updated_at
)
SELECT
    ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, 1,
    coalesce(max(sort_order) + 1, 0), ?14, ?15, ?15
FROM connection
WHERE owner_id = ?1
