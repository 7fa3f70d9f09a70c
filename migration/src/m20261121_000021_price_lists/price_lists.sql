-- Price lists that follow each other, prices that change in time, and who buys by which list. Both databases understand
-- every statement.

ALTER TABLE price_list ADD COLUMN name_ar text;
ALTER TABLE price_list ADD COLUMN name_en text;
ALTER TABLE price_list ADD COLUMN starts_at bigint;
ALTER TABLE price_list ADD COLUMN ends_at bigint;
ALTER TABLE price_list ADD COLUMN rules text NOT NULL DEFAULT '[]';
ALTER TABLE price_list ADD COLUMN version bigint NOT NULL DEFAULT 1;

ALTER TABLE order_line ADD COLUMN price_steps text; -- how the price of a unit came about at placement, JSON

-- What a variant costs in a list for some time, tax included. Regular prices of a variant follow each other; a temporary
-- one goes before them.
CREATE TABLE list_price (
  tenant_id uuid NOT NULL, -- whose it is
  price_list_id uuid NOT NULL, -- the list
  variant_id uuid NOT NULL, -- the variant
  starts_at bigint NOT NULL, -- from then on
  is_temporary boolean NOT NULL, -- whether it goes before regular ones
  ends_at bigint, -- until then; none: for ever
  amount_minor bigint NOT NULL CHECK (amount_minor >= 0), -- the price of a piece, minor units of the list's currency
  was_minor bigint, -- a former, higher price
  tiers text NOT NULL, -- from how many pieces on each costs less, JSON: [[10,900]]
  CHECK (ends_at IS NULL OR ends_at > starts_at),
  PRIMARY KEY (tenant_id, price_list_id, variant_id, starts_at, is_temporary),
  FOREIGN KEY (tenant_id, price_list_id) REFERENCES price_list (tenant_id, id),
  FOREIGN KEY (tenant_id, variant_id) REFERENCES variant (tenant_id, id)
);
INSERT INTO list_price (tenant_id, price_list_id, variant_id, starts_at, is_temporary, amount_minor, was_minor, tiers)
  SELECT tenant_id, price_list_id, variant_id, 0, false, amount_minor, was_minor, '[]' FROM price;
DROP TABLE price;

-- That a customer group, or everybody in a channel, buys by a list.
CREATE TABLE price_list_assignment (
  tenant_id uuid NOT NULL, -- whose it is
  id uuid NOT NULL, -- the assignment
  price_list_id uuid NOT NULL, -- the list
  group_id uuid, -- the customers, nobody if there is no such group any more; none: everybody in the channel
  channel_id uuid, -- in which channel; none: in every one
  priority integer NOT NULL, -- of several for the same reason, the one with the lower number is asked first
  countries text NOT NULL, -- to where it is bought: ISO 3166-1 alpha-2 codes, separated by commas; empty: to anywhere
  starts_at bigint, -- from then on
  ends_at bigint, -- until then
  CHECK (group_id IS NOT NULL OR channel_id IS NOT NULL),
  PRIMARY KEY (tenant_id, id),
  FOREIGN KEY (tenant_id, price_list_id) REFERENCES price_list (tenant_id, id),
  FOREIGN KEY (tenant_id, channel_id) REFERENCES channel (tenant_id, id)
);
CREATE INDEX price_list_assignment_of_group ON price_list_assignment (tenant_id, group_id);
CREATE INDEX price_list_assignment_of_channel ON price_list_assignment (tenant_id, channel_id);
CREATE INDEX price_list_assignment_of_list ON price_list_assignment (tenant_id, price_list_id);
