-- What is listed in the schema, with the statements that made it?
SELECT type, name, tbl_name, sql, rootpage, rowid FROM main.sqlite_schema
