-- What is listed there under this number?
SELECT type, name, tbl_name, sql FROM main.sqlite_schema WHERE rowid = ?1
