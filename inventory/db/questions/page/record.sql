-- ask: Which repository has this record?
-- parameter: id number -- the snapshot
SELECT s.repository, s.revision, s.day FROM snapshot s WHERE s.id = :id
