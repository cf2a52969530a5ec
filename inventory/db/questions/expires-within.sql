-- ask: Which claims expire within this time, or have expired?
-- parameter: age within =30d -- a number of days, weeks or years (30d, 12w, 1y)
@use(expiring)
WHERE x.expires < :age
ORDER BY x.expires, x.repository, x.path, x.line, x.channel
