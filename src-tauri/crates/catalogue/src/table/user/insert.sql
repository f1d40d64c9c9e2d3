INSERT INTO user (
    name, name_key, vault_file, key_parameters, verifier, created_at, last_signed_in_at
)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?6)
