-- ask: What is wrong with channels?
-- parameter: q pattern =* -- a part of the message
-- parameter: severity pattern =* -- error, warning or note
-- parameter: rule pattern =* -- a rule such as PKL501
-- parameter: channel pattern =* -- the id of a channel
-- parameter: limit number -- rows
-- parameter: offset number -- rows before
SELECT f.severity, f.rule, f.name, s.repository, f.channel, f.path, f.line, f.message, CASE WHEN f.suppressed THEN 'yes' ELSE '' END AS suppressed
FROM @current s JOIN finding f ON f.snapshot = s.id
WHERE @match(f.message, :q) AND @match(f.severity, :severity) AND @match(f.rule, :rule) AND @match(f.channel, :channel)
ORDER BY CASE f.severity WHEN 'error' THEN 0 WHEN 'warning' THEN 1 ELSE 2 END, s.repository, f.number LIMIT :limit OFFSET :offset
