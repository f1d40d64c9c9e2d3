SELECT
    Server_name,
    Wrapper,
    Owner,
    Host,
    Port,
    Socket,
    Db,
    Username
FROM mysql.servers
