SELECT
    id, uuid, name, description, engine, fields, colour, environment, folder, is_favourite,
    is_read_only, is_active, sort_order, metadata, created_at, updated_at, last_used_at,
    (
        SELECT json_group_array(connection_tag.tag ORDER BY connection_tag.position)
        FROM connection_tag
        WHERE
            connection_tag.owner_id = connection.owner_id
            AND connection_tag.connection_id = connection.id
    ) AS tags
FROM connection
WHERE owner_id = ?1 AND deleted_at IS NULL AND id = coalesce(?2, id)
ORDER BY sort_order, id
