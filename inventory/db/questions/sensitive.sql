-- ask: Which channels carry confidential, personal or secret objects, and how are they checked?
SELECT c.sensitivity, c.verification, s.repository, c.id AS channel, c.producers, c.consumers, c.boundaries, c.retention, c.owners
FROM @current s
JOIN channel c ON c.snapshot = s.id
WHERE c.sensitivity IN ('confidential', 'pii', 'secret')
ORDER BY CASE c.sensitivity WHEN 'secret' THEN 0 WHEN 'pii' THEN 1 ELSE 2 END, CASE c.verification WHEN 'none' THEN 0 WHEN 'mixed' THEN 1 WHEN 'claimed' THEN 2 ELSE 3 END, s.repository, c.id
