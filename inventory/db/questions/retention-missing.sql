-- ask: Which channels keep what is written to them for nobody says how long?
SELECT s.repository, c.id AS channel, c.kind, c.producers, c.blobs, c.sensitivity, c.owners
FROM @current s
JOIN channel c ON c.snapshot = s.id
WHERE c.retention = '' AND c.name <> '' AND c.kind NOT IN ('network', 'process', 'unknown') AND (c.producers > 0 OR c.blobs > 0)
ORDER BY CASE c.sensitivity WHEN 'secret' THEN 0 WHEN 'pii' THEN 1 WHEN 'confidential' THEN 2 ELSE 3 END, s.repository, c.id
