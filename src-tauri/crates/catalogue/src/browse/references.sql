-- Foreign keys of the connection that refer to a table of this name.
SELECT lineage
FROM relation_constraint INDEXED BY relation_constraint_reference
WHERE owner_id = ?1 AND connection_id = ?2 AND referenced_table = ?3 AND closed_sync IS NULL
ORDER BY lineage
