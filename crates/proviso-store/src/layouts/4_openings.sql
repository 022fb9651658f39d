-- The order in which contracts were opened, by which the newest version of one is told. A clock that was set back tells another.

ALTER TABLE contract ADD COLUMN opening INTEGER NOT NULL DEFAULT 0;

UPDATE contract SET opening = (
    SELECT count(*) FROM contract AS earlier WHERE (earlier.opened_at, earlier.id) <= (contract.opened_at, contract.id)
);

CREATE INDEX contract_by_opening ON contract (opening);

DROP INDEX contract_by_path;
CREATE INDEX contract_by_path ON contract (path, opening);
