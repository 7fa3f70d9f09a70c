-- Stock that carts hold. Both databases understand every statement.

-- For how many minutes what is put into a cart is held; none: stock is held from the order on.
ALTER TABLE channel ADD COLUMN cart_hold_minutes bigint CHECK (cart_hold_minutes > 0);

-- Stock held for a cart.
CREATE TABLE cart_hold (
  tenant_id uuid NOT NULL, -- whose it is
  id uuid NOT NULL, -- the hold
  cart_id uuid NOT NULL, -- for which cart
  variant_id uuid NOT NULL, -- of what
  location_id uuid NOT NULL, -- where
  quantity bigint NOT NULL CHECK (quantity > 0), -- units
  state text NOT NULL, -- HELD, RELEASED, or ORDERED: the cart's order has them
  expires_at bigint NOT NULL, -- until when
  PRIMARY KEY (tenant_id, id),
  FOREIGN KEY (tenant_id, cart_id) REFERENCES cart (tenant_id, id),
  FOREIGN KEY (tenant_id, variant_id, location_id) REFERENCES stock_level (tenant_id, variant_id, location_id)
);
CREATE INDEX cart_hold_cart ON cart_hold (tenant_id, cart_id) WHERE state = 'HELD';
CREATE INDEX cart_hold_expiry ON cart_hold (expires_at) WHERE state = 'HELD';
CREATE INDEX cart_hold_level ON cart_hold (tenant_id, variant_id, location_id) WHERE state = 'HELD';
