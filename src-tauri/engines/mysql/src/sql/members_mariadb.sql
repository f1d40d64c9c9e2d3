SELECT
    User,
    Host,
    Role,
    ''
FROM mysql.roles_mapping
