-- How much is listed in the schema?
SELECT count(*) FROM main.sqlite_schema
