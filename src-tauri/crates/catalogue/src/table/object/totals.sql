SELECT connection.engine, "database".totals, "database".kind
FROM "database"
JOIN connection
    ON connection.owner_id = "database".owner_id
    AND connection.id = "database".connection_id
    AND connection.deleted_at IS NULL
WHERE "database".owner_id = ?1 AND "database".closed_sync IS NULL
