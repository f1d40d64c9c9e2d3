ALTER USER root@localhost IDENTIFIED BY '{password}';
INSTALL PLUGIN auth_socket SONAME 'auth_socket.so';
