-- Promotions by rules, coupons, and what was used of them. Both databases understand every statement.

ALTER TABLE promotion RENAME TO promotion_before;

-- A promotion.
CREATE TABLE promotion (
  tenant_id uuid NOT NULL, -- whose it is
  id uuid NOT NULL, -- the promotion
  code text NOT NULL, -- its name in imports
  name_ar text, -- Arabic name
  name_en text, -- English name
  currency text, -- ISO 4217 code of its amounts; none: it names none
  channels text NOT NULL, -- where it applies, JSON; empty: everywhere
  rule text NOT NULL, -- what it is about, when it applies and what it does, JSON
  needs_coupon boolean NOT NULL, -- as the rule says
  starts_at bigint, -- from then on
  ends_at bigint, -- until then
  orders_max bigint, -- of how many orders; none: of any number
  orders_max_of_customer bigint, -- of how many orders of one customer
  budget_minor bigint, -- how much it may take off
  orders bigint NOT NULL DEFAULT 0, -- orders that it took something off
  spent_minor bigint NOT NULL DEFAULT 0, -- what it took off them
  version bigint NOT NULL DEFAULT 1, -- counts the changes of staff
  CHECK (orders >= 0 AND spent_minor >= 0),
  PRIMARY KEY (tenant_id, id),
  UNIQUE (tenant_id, code)
);
CREATE INDEX promotion_running ON promotion (tenant_id, ends_at);

-- A coupon, or many that were made together.
CREATE TABLE coupon (
  tenant_id uuid NOT NULL, -- whose it is
  id uuid NOT NULL, -- the coupon
  promotion_id uuid NOT NULL, -- what it is for
  code text NOT NULL, -- what is written on it; of many, what each of their codes begins with
  count bigint, -- how many; none: one, with that very code
  seed text, -- what the codes of many follow from
  orders_max bigint, -- of how many orders each; none: of any number
  created_at bigint NOT NULL, -- when it was issued
  revoked_at bigint, -- from when on it is worth nothing
  PRIMARY KEY (tenant_id, id),
  UNIQUE (tenant_id, code),
  FOREIGN KEY (tenant_id, promotion_id) REFERENCES promotion (tenant_id, id)
);
CREATE INDEX coupon_of_promotion ON coupon (tenant_id, promotion_id);

-- How often a coupon was used.
CREATE TABLE coupon_count (
  tenant_id uuid NOT NULL, -- whose it is
  code text NOT NULL, -- what is written on it
  orders bigint NOT NULL CHECK (orders >= 0), -- orders
  PRIMARY KEY (tenant_id, code)
);

-- How often a customer used a promotion.
CREATE TABLE promotion_customer (
  tenant_id uuid NOT NULL, -- whose it is
  promotion_id uuid NOT NULL, -- the promotion
  customer_id uuid NOT NULL, -- the customer
  orders bigint NOT NULL CHECK (orders >= 0), -- orders
  PRIMARY KEY (tenant_id, promotion_id, customer_id),
  FOREIGN KEY (tenant_id, promotion_id) REFERENCES promotion (tenant_id, id)
);

-- That an order used a promotion which is counted.
CREATE TABLE promotion_use (
  tenant_id uuid NOT NULL, -- whose it is
  order_id uuid NOT NULL, -- the order
  promotion_id uuid NOT NULL, -- the promotion
  customer_id uuid, -- whose order it is
  code text, -- the coupon, if there is one
  amount_minor bigint NOT NULL CHECK (amount_minor > 0), -- what it took off
  used_at bigint NOT NULL, -- when
  given_back_at bigint, -- when the order was cancelled
  PRIMARY KEY (tenant_id, order_id, promotion_id),
  FOREIGN KEY (tenant_id, promotion_id) REFERENCES promotion (tenant_id, id)
);
CREATE INDEX promotion_use_of_promotion ON promotion_use (tenant_id, promotion_id);

ALTER TABLE cart ADD COLUMN coupons text NOT NULL DEFAULT '[]'; -- codes of coupons, JSON
