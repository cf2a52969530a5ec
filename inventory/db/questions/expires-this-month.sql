-- ask: Which claims expire this month, or have expired?
@use(expiring)
WHERE substr(x.expires, 1, 7) <= substr(:today, 1, 7)
ORDER BY x.expires, x.repository, x.path, x.line, x.channel
