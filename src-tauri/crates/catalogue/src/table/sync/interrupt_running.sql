UPDATE sync
SET state = 'interrupted', finished_at = ?1
WHERE state = 'running'
