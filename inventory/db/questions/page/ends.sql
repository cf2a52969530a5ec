-- ask: Which are the ends of a channel?
-- parameter: name text -- the repository
-- parameter: channel text -- the id
-- parameter: side text -- producer or consumer
SELECT e.service, CASE WHEN e.external THEN 'yes' ELSE '' END AS external, e.path, e.line, e.api, e.format, e.function, e.argument, e.protocol, e.python, e.verification, e.proof, e.boundary, e.reason,
    e.owner, e.expires, e.retention, e.sensitivity, e.ticket
FROM snapshot s JOIN channel c ON c.snapshot = s.id JOIN channel_end e ON e.snapshot = c.snapshot AND e.channel = c.number
WHERE s.is_current AND s.repository = :name AND c.id = :channel AND e.side = :side
ORDER BY c.number, e.number
