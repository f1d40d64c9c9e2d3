-- What are the ways of storing tables and indexes called, and the places for them?
SELECT 'm', m.oid, m.amname FROM pg_catalog.pg_am m
UNION ALL
SELECT 's', s.oid, s.spcname FROM pg_catalog.pg_tablespace s
