-- How much is there to check?
SELECT
    (SELECT page_count FROM pragma_page_count),
    (SELECT count(*) FROM main.sqlite_schema WHERE type = 'table'),
    (SELECT count(*) FROM main.sqlite_schema WHERE type = 'index')
