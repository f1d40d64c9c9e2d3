SELECT
    TO_USER,
    TO_HOST,
    FROM_USER,
    FROM_HOST
FROM mysql.role_edges
