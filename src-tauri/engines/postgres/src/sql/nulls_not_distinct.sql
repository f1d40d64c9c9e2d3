-- Which unique indexes take two nulls as equal? (from version 15)
SELECT x.indexrelid
FROM pg_catalog.pg_index x
WHERE x.indnullsnotdistinct
