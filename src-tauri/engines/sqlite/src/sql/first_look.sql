-- Can the schema be read at all?
SELECT 1 FROM main.sqlite_schema LIMIT 1
