-- What is wrong with the pages, rows and indexes of the file, or of one table?
SELECT integrity_check FROM pragma_integrity_check(?1) LIMIT ?2
