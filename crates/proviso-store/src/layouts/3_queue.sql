-- The contracts that the window works on: read, or waiting to be read. It takes the place of the desk, which knew neither.

-- `place` is their order. What is being read is `waiting` until its reading is kept, so that a crash loses no contract. `windows` and
-- `seconds` are what the last reading took, as far as something was computed; from them comes the time that is left.
CREATE TABLE queue (
    id INTEGER PRIMARY KEY,
    path TEXT NOT NULL UNIQUE,
    place INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'done', 'locked', 'open_failed', 'read_failed', 'cancelled')),
    reason TEXT,
    windows INTEGER CHECK (windows >= 0),
    seconds REAL CHECK (seconds >= 0)
) STRICT;

-- One row: whether the person paused the queue, and the contract in view.
CREATE TABLE queue_state (
    only INTEGER PRIMARY KEY CHECK (only = 1),
    paused INTEGER NOT NULL CHECK (paused IN (0, 1)),
    in_view INTEGER REFERENCES queue ON DELETE SET NULL
) STRICT;

-- What was read is found again when its turn comes, without being read.
INSERT INTO queue (path, place, state) SELECT path, place, 'waiting' FROM desk ORDER BY place;
INSERT INTO queue_state (only, paused, in_view)
    VALUES (1, 0, (SELECT queue.id FROM queue JOIN desk USING (path) WHERE desk.in_view = 1));
DROP TABLE desk;
