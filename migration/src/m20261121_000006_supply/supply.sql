-- What can be promised beyond the shelf. Both databases understand every statement.

-- How many days ahead a channel promises what suppliers are to deliver; 0: only what is there.
ALTER TABLE channel ADD COLUMN promise_days bigint NOT NULL DEFAULT 0 CHECK (promise_days >= 0);

-- How a variant is sold beyond its stock. A variant without a row is not. Whoever promises units beyond the shelf, or
-- serves those who wait, holds its row.
CREATE TABLE variant_selling (
  tenant_id uuid NOT NULL, -- whose it is
  variant_id uuid NOT NULL, -- of what
  policy text NOT NULL, -- DENY, BACKORDER or PREORDER
  max_units bigint NOT NULL CHECK (max_units >= 0), -- units that may wait at once, besides those that are due
  promised bigint NOT NULL CHECK (promised >= 0), -- units that orders wait for
  expected_on bigint, -- the day that buyers are told: days since 1970-01-01
  PRIMARY KEY (tenant_id, variant_id),
  FOREIGN KEY (tenant_id, variant_id) REFERENCES variant (tenant_id, id)
);

-- Goods that a supplier is to deliver.
CREATE TABLE inbound_supply (
  tenant_id uuid NOT NULL, -- whose it is
  id uuid NOT NULL, -- the supply
  variant_id uuid NOT NULL, -- of what
  location_id uuid NOT NULL, -- where to
  quantity bigint NOT NULL CHECK (quantity > 0), -- units that were announced
  received bigint NOT NULL CHECK (received >= 0), -- units that came
  expected_on bigint NOT NULL, -- the day on which it is to come: days since 1970-01-01
  reference text, -- the supplier's paper
  state text NOT NULL, -- EXPECTED, RECEIVED or CANCELLED
  actor text NOT NULL, -- who announced it: an account's id
  announced_at bigint NOT NULL, -- when
  closed_at bigint, -- since when nothing more is to come
  version bigint NOT NULL, -- counts its changes
  PRIMARY KEY (tenant_id, id),
  FOREIGN KEY (tenant_id, variant_id) REFERENCES variant (tenant_id, id),
  FOREIGN KEY (tenant_id, location_id) REFERENCES location (tenant_id, id)
);
CREATE INDEX inbound_supply_due ON inbound_supply (tenant_id, variant_id, expected_on) WHERE state = 'EXPECTED';
CREATE INDEX inbound_supply_day ON inbound_supply (tenant_id, expected_on, id);

-- Units that an order waits for. Those that came are reservations of the same line.
CREATE TABLE backorder (
  tenant_id uuid NOT NULL, -- whose it is
  id uuid NOT NULL, -- the back-order
  order_id uuid NOT NULL, -- for whom
  order_line_id uuid NOT NULL, -- for which line
  variant_id uuid NOT NULL, -- of what
  channel_id uuid NOT NULL, -- where it was bought
  quantity bigint NOT NULL CHECK (quantity > 0), -- units that were not there
  served bigint NOT NULL CHECK (served >= 0 AND served <= quantity), -- units that came
  state text NOT NULL, -- OPEN, SERVED or RELEASED
  kind text NOT NULL, -- what the buyer was told: BACKORDER or PREORDER
  expected_on bigint, -- the day the buyer was told: days since 1970-01-01
  placed_at bigint NOT NULL, -- since when it waits
  expires_at bigint, -- until when it waits for its order's payment; none once that is there
  n_promised bigint NOT NULL, -- units of the variant that waited when it was promised, itself included
  bound bigint NOT NULL CHECK (n_promised <= bound), -- how many might wait then
  PRIMARY KEY (tenant_id, id),
  FOREIGN KEY (tenant_id, variant_id) REFERENCES variant_selling (tenant_id, variant_id),
  FOREIGN KEY (tenant_id, channel_id) REFERENCES channel (tenant_id, id)
);
-- Units that were given up are released beside those of the same line that go on.
CREATE UNIQUE INDEX backorder_line ON backorder (tenant_id, order_line_id) WHERE state <> 'RELEASED';
CREATE INDEX backorder_order ON backorder (tenant_id, order_id);
CREATE INDEX backorder_waiting ON backorder (tenant_id, variant_id, placed_at, id) WHERE state = 'OPEN';
