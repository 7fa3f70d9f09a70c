-- Carts that staff make for customers, and what was agreed on.

ALTER TABLE cart_line ADD COLUMN agreed_minor bigint CHECK (agreed_minor >= 0); -- the unit price that was agreed on instead of the list's
ALTER TABLE cart_line ADD COLUMN agreed_reason text; -- why

CREATE TABLE draft_order (
  tenant_id uuid NOT NULL, -- whose it is
  id uuid NOT NULL, -- the draft
  cart_id uuid NOT NULL, -- what is to be ordered: a cart that is DRAFT, then COMPLETED or DISCARDED
  note text, -- what is remarked: the first note of its order
  token_hash text, -- SHA-256 of the token by which the customer sees and completes it, hexadecimal; none before it is sent
  sent_at bigint, -- when it was first sent
  actor text NOT NULL, -- who made it: an account's id
  created_at bigint NOT NULL, -- when
  PRIMARY KEY (tenant_id, id),
  UNIQUE (tenant_id, cart_id),
  FOREIGN KEY (tenant_id, cart_id) REFERENCES cart (tenant_id, id)
);

CREATE UNIQUE INDEX draft_order_by_token ON draft_order (tenant_id, token_hash);
CREATE INDEX draft_order_by_age ON draft_order (tenant_id, created_at, id);
