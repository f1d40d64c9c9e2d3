-- Every open object of a connection with what a search looks at; those that hold
-- others come before those that are held.
SELECT lineage, NULL AS parent, kind, name, comment, NULL AS type
FROM "database"
WHERE owner_id = ?1 AND connection_id = ?2 AND closed_sync IS NULL
UNION ALL
SELECT lineage, parent, 'schema', name, comment, NULL
FROM schema
WHERE owner_id = ?1 AND connection_id = ?2 AND closed_sync IS NULL
UNION ALL
SELECT lineage, parent, kind, name, comment, NULL
FROM relation
WHERE owner_id = ?1 AND connection_id = ?2 AND closed_sync IS NULL
UNION ALL
SELECT lineage, parent, 'column', name, comment, type
FROM relation_column
WHERE owner_id = ?1 AND connection_id = ?2 AND closed_sync IS NULL
UNION ALL
SELECT lineage, parent, 'index', name, comment, NULL
FROM relation_index
WHERE owner_id = ?1 AND connection_id = ?2 AND closed_sync IS NULL
UNION ALL
SELECT lineage, parent, kind, name, comment, NULL
FROM relation_constraint
WHERE owner_id = ?1 AND connection_id = ?2 AND closed_sync IS NULL
UNION ALL
SELECT
    lineage,
    parent,
    kind,
    name,
    comment,
    CASE kind
        WHEN 'field' THEN (SELECT group_concat(value, ', ') FROM json_each(detail, '$.types'))
        ELSE detail ->> '$.summary'
    END
FROM object
WHERE owner_id = ?1 AND connection_id = ?2 AND closed_sync IS NULL
