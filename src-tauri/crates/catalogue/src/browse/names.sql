-- Every open object of a connection with what a search looks at; those that hold
-- others come before those that are held. From above downwards, so that no other
-- connection's rows are passed by.
WITH
root (lineage, kind, name, comment) AS MATERIALIZED (
    SELECT lineage, kind, name, comment
    FROM "database" INDEXED BY database_child
    WHERE owner_id = ?1 AND connection_id = ?2 AND closed_sync IS NULL
),
namespace (lineage, parent, name, comment) AS MATERIALIZED (
    SELECT schema.lineage, schema.parent, schema.name, schema.comment
    FROM root CROSS JOIN schema INDEXED BY schema_child
    WHERE schema.owner_id = ?1 AND schema.parent = root.lineage AND schema.closed_sync IS NULL
),
holder (lineage) AS MATERIALIZED (
    SELECT lineage FROM root
    UNION ALL
    SELECT lineage FROM namespace
),
held (lineage, parent, kind, name, comment) AS MATERIALIZED (
    SELECT relation.lineage, relation.parent, relation.kind, relation.name, relation.comment
    FROM holder CROSS JOIN relation INDEXED BY relation_child
    WHERE relation.owner_id = ?1
        AND relation.parent = holder.lineage
        AND relation.closed_sync IS NULL
),
any_holder (lineage) AS MATERIALIZED (
    SELECT lineage FROM holder
    UNION ALL
    SELECT lineage FROM held
)
SELECT lineage, NULL AS parent, kind, name, comment, NULL AS type FROM root
UNION ALL
SELECT lineage, parent, 'schema', name, comment, NULL FROM namespace
UNION ALL
SELECT lineage, parent, kind, name, comment, NULL FROM held
UNION ALL
SELECT part.lineage, part.id >> 32, 'column', part.name, part.comment, part.type
FROM held CROSS JOIN relation_column AS part NOT INDEXED
WHERE part.owner_id = ?1 AND part.closed_sync IS NULL
    AND part.id >= held.lineage << 32 AND part.id < (held.lineage + 1) << 32
UNION ALL
SELECT part.lineage, part.id >> 32, 'index', part.name, part.comment, NULL
FROM held CROSS JOIN relation_index AS part NOT INDEXED
WHERE part.owner_id = ?1 AND part.closed_sync IS NULL
    AND part.id >= held.lineage << 32 AND part.id < (held.lineage + 1) << 32
UNION ALL
SELECT part.lineage, part.id >> 32, part.kind, part.name, part.comment, NULL
FROM held CROSS JOIN relation_constraint AS part NOT INDEXED
WHERE part.owner_id = ?1 AND part.closed_sync IS NULL
    AND part.id >= held.lineage << 32 AND part.id < (held.lineage + 1) << 32
UNION ALL
SELECT
    part.lineage,
    part.parent,
    part.kind,
    part.name,
    part.comment,
    CASE part.kind
        WHEN 'field' THEN (
            SELECT group_concat(value, ', ') FROM json_each(part.detail, '$.types')
        )
        ELSE part.detail ->> '$.summary'
    END
FROM any_holder CROSS JOIN object AS part INDEXED BY object_child
WHERE part.owner_id = ?1 AND part.parent = any_holder.lineage AND part.closed_sync IS NULL
