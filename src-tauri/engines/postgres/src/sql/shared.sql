-- What does a database (or does each) show of the tables of the catalogue that all share: of itself,
-- and of whom and what others it names?
SELECT
    b.oid,
    md5(concat_ws(
        ' ', b.xmin, (
            SELECT d.xmin
            FROM pg_catalog.pg_shdescription d
            WHERE d.objoid = b.oid AND d.classoid = 'pg_catalog.pg_database'::regclass
        ), (
            SELECT string_agg(concat_ws(
                ' ', s.oid, s.subname, s.subowner, s.subenabled, s.subslotname, s.subsynccommit,
                s.subpublications
            ), ' ' ORDER BY s.oid)
            FROM pg_catalog.pg_subscription s
            WHERE s.subdbid = b.oid
        )
    )) AS own,
    (
        SELECT md5(string_agg(concat_ws(' ', n.oid, n.name), ' ' ORDER BY n.oid, n.name))
        FROM (
            SELECT r.oid, r.rolname AS name FROM pg_catalog.pg_roles r
            UNION ALL
            SELECT t.oid, t.spcname FROM pg_catalog.pg_tablespace t
        ) AS n
    ) AS named
FROM pg_catalog.pg_database b
WHERE {databases}
