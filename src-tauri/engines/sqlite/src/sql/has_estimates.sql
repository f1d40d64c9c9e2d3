-- Has ANALYZE ever been run?
SELECT 1 FROM main.sqlite_schema WHERE type = 'table' AND name = 'sqlite_stat1'
