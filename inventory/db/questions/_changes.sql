SELECT p.repository, 'new' AS change, 'repository' AS what, '' AS channel, '' AS path, 0 AS line, '' AS service, '' AS boundary, '' AS verification, '' AS was, p.after_revision AS revision
FROM pair p WHERE p.before IS NULL
UNION ALL
SELECT p.repository, CASE WHEN o.id IS NULL THEN 'new' ELSE 'changed' END, 'channel', n.id, '', 0, '', n.boundaries, n.verification, coalesce(o.verification, ''), p.after_revision
FROM pair p
JOIN channel n ON n.snapshot = p.after
LEFT JOIN channel o ON o.snapshot = p.before AND o.id = n.id
WHERE p.before IS NOT NULL AND (o.id IS NULL OR o.facts <> n.facts)
UNION ALL
SELECT p.repository, 'gone', 'channel', o.id, '', 0, '', o.boundaries, '', o.verification, p.after_revision
FROM pair p
JOIN channel o ON o.snapshot = p.before
WHERE NOT EXISTS (SELECT 1 FROM channel n WHERE n.snapshot = p.after AND n.id = o.id)
UNION ALL
SELECT p.repository, CASE WHEN o.ident IS NULL THEN 'new' ELSE 'changed' END, n.side, c.id, n.path, n.line, n.service, n.boundary, n.verification, coalesce(o.verification, ''), p.after_revision
FROM pair p
JOIN channel_end n ON n.snapshot = p.after
JOIN channel c ON c.snapshot = n.snapshot AND c.number = n.channel
LEFT JOIN channel_end o ON o.snapshot = p.before AND o.ident = n.ident
WHERE p.before IS NOT NULL AND (o.ident IS NULL OR o.facts <> n.facts)
UNION ALL
SELECT p.repository, 'gone', o.side, c.id, o.path, o.line, o.service, o.boundary, '', o.verification, p.after_revision
FROM pair p
JOIN channel_end o ON o.snapshot = p.before
JOIN channel c ON c.snapshot = o.snapshot AND c.number = o.channel
WHERE NOT EXISTS (SELECT 1 FROM channel_end n WHERE n.snapshot = p.after AND n.ident = o.ident)
ORDER BY 1, 3, 4, 5, 6, 2
