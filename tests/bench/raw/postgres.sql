-- The least that a full reading asks, each answer as a whole, types and expressions rendered
-- by the server: relations, columns, constraints, indexes, comments.
COPY (
    SELECT c.oid, n.nspname, c.relname, c.relkind, c.relpersistence, c.reltuples, c.relpages,
        c.relispartition, c.reloptions, pg_get_userbyid(c.relowner)
    FROM pg_class AS c
    JOIN pg_namespace AS n ON n.oid = c.relnamespace
    WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f')
        AND n.nspname NOT LIKE 'pg\_%' AND n.nspname <> 'information_schema'
) TO STDOUT;
COPY (
    SELECT a.attrelid, a.attnum, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull,
        a.attidentity, a.attgenerated, pg_get_expr(d.adbin, d.adrelid), a.attcollation
    FROM pg_attribute AS a
    JOIN pg_class AS c ON c.oid = a.attrelid
    JOIN pg_namespace AS n ON n.oid = c.relnamespace
    LEFT JOIN pg_attrdef AS d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
    WHERE a.attnum > 0 AND NOT a.attisdropped AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
        AND n.nspname NOT LIKE 'pg\_%' AND n.nspname <> 'information_schema'
) TO STDOUT;
COPY (
    SELECT k.oid, k.conrelid, k.conname, k.contype, k.conkey, k.confrelid, k.confkey,
        k.confupdtype, k.confdeltype, k.confmatchtype, k.condeferrable, k.condeferred,
        k.convalidated, k.conindid, pg_get_expr(k.conbin, k.conrelid)
    FROM pg_constraint AS k
    JOIN pg_class AS c ON c.oid = k.conrelid
    JOIN pg_namespace AS n ON n.oid = c.relnamespace
    WHERE n.nspname NOT LIKE 'pg\_%' AND n.nspname <> 'information_schema'
) TO STDOUT;
COPY (
    SELECT i.indexrelid, i.indrelid, x.relname, m.amname, i.indisunique, i.indisprimary,
        i.indisvalid, i.indnkeyatts, i.indkey, i.indclass, i.indoption, x.reloptions,
        pg_get_expr(i.indexprs, i.indrelid), pg_get_expr(i.indpred, i.indrelid)
    FROM pg_index AS i
    JOIN pg_class AS x ON x.oid = i.indexrelid
    JOIN pg_am AS m ON m.oid = x.relam
    JOIN pg_namespace AS n ON n.oid = x.relnamespace
    WHERE n.nspname NOT LIKE 'pg\_%' AND n.nspname <> 'information_schema'
) TO STDOUT;
COPY (
    SELECT objoid, objsubid, description
    FROM pg_description
    WHERE classoid = 'pg_class'::regclass AND objoid >= 16384
) TO STDOUT;
