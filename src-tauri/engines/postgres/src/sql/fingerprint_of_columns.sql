-- What tells this state of the columns from any other, by the remainders of their tables'
-- numbers? `columns.sql` adds up the same for each table.
SELECT
    'r',
    1249,
    a.attrelid::int8 & 1023,
    count(*),
    count(*) * age('3'::xid) - sum(age(a.xmin)),
    sum(hashname(a.attname) # a.attnum * 40503)
FROM pg_catalog.pg_attribute a
JOIN pg_catalog.pg_class c ON c.oid = a.attrelid
WHERE a.attrelid >= 16384 AND a.attnum > 0 AND NOT a.attisdropped
    AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
    AND c.relnamespace = ANY ('{schemas}'::oid[])
GROUP BY 3
