-- How many pieces of a variant are bought together. Both databases understand every statement.

-- How many pieces of a variant are bought together by a list, and by those that follow it.
CREATE TABLE quantity_rule (
  tenant_id uuid NOT NULL, -- whose it is
  price_list_id uuid NOT NULL, -- the list
  variant_id uuid NOT NULL, -- the variant
  minimum bigint NOT NULL CHECK (minimum > 0), -- the fewest pieces
  maximum bigint CHECK (maximum >= minimum), -- the most pieces; none: as many as a line may have
  increment bigint NOT NULL CHECK (increment > 0), -- of which number of pieces it is a multiple
  CHECK (minimum % increment = 0 AND maximum % increment = 0),
  PRIMARY KEY (tenant_id, price_list_id, variant_id),
  FOREIGN KEY (tenant_id, price_list_id) REFERENCES price_list (tenant_id, id),
  FOREIGN KEY (tenant_id, variant_id) REFERENCES variant (tenant_id, id)
);
