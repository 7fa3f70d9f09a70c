-- Where orders go that shall go elsewhere than was said when they were placed.

CREATE TABLE order_address (
  tenant_id uuid NOT NULL, -- whose it is
  order_id uuid NOT NULL, -- of which order
  sequence bigint NOT NULL CHECK (sequence > 0), -- 1 for the first change, then one more each; the last counts
  address text NOT NULL, -- JSON, as the order's own
  reason text, -- why, in the actor's words
  actor text NOT NULL, -- who: an account's id
  at bigint NOT NULL, -- when
  PRIMARY KEY (tenant_id, order_id, sequence),
  FOREIGN KEY (tenant_id, order_id) REFERENCES "order" (tenant_id, id)
);
