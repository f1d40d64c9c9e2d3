-- Which tables and views of any sort are there, in portions that are read one by one? A
-- portion is as much as is kept in memory at once, so columns count.
SELECT count(*) AS tables, array_agg(id ORDER BY id) AS ids
FROM (
    SELECT c.oid AS id, sum(c.relnatts + 8) OVER (ORDER BY c.oid) / {weight} AS portion
    FROM pg_catalog.pg_class c
    WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f')
        AND c.relnamespace = ANY ('{schemas}'::oid[])
        AND ({relation} = 0 OR c.oid = {relation})
        AND c.oid <> ALL ('{skipped}'::oid[])
        AND {touched}
) AS wanted
GROUP BY portion
ORDER BY portion
