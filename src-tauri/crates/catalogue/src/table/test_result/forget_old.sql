DELETE FROM test_result
WHERE
    owner_id = ?1
    AND connection_id = ?2
    AND id <= (
        SELECT id FROM test_result
        WHERE owner_id = ?1 AND connection_id = ?2
        ORDER BY id DESC
        LIMIT 1 OFFSET ?3
    )
