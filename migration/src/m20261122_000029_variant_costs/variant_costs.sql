-- What variants cost the shop, and the lowest prices that it sells them at. Both databases understand every statement.

CREATE TABLE variant_cost (
  tenant_id uuid NOT NULL, -- whose it is
  variant_id uuid NOT NULL, -- the variant
  currency text NOT NULL, -- ISO 4217 code of what the amounts are in
  cost_minor bigint CHECK (cost_minor >= 0), -- what a piece costs the shop, without tax, minor units; none: not said
  floor_minor bigint CHECK (floor_minor >= 0), -- the lowest price of a piece, in the terms of price lists; none: any
  floors text NOT NULL, -- the lowest prices there were, and that there is, each since its instant: [[instant, minor], …]
  PRIMARY KEY (tenant_id, variant_id, currency),
  FOREIGN KEY (tenant_id, variant_id) REFERENCES variant (tenant_id, id)
);
CREATE INDEX variant_cost_of_currency ON variant_cost (tenant_id, currency, variant_id);
