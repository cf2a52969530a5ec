-- ask: Which repositories are known?
-- parameter: q pattern =* -- a part of the name
-- parameter: limit number -- rows
-- parameter: offset number -- rows before
SELECT s.repository, s.revision, s.day, s.services, s.channels, s.producers, s.consumers, s.findings, s.skips,
    (SELECT count(*) FROM snapshot o WHERE o.repository = s.repository) AS snapshots
FROM @current s WHERE @match(s.repository, :q)
ORDER BY s.repository LIMIT :limit OFFSET :offset
