-- How many rows has a database (or has each) counted as written so far? Whatever changes a schema
-- writes rows of the catalogue. A replica counts nothing of what it replays.
SELECT
    b.oid,
    concat_ws(
        ' ', pg_stat_get_db_tuples_inserted(b.oid), pg_stat_get_db_tuples_updated(b.oid),
        pg_stat_get_db_tuples_deleted(b.oid), pg_stat_get_db_stat_reset_time(b.oid)
    ) AS count
FROM pg_catalog.pg_database b
WHERE {databases} AND current_setting('track_counts')::boolean AND NOT pg_is_in_recovery()
