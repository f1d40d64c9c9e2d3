//! MongoDB: connects, tests and reads the collections of a server's databases.
