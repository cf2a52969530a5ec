-- What questions look up other than by snapshot.

-- +goose Up
CREATE INDEX snapshot_current ON snapshot (is_current, repository);
CREATE INDEX snapshot_history ON snapshot (repository, day);
CREATE INDEX channel_id ON channel (id, snapshot);
CREATE INDEX channel_snapshot_id ON channel (snapshot, id);
CREATE INDEX channel_class_name ON channel_class (name, snapshot);
CREATE INDEX channel_boundary_name ON channel_boundary (name, snapshot);
CREATE INDEX channel_owner_name ON channel_owner (name, snapshot);
CREATE INDEX service_owner_name ON service_owner (name, snapshot);
CREATE INDEX channel_end_boundary ON channel_end (boundary, snapshot);
CREATE INDEX channel_end_expires ON channel_end (expires, snapshot);
CREATE INDEX channel_expires ON channel (expires, snapshot);
CREATE INDEX channel_end_ident ON channel_end (snapshot, ident);

-- +goose Down
DROP INDEX channel_end_ident;
DROP INDEX channel_expires;
DROP INDEX channel_end_expires;
DROP INDEX channel_end_boundary;
DROP INDEX service_owner_name;
DROP INDEX channel_owner_name;
DROP INDEX channel_boundary_name;
DROP INDEX channel_class_name;
DROP INDEX channel_snapshot_id;
DROP INDEX channel_id;
DROP INDEX snapshot_history;
DROP INDEX snapshot_current;
