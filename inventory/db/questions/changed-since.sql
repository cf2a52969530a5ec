-- ask: Which channels and sites are new, gone or changed since this day?
-- parameter: day day -- the last day that is known well (YYYY-MM-DD); what came after it is told
WITH pair AS MATERIALIZED (
    SELECT s.repository, s.id AS after, s.revision AS after_revision,
        (SELECT b.id FROM snapshot b WHERE b.repository = s.repository AND b.first_day <= :day ORDER BY b.first_day DESC, b.received DESC, b.id DESC LIMIT 1) AS before
    FROM @current s
    WHERE s.first_day > :day
)
@use(changes)
