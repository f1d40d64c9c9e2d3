SELECT
    User,
    Host,
    plugin,
    'N',
    account_locked,
    password_expired,
    ssl_type
FROM mysql.user
