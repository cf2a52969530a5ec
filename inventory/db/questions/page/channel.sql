-- ask: What is a channel?
-- parameter: name text -- the repository
-- parameter: channel text -- the id
SELECT s.repository, c.id AS channel, c.kind, c.name, c.title, CASE WHEN c.declared THEN 'yes' ELSE '' END AS declared, c.formats, c.boundaries, c.verification, c.protocols,
    CAST(c.accepts AS TEXT) AS accepts, c.sensitivity, c.retention, c.owners, c.expires, c.compat, c.tickets, s.revision, s.day
FROM snapshot s JOIN channel c ON c.snapshot = s.id
WHERE s.is_current AND s.repository = :name AND c.id = :channel
ORDER BY c.number
