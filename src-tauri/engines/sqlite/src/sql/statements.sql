-- Which statements made the objects?
SELECT type, name, tbl_name, sql FROM main.sqlite_schema
