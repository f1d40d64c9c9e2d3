-- Which tables and views of any sort are there, and how many columns do they have? They are read
-- in portions. Where people keep tables in the server's own schemas, keys may lead there.
SELECT
    array_agg(c.oid) FILTER (WHERE c.relnamespace = ANY ('{schemas}'::oid[])
        AND ({relation} = 0 OR c.oid = {relation})
        AND c.oid <> ALL ('{skipped}'::oid[])
        AND {touched}) AS ids,
    array_agg(c.relnatts) FILTER (WHERE c.relnamespace = ANY ('{schemas}'::oid[])
        AND ({relation} = 0 OR c.oid = {relation})
        AND c.oid <> ALL ('{skipped}'::oid[])
        AND {touched}) AS columns,
    coalesce(bool_or(c.oid >= 16384 AND c.relkind IN ('r', 'p') AND c.relpersistence <> 't'
        AND c.relnamespace <> ALL ('{schemas}'::oid[])), false) AS elsewhere
FROM pg_catalog.pg_class c
WHERE c.reltype <> 0 AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
