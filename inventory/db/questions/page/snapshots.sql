-- ask: Which records of a repository are there?
-- parameter: name text -- the repository
SELECT s.id AS snapshot, s.revision, s.first_day AS since, s.day AS until, CASE WHEN s.is_current THEN 'yes' ELSE '' END AS current, s.channels, s.producers, s.consumers, s.findings, s.tool_version
FROM snapshot s WHERE s.repository = :name
ORDER BY s.day DESC, s.received DESC, s.id DESC
