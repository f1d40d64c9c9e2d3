//! Connection strings: any common form in, one form out, never with a password.
