-- What staff changed of orders before it left: what fell away is a cancellation, what came in is lines of its own.

CREATE TABLE order_edit (
  tenant_id uuid NOT NULL, -- whose it is
  id uuid NOT NULL, -- the edit
  order_id uuid NOT NULL, -- of which order
  cancellation_id uuid, -- what fell away, if something did
  removed_minor bigint NOT NULL CHECK (removed_minor >= 0), -- what fell away with it
  added_minor bigint NOT NULL CHECK (added_minor >= 0), -- what the lines cost that came in
  reason text, -- why, in the actor's words
  actor text NOT NULL, -- who: an account's id
  at bigint NOT NULL, -- when
  PRIMARY KEY (tenant_id, id),
  FOREIGN KEY (tenant_id, order_id) REFERENCES "order" (tenant_id, id),
  FOREIGN KEY (tenant_id, cancellation_id) REFERENCES order_cancellation (tenant_id, id)
);

CREATE INDEX order_edit_of_order ON order_edit (tenant_id, order_id);
CREATE INDEX order_edit_of_cancellation ON order_edit (tenant_id, cancellation_id);

CREATE TABLE order_edit_line (
  tenant_id uuid NOT NULL, -- whose it is
  order_line_id uuid NOT NULL, -- the line that came in
  edit_id uuid NOT NULL, -- with which edit
  order_id uuid NOT NULL, -- of which order
  PRIMARY KEY (tenant_id, order_line_id),
  FOREIGN KEY (tenant_id, order_line_id) REFERENCES order_line (tenant_id, id),
  FOREIGN KEY (tenant_id, edit_id) REFERENCES order_edit (tenant_id, id),
  FOREIGN KEY (tenant_id, order_id) REFERENCES "order" (tenant_id, id)
);

CREATE INDEX order_edit_line_of_edit ON order_edit_line (tenant_id, edit_id);
CREATE INDEX order_edit_line_of_order ON order_edit_line (tenant_id, order_id);

-- That a payment is one more for what another pays already. Append-only.
CREATE TABLE payment_supplement (
  tenant_id uuid NOT NULL, -- whose it is
  payment_id uuid NOT NULL, -- the payment
  reference_id uuid NOT NULL, -- what both pay
  PRIMARY KEY (tenant_id, payment_id),
  FOREIGN KEY (tenant_id, payment_id) REFERENCES payment (tenant_id, id)
);
CREATE INDEX payment_supplement_reference ON payment_supplement (tenant_id, reference_id);
