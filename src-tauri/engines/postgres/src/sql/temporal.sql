-- Which constraints are about periods, and which are not enforced? (from version 18)
SELECT k.oid, k.conperiod, k.conenforced
FROM pg_catalog.pg_constraint k
WHERE k.conperiod OR NOT k.conenforced
