-- ask: What is loaded from channels that nobody writes, in any repository?
SELECT s.repository, c.id AS channel, c.kind, c.consumers, c.blobs, c.boundaries, c.owners
FROM @current s
JOIN channel c ON c.snapshot = s.id
WHERE c.consumers > 0 AND c.producers = 0 AND c.name <> '' AND c.kind NOT IN ('network', 'process', 'unknown')
  -- Files of one name in two repositories are two files, unless they stand at one place.
  AND NOT ((c.kind <> 'file' OR c.name LIKE '/%') AND EXISTS (
    SELECT 1 FROM channel p JOIN snapshot o ON o.id = p.snapshot AND o.is_current
    WHERE p.id = c.id AND p.kind = c.kind AND p.producers > 0))
ORDER BY s.repository, c.id
