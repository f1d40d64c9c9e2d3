-- Every fact of every table, column, foreign key, index and index column, thrown away as it
-- comes: what reading a file costs at least.
SELECT sum(n) FROM (
    SELECT count(*) AS n, total(length(type) + length(name) + length(tbl_name) + length(sql))
    FROM sqlite_schema
    UNION ALL
    SELECT count(*), total(length(c.name) + length(c.type) + c."notnull" + c.pk + c.hidden
        + ifnull(length(c.dflt_value), 0))
    FROM sqlite_schema AS t, pragma_table_xinfo(t.name) AS c
    WHERE t.type = 'table'
    UNION ALL
    SELECT count(*), total(k.id + k.seq + length(k."table") + length(k."from")
        + ifnull(length(k."to"), 0) + length(k.on_update) + length(k.on_delete) + length(k."match"))
    FROM sqlite_schema AS t, pragma_foreign_key_list(t.name) AS k
    WHERE t.type = 'table'
    UNION ALL
    SELECT count(*), total(length(i.name) + i."unique" + length(i.origin) + i.partial)
    FROM sqlite_schema AS t, pragma_index_list(t.name) AS i
    WHERE t.type = 'table'
    UNION ALL
    SELECT count(*), total(x.seqno + x.cid + ifnull(length(x.name), 0) + x."desc"
        + ifnull(length(x.coll), 0) + x."key")
    FROM sqlite_schema AS t, pragma_index_xinfo(t.name) AS x
    WHERE t.type = 'index'
)
