-- What others call variants. Both databases understand every statement.

CREATE TABLE external_sku (
  tenant_id uuid NOT NULL, -- whose it is
  id uuid NOT NULL, -- the name
  marketplace text NOT NULL, -- where it is called so: the code of a marketplace such as noon-sa, or of a channel
  sku text NOT NULL, -- what it is called there
  variant_id uuid NOT NULL, -- what it is here
  PRIMARY KEY (tenant_id, id),
  UNIQUE (tenant_id, marketplace, sku),
  FOREIGN KEY (tenant_id, variant_id) REFERENCES variant (tenant_id, id)
);
CREATE INDEX external_sku_variant ON external_sku (tenant_id, variant_id);
