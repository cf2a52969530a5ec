-- ask: What crosses this trust boundary, and no proof says that its bytes were checked?
-- parameter: boundary pattern -- a trust boundary such as partner; * stands for anything
SELECT s.repository, e.service, e.path, e.line, e.api, c.id AS channel, CASE e.boundary WHEN '' THEN c.boundaries ELSE e.boundary END AS boundary, e.verification, e.proof, e.owner
FROM (
    SELECT b.snapshot, b.channel FROM channel_boundary b WHERE @match(b.name, :boundary)
    UNION
    SELECT n.snapshot, n.channel FROM channel_end n WHERE n.boundary <> '' AND @match(n.boundary, :boundary)
) x
JOIN @current s ON s.id = x.snapshot
JOIN channel c ON c.snapshot = x.snapshot AND c.number = x.channel
JOIN channel_end e ON e.snapshot = c.snapshot AND e.channel = c.number AND e.side = 'consumer'
WHERE e.verification NOT IN ('proved', 'restricted')
ORDER BY CASE e.verification WHEN 'none' THEN 0 ELSE 1 END, s.repository, e.service, e.path, e.line
