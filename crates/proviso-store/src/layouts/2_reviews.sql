-- Contracts with what models found in them and what people decided. What a model said and what a person decided are kept apart.
-- Times are milliseconds since 1970; positions are bytes in the contract's text.

-- A contract is its bytes: the same file at two paths is one contract. `text` is what was taken out of it when it was opened last, to
-- which all positions of its deeds belong; of a file that a password protects it is not kept.
CREATE TABLE contract (
    id INTEGER PRIMARY KEY,
    sha256 TEXT NOT NULL UNIQUE,
    path TEXT NOT NULL,
    pages INTEGER NOT NULL CHECK (pages >= 0),
    text TEXT,
    added_at INTEGER NOT NULL,
    opened_at INTEGER NOT NULL
) STRICT;

CREATE INDEX contract_by_path ON contract (path, opened_at);

-- The last reading of a contract in each setting; `settings` names the model and what a person chose of how it reads, `run` is the receipt.
CREATE TABLE reading (
    id INTEGER PRIMARY KEY,
    contract INTEGER NOT NULL REFERENCES contract ON DELETE CASCADE,
    settings TEXT NOT NULL,
    run TEXT NOT NULL CHECK (json_valid(run)),
    windows INTEGER NOT NULL,
    finished_at INTEGER NOT NULL,
    UNIQUE (contract, settings)
) STRICT;

-- `quote` is the beginning of the clause, to be shown where the contract is not open; of a file that a password protects it is not kept.
CREATE TABLE finding (
    reading INTEGER NOT NULL REFERENCES reading ON DELETE CASCADE,
    number INTEGER NOT NULL,
    topic TEXT NOT NULL,
    first INTEGER NOT NULL,
    past INTEGER NOT NULL,
    confidence REAL NOT NULL,
    answer TEXT,
    quote TEXT,
    PRIMARY KEY (reading, number)
) STRICT, WITHOUT ROWID;

-- What a person did, in its order, as JSON. What was undone waits to be done again until something else is done.
CREATE TABLE deed (
    id INTEGER PRIMARY KEY,
    contract INTEGER NOT NULL REFERENCES contract ON DELETE CASCADE,
    deed TEXT NOT NULL CHECK (json_valid(deed)),
    done_at INTEGER NOT NULL,
    undone INTEGER NOT NULL DEFAULT 0 CHECK (undone IN (0, 1))
) STRICT;

CREATE INDEX deed_by_contract ON deed (contract, id);

-- Decisions on an earlier version of a contract, carried over to this one, as JSON.
CREATE TABLE carried (
    contract INTEGER NOT NULL REFERENCES contract ON DELETE CASCADE,
    number INTEGER NOT NULL,
    carried TEXT NOT NULL CHECK (json_valid(carried)),
    PRIMARY KEY (contract, number)
) STRICT, WITHOUT ROWID;

-- The contracts that the window works on, in their order.
CREATE TABLE desk (
    place INTEGER PRIMARY KEY,
    path TEXT NOT NULL UNIQUE,
    in_view INTEGER NOT NULL CHECK (in_view IN (0, 1))
) STRICT;
