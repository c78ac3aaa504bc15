-- Sightline's tables. Applied at every start: each statement may run again on a database that has it. Tables that are
-- there already change by the numbered files in migrations/, which come first; the last one's number stands at the end.
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
  updated_at     INTEGER NOT NULL,
  waiting_room   INTEGER NOT NULL DEFAULT 0, -- who comes stands before the door until a host lets them in
  locked_at      INTEGER,                    -- nobody new comes in; NULL = not locked
  lock_message   TEXT NOT NULL DEFAULT '',   -- said to who stands before the locked door
  autolock       INTEGER NOT NULL DEFAULT 0, -- locked whenever no host is there
  autokick       INTEGER NOT NULL DEFAULT 0, -- nobody watches while no host is there
  host_since     INTEGER,                    -- since when a host is in the live channel; NULL = none is
  host_left_at   INTEGER,                    -- when the last one left; NULL = none was there yet, or one is
  end_after_host_ms INTEGER,                 -- ends so long after the last host left; NULL = does not
  history_ms     INTEGER DEFAULT 14400000,   -- chat is shown and kept for so long; NULL = as long as the room
  public         INTEGER NOT NULL DEFAULT 0, -- strangers see it on the landing page
  contact        TEXT NOT NULL DEFAULT '',
  comment        TEXT NOT NULL DEFAULT '',   -- for staff
  unrestricted_tokens INTEGER NOT NULL DEFAULT 0, -- presenters may invite
  allow_recording INTEGER NOT NULL DEFAULT 0,
  allow_anonymous INTEGER NOT NULL DEFAULT 0, -- people may come without a name
  auto_subrooms  INTEGER NOT NULL DEFAULT 0, -- a sub-room is there as soon as somebody enters it
  redirect       TEXT,                       -- the review is elsewhere: where
  codecs         TEXT,                       -- JSON array, in order of preference for publishing; NULL = no preference
  auth_server    TEXT,                       -- says who may join with a name and password
  auth_portal    TEXT,                       -- where people get a token to join with
  watermark      TEXT NOT NULL DEFAULT 'off' CHECK (watermark IN ('off', 'corner', 'tiled')),
  max_delta_e    REAL NOT NULL DEFAULT 2,    -- calibration: the mean ΔE2000 that is still within
  max_latency_frames INTEGER NOT NULL DEFAULT 10 -- and the delay
);
CREATE INDEX IF NOT EXISTS rooms_by_age ON rooms (created_at DESC, id);
CREATE INDEX IF NOT EXISTS rooms_ended ON rooms (ended_at) WHERE ended_at IS NOT NULL;
CREATE INDEX IF NOT EXISTS rooms_due ON rooms (ends_at) WHERE ends_at IS NOT NULL AND ended_at IS NULL;
CREATE INDEX IF NOT EXISTS rooms_hosted ON rooms (host_since) WHERE host_since IS NOT NULL;
CREATE INDEX IF NOT EXISTS rooms_left ON rooms (host_left_at) WHERE end_after_host_ms IS NOT NULL AND ended_at IS NULL;
CREATE INDEX IF NOT EXISTS rooms_public ON rooms (title) WHERE public = 1 AND ended_at IS NULL;

-- One live publication each: a room's programme, and whatever else is shown beside it.
CREATE TABLE IF NOT EXISTS streams (
  id          TEXT PRIMARY KEY,
  room_id     TEXT NOT NULL REFERENCES rooms (id) ON DELETE CASCADE,
  kind        TEXT NOT NULL DEFAULT 'programme' CHECK (kind IN ('programme', 'camera', 'screen')),
  hidden_name TEXT NOT NULL UNIQUE,          -- the name at the origin, never the slug nor the key
  playable_at INTEGER,                       -- when the origin was seen to have outputs; NULL = not yet
  checked_at  INTEGER NOT NULL DEFAULT 0,    -- the last look at the origin
  reachable   INTEGER NOT NULL DEFAULT 1,    -- whether that look got an answer
  created_at  INTEGER NOT NULL,
  label       TEXT NOT NULL DEFAULT '',      -- as people read it; '' = the programme
  ingest_version INTEGER NOT NULL DEFAULT 1, -- of a key of its own; the programme's is the room's
  version     INTEGER NOT NULL DEFAULT 1     -- of what people may change of it
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
  updated_at  INTEGER NOT NULL,
  invite_kind  TEXT CHECK (invite_kind IN ('email', 'domain', 'group')), -- NULL = a secret opens it
  invite_value TEXT,                         -- who may come in by signing in, in lower case (a group as it is)
  waiting_room INTEGER NOT NULL DEFAULT 0,   -- who comes through it stands before the door, whatever the room says
  opens        TEXT NOT NULL DEFAULT 'room' CHECK (opens IN ('room', 'subrooms', 'everything')), -- everything: every room
  made_by      TEXT,                         -- the person of the room who made it; NULL = staff
  made_by_name TEXT,
  watermark    TEXT CHECK (watermark IN ('off', 'corner', 'tiled')) -- NULL = the room's
);
CREATE INDEX IF NOT EXISTS links_by_room ON links (room_id, created_at DESC, id);
CREATE INDEX IF NOT EXISTS links_by_maker ON links (room_id, made_by) WHERE made_by IS NOT NULL;
CREATE INDEX IF NOT EXISTS links_by_invite ON links (room_id, invite_kind, invite_value) WHERE invite_kind IS NOT NULL;

CREATE TABLE IF NOT EXISTS people (
  id         TEXT PRIMARY KEY,
  room_id    TEXT NOT NULL REFERENCES rooms (id) ON DELETE CASCADE,
  link_id    TEXT NOT NULL REFERENCES links (id) ON DELETE CASCADE,
  name       TEXT NOT NULL,
  joined_at  INTEGER NOT NULL,
  removed_at INTEGER,
  account    TEXT,                           -- who signed in ('user|id' or 'oidc|issuer|subject'); NULL = came through a link
  admitted_at INTEGER,                       -- when they were let in; NULL = they stand before the door
  role       TEXT,                           -- of the permissions beside it
  permissions TEXT,                          -- JSON array that holds instead of the link's; NULL = the link's
  removed_reason TEXT,                       -- what the host who removed them wrote
  watermark  TEXT CHECK (watermark IN ('off', 'corner', 'tiled')), -- NULL = the link's
  display_checked_at INTEGER                 -- when they said that they had checked their display; NULL = not, or taken back
);
CREATE INDEX IF NOT EXISTS people_by_room ON people (room_id);
CREATE INDEX IF NOT EXISTS people_by_link ON people (link_id);
CREATE INDEX IF NOT EXISTS people_waiting ON people (room_id) WHERE admitted_at IS NULL AND removed_at IS NULL;
CREATE UNIQUE INDEX IF NOT EXISTS people_by_account ON people (account, link_id) WHERE account IS NOT NULL;

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

-- What people say in a room, for as long as it is shown. Deleted means gone.
CREATE TABLE IF NOT EXISTS chat (
  id          TEXT PRIMARY KEY,
  room_id     TEXT NOT NULL REFERENCES rooms (id) ON DELETE CASCADE,
  person_id   TEXT NOT NULL,
  person_name TEXT NOT NULL,                 -- as it was then
  to_id       TEXT,                          -- private: the one other person who sees it; NULL = everybody
  to_name     TEXT,
  me          INTEGER NOT NULL DEFAULT 0,
  text        TEXT NOT NULL,
  reply_to    TEXT,
  ref         TEXT NOT NULL,                 -- the sending page's own name of it: what is sent twice is stored once
  created_at  INTEGER NOT NULL,
  edited_at   INTEGER,
  sub         TEXT NOT NULL DEFAULT ''       -- the sub-room; '' = the room itself
);
CREATE UNIQUE INDEX IF NOT EXISTS chat_by_ref ON chat (person_id, ref);
CREATE INDEX IF NOT EXISTS chat_by_place ON chat (room_id, sub, created_at, id);

-- What timecode the picture shows: at one instant, and how it goes on from there.
CREATE TABLE IF NOT EXISTS room_timecodes (
  room_id TEXT PRIMARY KEY REFERENCES rooms (id) ON DELETE CASCADE,
  rate    TEXT NOT NULL,                     -- '23.976' … '59.94df' …
  frame   INTEGER NOT NULL,                  -- frames since 00:00:00:00
  at      INTEGER NOT NULL,                  -- the instant, on the server's clock
  running INTEGER NOT NULL,                  -- 0 = it stands
  set_by  TEXT NOT NULL,
  set_by_name TEXT NOT NULL
);

-- What people say about a moment of the picture, and what others answer. They outlast the session.
CREATE TABLE IF NOT EXISTS notes (
  id          TEXT PRIMARY KEY,
  room_id     TEXT NOT NULL REFERENCES rooms (id) ON DELETE CASCADE,
  sub         TEXT NOT NULL DEFAULT '',      -- the sub-room; '' = the room itself
  parent_id   TEXT,                          -- an answer to this one; NULL = a note of its own
  person_id   TEXT,                          -- NULL = came with an import
  person_name TEXT NOT NULL,                 -- as it was then
  ref         TEXT NOT NULL,                 -- the sending page's own name of it: what is sent twice is stored once
  text        TEXT NOT NULL,                 -- '' once it is deleted
  at          INTEGER NOT NULL,              -- when the frame was made, on the server's clock: what was seen, minus the delay
  delay_ms    INTEGER,                       -- the delay that was taken off; NULL = it was not known
  frame       INTEGER,                       -- the timecode, in frames since 00:00:00:00; NULL = the room had none
  rate        TEXT,                          -- its rate
  stream_id   TEXT,                          -- which picture; NULL = the programme
  color       TEXT NOT NULL DEFAULT 'yellow',
  drawing     TEXT,                          -- JSON, normalised vectors
  still_id    TEXT,
  late        INTEGER NOT NULL DEFAULT 0,    -- written while the line was down, sent afterwards
  resolved_at INTEGER,
  resolved_by_name TEXT,
  created_at  INTEGER NOT NULL,
  edited_at   INTEGER,
  deleted_at  INTEGER,                       -- the row stays for those who come back, without its words
  changed_at  INTEGER NOT NULL               -- rises with every change within a room
);
CREATE UNIQUE INDEX IF NOT EXISTS notes_by_ref ON notes (person_id, ref);
CREATE INDEX IF NOT EXISTS notes_by_change ON notes (room_id, sub, changed_at, id);
CREATE INDEX IF NOT EXISTS notes_by_age ON notes (room_id, created_at DESC, id);
CREATE INDEX IF NOT EXISTS notes_by_parent ON notes (parent_id) WHERE parent_id IS NOT NULL;

-- Frames that somebody kept. The file lies in parts, so that no statement is larger than a database takes.
CREATE TABLE IF NOT EXISTS stills (
  id          TEXT PRIMARY KEY,
  room_id     TEXT NOT NULL REFERENCES rooms (id) ON DELETE CASCADE,
  person_id   TEXT,
  person_name TEXT NOT NULL,
  name        TEXT NOT NULL,                 -- of its file, without ending
  at          INTEGER NOT NULL,              -- when the frame was made, on the server's clock
  frame       INTEGER,
  rate        TEXT,
  stream_id   TEXT,                          -- which picture; NULL = the programme
  width       INTEGER NOT NULL,
  height      INTEGER NOT NULL,
  bytes       INTEGER NOT NULL,
  created_at  INTEGER NOT NULL
);
CREATE INDEX IF NOT EXISTS stills_by_room ON stills (room_id, created_at DESC, id);
CREATE TABLE IF NOT EXISTS still_parts (
  still_id TEXT NOT NULL REFERENCES stills (id) ON DELETE CASCADE,
  part     INTEGER NOT NULL,
  data     BLOB NOT NULL,
  PRIMARY KEY (still_id, part)
);
CREATE TRIGGER IF NOT EXISTS stills_take_their_parts AFTER DELETE ON stills
  BEGIN DELETE FROM still_parts WHERE still_id = OLD.id; END;

-- One measurement of everybody's picture against the chart each, and what came of it for each of them.
CREATE TABLE IF NOT EXISTS calibrations (
  id          TEXT PRIMARY KEY,
  room_id     TEXT NOT NULL REFERENCES rooms (id) ON DELETE CASCADE,
  by_id       TEXT NOT NULL,
  by_name     TEXT NOT NULL,
  max_delta_e REAL NOT NULL,                 -- the room's tolerances of then
  max_latency_frames INTEGER NOT NULL,
  started_at  INTEGER NOT NULL,
  ended_at    INTEGER                        -- NULL = goes on, or nobody ended it
);
CREATE INDEX IF NOT EXISTS calibrations_by_room ON calibrations (room_id, started_at DESC, id);
CREATE TABLE IF NOT EXISTS calibration_results (
  calibration_id TEXT NOT NULL REFERENCES calibrations (id) ON DELETE CASCADE,
  person_id      TEXT NOT NULL,
  person_name    TEXT NOT NULL,
  user_agent     TEXT,
  result         TEXT NOT NULL,              -- JSON: what the page measured
  measured_at    INTEGER NOT NULL,
  PRIMARY KEY (calibration_id, person_id)
);
CREATE TRIGGER IF NOT EXISTS calibrations_take_their_results AFTER DELETE ON calibrations
  BEGIN DELETE FROM calibration_results WHERE calibration_id = OLD.id; END;

-- When somebody's picture was not well: from the first page that said so to the one that said it was over.
CREATE TABLE IF NOT EXISTS health_incidents (
  id          TEXT PRIMARY KEY,
  room_id     TEXT NOT NULL REFERENCES rooms (id) ON DELETE CASCADE,
  person_id   TEXT NOT NULL,
  person_name TEXT NOT NULL,
  level       TEXT NOT NULL CHECK (level IN ('fair', 'poor')), -- the worst of it
  side        TEXT NOT NULL CHECK (side IN ('encoder', 'origin', 'network', 'device', 'unknown')),
  cause       TEXT NOT NULL,
  began_at    INTEGER NOT NULL,
  ended_at    INTEGER                        -- NULL = goes on
);
CREATE INDEX IF NOT EXISTS health_incidents_by_room ON health_incidents (room_id, began_at);
CREATE INDEX IF NOT EXISTS health_incidents_open ON health_incidents (person_id) WHERE ended_at IS NULL;
CREATE INDEX IF NOT EXISTS health_incidents_left ON health_incidents (began_at) WHERE ended_at IS NULL;

-- Rooms within a room: the same picture, a conversation of their own.
CREATE TABLE IF NOT EXISTS subrooms (
  room_id      TEXT NOT NULL REFERENCES rooms (id) ON DELETE CASCADE,
  name         TEXT NOT NULL,                -- as in its address: /r/room/name
  title        TEXT NOT NULL,
  locked_at    INTEGER,
  lock_message TEXT NOT NULL DEFAULT '',
  version      INTEGER NOT NULL DEFAULT 1,
  created_at   INTEGER NOT NULL,
  entered_at   INTEGER,                      -- made by whoever entered it: when somebody last did; NULL = staff made it
  people       INTEGER NOT NULL DEFAULT 0,   -- how many its live channel has
  PRIMARY KEY (room_id, name)
);
CREATE INDEX IF NOT EXISTS subrooms_populated ON subrooms (room_id) WHERE people > 0;
CREATE INDEX IF NOT EXISTS subrooms_left ON subrooms (entered_at) WHERE entered_at IS NOT NULL AND people = 0;

-- Who was in a sub-room while it was not locked: they may come back when it is.
CREATE TABLE IF NOT EXISTS subroom_people (
  room_id   TEXT NOT NULL REFERENCES rooms (id) ON DELETE CASCADE,
  sub       TEXT NOT NULL,
  person_id TEXT NOT NULL,
  PRIMARY KEY (room_id, sub, person_id)
) WITHOUT ROWID;

-- Where hosts are: in rooms and their sub-rooms. rooms.host_since says whether there is one anywhere.
CREATE TABLE IF NOT EXISTS room_hosts (
  room_id TEXT NOT NULL REFERENCES rooms (id) ON DELETE CASCADE,
  sub     TEXT NOT NULL,                     -- '' = the room itself
  since   INTEGER NOT NULL,
  PRIMARY KEY (room_id, sub)
) WITHOUT ROWID;
CREATE TRIGGER IF NOT EXISTS subrooms_are_forgotten AFTER DELETE ON subrooms
  BEGIN DELETE FROM subroom_people WHERE room_id = OLD.room_id AND sub = OLD.name; END;

-- Addresses that a host keeps out of one room. Bounds as in blocks.
CREATE TABLE IF NOT EXISTS bans (
  id         TEXT PRIMARY KEY,
  room_id    TEXT NOT NULL REFERENCES rooms (id) ON DELETE CASCADE,
  low        TEXT NOT NULL,
  high       TEXT NOT NULL,
  address    TEXT NOT NULL,                  -- as people write it
  person_id  TEXT NOT NULL,                  -- who was removed with it
  created_at INTEGER NOT NULL
);
CREATE INDEX IF NOT EXISTS bans_by_room ON bans (room_id, low, high);
CREATE INDEX IF NOT EXISTS bans_by_person ON bans (person_id);

-- Who may join a room with a name and a password. Each stands on a link of its own: its permissions and its end hold.
CREATE TABLE IF NOT EXISTS room_users (
  link_id    TEXT PRIMARY KEY REFERENCES links (id) ON DELETE CASCADE,
  room_id    TEXT NOT NULL REFERENCES rooms (id) ON DELETE CASCADE,
  name       TEXT,                           -- NULL = every name that has no row of its own
  password   TEXT,                           -- JSON; how it is checked and against what; NULL = nobody comes in with one
  admin      INTEGER NOT NULL DEFAULT 0,     -- they ran the Galene group that the room was; gives nothing, but goes out again
  updated_at INTEGER NOT NULL
);
CREATE UNIQUE INDEX IF NOT EXISTS room_users_by_name ON room_users (room_id, name);
CREATE UNIQUE INDEX IF NOT EXISTS room_users_other ON room_users (room_id) WHERE name IS NULL;

-- Keys that verify tokens made elsewhere for a room (JWKs, sealed: some are shared secrets). Each stands on the link with
-- its id: who comes with a token that it signed comes through that one.
CREATE TABLE IF NOT EXISTS room_keys (
  id       TEXT PRIMARY KEY,
  room_id  TEXT NOT NULL REFERENCES rooms (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  jwk      TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS room_keys_by_room ON room_keys (room_id, position);

-- Which process carries the live channel, where it is one (Node, Deno): a second one says so instead of splitting rooms.
CREATE TABLE IF NOT EXISTS live_lease (
  one        INTEGER PRIMARY KEY CHECK (one = 1),
  holder     TEXT NOT NULL DEFAULT '',
  held_until INTEGER NOT NULL DEFAULT 0
);
INSERT INTO live_lease (one) VALUES (1) ON CONFLICT DO NOTHING;

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

-- People who sign in. A guest has no rights here: a passkey for rooms whose invitations name their address.
CREATE TABLE IF NOT EXISTS users (
  id          TEXT PRIMARY KEY,
  name        TEXT NOT NULL,
  email       TEXT,                          -- A to Z in lower case; NULL = none
  role        TEXT NOT NULL CHECK (role IN ('owner', 'admin', 'operator', 'guest')),
  issuer      TEXT,                          -- with subject: signs in through OpenID Connect
  subject     TEXT,
  disabled_at INTEGER,
  version     INTEGER NOT NULL DEFAULT 1,
  created_at  INTEGER NOT NULL,
  updated_at  INTEGER NOT NULL
);
CREATE INDEX IF NOT EXISTS users_by_age ON users (created_at DESC, id);
CREATE INDEX IF NOT EXISTS users_owners ON users (id) WHERE role = 'owner';
CREATE UNIQUE INDEX IF NOT EXISTS users_by_email ON users (email) WHERE email IS NOT NULL;
CREATE UNIQUE INDEX IF NOT EXISTS users_by_subject ON users (issuer, subject) WHERE subject IS NOT NULL;

CREATE TABLE IF NOT EXISTS passkeys (
  id            TEXT PRIMARY KEY,
  credential_id TEXT NOT NULL UNIQUE,        -- base64url
  user_id       TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  public_key    TEXT NOT NULL,               -- COSE, base64url
  counter       INTEGER NOT NULL,            -- 0 = the authenticator does not count
  transports    TEXT NOT NULL DEFAULT '[]',
  portable      INTEGER NOT NULL DEFAULT 0,  -- may be synced to other devices (WebAuthn's BE); never changes
  backed_up     INTEGER NOT NULL DEFAULT 0,  -- is synced to other devices (BS), as the authenticator last said
  name          TEXT NOT NULL,
  created_at    INTEGER NOT NULL,
  last_used_at  INTEGER
);
CREATE INDEX IF NOT EXISTS passkeys_by_user ON passkeys (user_id, created_at);

-- Browsers that are signed in. The cookie's 256 random bits are kept only as their SHA-256.
CREATE TABLE IF NOT EXISTS sessions (
  hash       TEXT PRIMARY KEY,
  id         TEXT NOT NULL UNIQUE,
  user_id    TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  via        TEXT NOT NULL CHECK (via IN ('passkey', 'oidc')),
  address    TEXT,
  user_agent TEXT,
  created_at INTEGER NOT NULL,
  seen_at    INTEGER NOT NULL,
  ends_at    INTEGER NOT NULL
);
CREATE INDEX IF NOT EXISTS sessions_by_user ON sessions (user_id, created_at);
CREATE INDEX IF NOT EXISTS sessions_by_end ON sessions (ends_at);

-- A ceremony that has begun in a browser: its challenge is used once, by that browser, within minutes.
CREATE TABLE IF NOT EXISTS ceremonies (
  hash       TEXT PRIMARY KEY,               -- SHA-256 of the browser's cookie
  kind       TEXT NOT NULL,
  challenge  TEXT NOT NULL,
  user_id    TEXT,
  link_id    TEXT,
  data       TEXT,
  expires_at INTEGER NOT NULL
);
CREATE INDEX IF NOT EXISTS ceremonies_by_end ON ceremonies (expires_at);

-- Links that make a passkey, once. One minted away from the database has its row only when it is used.
CREATE TABLE IF NOT EXISTS one_time_links (
  id         TEXT PRIMARY KEY,
  kind       TEXT NOT NULL CHECK (kind IN ('setup', 'invite', 'recover')),
  hash       TEXT NOT NULL,                  -- SHA-256 of the whole secret
  user_id    TEXT REFERENCES users (id) ON DELETE CASCADE,
  created_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  used_at    INTEGER,
  used_for   TEXT,                           -- the passkey that was made: tells which of several tries at once it was
  revoked_at INTEGER,
  created_by TEXT                            -- who made it, as the audit of its use names them; NULL = minted elsewhere
);
CREATE INDEX IF NOT EXISTS one_time_links_by_user ON one_time_links (user_id, expires_at);
CREATE INDEX IF NOT EXISTS one_time_links_open ON one_time_links (kind) WHERE used_at IS NULL AND revoked_at IS NULL;
CREATE INDEX IF NOT EXISTS one_time_links_by_end ON one_time_links (expires_at);

CREATE TABLE IF NOT EXISTS api_keys (
  id           TEXT PRIMARY KEY,
  name         TEXT NOT NULL,
  hash         TEXT NOT NULL UNIQUE,         -- SHA-256 of the key, whose 256 bits are random
  rights       TEXT NOT NULL,                -- JSON array
  created_by   TEXT,                         -- a user's id; the key may never do more than its maker may now
  created_at   INTEGER NOT NULL,
  expires_at   INTEGER,
  last_used_at INTEGER,
  last_address TEXT,
  revoked_at   INTEGER
);
CREATE INDEX IF NOT EXISTS api_keys_by_age ON api_keys (created_at DESC, id);
CREATE INDEX IF NOT EXISTS api_keys_by_maker ON api_keys (created_by) WHERE created_by IS NOT NULL;

-- Counters of tries, one row each; a row past its window counts for nothing and is swept.
CREATE TABLE IF NOT EXISTS limits (
  key         TEXT PRIMARY KEY,              -- what | whose
  count       INTEGER NOT NULL,
  window_ends INTEGER NOT NULL,
  ref         TEXT                           -- the try that was counted last
);
CREATE INDEX IF NOT EXISTS limits_by_end ON limits (window_ends);

-- Addresses that may not call, join or play. Bounds are fixed-width hexadecimal, so that one comparison finds them.
CREATE TABLE IF NOT EXISTS blocks (
  id         TEXT PRIMARY KEY,
  low        TEXT NOT NULL,
  high       TEXT NOT NULL,
  block      TEXT NOT NULL,                  -- as people write it
  reason     TEXT NOT NULL DEFAULT '',
  source     TEXT NOT NULL CHECK (source IN ('admin', 'sign-in')),
  until      INTEGER,                        -- NULL = until lifted
  created_by TEXT,
  created_at INTEGER NOT NULL
);
CREATE INDEX IF NOT EXISTS blocks_by_bounds ON blocks (low, high, until);
CREATE INDEX IF NOT EXISTS blocks_by_age ON blocks (created_at DESC, id);
CREATE INDEX IF NOT EXISTS blocks_by_end ON blocks (until) WHERE until IS NOT NULL;

-- Who did what, when, from where. Rows are only added; each carries a MAC of its contents.
CREATE TABLE IF NOT EXISTS audit (
  id          INTEGER PRIMARY KEY AUTOINCREMENT,
  ref         TEXT NOT NULL,                 -- random, part of the MAC: no row can be added twice
  at          INTEGER NOT NULL,
  action      TEXT NOT NULL,
  outcome     TEXT NOT NULL CHECK (outcome IN ('done', 'refused')),
  actor_kind  TEXT NOT NULL,
  actor_id    TEXT,
  actor_name  TEXT NOT NULL,
  target_kind TEXT,
  target_id   TEXT,
  target_name TEXT,
  room_id     TEXT,
  params      TEXT NOT NULL DEFAULT '{}',
  address     TEXT,
  user_agent  TEXT,
  mac         TEXT NOT NULL
);
CREATE UNIQUE INDEX IF NOT EXISTS audit_by_ref ON audit (ref);
CREATE INDEX IF NOT EXISTS audit_by_time ON audit (at);
CREATE INDEX IF NOT EXISTS audit_by_room ON audit (room_id, action, id) WHERE room_id IS NOT NULL;
CREATE INDEX IF NOT EXISTS audit_by_actor ON audit (actor_id, id) WHERE actor_id IS NOT NULL;
CREATE INDEX IF NOT EXISTS audit_by_action ON audit (action, id);
CREATE INDEX IF NOT EXISTS audit_by_address ON audit (address, id) WHERE address IS NOT NULL;
CREATE INDEX IF NOT EXISTS audit_refused ON audit (id) WHERE outcome = 'refused';

-- Seals over runs of rows, each over the one before: a row that is missing, changed or slipped in shows.
CREATE TABLE IF NOT EXISTS audit_seals (
  id        INTEGER PRIMARY KEY,
  from_id   INTEGER NOT NULL,
  to_id     INTEGER NOT NULL,
  rows      INTEGER NOT NULL,
  oldest_at INTEGER NOT NULL,
  newest_at INTEGER NOT NULL,
  sealed_at INTEGER NOT NULL,
  hash      TEXT NOT NULL                    -- digest of the rows, and a MAC of the seal and the one before it
);
CREATE UNIQUE INDEX IF NOT EXISTS audit_seals_by_start ON audit_seals (from_id);

-- Rows from before this may be deleted. Set and taken back by the batch that does it; else 0.
CREATE TABLE IF NOT EXISTS audit_horizon (
  one    INTEGER PRIMARY KEY CHECK (one = 1),
  before INTEGER NOT NULL DEFAULT 0
);
INSERT INTO audit_horizon (one) VALUES (1) ON CONFLICT DO NOTHING;
CREATE TRIGGER IF NOT EXISTS audit_is_not_changed BEFORE UPDATE ON audit
  BEGIN SELECT RAISE(ABORT, 'audit rows are not changed'); END;
CREATE TRIGGER IF NOT EXISTS audit_is_kept BEFORE DELETE ON audit
  WHEN OLD.at >= (SELECT before FROM audit_horizon WHERE one = 1)
  BEGIN SELECT RAISE(ABORT, 'audit rows are kept'); END;
CREATE TRIGGER IF NOT EXISTS audit_seals_are_not_changed BEFORE UPDATE ON audit_seals
  BEGIN SELECT RAISE(ABORT, 'audit seals are not changed'); END;
CREATE TRIGGER IF NOT EXISTS audit_seals_are_kept BEFORE DELETE ON audit_seals
  BEGIN SELECT RAISE(ABORT, 'audit seals are kept'); END;

-- What the owner decides, one JSON document a name; secrets in it are sealed.
CREATE TABLE IF NOT EXISTS settings (
  name       TEXT PRIMARY KEY,
  value      TEXT NOT NULL,
  version    INTEGER NOT NULL DEFAULT 1,
  updated_at INTEGER NOT NULL
);

-- The number of the last migration. A database from before there were any has no such table and counts as 1.
CREATE TABLE IF NOT EXISTS schema_version (
  one     INTEGER PRIMARY KEY CHECK (one = 1),
  version INTEGER NOT NULL
);
INSERT INTO schema_version (one, version) VALUES (1, 4) ON CONFLICT DO NOTHING;
