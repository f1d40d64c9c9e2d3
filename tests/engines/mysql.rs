//! The MySQL engine on real servers: facts, rights, ways to sign in, TLS, hostile
//! names and servers, real schemas.
//!
//! What is asked of every engine alike is checked elsewhere.
