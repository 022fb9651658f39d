-- How fast models were found to run. `machine` is a fingerprint of the hardware, `model` the SHA-256 of the weights,
-- `version` the program's; times are seconds since 1970.

-- `windows_per_second` follows what readings show; `compared` is what a whole measuring found and can be set beside its other
-- paces, for all were taken in the same minute.
CREATE TABLE pace (
    machine TEXT NOT NULL,
    model TEXT NOT NULL,
    version TEXT NOT NULL,
    device TEXT NOT NULL,
    precision TEXT NOT NULL,
    at_once INTEGER NOT NULL CHECK (at_once > 0),
    length INTEGER NOT NULL CHECK (length > 0),
    windows_per_second REAL NOT NULL CHECK (windows_per_second > 0),
    compared REAL CHECK (compared > 0),
    PRIMARY KEY (machine, model, version, device, precision, at_once, length)
) STRICT, WITHOUT ROWID;

CREATE TABLE loading (
    machine TEXT NOT NULL,
    model TEXT NOT NULL,
    version TEXT NOT NULL,
    device TEXT NOT NULL,
    precision TEXT NOT NULL,
    milliseconds REAL NOT NULL CHECK (milliseconds > 0),
    PRIMARY KEY (machine, model, version, device, precision)
) STRICT, WITHOUT ROWID;

-- When a machine was measured with a model, as a whole.
CREATE TABLE measuring (
    machine TEXT NOT NULL,
    model TEXT NOT NULL,
    version TEXT NOT NULL,
    finished_at INTEGER NOT NULL,
    PRIMARY KEY (machine, model, version)
) STRICT, WITHOUT ROWID;

CREATE TABLE disk (
    machine TEXT NOT NULL PRIMARY KEY,
    megabytes_per_second REAL NOT NULL CHECK (megabytes_per_second > 0),
    measured_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
