-- Which foreign keys set only some of their columns on delete? (from version 15)
SELECT k.oid, k.confdelsetcols
FROM pg_catalog.pg_constraint k
WHERE k.confdelsetcols IS NOT NULL
