SELECT x.expires, CASE WHEN x.expires < :today THEN 'expired' ELSE '' END AS state, x.repository, x.service, x.path, x.line, x.channel, x.owner, x.ticket
FROM (
    SELECT s.repository, e.service, e.path, e.line, c.id AS channel, e.expires, e.owner, e.ticket
    FROM @current s
    JOIN channel_end e ON e.snapshot = s.id
    JOIN channel c ON c.snapshot = e.snapshot AND c.number = e.channel
    WHERE e.expires > ''
    UNION ALL
    SELECT s.repository, '', '', 0, c.id, c.expires, c.owners, c.tickets
    FROM @current s
    JOIN channel c ON c.snapshot = s.id
    WHERE c.expires > ''
      AND NOT EXISTS (SELECT 1 FROM channel_end e WHERE e.snapshot = c.snapshot AND e.channel = c.number AND e.expires = c.expires)
) x
