-- Orders after their placement.

ALTER TABLE order_status ADD COLUMN open_holds bigint NOT NULL DEFAULT 0 CHECK (open_holds >= 0); -- reasons why it must not go on

CREATE TABLE order_hold (
  tenant_id uuid NOT NULL, -- whose it is
  id uuid NOT NULL, -- the hold
  order_id uuid NOT NULL, -- what is held
  kind text NOT NULL, -- FRAUD, CREDIT, STOCK or ADDRESS
  round bigint NOT NULL, -- the how manieth of its kind; the next begins once this one is released
  reason text, -- why, in the actor's words
  actor text NOT NULL, -- who: an account's id
  at bigint NOT NULL, -- when
  PRIMARY KEY (tenant_id, id),
  UNIQUE (tenant_id, order_id, kind, round),
  FOREIGN KEY (tenant_id, order_id) REFERENCES "order" (tenant_id, id)
);

CREATE TABLE order_hold_release (
  tenant_id uuid NOT NULL, -- whose it is
  hold_id uuid NOT NULL, -- what ended
  reason text, -- why, in the actor's words
  actor text NOT NULL, -- who: an account's id
  at bigint NOT NULL, -- when
  PRIMARY KEY (tenant_id, hold_id),
  FOREIGN KEY (tenant_id, hold_id) REFERENCES order_hold (tenant_id, id)
);

CREATE TABLE order_note (
  tenant_id uuid NOT NULL, -- whose it is
  id uuid NOT NULL, -- the note
  order_id uuid NOT NULL, -- what it is about
  text text NOT NULL, -- what was remarked
  is_visible_to_customer boolean NOT NULL, -- whether the customer reads it
  actor text NOT NULL, -- who: an account's id
  at bigint NOT NULL, -- when
  PRIMARY KEY (tenant_id, id),
  FOREIGN KEY (tenant_id, order_id) REFERENCES "order" (tenant_id, id)
);

CREATE INDEX order_note_of_order ON order_note (tenant_id, order_id);

CREATE TABLE order_tag (
  tenant_id uuid NOT NULL, -- whose it is
  order_id uuid NOT NULL, -- what bears it
  folded text NOT NULL, -- the form in which tags are compared
  tag text NOT NULL, -- as it was written
  PRIMARY KEY (tenant_id, order_id, folded),
  FOREIGN KEY (tenant_id, order_id) REFERENCES "order" (tenant_id, id)
);

CREATE INDEX order_tag_by_word ON order_tag (tenant_id, folded);

CREATE INDEX shipment_of_order ON shipment (tenant_id, order_id);

CREATE TABLE shipment_line (
  tenant_id uuid NOT NULL, -- whose it is
  shipment_id uuid NOT NULL, -- what left together
  order_line_id uuid NOT NULL, -- of which line
  order_id uuid NOT NULL, -- of which order
  quantity bigint NOT NULL CHECK (quantity > 0), -- units
  PRIMARY KEY (tenant_id, shipment_id, order_line_id),
  FOREIGN KEY (tenant_id, shipment_id) REFERENCES shipment (tenant_id, id),
  FOREIGN KEY (tenant_id, order_line_id) REFERENCES order_line (tenant_id, id),
  FOREIGN KEY (tenant_id, order_id) REFERENCES "order" (tenant_id, id)
);

CREATE INDEX shipment_line_of_order ON shipment_line (tenant_id, order_id);
CREATE INDEX shipment_line_of_line ON shipment_line (tenant_id, order_line_id);

CREATE TABLE shipment_status (
  tenant_id uuid NOT NULL, -- whose it is
  shipment_id uuid NOT NULL, -- whose status it is
  order_id uuid NOT NULL, -- of which order
  state text NOT NULL, -- IN_TRANSIT, DELIVERED, REFUSED or RETURNED
  version bigint NOT NULL, -- steps so far
  PRIMARY KEY (tenant_id, shipment_id),
  FOREIGN KEY (tenant_id, shipment_id) REFERENCES shipment (tenant_id, id),
  FOREIGN KEY (tenant_id, order_id) REFERENCES "order" (tenant_id, id)
);

CREATE INDEX shipment_status_of_order ON shipment_status (tenant_id, order_id);

CREATE TABLE shipment_step (
  tenant_id uuid NOT NULL, -- whose it is
  shipment_id uuid NOT NULL, -- whose step it is
  sequence bigint NOT NULL, -- 1 for the first, then one more each
  order_id uuid NOT NULL, -- of which order
  action text NOT NULL, -- DELIVER, FAIL, REFUSE or RECEIVE
  fail_reason text, -- why the carrier came in vain
  reason text, -- why, in the actor's words
  amount_minor bigint, -- what fell away of what was to be paid
  actor text NOT NULL, -- who: an account's id
  at bigint NOT NULL, -- when
  PRIMARY KEY (tenant_id, shipment_id, sequence),
  FOREIGN KEY (tenant_id, shipment_id) REFERENCES shipment (tenant_id, id),
  FOREIGN KEY (tenant_id, order_id) REFERENCES "order" (tenant_id, id)
);

CREATE INDEX shipment_step_of_order ON shipment_step (tenant_id, order_id);

ALTER TABLE payment ADD COLUMN reduced_minor bigint NOT NULL DEFAULT 0 CHECK (reduced_minor >= 0 AND reduced_minor <= amount_minor); -- what of it fell away before it was paid
