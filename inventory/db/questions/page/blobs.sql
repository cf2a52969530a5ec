-- ask: Which blobs of a channel are at rest?
-- parameter: name text -- the repository
-- parameter: channel text -- the id
SELECT b.path, b.size, b.modified, b.protocols, b.globals
FROM snapshot s JOIN channel c ON c.snapshot = s.id JOIN stored_blob b ON b.snapshot = c.snapshot AND b.channel = c.number
WHERE s.is_current AND s.repository = :name AND c.id = :channel
ORDER BY c.number, b.number
