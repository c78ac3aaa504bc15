-- Sightline's tables. Applied at every start: each statement may run again on a database that has it.
-- Times are integers: milliseconds since 1970, UTC. Ids are 16 characters of lower-case base32 (80 random bits).

CREATE TABLE IF NOT EXISTS rooms (
  id             TEXT PRIMARY KEY,
  slug           TEXT NOT NULL UNIQUE,
  title          TEXT NOT NULL,
  description    TEXT NOT NULL DEFAULT '',
  origin_id      TEXT NOT NULL DEFAULT 'default',
  starts_at      INTEGER,
  ends_at        INTEGER,
  ended_at       INTEGER,                    -- set by "end now"; ends_at is the schedule
  max_viewers    INTEGER,                    -- seats; NULL = no limit
  lease_ms       INTEGER,                    -- NULL = the deployment's LEASE_MS
  ingest_version INTEGER NOT NULL DEFAULT 1, -- the ingest key is derived from id and this
  version        INTEGER NOT NULL DEFAULT 1, -- counts edits; the ETag
  created_at     INTEGER NOT NULL,
  updated_at     INTEGER NOT NULL
);
CREATE INDEX IF NOT EXISTS rooms_by_age ON rooms (created_at DESC, id);
CREATE INDEX IF NOT EXISTS rooms_ended ON rooms (ended_at) WHERE ended_at IS NOT NULL;
CREATE INDEX IF NOT EXISTS rooms_due ON rooms (ends_at) WHERE ends_at IS NOT NULL AND ended_at IS NULL;

-- One live publication each: a room's programme now, people's cameras and screens later.
CREATE TABLE IF NOT EXISTS streams (
  id          TEXT PRIMARY KEY,
  room_id     TEXT NOT NULL REFERENCES rooms (id) ON DELETE CASCADE,
  kind        TEXT NOT NULL DEFAULT 'programme' CHECK (kind IN ('programme', 'camera', 'screen')),
  hidden_name TEXT NOT NULL UNIQUE,          -- the name at the origin, never the slug nor the key
  playable_at INTEGER,                       -- when the origin was seen to have outputs; NULL = not yet
  checked_at  INTEGER NOT NULL DEFAULT 0,    -- the last look at the origin
  reachable   INTEGER NOT NULL DEFAULT 1,    -- whether that look got an answer
  created_at  INTEGER NOT NULL
);
CREATE UNIQUE INDEX IF NOT EXISTS streams_programme ON streams (room_id) WHERE kind = 'programme';
CREATE INDEX IF NOT EXISTS streams_by_room ON streams (room_id);

-- Publishers that admission let in and that have not been seen to leave. Not the truth, the belief.
CREATE TABLE IF NOT EXISTS publications (
  session    TEXT PRIMARY KEY,               -- direction, client address and port, protocol, whose; no secret
  stream_id  TEXT NOT NULL REFERENCES streams (id) ON DELETE CASCADE,
  protocol   TEXT NOT NULL,
  address    TEXT NOT NULL,
  port       INTEGER NOT NULL,
  opened_at  INTEGER NOT NULL,
  expires_at INTEGER                         -- the room's end; NULL = none
);
CREATE INDEX IF NOT EXISTS publications_by_stream ON publications (stream_id);

CREATE TABLE IF NOT EXISTS links (
  id          TEXT PRIMARY KEY,
  room_id     TEXT NOT NULL REFERENCES rooms (id) ON DELETE CASCADE,
  label       TEXT NOT NULL,
  role        TEXT,                          -- a preset's name; NULL = an explicit grant set
  permissions TEXT NOT NULL,                 -- JSON array of grants
  fixed_name  TEXT,
  ask_name    INTEGER NOT NULL DEFAULT 0,
  pin_mac     TEXT,                          -- keyed digest of link and PIN
  starts_at   INTEGER,
  ends_at     INTEGER,
  max_uses    INTEGER,
  uses        INTEGER NOT NULL DEFAULT 0,
  max_devices INTEGER,                       -- seats; NULL = no limit
  revoked_at  INTEGER,
  key_version INTEGER NOT NULL DEFAULT 1,    -- the link secret is derived from id and this
  version     INTEGER NOT NULL DEFAULT 1,
  created_at  INTEGER NOT NULL,
  updated_at  INTEGER NOT NULL
);
CREATE INDEX IF NOT EXISTS links_by_room ON links (room_id, created_at DESC, id);

CREATE TABLE IF NOT EXISTS people (
  id         TEXT PRIMARY KEY,
  room_id    TEXT NOT NULL REFERENCES rooms (id) ON DELETE CASCADE,
  link_id    TEXT NOT NULL REFERENCES links (id) ON DELETE CASCADE,
  name       TEXT NOT NULL,
  joined_at  INTEGER NOT NULL,
  removed_at INTEGER
);
CREATE INDEX IF NOT EXISTS people_by_room ON people (room_id);
CREATE INDEX IF NOT EXISTS people_by_link ON people (link_id);

-- Playback sessions that admission let in. A seat is a person with a row here that has not run out.
CREATE TABLE IF NOT EXISTS leases (
  session    TEXT PRIMARY KEY,               -- direction, client address and port, protocol, whose; no secret
  person_id  TEXT NOT NULL REFERENCES people (id) ON DELETE CASCADE,
  room_id    TEXT NOT NULL,
  link_id    TEXT NOT NULL,
  protocol   TEXT NOT NULL,
  address    TEXT NOT NULL,                  -- the client's, as the origin is trusted to tell it
  generation INTEGER NOT NULL,               -- when the page that holds the token joined
  openings   INTEGER NOT NULL DEFAULT 1,     -- an origin may ask several times for one connection; each closing takes one back
  opened_at  INTEGER NOT NULL,
  expires_at INTEGER NOT NULL
);
CREATE INDEX IF NOT EXISTS leases_by_room ON leases (room_id, expires_at, person_id);
CREATE INDEX IF NOT EXISTS leases_by_link ON leases (link_id, expires_at, person_id);
CREATE INDEX IF NOT EXISTS leases_by_person ON leases (person_id, expires_at);
CREATE INDEX IF NOT EXISTS leases_by_end ON leases (expires_at);

-- What must reach an origin even if this process dies: written with the change that wants it.
CREATE TABLE IF NOT EXISTS outbox (
  id         INTEGER PRIMARY KEY,
  kind       TEXT NOT NULL CHECK (kind IN ('drop-stream')),
  origin_id  TEXT NOT NULL,
  target     TEXT NOT NULL,                  -- the hidden name
  created_at INTEGER NOT NULL,
  due_at     INTEGER NOT NULL,
  attempts   INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX IF NOT EXISTS outbox_due ON outbox (due_at);

-- One runner at a time, however many instances: a job is taken by one conditional update.
CREATE TABLE IF NOT EXISTS jobs (
  name       TEXT PRIMARY KEY,
  held_until INTEGER NOT NULL DEFAULT 0
);
INSERT INTO jobs (name) VALUES ('minute') ON CONFLICT DO NOTHING;
