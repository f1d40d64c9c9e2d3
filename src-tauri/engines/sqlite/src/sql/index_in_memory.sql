-- Where locks are exclusive, the index of a log is kept in memory; here there are no locks.
PRAGMA locking_mode = EXCLUSIVE;
