SELECT
    u.User,
    u.Host,
    IF(
        JSON_EXISTS(g.Priv, '$.auth_or'),
        CONCAT(
            JSON_VALUE(g.Priv, '$.plugin'), ', ',
            JSON_QUERY(JSON_COMPACT(JSON_EXTRACT(g.Priv, '$.auth_or[*].plugin')), '$')
        ),
        u.plugin
    ),
    u.is_role,
    IF(JSON_VALUE(g.Priv, '$.account_locked') IN ('1', 'true'), 'Y', 'N'),
    u.password_expired,
    u.ssl_type
FROM mysql.user AS u
LEFT JOIN mysql.global_priv AS g ON g.User = u.User AND g.Host = u.Host
