-- Orders that were placed elsewhere, before.

-- An order that was imported. Its number is of no series of ours. Append-only.
CREATE TABLE order_import (
  tenant_id uuid NOT NULL, -- whose it is
  channel_id uuid NOT NULL, -- of which channel
  external_number text NOT NULL, -- how the other system named it
  order_id uuid NOT NULL, -- what it is here
  source text, -- what the other system is called
  delivery_name text, -- how it was delivered, as the other system named it
  actor text NOT NULL, -- who imported it: an account's id
  at bigint NOT NULL, -- when
  PRIMARY KEY (tenant_id, channel_id, external_number),
  UNIQUE (tenant_id, order_id),
  FOREIGN KEY (tenant_id, channel_id) REFERENCES channel (tenant_id, id),
  FOREIGN KEY (tenant_id, order_id) REFERENCES "order" (tenant_id, id)
);
