-- What staff do with stock. Both databases understand every statement.

-- A place can be closed, and every change of it counts.
ALTER TABLE location ADD COLUMN address text;
ALTER TABLE location ADD COLUMN is_active boolean NOT NULL DEFAULT TRUE;
ALTER TABLE location ADD COLUMN version bigint NOT NULL DEFAULT 1;

-- What a channel leaves on the shelf of a place.
ALTER TABLE channel_location ADD COLUMN buffer bigint NOT NULL DEFAULT 0 CHECK (buffer >= 0);

-- What nobody sells, and from when on there is little.
ALTER TABLE stock_level ADD COLUMN safety bigint NOT NULL DEFAULT 0 CHECK (safety >= 0);
ALTER TABLE stock_level ADD COLUMN low_at bigint CHECK (low_at >= 0);

CREATE INDEX stock_level_place ON stock_level (tenant_id, location_id);
CREATE INDEX stock_level_since ON stock_level (tenant_id, since, id);
CREATE INDEX movement_time ON movement (tenant_id, at, id);
CREATE INDEX movement_place ON movement (tenant_id, location_id, at);
