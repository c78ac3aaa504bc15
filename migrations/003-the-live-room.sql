-- A room has a door (waiting room, lock), hosts that come and go, a chat with a length, and rules that Galene's groups know.
ALTER TABLE rooms ADD COLUMN waiting_room INTEGER NOT NULL DEFAULT 0;
ALTER TABLE rooms ADD COLUMN locked_at INTEGER;
ALTER TABLE rooms ADD COLUMN lock_message TEXT NOT NULL DEFAULT '';
ALTER TABLE rooms ADD COLUMN autolock INTEGER NOT NULL DEFAULT 0;
ALTER TABLE rooms ADD COLUMN autokick INTEGER NOT NULL DEFAULT 0;
ALTER TABLE rooms ADD COLUMN host_since INTEGER;
ALTER TABLE rooms ADD COLUMN host_left_at INTEGER;
ALTER TABLE rooms ADD COLUMN end_after_host_ms INTEGER;
ALTER TABLE rooms ADD COLUMN history_ms INTEGER DEFAULT 14400000;
ALTER TABLE rooms ADD COLUMN public INTEGER NOT NULL DEFAULT 0;
ALTER TABLE rooms ADD COLUMN contact TEXT NOT NULL DEFAULT '';
ALTER TABLE rooms ADD COLUMN comment TEXT NOT NULL DEFAULT '';
ALTER TABLE rooms ADD COLUMN unrestricted_tokens INTEGER NOT NULL DEFAULT 0;
ALTER TABLE rooms ADD COLUMN allow_recording INTEGER NOT NULL DEFAULT 0;
ALTER TABLE rooms ADD COLUMN allow_anonymous INTEGER NOT NULL DEFAULT 0;
ALTER TABLE rooms ADD COLUMN auto_subrooms INTEGER NOT NULL DEFAULT 0;
ALTER TABLE rooms ADD COLUMN redirect TEXT;
ALTER TABLE rooms ADD COLUMN codecs TEXT;
ALTER TABLE rooms ADD COLUMN auth_server TEXT;
ALTER TABLE rooms ADD COLUMN auth_portal TEXT;
ALTER TABLE links ADD COLUMN waiting_room INTEGER NOT NULL DEFAULT 0;
ALTER TABLE links ADD COLUMN opens TEXT NOT NULL DEFAULT 'room' CHECK (opens IN ('room', 'subrooms', 'everything'));
ALTER TABLE links ADD COLUMN made_by TEXT;
ALTER TABLE links ADD COLUMN made_by_name TEXT;
ALTER TABLE people ADD COLUMN admitted_at INTEGER;
ALTER TABLE people ADD COLUMN role TEXT;
ALTER TABLE people ADD COLUMN permissions TEXT;
ALTER TABLE people ADD COLUMN removed_reason TEXT;
-- Who was in before there was a door has been let in.
UPDATE people SET admitted_at = joined_at;
-- A database from before there was a chat has none to change.
CREATE TABLE IF NOT EXISTS chat (
  id TEXT PRIMARY KEY, room_id TEXT NOT NULL REFERENCES rooms (id) ON DELETE CASCADE, person_id TEXT NOT NULL,
  person_name TEXT NOT NULL, to_id TEXT, to_name TEXT, me INTEGER NOT NULL DEFAULT 0, text TEXT NOT NULL, reply_to TEXT,
  ref TEXT NOT NULL, created_at INTEGER NOT NULL, edited_at INTEGER
);
ALTER TABLE chat ADD COLUMN sub TEXT NOT NULL DEFAULT '';
DROP INDEX IF EXISTS chat_by_room;
DROP INDEX IF EXISTS chat_by_end;
