-- ask: What crosses this trust boundary, and no proof says that its bytes were checked?
-- parameter: boundary pattern -- a trust boundary such as partner; * stands for anything
SELECT s.repository, e.service, e.path, e.line, e.api, c.id AS channel, CASE e.boundary WHEN '' THEN c.boundaries ELSE e.boundary END AS boundary, e.verification, e.proof, e.owner
FROM @current s
JOIN channel_end e ON e.snapshot = s.id AND e.side = 'consumer'
JOIN channel c ON c.snapshot = e.snapshot AND c.number = e.channel
WHERE e.verification NOT IN ('proved', 'restricted')
  AND (e.boundary <> '' AND @match(e.boundary, :boundary)
    OR EXISTS (SELECT 1 FROM channel_boundary b WHERE b.snapshot = c.snapshot AND b.channel = c.number AND @match(b.name, :boundary)))
ORDER BY CASE e.verification WHEN 'none' THEN 0 ELSE 1 END, s.repository, e.service, e.path, e.line
