-- Is this a file that only a lock keeps others out of?
PRAGMA locking_mode = EXCLUSIVE;
PRAGMA schema_version;
