-- ask: Which channels are there?
-- parameter: q pattern =* -- a part of the id
-- parameter: kind pattern =* -- file, cache, queue, …
-- parameter: verification pattern =* -- proved, restricted, claimed, mixed or none
-- parameter: sensitivity pattern =* -- public, internal, confidential, pii or secret
-- parameter: boundary pattern =* -- a trust boundary
-- parameter: service pattern =* -- a service at one of the ends
-- parameter: limit number -- rows
-- parameter: offset number -- rows before
SELECT s.repository, c.id AS channel, c.producers, c.consumers, c.blobs, c.boundaries, c.verification, c.sensitivity, c.retention, c.owners
FROM @current s JOIN channel c ON c.snapshot = s.id
WHERE @match(c.id, :q) AND @match(c.kind, :kind) AND @match(c.verification, :verification) AND @match(c.sensitivity, :sensitivity)
  AND (:boundary = '%' OR EXISTS (SELECT 1 FROM channel_boundary b WHERE b.snapshot = c.snapshot AND b.channel = c.number AND @match(b.name, :boundary)))
  AND (:service = '%' OR EXISTS (SELECT 1 FROM channel_end e WHERE e.snapshot = c.snapshot AND e.channel = c.number AND @match(e.service, :service)))
ORDER BY s.repository, c.id LIMIT :limit OFFSET :offset
