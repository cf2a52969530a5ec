-- ask: How did a channel change from one commit to the next?
-- parameter: channel pattern -- the id of a channel, such as file:spool/*.pkl; a star stands for anything, too
SELECT s.repository, c.id AS channel, s.first_day AS since, s.revision, c.producers, c.consumers, c.blobs, c.boundaries, c.verification, c.sensitivity, c.retention, c.owners,
    CASE WHEN lag(c.facts) OVER w IS NULL THEN 'new' WHEN lag(c.facts) OVER w <> c.facts THEN 'changed' ELSE '' END AS change
FROM snapshot s
JOIN channel c ON c.snapshot = s.id
WHERE @match(c.id, :channel) AND @match(s.repository, :repositories)
WINDOW w AS (PARTITION BY s.repository, c.id ORDER BY s.first_day, s.received, s.id)
ORDER BY s.repository, c.id, s.first_day, s.received, s.id
