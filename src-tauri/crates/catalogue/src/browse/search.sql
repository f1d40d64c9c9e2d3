SELECT lineage FROM (
    SELECT 0 AS rank, lineage, name FROM "database"
    WHERE owner_id = ?1 AND connection_id = ?2 AND closed_sync IS NULL
      AND kind = 'database' AND instr(lower(name), ?3) > 0
    UNION ALL
    SELECT 1, lineage, name FROM schema
    WHERE owner_id = ?1 AND connection_id = ?2 AND closed_sync IS NULL
      AND instr(lower(name), ?3) > 0
    UNION ALL
    SELECT 2, lineage, name FROM relation
    WHERE owner_id = ?1 AND connection_id = ?2 AND closed_sync IS NULL
      AND instr(lower(name), ?3) > 0
    UNION ALL
    SELECT 3, lineage, name FROM relation_column
    WHERE owner_id = ?1 AND connection_id = ?2 AND closed_sync IS NULL
      AND instr(lower(name), ?3) > 0
    UNION ALL
    SELECT 4, lineage, name FROM relation_index
    WHERE owner_id = ?1 AND connection_id = ?2 AND closed_sync IS NULL
      AND instr(lower(name), ?3) > 0
    UNION ALL
    SELECT 5, lineage, name FROM relation_constraint
    WHERE owner_id = ?1 AND connection_id = ?2 AND closed_sync IS NULL
      AND instr(lower(name), ?3) > 0
    UNION ALL
    SELECT 6, lineage, name FROM object
    WHERE owner_id = ?1 AND connection_id = ?2 AND closed_sync IS NULL
      AND instr(lower(name), ?3) > 0
)
ORDER BY rank, length(name), name, lineage
