-- What statements make this event trigger?
SELECT concat(
    format('CREATE EVENT TRIGGER %I ON %s', t.evtname, t.evtevent),
    E'\n    WHEN TAG IN (' || (
        SELECT string_agg(quote_literal(tag), ', ') FROM unnest(t.evttags) AS tag
    ) || ')',
    format(E'\n    EXECUTE FUNCTION %I.%I()', n.nspname, p.proname),
    format(E';\n\nALTER EVENT TRIGGER %I ', t.evtname) || CASE t.evtenabled WHEN 'D' THEN 'DISABLE'
        WHEN 'R' THEN 'ENABLE REPLICA' WHEN 'A' THEN 'ENABLE ALWAYS' END
),
    t.tableoid,
    t.oid
FROM pg_catalog.pg_event_trigger t
JOIN pg_catalog.pg_proc p ON p.oid = t.evtfoid
JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
WHERE t.evtname = $2 AND $1 = ''
