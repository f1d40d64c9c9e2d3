-- When the versions numbered so were written: the first of a lineage, the open one.
SELECT
    (SELECT started_at FROM sync WHERE owner_id = ?1 AND id = ?2) AS first_seen_at,
    (SELECT started_at FROM sync WHERE owner_id = ?1 AND id = ?3) AS changed_at
