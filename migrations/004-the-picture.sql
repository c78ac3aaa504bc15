-- Pictures are measured and marked: tolerances, watermarks, whether somebody has checked their display; a room has more than one stream.
ALTER TABLE rooms ADD COLUMN watermark TEXT NOT NULL DEFAULT 'off' CHECK (watermark IN ('off', 'corner', 'tiled'));
ALTER TABLE rooms ADD COLUMN max_delta_e REAL NOT NULL DEFAULT 2;
ALTER TABLE rooms ADD COLUMN max_latency_frames INTEGER NOT NULL DEFAULT 10;
ALTER TABLE streams ADD COLUMN label TEXT NOT NULL DEFAULT '';
ALTER TABLE streams ADD COLUMN ingest_version INTEGER NOT NULL DEFAULT 1;
ALTER TABLE streams ADD COLUMN version INTEGER NOT NULL DEFAULT 1;
ALTER TABLE links ADD COLUMN watermark TEXT CHECK (watermark IN ('off', 'corner', 'tiled'));
ALTER TABLE people ADD COLUMN watermark TEXT CHECK (watermark IN ('off', 'corner', 'tiled'));
ALTER TABLE people ADD COLUMN display_checked_at INTEGER;
