-- ask: Which classes does a channel carry?
-- parameter: name text -- the repository
-- parameter: channel text -- the id
SELECT k.name AS class
FROM snapshot s JOIN channel c ON c.snapshot = s.id JOIN channel_class k ON k.snapshot = c.snapshot AND k.channel = c.number
WHERE s.is_current AND s.repository = :name AND c.id = :channel
ORDER BY k.name
