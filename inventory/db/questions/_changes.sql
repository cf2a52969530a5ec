-- The other one of a channel is looked up by a query of its own: as a join, PostgreSQL takes
-- the index by id alone, and reads that id in all repositories and days.
, matched AS MATERIALIZED (
    SELECT p.repository, p.before, p.after, p.after_revision, n.id, n.number AS after_number, n.boundaries, n.verification, n.facts,
        (SELECT min(c.number) FROM channel c WHERE c.snapshot = p.before AND c.id = n.id) AS before_number
    FROM pair p
    JOIN channel n ON n.snapshot = p.after
    WHERE p.before IS NOT NULL
), touched AS MATERIALIZED (
    SELECT m.repository, m.before, m.after, m.after_revision, m.id, m.after_number, m.before_number, m.boundaries, m.verification, coalesce(o.verification, '') AS was,
        CASE WHEN m.before_number IS NULL THEN 'new' ELSE 'changed' END AS change
    FROM matched m
    LEFT JOIN channel o ON o.snapshot = m.before AND o.number = m.before_number
    WHERE m.before_number IS NULL OR o.facts <> m.facts
    UNION ALL
    SELECT p.repository, p.before, p.after, p.after_revision, o.id, CAST(NULL AS BIGINT), o.number, o.boundaries, '', o.verification, 'gone'
    FROM pair p
    JOIN channel o ON o.snapshot = p.before
    WHERE (SELECT min(n.number) FROM channel n WHERE n.snapshot = p.after AND n.id = o.id) IS NULL
)
SELECT p.repository, 'new' AS change, 'repository' AS what, '' AS channel, '' AS path, 0 AS line, '' AS service, '' AS boundary, '' AS verification, '' AS was, p.after_revision AS revision
FROM pair p WHERE p.before IS NULL
UNION ALL
SELECT t.repository, t.change, 'channel', t.id, '', 0, '', t.boundaries, t.verification, t.was, t.after_revision
FROM touched t
UNION ALL
SELECT t.repository, CASE WHEN o.ident IS NULL THEN 'new' ELSE 'changed' END, n.side, t.id, n.path, n.line, n.service, n.boundary, n.verification, coalesce(o.verification, ''), t.after_revision
FROM touched t
JOIN channel_end n ON n.snapshot = t.after AND n.channel = t.after_number
LEFT JOIN channel_end o ON o.snapshot = t.before AND o.ident = n.ident
WHERE o.ident IS NULL OR o.facts <> n.facts
UNION ALL
SELECT t.repository, 'gone', o.side, t.id, o.path, o.line, o.service, o.boundary, '', o.verification, t.after_revision
FROM touched t
JOIN channel_end o ON o.snapshot = t.before AND o.channel = t.before_number
WHERE NOT EXISTS (SELECT 1 FROM channel_end n WHERE n.snapshot = t.after AND n.ident = o.ident)
ORDER BY 1, 3, 4, 5, 6, 2
