-- What statement makes this subscription? How to reach the publisher is never asked for.
SELECT concat(
    format('CREATE SUBSCRIPTION %I', s.subname),
    E'\n    CONNECTION ''(hidden)''',
    E'\n    PUBLICATION ', (
        SELECT string_agg(quote_ident(name), ', ') FROM unnest(s.subpublications) AS name
    ),
    format(
        E'\n    WITH (enabled = %s, slot_name = %s, synchronous_commit = %L)', s.subenabled::text,
        coalesce(quote_literal(s.subslotname), 'NONE'), s.subsynccommit
    )
),
    s.tableoid,
    s.oid
FROM pg_catalog.pg_subscription s
JOIN pg_catalog.pg_database b ON b.oid = s.subdbid AND b.datname = current_database()
WHERE s.subname = $2 AND $1 = ''
