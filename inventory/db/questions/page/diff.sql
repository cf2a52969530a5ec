-- ask: What is different between two records of a repository?
-- parameter: from number -- the older snapshot
-- parameter: to number -- the newer snapshot
WITH pair AS MATERIALIZED (
    SELECT n.repository, n.id AS after, n.revision AS after_revision, o.id AS before
    FROM snapshot n JOIN snapshot o ON o.repository = n.repository
    WHERE n.id = :to AND o.id = :from
)
@use(changes)
