-- How many rows did the last ANALYZE find?
SELECT tbl, idx, stat FROM main.sqlite_stat1
