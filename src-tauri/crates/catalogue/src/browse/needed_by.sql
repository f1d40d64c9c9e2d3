-- Objects of the connection that say they depend on an object of this name, kind and
-- schema; what a part of a table needs, the table needs.
WITH holder (lineage, attributes) AS (
    SELECT lineage, attributes FROM relation INDEXED BY relation_needs
    WHERE owner_id = ?1 AND connection_id = ?2 AND closed_sync IS NULL
        AND instr(attributes, '"depends_on"') > 0
    UNION ALL
    SELECT lineage, attributes FROM object INDEXED BY object_needs
    WHERE owner_id = ?1 AND connection_id = ?2 AND closed_sync IS NULL
        AND instr(attributes, '"depends_on"') > 0
    UNION ALL
    SELECT id >> 32, attributes FROM needing_part INDEXED BY needing_part_connection
    WHERE owner_id = ?1 AND connection_id = ?2
)
SELECT DISTINCT lineage
FROM holder
WHERE EXISTS (
    SELECT 1
    FROM json_each(holder.attributes) AS attribute, json_each(attribute.value, '$.value') AS needed
    WHERE attribute.value ->> '$.key' = 'depends_on'
        AND needed.value ->> '$.kind' = ?3
        AND needed.value ->> '$.name' = ?4
        AND needed.value ->> '$.schema' IS ?5
)
ORDER BY lineage
