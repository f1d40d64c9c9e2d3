-- Every open object of a connection that can hold others, and of the rest those
-- whose names hold ?3: with kind, name and place among its siblings. Those that hold
-- others come before those that are held. From above downwards, so that no other
-- connection's rows are passed by.
WITH
root (lineage, kind, name) AS MATERIALIZED (
    SELECT lineage, kind, name
    FROM "database" INDEXED BY database_child
    WHERE owner_id = ?1 AND connection_id = ?2 AND closed_sync IS NULL
),
namespace (lineage, parent, name) AS MATERIALIZED (
    SELECT schema.lineage, schema.parent, schema.name
    FROM root CROSS JOIN schema INDEXED BY schema_child
    WHERE schema.owner_id = ?1 AND schema.parent = root.lineage AND schema.closed_sync IS NULL
),
holder (lineage) AS MATERIALIZED (
    SELECT lineage FROM root
    UNION ALL
    SELECT lineage FROM namespace
),
held (lineage, parent, kind, name) AS MATERIALIZED (
    SELECT relation.lineage, relation.parent, relation.kind, relation.name
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
SELECT lineage, NULL AS parent, kind, name, 0 AS ordinal FROM root
UNION ALL
SELECT lineage, parent, 'schema', name, 0 FROM namespace
UNION ALL
SELECT lineage, parent, kind, name, 0 FROM held
UNION ALL
SELECT part.lineage, part.id >> 32, 'column', part.name, part.ordinal
FROM held CROSS JOIN relation_column AS part NOT INDEXED
WHERE part.owner_id = ?1 AND part.closed_sync IS NULL
    AND part.id >= held.lineage << 32 AND part.id < (held.lineage + 1) << 32
    AND instr(lower(part.name), ?3) > 0
UNION ALL
SELECT part.lineage, part.id >> 32, 'index', part.name, 0
FROM held CROSS JOIN relation_index AS part NOT INDEXED
WHERE part.owner_id = ?1 AND part.closed_sync IS NULL
    AND part.id >= held.lineage << 32 AND part.id < (held.lineage + 1) << 32
    AND instr(lower(part.name), ?3) > 0
UNION ALL
SELECT part.lineage, part.id >> 32, part.kind, part.name, 0
FROM held CROSS JOIN relation_constraint AS part NOT INDEXED
WHERE part.owner_id = ?1 AND part.closed_sync IS NULL
    AND part.id >= held.lineage << 32 AND part.id < (held.lineage + 1) << 32
    AND instr(lower(part.name), ?3) > 0
UNION ALL
SELECT part.lineage, part.parent, part.kind, part.name, 0
FROM any_holder CROSS JOIN object AS part INDEXED BY object_child
WHERE part.owner_id = ?1 AND part.parent = any_holder.lineage AND part.closed_sync IS NULL
    AND instr(lower(part.name), ?3) > 0
