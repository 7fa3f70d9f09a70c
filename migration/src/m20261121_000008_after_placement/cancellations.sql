-- What of orders was cancelled before it left.

CREATE TABLE order_cancellation (
  tenant_id uuid NOT NULL, -- whose it is
  id uuid NOT NULL, -- the cancellation
  order_id uuid NOT NULL, -- of which order
  amount_minor bigint NOT NULL CHECK (amount_minor >= 0), -- what falls away of the order's total
  tax_minor bigint NOT NULL, -- tax included in it
  charges_minor bigint NOT NULL CHECK (charges_minor >= 0), -- how much of it is delivery and fees: they fall away with the whole order
  reason text, -- why, in the actor's words
  actor text NOT NULL, -- who: an account's id, or `system`
  at bigint NOT NULL, -- when
  PRIMARY KEY (tenant_id, id),
  FOREIGN KEY (tenant_id, order_id) REFERENCES "order" (tenant_id, id)
);

CREATE INDEX order_cancellation_of_order ON order_cancellation (tenant_id, order_id);

CREATE TABLE order_cancellation_line (
  tenant_id uuid NOT NULL, -- whose it is
  cancellation_id uuid NOT NULL, -- what was cancelled together
  order_line_id uuid NOT NULL, -- of which line
  order_id uuid NOT NULL, -- of which order
  quantity bigint NOT NULL CHECK (quantity > 0), -- units
  amount_minor bigint NOT NULL CHECK (amount_minor >= 0), -- their share of the line's total
  tax_minor bigint NOT NULL, -- tax included in it
  PRIMARY KEY (tenant_id, cancellation_id, order_line_id),
  FOREIGN KEY (tenant_id, cancellation_id) REFERENCES order_cancellation (tenant_id, id),
  FOREIGN KEY (tenant_id, order_line_id) REFERENCES order_line (tenant_id, id),
  FOREIGN KEY (tenant_id, order_id) REFERENCES "order" (tenant_id, id)
);

CREATE INDEX order_cancellation_line_of_order ON order_cancellation_line (tenant_id, order_id);
CREATE INDEX order_cancellation_line_of_line ON order_cancellation_line (tenant_id, order_line_id);
