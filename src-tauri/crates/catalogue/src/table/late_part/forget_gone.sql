DELETE FROM late_part
WHERE owner_id = ?1 AND connection_id = ?2
    AND NOT EXISTS (
        SELECT 1
        FROM relation_column AS part
        WHERE part.id >= late_part.parent << 32 AND part.id < (late_part.parent + 1) << 32
            AND part.lineage = late_part.lineage
    )
    AND NOT EXISTS (
        SELECT 1
        FROM relation_index AS part
        WHERE part.id >= late_part.parent << 32 AND part.id < (late_part.parent + 1) << 32
            AND part.lineage = late_part.lineage
    )
    AND NOT EXISTS (
        SELECT 1
        FROM relation_constraint AS part
        WHERE part.id >= late_part.parent << 32 AND part.id < (late_part.parent + 1) << 32
            AND part.lineage = late_part.lineage
    )
