-- How does the server spell these types, and which collation and storage do they bring?
SELECT
    wanted.id,
    wanted.modifier,
    format_type(wanted.id, wanted.modifier) AS spelling,
    t.typcollation,
    t.typstorage
FROM unnest('{type_ids}'::oid[], '{modifiers}'::int4[]) AS wanted (id, modifier)
LEFT JOIN pg_catalog.pg_type t ON t.oid = wanted.id
