-- What a contract stands at: another number whenever a reading of it or a decision about it comes, changes or goes, so that what was made
-- of them can be used until then. At random, as numbers of rows that went are given again, and a backup may take the place of all.
CREATE TABLE revision (
    contract INTEGER PRIMARY KEY REFERENCES contract ON DELETE CASCADE,
    revision INTEGER NOT NULL
) STRICT;

INSERT INTO revision SELECT id, random() FROM contract;

CREATE TRIGGER contract_came AFTER INSERT ON contract BEGIN
    INSERT INTO revision VALUES (NEW.id, random());
END;

CREATE TRIGGER reading_came AFTER INSERT ON reading BEGIN
    UPDATE revision SET revision = random() WHERE contract = NEW.contract;
END;

CREATE TRIGGER reading_went AFTER DELETE ON reading BEGIN
    UPDATE revision SET revision = random() WHERE contract = OLD.contract;
END;

CREATE TRIGGER deed_came AFTER INSERT ON deed BEGIN
    UPDATE revision SET revision = random() WHERE contract = NEW.contract;
END;

CREATE TRIGGER deed_changed AFTER UPDATE ON deed BEGIN
    UPDATE revision SET revision = random() WHERE contract = NEW.contract;
END;

CREATE TRIGGER deed_went AFTER DELETE ON deed BEGIN
    UPDATE revision SET revision = random() WHERE contract = OLD.contract;
END;

CREATE TRIGGER carried_came AFTER INSERT ON carried BEGIN
    UPDATE revision SET revision = random() WHERE contract = NEW.contract;
END;

CREATE TRIGGER carried_went AFTER DELETE ON carried BEGIN
    UPDATE revision SET revision = random() WHERE contract = OLD.contract;
END;
