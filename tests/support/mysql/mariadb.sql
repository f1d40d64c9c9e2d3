DELETE FROM mysql.global_priv WHERE user = '' OR (user = 'root' AND host NOT IN ('%', 'localhost'));
FLUSH PRIVILEGES;
ALTER USER root@localhost IDENTIFIED BY '{password}';
INSTALL SONAME 'auth_ed25519';
