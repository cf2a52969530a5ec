-- ask: Which channels and services does this owner answer for?
-- parameter: owner pattern -- a person, team or address as CODEOWNERS and claims spell it; * stands for anything
SELECT o.name AS owner, 'channel' AS what, s.repository, '' AS service, c.id AS channel, c.boundaries, c.verification, c.sensitivity, c.retention, c.expires
FROM @current s
JOIN channel_owner o ON o.snapshot = s.id
JOIN channel c ON c.snapshot = o.snapshot AND c.number = o.channel
WHERE @match(o.name, :owner)
UNION ALL
SELECT o.name, 'service', s.repository, v.name, '', v.boundary, '', '', '', ''
FROM @current s
JOIN service_owner o ON o.snapshot = s.id
JOIN service v ON v.snapshot = o.snapshot AND v.name = o.service
WHERE @match(o.name, :owner)
ORDER BY 1, 2, 3, 4, 5
