-- ask: Which services are there?
-- parameter: q pattern =* -- a part of the name
-- parameter: limit number -- rows
-- parameter: offset number -- rows before
SELECT s.repository, v.name AS service, v.paths, v.origin, v.python, v.boundary, v.owners
FROM @current s JOIN service v ON v.snapshot = s.id
WHERE @match(v.name, :q)
ORDER BY s.repository, v.name LIMIT :limit OFFSET :offset
