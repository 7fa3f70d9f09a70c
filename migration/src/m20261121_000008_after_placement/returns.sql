-- Goods that customers send back.

ALTER TABLE channel ADD COLUMN return_days bigint NOT NULL DEFAULT 14 CHECK (return_days >= 0); -- how long after its delivery an order can be sent back

CREATE TABLE order_return (
  tenant_id uuid NOT NULL, -- whose it is
  id uuid NOT NULL, -- the return
  order_id uuid NOT NULL, -- of which order
  note text, -- what was said with it
  actor text NOT NULL, -- who asked for it: an account's id, or `guest`
  at bigint NOT NULL, -- when
  PRIMARY KEY (tenant_id, id),
  FOREIGN KEY (tenant_id, order_id) REFERENCES "order" (tenant_id, id)
);

CREATE INDEX order_return_of_order ON order_return (tenant_id, order_id);
CREATE INDEX order_return_by_age ON order_return (tenant_id, at, id);

CREATE TABLE order_return_line (
  tenant_id uuid NOT NULL, -- whose it is
  return_id uuid NOT NULL, -- of which return
  order_line_id uuid NOT NULL, -- of which line
  order_id uuid NOT NULL, -- of which order
  quantity bigint NOT NULL CHECK (quantity > 0), -- units
  reason text NOT NULL, -- DAMAGED, WRONG_ITEM, NOT_AS_DESCRIBED, SIZE_OR_FIT, CHANGED_MIND or OTHER
  note text, -- why, in words
  PRIMARY KEY (tenant_id, return_id, order_line_id),
  FOREIGN KEY (tenant_id, return_id) REFERENCES order_return (tenant_id, id),
  FOREIGN KEY (tenant_id, order_line_id) REFERENCES order_line (tenant_id, id)
);

CREATE INDEX order_return_line_of_line ON order_return_line (tenant_id, order_line_id);

CREATE TABLE order_return_status (
  tenant_id uuid NOT NULL, -- whose it is
  return_id uuid NOT NULL, -- whose status it is
  order_id uuid NOT NULL, -- of which order
  state text NOT NULL, -- REQUESTED, APPROVED, REJECTED, RECEIVED, INSPECTED or REFUNDED
  location_id uuid, -- where its goods came in; none before
  version bigint NOT NULL, -- steps so far
  PRIMARY KEY (tenant_id, return_id),
  FOREIGN KEY (tenant_id, return_id) REFERENCES order_return (tenant_id, id),
  FOREIGN KEY (tenant_id, location_id) REFERENCES location (tenant_id, id)
);

CREATE INDEX order_return_status_by_state ON order_return_status (tenant_id, state);

CREATE TABLE order_return_step (
  tenant_id uuid NOT NULL, -- whose it is
  return_id uuid NOT NULL, -- whose step it is
  sequence bigint NOT NULL, -- 1 for the request, then one more each
  order_id uuid NOT NULL, -- of which order
  action text, -- APPROVE, REJECT, RECEIVE, INSPECT or REFUND; none for the request
  reason text, -- why, in the actor's words
  amount_minor bigint, -- what went back
  actor text NOT NULL, -- who: an account's id, or `guest`
  at bigint NOT NULL, -- when
  PRIMARY KEY (tenant_id, return_id, sequence),
  FOREIGN KEY (tenant_id, return_id) REFERENCES order_return (tenant_id, id)
);

CREATE INDEX order_return_step_of_order ON order_return_step (tenant_id, order_id);

CREATE TABLE order_return_receipt (
  tenant_id uuid NOT NULL, -- whose it is
  return_id uuid NOT NULL, -- of which return
  order_line_id uuid NOT NULL, -- of which line
  order_id uuid NOT NULL, -- of which order
  quantity bigint NOT NULL CHECK (quantity > 0), -- units that came
  PRIMARY KEY (tenant_id, return_id, order_line_id),
  FOREIGN KEY (tenant_id, return_id, order_line_id) REFERENCES order_return_line (tenant_id, return_id, order_line_id)
);

CREATE INDEX order_return_receipt_of_order ON order_return_receipt (tenant_id, order_id);

CREATE TABLE order_return_outcome (
  tenant_id uuid NOT NULL, -- whose it is
  return_id uuid NOT NULL, -- of which return
  order_line_id uuid NOT NULL, -- of which line
  outcome text NOT NULL, -- RESTOCK, QUARANTINE or WRITE_OFF
  order_id uuid NOT NULL, -- of which order
  quantity bigint NOT NULL CHECK (quantity > 0), -- units
  PRIMARY KEY (tenant_id, return_id, order_line_id, outcome),
  FOREIGN KEY (tenant_id, return_id, order_line_id) REFERENCES order_return_line (tenant_id, return_id, order_line_id)
);

CREATE TABLE order_line_returned (
  tenant_id uuid NOT NULL, -- whose it is
  order_line_id uuid NOT NULL, -- of which line
  order_id uuid NOT NULL, -- of which order
  quantity bigint NOT NULL CHECK (quantity >= 0), -- units in returns that were not rejected
  PRIMARY KEY (tenant_id, order_line_id),
  FOREIGN KEY (tenant_id, order_line_id) REFERENCES order_line (tenant_id, id)
);
