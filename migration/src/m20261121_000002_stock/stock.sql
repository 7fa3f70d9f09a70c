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
CREATE INDEX movement_reference ON movement (tenant_id, reference_id) WHERE reference_id IS NOT NULL;

-- Goods that go from one place to another.
CREATE TABLE transfer (
  tenant_id uuid NOT NULL, -- whose it is
  id uuid NOT NULL, -- the transfer
  from_id uuid NOT NULL, -- from where
  to_id uuid NOT NULL, -- to where
  state text NOT NULL, -- IN_TRANSIT, RECEIVED or CANCELLED
  reference text, -- the shipper's paper
  reason text, -- why less came than went, or why it was cancelled
  actor text NOT NULL, -- who sent it: an account's id
  shipped_at bigint NOT NULL, -- when it left
  closed_at bigint, -- when nothing of it was under way any more
  version bigint NOT NULL, -- counts its changes
  PRIMARY KEY (tenant_id, id),
  FOREIGN KEY (tenant_id, from_id) REFERENCES location (tenant_id, id),
  FOREIGN KEY (tenant_id, to_id) REFERENCES location (tenant_id, id)
);
CREATE INDEX transfer_time ON transfer (tenant_id, shipped_at, id);

-- Goods of one variant in a transfer. What is neither received, returned nor lost is under way.
CREATE TABLE transfer_line (
  tenant_id uuid NOT NULL, -- whose it is
  transfer_id uuid NOT NULL, -- the transfer
  variant_id uuid NOT NULL, -- of what
  shipped bigint NOT NULL CHECK (shipped > 0), -- units that left
  received bigint NOT NULL CHECK (received >= 0), -- units that came
  returned bigint NOT NULL CHECK (returned >= 0), -- units that went back
  lost bigint NOT NULL CHECK (lost >= 0 AND received + returned + lost <= shipped), -- units that never came
  PRIMARY KEY (tenant_id, transfer_id, variant_id),
  FOREIGN KEY (tenant_id, transfer_id) REFERENCES transfer (tenant_id, id),
  FOREIGN KEY (tenant_id, variant_id) REFERENCES variant (tenant_id, id)
);

-- A count of what a place holds.
CREATE TABLE stock_count (
  tenant_id uuid NOT NULL, -- whose it is
  id uuid NOT NULL, -- the count
  location_id uuid NOT NULL, -- where
  state text NOT NULL, -- OPEN or CLOSED
  note text, -- what it is for
  actor text NOT NULL, -- who opened it: an account's id
  opened_at bigint NOT NULL, -- since when
  closed_at bigint, -- until when
  version bigint NOT NULL, -- counts its changes
  PRIMARY KEY (tenant_id, id),
  FOREIGN KEY (tenant_id, location_id) REFERENCES location (tenant_id, id)
);
CREATE INDEX stock_count_time ON stock_count (tenant_id, opened_at, id);

-- What was counted of one variant.
CREATE TABLE stock_count_line (
  tenant_id uuid NOT NULL, -- whose it is
  count_id uuid NOT NULL, -- the count
  variant_id uuid NOT NULL, -- of what
  counted bigint CHECK (counted >= 0), -- units found; none if nobody looked yet
  expected bigint, -- units on the shelf by the record when that was written down
  recorded_at bigint, -- when that was
  actor text, -- who counted: an account's id
  PRIMARY KEY (tenant_id, count_id, variant_id),
  FOREIGN KEY (tenant_id, count_id) REFERENCES stock_count (tenant_id, id),
  FOREIGN KEY (tenant_id, variant_id) REFERENCES variant (tenant_id, id)
);
