-- One schema for SQLite and PostgreSQL: TEXT, BIGINT and BOOLEAN only; lists are JSON in TEXT,
-- days are YYYY-MM-DD, times are milliseconds since 1970.

-- +goose Up
-- A snapshot is one repository at one revision.
CREATE TABLE snapshot (
    id BIGINT PRIMARY KEY,
    repository TEXT NOT NULL,
    -- revision is the commit, or what stands for one: see Revision in identity.go.
    revision TEXT NOT NULL,
    commit_id TEXT NOT NULL,
    dirty BOOLEAN NOT NULL,
    -- first_day and day are the first and the last day on which the record was made.
    first_day TEXT NOT NULL,
    day TEXT NOT NULL,
    received BIGINT NOT NULL,
    facts TEXT NOT NULL,
    verdicts TEXT NOT NULL,
    tool TEXT NOT NULL,
    tool_version TEXT NOT NULL,
    is_current BOOLEAN NOT NULL,
    services BIGINT NOT NULL,
    channels BIGINT NOT NULL,
    producers BIGINT NOT NULL,
    consumers BIGINT NOT NULL,
    blobs BIGINT NOT NULL,
    findings BIGINT NOT NULL,
    skips BIGINT NOT NULL,
    UNIQUE (repository, revision)
);

CREATE TABLE service (
    snapshot BIGINT NOT NULL REFERENCES snapshot (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    paths TEXT NOT NULL,
    origin TEXT NOT NULL,
    python TEXT NOT NULL,
    boundary TEXT NOT NULL,
    owners TEXT NOT NULL,
    PRIMARY KEY (snapshot, name)
);

-- A channel is known by its name, in the column id, from one snapshot to the next, and by
-- its number inside of one.
CREATE TABLE channel (
    snapshot BIGINT NOT NULL REFERENCES snapshot (id) ON DELETE CASCADE,
    number BIGINT NOT NULL,
    id TEXT NOT NULL,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    title TEXT NOT NULL,
    declared BOOLEAN NOT NULL,
    producers BIGINT NOT NULL,
    consumers BIGINT NOT NULL,
    blobs BIGINT NOT NULL,
    formats TEXT NOT NULL,
    boundaries TEXT NOT NULL,
    verification TEXT NOT NULL,
    protocols TEXT NOT NULL,
    accepts BIGINT,
    sensitivity TEXT NOT NULL,
    retention TEXT NOT NULL,
    owners TEXT NOT NULL,
    expires TEXT NOT NULL,
    compat TEXT NOT NULL,
    tickets TEXT NOT NULL,
    facts TEXT NOT NULL,
    PRIMARY KEY (snapshot, number)
);

-- A channel_end is a producer or a consumer. Its ident is the same in the next snapshot,
-- wherever the lines go.
CREATE TABLE channel_end (
    snapshot BIGINT NOT NULL,
    channel BIGINT NOT NULL,
    side TEXT NOT NULL,
    number BIGINT NOT NULL,
    ident TEXT NOT NULL,
    facts TEXT NOT NULL,
    service TEXT NOT NULL,
    external BOOLEAN NOT NULL,
    path TEXT NOT NULL,
    line BIGINT NOT NULL,
    wing TEXT NOT NULL,
    api TEXT NOT NULL,
    format TEXT NOT NULL,
    function TEXT NOT NULL,
    argument TEXT NOT NULL,
    protocol TEXT NOT NULL,
    python TEXT NOT NULL,
    verification TEXT NOT NULL,
    proof TEXT NOT NULL,
    boundary TEXT NOT NULL,
    reason TEXT NOT NULL,
    owner TEXT NOT NULL,
    expires TEXT NOT NULL,
    retention TEXT NOT NULL,
    sensitivity TEXT NOT NULL,
    ticket TEXT NOT NULL,
    PRIMARY KEY (snapshot, channel, side, number),
    FOREIGN KEY (snapshot, channel) REFERENCES channel (snapshot, number) ON DELETE CASCADE
);

CREATE TABLE channel_class (
    snapshot BIGINT NOT NULL,
    channel BIGINT NOT NULL,
    name TEXT NOT NULL,
    PRIMARY KEY (snapshot, channel, name),
    FOREIGN KEY (snapshot, channel) REFERENCES channel (snapshot, number) ON DELETE CASCADE
);

CREATE TABLE channel_boundary (
    snapshot BIGINT NOT NULL,
    channel BIGINT NOT NULL,
    name TEXT NOT NULL,
    PRIMARY KEY (snapshot, channel, name),
    FOREIGN KEY (snapshot, channel) REFERENCES channel (snapshot, number) ON DELETE CASCADE
);

CREATE TABLE channel_owner (
    snapshot BIGINT NOT NULL,
    channel BIGINT NOT NULL,
    name TEXT NOT NULL,
    PRIMARY KEY (snapshot, channel, name),
    FOREIGN KEY (snapshot, channel) REFERENCES channel (snapshot, number) ON DELETE CASCADE
);

CREATE TABLE service_owner (
    snapshot BIGINT NOT NULL,
    service TEXT NOT NULL,
    name TEXT NOT NULL,
    PRIMARY KEY (snapshot, service, name),
    FOREIGN KEY (snapshot, service) REFERENCES service (snapshot, name) ON DELETE CASCADE
);

CREATE TABLE stored_blob (
    snapshot BIGINT NOT NULL,
    channel BIGINT NOT NULL,
    number BIGINT NOT NULL,
    path TEXT NOT NULL,
    size BIGINT NOT NULL,
    modified TEXT NOT NULL,
    protocols TEXT NOT NULL,
    globals TEXT NOT NULL,
    PRIMARY KEY (snapshot, channel, number),
    FOREIGN KEY (snapshot, channel) REFERENCES channel (snapshot, number) ON DELETE CASCADE
);

CREATE TABLE finding (
    snapshot BIGINT NOT NULL REFERENCES snapshot (id) ON DELETE CASCADE,
    number BIGINT NOT NULL,
    channel TEXT NOT NULL,
    rule TEXT NOT NULL,
    name TEXT NOT NULL,
    severity TEXT NOT NULL,
    message TEXT NOT NULL,
    path TEXT NOT NULL,
    line BIGINT NOT NULL,
    suppressed BOOLEAN NOT NULL,
    PRIMARY KEY (snapshot, number)
);

CREATE TABLE skip (
    snapshot BIGINT NOT NULL REFERENCES snapshot (id) ON DELETE CASCADE,
    number BIGINT NOT NULL,
    path TEXT NOT NULL,
    line BIGINT NOT NULL,
    reason TEXT NOT NULL,
    excluded BOOLEAN NOT NULL,
    PRIMARY KEY (snapshot, number)
);

-- +goose Down
DROP TABLE skip;
DROP TABLE finding;
DROP TABLE stored_blob;
DROP TABLE service_owner;
DROP TABLE channel_owner;
DROP TABLE channel_boundary;
DROP TABLE channel_class;
DROP TABLE channel_end;
DROP TABLE channel;
DROP TABLE service;
DROP TABLE snapshot;
