-- ask: What was not looked at?
-- parameter: limit number -- rows
-- parameter: offset number -- rows before
SELECT s.repository, k.path, k.line, k.reason
FROM @current s JOIN skip k ON k.snapshot = s.id
WHERE NOT k.excluded
ORDER BY s.repository, k.number LIMIT :limit OFFSET :offset
