-- Gift cards and store credit. Both databases understand every statement.

CREATE TABLE credit (
  tenant_id uuid NOT NULL, -- whose it is
  id uuid NOT NULL, -- the gift card, or the store credit
  kind text NOT NULL CHECK (kind IN ('GIFT_CARD', 'STORE_CREDIT')), -- what it is
  currency text NOT NULL, -- ISO 4217, of every amount
  customer_id uuid, -- whose store credit it is; of a card for whom it is, if that was said
  code_hash text, -- SHA-256 of a card's code, hexadecimal
  code_end text, -- the last characters of the code
  is_blocked boolean NOT NULL, -- whether a card is good for nothing until further notice
  note text, -- what staff noted about a card
  version bigint NOT NULL, -- counts its changes, but for those of its balance
  created_at bigint NOT NULL, -- when it was made
  PRIMARY KEY (tenant_id, id),
  UNIQUE (tenant_id, code_hash),
  FOREIGN KEY (tenant_id, customer_id) REFERENCES account (tenant_id, id),
  CHECK ((kind = 'GIFT_CARD') = (code_hash IS NOT NULL) AND (code_hash IS NULL) = (code_end IS NULL)),
  CHECK (kind = 'GIFT_CARD' OR (customer_id IS NOT NULL AND NOT is_blocked AND note IS NULL))
);
CREATE UNIQUE INDEX credit_of_customer ON credit (tenant_id, customer_id, currency) WHERE kind = 'STORE_CREDIT';
CREATE INDEX credit_customer ON credit (tenant_id, customer_id, kind);
CREATE INDEX credit_created ON credit (tenant_id, kind, created_at);

-- What came together, with its own expiry.
CREATE TABLE credit_lot (
  tenant_id uuid NOT NULL, -- whose it is
  id uuid NOT NULL, -- the lot
  credit_id uuid NOT NULL, -- what it is on
  amount_minor bigint NOT NULL CHECK (amount_minor > 0), -- how much came
  left_minor bigint NOT NULL CHECK (left_minor >= 0 AND left_minor <= amount_minor), -- what is left of it
  expired_minor bigint NOT NULL CHECK (expired_minor >= 0), -- what was left when its time was up
  expires_at bigint, -- from when on it is worth nothing; none: never
  created_at bigint NOT NULL, -- when it came
  PRIMARY KEY (tenant_id, id),
  FOREIGN KEY (tenant_id, credit_id) REFERENCES credit (tenant_id, id)
);
CREATE INDEX credit_lot_credit ON credit_lot (tenant_id, credit_id);
CREATE INDEX credit_lot_due ON credit_lot (expires_at) WHERE left_minor > 0 AND expires_at IS NOT NULL;

-- What moved a balance. Append-only.
CREATE TABLE credit_entry (
  tenant_id uuid NOT NULL, -- whose it is
  id uuid NOT NULL, -- the entry
  credit_id uuid NOT NULL, -- whose balance
  lot_id uuid NOT NULL, -- of which lot
  kind text NOT NULL, -- code of what moved it
  amount_minor bigint NOT NULL CHECK (amount_minor <> 0), -- what came, or, below zero, went
  payment_id uuid, -- what was paid with it, or came back
  actor text NOT NULL, -- who did it
  reason text, -- why, in the words of staff
  at bigint NOT NULL, -- when
  PRIMARY KEY (tenant_id, id),
  FOREIGN KEY (tenant_id, credit_id) REFERENCES credit (tenant_id, id),
  FOREIGN KEY (tenant_id, lot_id) REFERENCES credit_lot (tenant_id, id),
  FOREIGN KEY (tenant_id, payment_id) REFERENCES payment (tenant_id, id)
);
CREATE INDEX credit_entry_credit ON credit_entry (tenant_id, credit_id, at, id);
CREATE INDEX credit_entry_lot ON credit_entry (tenant_id, lot_id);
CREATE INDEX credit_entry_payment ON credit_entry (tenant_id, payment_id) WHERE payment_id IS NOT NULL;

ALTER TABLE cart ADD COLUMN tenders text NOT NULL DEFAULT '{}'; -- what is to be paid with gift cards and store credit, JSON
ALTER TABLE checkout_ticket ADD COLUMN expected_due text; -- what the shopper expects to be left to pay
