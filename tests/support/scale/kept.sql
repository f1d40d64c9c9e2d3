-- What a catalogue holds of a connection, in the same lines; ?2 is whether objects of this
-- engine are told without the schema or database that they are in.
WITH relation_of AS (
    SELECT relation.lineage, iif(?2, NULL, coalesce(schema.name, "database".name)) AS place,
        relation.name
    FROM relation
    JOIN connection ON connection.id = relation.connection_id AND connection.name = ?1
    LEFT JOIN schema ON schema.lineage = relation.parent AND schema.closed_sync IS NULL
    LEFT JOIN "database"
        ON "database".lineage = relation.parent AND "database".closed_sync IS NULL
    WHERE relation.closed_sync IS NULL AND relation.kind = 'table'
)
SELECT 'table' AS kind, concat_ws('|', place, name) AS line
FROM relation_of
UNION ALL
SELECT 'column', concat_ws('|', place, relation_of.name, c.name, c.type, c.is_nullable, c.comment)
FROM relation_column AS c
JOIN relation_of ON relation_of.lineage = c.id >> 32
WHERE c.closed_sync IS NULL
UNION ALL
SELECT replace(c.kind, '_', ' '), CASE c.kind
    WHEN 'primary_key' THEN concat_ws('|', place, relation_of.name, c.columns)
    WHEN 'foreign_key' THEN concat_ws('|', place, relation_of.name, c.columns, c.referenced_table)
    ELSE concat_ws('|', place, relation_of.name)
    END
FROM relation_constraint AS c
JOIN relation_of ON relation_of.lineage = c.id >> 32
WHERE c.closed_sync IS NULL AND c.kind IN ('primary_key', 'foreign_key', 'check')
UNION ALL
SELECT 'index', concat_ws('|', place, relation_of.name, i.name, i.is_unique)
FROM relation_index AS i
JOIN relation_of ON relation_of.lineage = i.id >> 32
WHERE i.closed_sync IS NULL AND NOT i.is_primary
