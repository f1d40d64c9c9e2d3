DELETE FROM visit
WHERE
    owner_id = ?1
    AND id NOT IN (
        SELECT id FROM visit WHERE owner_id = ?1 ORDER BY visited_at DESC, id DESC LIMIT ?2
    )
