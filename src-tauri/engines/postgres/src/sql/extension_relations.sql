-- Which tables and views does an extension bring?
SELECT d.objid, x.extname
FROM pg_catalog.pg_depend d
JOIN pg_catalog.pg_extension x ON x.oid = d.refobjid
WHERE d.refclassid = 'pg_catalog.pg_extension'::regclass
    AND d.classid = 'pg_catalog.pg_class'::regclass
    AND d.deptype = 'e'
