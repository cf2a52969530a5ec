-- ask: How much is there?
SELECT count(*) AS repositories, CAST(coalesce(sum(services), 0) AS BIGINT) AS services, CAST(coalesce(sum(channels), 0) AS BIGINT) AS channels,
    CAST(coalesce(sum(producers), 0) AS BIGINT) AS producers, CAST(coalesce(sum(consumers), 0) AS BIGINT) AS consumers,
    CAST(coalesce(sum(findings), 0) AS BIGINT) AS findings, CAST(coalesce(sum(skips), 0) AS BIGINT) AS skips, coalesce(max(day), '') AS newest
FROM @current s
