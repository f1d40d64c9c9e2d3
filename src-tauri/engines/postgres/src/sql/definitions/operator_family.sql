-- What statement makes this operator family?
SELECT format('CREATE OPERATOR FAMILY %I.%I USING %I', n.nspname, f.opfname, m.amname),
    f.tableoid,
    f.oid
FROM pg_catalog.pg_opfamily f
JOIN pg_catalog.pg_namespace n ON n.oid = f.opfnamespace
JOIN pg_catalog.pg_am m ON m.oid = f.opfmethod
WHERE n.nspname = $1 AND format('%s (%s)', f.opfname, m.amname) = $2
