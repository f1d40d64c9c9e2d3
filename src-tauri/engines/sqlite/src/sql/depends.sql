-- What does this view need? Compiled once for each and never run; for a trigger, what makes it fire.
SELECT 1 FROM main."its name"
