//! The Dialer: how bytes reach a server, and when each stage passed.
