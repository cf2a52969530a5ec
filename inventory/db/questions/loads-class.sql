-- ask: Which services load from a channel that carries this class?
-- parameter: class pattern -- a qualified name such as shop.orders.Order; * stands for anything
SELECT s.repository, e.service, e.path, e.line, e.api, c.id AS channel, k.name AS class, e.boundary, e.verification
FROM @current s
JOIN channel_class k ON k.snapshot = s.id
JOIN channel c ON c.snapshot = k.snapshot AND c.number = k.channel
JOIN channel_end e ON e.snapshot = c.snapshot AND e.channel = c.number AND e.side = 'consumer'
WHERE @match(k.name, :class)
ORDER BY s.repository, e.service, e.path, e.line, c.id, k.name
