SELECT id, lineage, first_sync, kind, name, native_id, hash
FROM relation INDEXED BY relation_child
WHERE owner_id = ?1 AND parent = ?2 AND closed_sync IS NULL
ORDER BY lineage
