-- Tables of the shop's contexts. Every row bears its tenant, first in every key, so that no join can
-- cross from one tenant to another. Instants are milliseconds since the epoch, amounts minor units.

-- A kind of product.
CREATE TABLE product_type (
  tenant_id uuid NOT NULL, -- whose it is
  id uuid NOT NULL, -- the type
  code text NOT NULL, -- its name in imports
  name_ar text, -- Arabic name
  name_en text, -- English name
  PRIMARY KEY (tenant_id, id),
  UNIQUE (tenant_id, code)
);

-- Something a product can say of itself.
CREATE TABLE attribute (
  tenant_id uuid NOT NULL, -- whose it is
  id uuid NOT NULL, -- the attribute
  code text NOT NULL, -- its name in imports
  name_ar text, -- Arabic name
  name_en text, -- English name
  PRIMARY KEY (tenant_id, id),
  UNIQUE (tenant_id, code)
);

-- A node of the category tree.
CREATE TABLE category (
  tenant_id uuid NOT NULL, -- whose it is
  id uuid NOT NULL, -- the category
  parent_id uuid, -- the category it stands in
  slug text NOT NULL, -- its name in addresses
  path text NOT NULL, -- the slugs from the root, `/food/food-dates/`
  level integer NOT NULL, -- 1 at the root
  position integer NOT NULL, -- its place among all, ascending
  name_ar text, -- Arabic name
  name_en text, -- English name
  PRIMARY KEY (tenant_id, id),
  UNIQUE (tenant_id, slug),
  FOREIGN KEY (tenant_id, parent_id) REFERENCES category (tenant_id, id)
);

-- Products shown together.
CREATE TABLE collection (
  tenant_id uuid NOT NULL, -- whose it is
  id uuid NOT NULL, -- the collection
  slug text NOT NULL, -- its name in addresses
  position integer NOT NULL, -- its place among all, ascending
  name_ar text, -- Arabic name
  name_en text, -- English name
  description_ar text, -- Arabic description
  description_en text, -- English description
  PRIMARY KEY (tenant_id, id),
  UNIQUE (tenant_id, slug)
);

-- A dimension along which variants differ.
CREATE TABLE product_option (
  tenant_id uuid NOT NULL, -- whose it is
  id uuid NOT NULL, -- the option
  code text NOT NULL, -- its name in imports
  position integer NOT NULL, -- its place among all, ascending
  name_ar text, -- Arabic name
  name_en text, -- English name
  PRIMARY KEY (tenant_id, id),
  UNIQUE (tenant_id, code)
);

-- One value of an option.
CREATE TABLE option_value (
  tenant_id uuid NOT NULL, -- whose it is
  id uuid NOT NULL, -- the value
  option_id uuid NOT NULL, -- whose value it is
  code text NOT NULL, -- its name in imports
  position integer NOT NULL, -- its place among the option's, ascending
  name_ar text, -- Arabic name
  name_en text, -- English name
  PRIMARY KEY (tenant_id, id),
  UNIQUE (tenant_id, option_id, code),
  FOREIGN KEY (tenant_id, option_id) REFERENCES product_option (tenant_id, id)
);

-- A product.
CREATE TABLE product (
  tenant_id uuid NOT NULL, -- whose it is
  id uuid NOT NULL, -- the product
  slug text NOT NULL, -- its name in addresses
  product_type_id uuid NOT NULL, -- its kind
  category_id uuid NOT NULL, -- where it stands
  brand_ar text, -- Arabic brand
  brand_en text, -- English brand
  name_ar text, -- Arabic name
  name_en text, -- English name
  description_ar text, -- Arabic description
  description_en text, -- English description
  search_text text NOT NULL, -- names, brands and slug, folded for comparing
  created_at bigint NOT NULL, -- when it was created
  PRIMARY KEY (tenant_id, id),
  UNIQUE (tenant_id, slug),
  FOREIGN KEY (tenant_id, product_type_id) REFERENCES product_type (tenant_id, id),
  FOREIGN KEY (tenant_id, category_id) REFERENCES category (tenant_id, id)
);
CREATE INDEX product_category ON product (tenant_id, category_id);

-- What a product says of itself.
CREATE TABLE product_attribute (
  tenant_id uuid NOT NULL, -- whose it is
  product_id uuid NOT NULL, -- the product
  attribute_id uuid NOT NULL, -- the attribute
  position integer NOT NULL, -- its place among the product's, ascending
  value_ar text, -- Arabic value
  value_en text, -- English value
  PRIMARY KEY (tenant_id, product_id, attribute_id),
  FOREIGN KEY (tenant_id, product_id) REFERENCES product (tenant_id, id),
  FOREIGN KEY (tenant_id, attribute_id) REFERENCES attribute (tenant_id, id)
);

-- A product's membership of a collection.
CREATE TABLE product_collection (
  tenant_id uuid NOT NULL, -- whose it is
  product_id uuid NOT NULL, -- the product
  collection_id uuid NOT NULL, -- the collection
  PRIMARY KEY (tenant_id, product_id, collection_id),
  FOREIGN KEY (tenant_id, product_id) REFERENCES product (tenant_id, id),
  FOREIGN KEY (tenant_id, collection_id) REFERENCES collection (tenant_id, id)
);
CREATE INDEX product_collection_members ON product_collection (tenant_id, collection_id);

-- One combination of a product's options: what is bought.
CREATE TABLE variant (
  tenant_id uuid NOT NULL, -- whose it is
  id uuid NOT NULL, -- the variant
  product_id uuid NOT NULL, -- whose variant it is
  sku text NOT NULL, -- stock keeping unit
  gtin text NOT NULL, -- EAN-13
  weight_grams bigint NOT NULL, -- shipping weight
  position integer NOT NULL, -- its place among the product's, ascending
  PRIMARY KEY (tenant_id, id),
  UNIQUE (tenant_id, sku),
  FOREIGN KEY (tenant_id, product_id) REFERENCES product (tenant_id, id)
);
CREATE INDEX variant_product ON variant (tenant_id, product_id, position);

-- The value a variant has of one option.
CREATE TABLE variant_value (
  tenant_id uuid NOT NULL, -- whose it is
  variant_id uuid NOT NULL, -- the variant
  option_id uuid NOT NULL, -- the option
  option_value_id uuid NOT NULL, -- its value
  position integer NOT NULL, -- the option's place in the product, ascending
  PRIMARY KEY (tenant_id, variant_id, option_id),
  FOREIGN KEY (tenant_id, variant_id) REFERENCES variant (tenant_id, id),
  FOREIGN KEY (tenant_id, option_value_id) REFERENCES option_value (tenant_id, id)
);

-- Prices in one currency.
CREATE TABLE price_list (
  tenant_id uuid NOT NULL, -- whose it is
  id uuid NOT NULL, -- the list
  code text NOT NULL, -- its name in imports
  currency text NOT NULL, -- ISO 4217
  PRIMARY KEY (tenant_id, id),
  UNIQUE (tenant_id, code)
);

-- What a variant costs in a list, tax included.
CREATE TABLE price (
  tenant_id uuid NOT NULL, -- whose it is
  price_list_id uuid NOT NULL, -- the list
  variant_id uuid NOT NULL, -- the variant
  amount_minor bigint NOT NULL CHECK (amount_minor >= 0), -- the price, minor units of the list's currency
  was_minor bigint, -- a former, higher price
  PRIMARY KEY (tenant_id, price_list_id, variant_id),
  FOREIGN KEY (tenant_id, price_list_id) REFERENCES price_list (tenant_id, id),
  FOREIGN KEY (tenant_id, variant_id) REFERENCES variant (tenant_id, id)
);

-- Value added tax of a country.
CREATE TABLE tax_rate (
  tenant_id uuid NOT NULL, -- whose it is
  country text NOT NULL, -- ISO 3166-1 alpha-2
  rate_bps integer NOT NULL CHECK (rate_bps >= 0), -- basis points: 1500 is 15 %
  PRIMARY KEY (tenant_id, country)
);

-- A way to sell.
CREATE TABLE channel (
  tenant_id uuid NOT NULL, -- whose it is
  id uuid NOT NULL, -- the channel
  code text NOT NULL, -- how clients name it
  name_ar text, -- Arabic name
  name_en text, -- English name
  currency text NOT NULL, -- ISO 4217
  languages text NOT NULL, -- tags of the languages offered, the default first, separated by commas
  country text NOT NULL, -- ISO 3166-1 alpha-2: whose tax applies until there is an address
  price_list_id uuid NOT NULL, -- its prices
  order_prefix text NOT NULL, -- begins its order numbers
  next_number bigint NOT NULL, -- the number of its next order
  position integer NOT NULL, -- its place among all; the first is the default
  PRIMARY KEY (tenant_id, id),
  UNIQUE (tenant_id, code),
  FOREIGN KEY (tenant_id, price_list_id) REFERENCES price_list (tenant_id, id)
);

-- A way to pay in a channel.
CREATE TABLE channel_payment (
  tenant_id uuid NOT NULL, -- whose it is
  channel_id uuid NOT NULL, -- the channel
  method text NOT NULL, -- the payment method's code
  fee_minor bigint NOT NULL CHECK (fee_minor >= 0), -- what it costs the customer, tax included
  position integer NOT NULL, -- its place among the channel's, ascending
  PRIMARY KEY (tenant_id, channel_id, method),
  FOREIGN KEY (tenant_id, channel_id) REFERENCES channel (tenant_id, id)
);

-- That a channel shows a product.
CREATE TABLE publication (
  tenant_id uuid NOT NULL, -- whose it is
  channel_id uuid NOT NULL, -- where it is shown
  product_id uuid NOT NULL, -- what is shown
  published_at bigint NOT NULL, -- since when; not before
  lowest_minor bigint NOT NULL, -- the lowest price of its variants there, to filter and sort by
  PRIMARY KEY (tenant_id, channel_id, product_id),
  FOREIGN KEY (tenant_id, channel_id) REFERENCES channel (tenant_id, id),
  FOREIGN KEY (tenant_id, product_id) REFERENCES product (tenant_id, id)
);

-- A discount that applies by itself.
CREATE TABLE promotion (
  tenant_id uuid NOT NULL, -- whose it is
  id uuid NOT NULL, -- the promotion
  channel_id uuid NOT NULL, -- where it applies
  code text NOT NULL, -- its name in imports
  name_ar text, -- Arabic name
  name_en text, -- English name
  effect text NOT NULL, -- COLLECTION_PERCENT, ORDER_PERCENT or FREE_DELIVERY
  percent_bps integer, -- hundredths of a percent, where the effect is one
  collection_id uuid, -- what it discounts, where the effect is of a collection
  over_minor bigint, -- the discounted subtotal from which it applies
  priority integer NOT NULL, -- lower applies first
  starts_at bigint, -- from then on
  ends_at bigint, -- until then
  PRIMARY KEY (tenant_id, id),
  UNIQUE (tenant_id, channel_id, code),
  FOREIGN KEY (tenant_id, channel_id) REFERENCES channel (tenant_id, id),
  FOREIGN KEY (tenant_id, collection_id) REFERENCES collection (tenant_id, id)
);

-- A place that holds stock.
CREATE TABLE location (
  tenant_id uuid NOT NULL, -- whose it is
  id uuid NOT NULL, -- the place
  code text NOT NULL, -- its name in imports
  name_ar text, -- Arabic name
  name_en text, -- English name
  kind text NOT NULL, -- WAREHOUSE, SHOP, SUPPLIER or TRANSIT
  city text NOT NULL, -- where it is
  PRIMARY KEY (tenant_id, id),
  UNIQUE (tenant_id, code)
);

-- A place a channel sells from.
CREATE TABLE channel_location (
  tenant_id uuid NOT NULL, -- whose it is
  channel_id uuid NOT NULL, -- the channel
  location_id uuid NOT NULL, -- the place
  priority integer NOT NULL, -- lower is asked first
  PRIMARY KEY (tenant_id, channel_id, location_id),
  FOREIGN KEY (tenant_id, channel_id) REFERENCES channel (tenant_id, id),
  FOREIGN KEY (tenant_id, location_id) REFERENCES location (tenant_id, id)
);

-- What a place holds of a variant: the fold of its movements.
CREATE TABLE stock_level (
  tenant_id uuid NOT NULL, -- whose it is
  variant_id uuid NOT NULL, -- of what
  location_id uuid NOT NULL, -- where
  id uuid NOT NULL, -- the level
  since bigint NOT NULL, -- when something of it was first there
  on_hand bigint NOT NULL CHECK (on_hand >= 0), -- units on the shelf
  reserved bigint NOT NULL CHECK (reserved >= 0 AND reserved <= on_hand), -- units promised to orders
  quarantined bigint NOT NULL DEFAULT 0 CHECK (quarantined >= 0), -- units that are there and cannot be sold
  PRIMARY KEY (tenant_id, variant_id, location_id),
  UNIQUE (tenant_id, id),
  FOREIGN KEY (tenant_id, variant_id) REFERENCES variant (tenant_id, id),
  FOREIGN KEY (tenant_id, location_id) REFERENCES location (tenant_id, id)
);

-- One change of stock. Append-only.
CREATE TABLE movement (
  tenant_id uuid NOT NULL, -- whose it is
  id uuid NOT NULL, -- the movement
  variant_id uuid NOT NULL, -- of what
  location_id uuid NOT NULL, -- where
  cause text NOT NULL, -- code of the cause
  on_hand_delta bigint NOT NULL, -- change of the units on the shelf
  reserved_delta bigint NOT NULL, -- change of the units promised
  quarantined_delta bigint NOT NULL, -- change of the units in quarantine
  reservation_id uuid, -- the reservation it is of
  reference_id uuid, -- the record it is of, where that is no reservation: a return, a transfer, a count
  reason text, -- why, in the words of who did it
  actor text NOT NULL, -- who: an account's id, `guest` or `system`
  at bigint NOT NULL, -- when
  PRIMARY KEY (tenant_id, id),
  FOREIGN KEY (tenant_id, variant_id, location_id) REFERENCES stock_level (tenant_id, variant_id, location_id)
);
CREATE INDEX movement_level ON movement (tenant_id, variant_id, location_id);
CREATE UNIQUE INDEX movement_once ON movement (tenant_id, reservation_id, cause) WHERE reservation_id IS NOT NULL;

-- Stock held for an order's line.
CREATE TABLE reservation (
  tenant_id uuid NOT NULL, -- whose it is
  id uuid NOT NULL, -- the reservation
  order_id uuid NOT NULL, -- for whom
  order_line_id uuid NOT NULL, -- for which line
  variant_id uuid NOT NULL, -- of what
  location_id uuid NOT NULL, -- where
  quantity bigint NOT NULL CHECK (quantity > 0), -- units
  state text NOT NULL, -- HELD, CONFIRMED, RELEASED or SHIPPED
  expires_at bigint, -- when a held one is released; none once confirmed
  PRIMARY KEY (tenant_id, id),
  FOREIGN KEY (tenant_id, variant_id, location_id) REFERENCES stock_level (tenant_id, variant_id, location_id)
);
CREATE INDEX reservation_order ON reservation (tenant_id, order_id);
CREATE INDEX reservation_expiry ON reservation (expires_at) WHERE state = 'HELD';

-- An area delivered to at the same price.
CREATE TABLE zone (
  tenant_id uuid NOT NULL, -- whose it is
  id uuid NOT NULL, -- the zone
  code text NOT NULL, -- its name in imports
  country text NOT NULL, -- ISO 3166-1 alpha-2
  is_remote boolean NOT NULL, -- whether the remote-area surcharge applies
  PRIMARY KEY (tenant_id, id),
  UNIQUE (tenant_id, code)
);

-- A city of a zone; a zone without cities is the rest of its country.
CREATE TABLE zone_city (
  tenant_id uuid NOT NULL, -- whose it is
  zone_id uuid NOT NULL, -- the zone
  city text NOT NULL, -- a name of the city, folded for comparing
  PRIMARY KEY (tenant_id, zone_id, city),
  FOREIGN KEY (tenant_id, zone_id) REFERENCES zone (tenant_id, id)
);

-- A way of delivery.
CREATE TABLE delivery_method (
  tenant_id uuid NOT NULL, -- whose it is
  id uuid NOT NULL, -- the method
  code text NOT NULL, -- its name in imports
  name_ar text, -- Arabic name
  name_en text, -- English name
  position integer NOT NULL, -- its place among all, ascending
  PRIMARY KEY (tenant_id, id),
  UNIQUE (tenant_id, code)
);

-- What a way of delivery costs in a channel to a zone.
CREATE TABLE delivery_rate (
  tenant_id uuid NOT NULL, -- whose it is
  channel_id uuid NOT NULL, -- the channel
  method_id uuid NOT NULL, -- the way
  zone_id uuid NOT NULL, -- to where
  price_minor bigint NOT NULL CHECK (price_minor >= 0), -- tax included, without the surcharge
  surcharge_minor bigint NOT NULL CHECK (surcharge_minor >= 0), -- added where the zone is remote, tax included
  days_min integer NOT NULL, -- earliest arrival, in days
  days_max integer NOT NULL, -- latest arrival, in days
  PRIMARY KEY (tenant_id, channel_id, method_id, zone_id),
  FOREIGN KEY (tenant_id, channel_id) REFERENCES channel (tenant_id, id),
  FOREIGN KEY (tenant_id, method_id) REFERENCES delivery_method (tenant_id, id),
  FOREIGN KEY (tenant_id, zone_id) REFERENCES zone (tenant_id, id)
);

-- A person who signs in.
CREATE TABLE account (
  tenant_id uuid NOT NULL, -- whose it is
  id uuid NOT NULL, -- the account
  kind text NOT NULL, -- CUSTOMER or STAFF
  email text NOT NULL, -- lower case
  name text NOT NULL, -- as the person writes it
  phone text, -- E.164
  password_hash text NOT NULL, -- PHC string of argon2id
  language text NOT NULL, -- tag of the language to write in
  created_at bigint NOT NULL, -- when it was made
  PRIMARY KEY (tenant_id, id),
  UNIQUE (tenant_id, email)
);

-- A set of permissions.
CREATE TABLE role (
  tenant_id uuid NOT NULL, -- whose it is
  id uuid NOT NULL, -- the role
  code text NOT NULL, -- its name in imports
  name_ar text, -- Arabic name
  name_en text, -- English name
  permissions text NOT NULL, -- codes, separated by commas
  PRIMARY KEY (tenant_id, id),
  UNIQUE (tenant_id, code)
);

-- That staff have a role.
CREATE TABLE account_role (
  tenant_id uuid NOT NULL, -- whose it is
  account_id uuid NOT NULL, -- who
  role_id uuid NOT NULL, -- what
  PRIMARY KEY (tenant_id, account_id, role_id),
  FOREIGN KEY (tenant_id, account_id) REFERENCES account (tenant_id, id),
  FOREIGN KEY (tenant_id, role_id) REFERENCES role (tenant_id, id)
);

-- One sign-in.
CREATE TABLE session (
  tenant_id uuid NOT NULL, -- whose it is
  id uuid NOT NULL, -- the session
  account_id uuid NOT NULL, -- who signed in
  refresh_hash text NOT NULL, -- SHA-256 of the one refresh token that is valid, hexadecimal
  expires_at bigint NOT NULL, -- when the refresh token ends
  ended_at bigint, -- when it was signed out or a used token came back
  created_at bigint NOT NULL, -- when it was made
  PRIMARY KEY (tenant_id, id),
  FOREIGN KEY (tenant_id, account_id) REFERENCES account (tenant_id, id)
);

-- A company that buys.
CREATE TABLE organisation (
  tenant_id uuid NOT NULL, -- whose customer it is
  id uuid NOT NULL, -- the company
  code text NOT NULL, -- its name in imports
  name_ar text, -- Arabic name
  name_en text, -- English name
  registration_number text NOT NULL, -- commercial registration
  vat_number text NOT NULL, -- VAT registration
  city text NOT NULL, -- its seat
  PRIMARY KEY (tenant_id, id),
  UNIQUE (tenant_id, code)
);

-- A cart.
CREATE TABLE cart (
  tenant_id uuid NOT NULL, -- whose it is
  id uuid NOT NULL, -- the cart
  channel_id uuid NOT NULL, -- where it is filled
  customer_id uuid, -- whose it is; none for a guest
  language text NOT NULL, -- tag of the language of its order
  email text, -- where news of the order goes
  phone text, -- E.164
  address text, -- where it is delivered to, JSON
  delivery_method_id uuid, -- how it is delivered
  payment_method text, -- how it is paid
  state text NOT NULL, -- OPEN, COMPLETED or MERGED
  order_id uuid, -- what became of a completed one
  version bigint NOT NULL, -- grows with every change
  created_at bigint NOT NULL, -- when it was made
  updated_at bigint NOT NULL, -- when it changed last
  PRIMARY KEY (tenant_id, id),
  FOREIGN KEY (tenant_id, channel_id) REFERENCES channel (tenant_id, id),
  FOREIGN KEY (tenant_id, customer_id) REFERENCES account (tenant_id, id)
);
CREATE UNIQUE INDEX cart_of_customer ON cart (tenant_id, channel_id, customer_id) WHERE state = 'OPEN' AND customer_id IS NOT NULL;

-- A line of a cart.
CREATE TABLE cart_line (
  tenant_id uuid NOT NULL, -- whose it is
  id uuid NOT NULL, -- the line
  cart_id uuid NOT NULL, -- whose line it is
  variant_id uuid NOT NULL, -- what is wanted
  quantity bigint NOT NULL CHECK (quantity > 0), -- units
  seen_minor bigint NOT NULL, -- the unit price when it was put in
  added_at bigint NOT NULL, -- when it was put in
  PRIMARY KEY (tenant_id, id),
  UNIQUE (tenant_id, cart_id, variant_id),
  FOREIGN KEY (tenant_id, cart_id) REFERENCES cart (tenant_id, id),
  FOREIGN KEY (tenant_id, variant_id) REFERENCES variant (tenant_id, id)
);

-- A placed order: facts that never change. Append-only.
CREATE TABLE "order" (
  tenant_id uuid NOT NULL, -- whose it is
  id uuid NOT NULL, -- the order
  number text NOT NULL, -- how people name it
  channel_id uuid NOT NULL, -- where it was placed
  cart_id uuid NOT NULL, -- what it was made of
  customer_id uuid, -- who placed it; none for a guest
  email text NOT NULL, -- where its news goes
  phone text NOT NULL, -- E.164
  token_hash text NOT NULL, -- SHA-256 of the token by which a guest sees it, hexadecimal
  language text NOT NULL, -- tag of the language it was placed in
  currency text NOT NULL, -- ISO 4217, of every amount
  subtotal_minor bigint NOT NULL, -- lines before discounts
  discount_minor bigint NOT NULL, -- discounts of lines
  delivery_minor bigint NOT NULL, -- delivery before its discount
  delivery_discount_minor bigint NOT NULL, -- discount of delivery
  fee_minor bigint NOT NULL, -- fee of the way to pay
  tax_minor bigint NOT NULL, -- tax included in the total
  total_minor bigint NOT NULL CHECK (total_minor >= 0), -- what is to be paid
  payment_method text NOT NULL, -- how it is paid
  delivery_method_id uuid NOT NULL, -- how it is delivered
  address text NOT NULL, -- where it is delivered to, JSON
  promotions text NOT NULL, -- applied promotions and their amounts, JSON
  placed_at bigint NOT NULL, -- when it was placed
  PRIMARY KEY (tenant_id, id),
  UNIQUE (tenant_id, number),
  UNIQUE (tenant_id, cart_id),
  CHECK (total_minor = subtotal_minor - discount_minor + delivery_minor - delivery_discount_minor + fee_minor),
  FOREIGN KEY (tenant_id, channel_id) REFERENCES channel (tenant_id, id),
  FOREIGN KEY (tenant_id, customer_id) REFERENCES account (tenant_id, id)
);
CREATE INDEX order_placed ON "order" (tenant_id, placed_at, id);
CREATE INDEX order_email ON "order" (tenant_id, email);
CREATE INDEX order_customer ON "order" (tenant_id, customer_id);

-- A line of an order. Append-only.
CREATE TABLE order_line (
  tenant_id uuid NOT NULL, -- whose it is
  id uuid NOT NULL, -- the line
  order_id uuid NOT NULL, -- whose line it is
  position integer NOT NULL, -- its place, ascending
  variant_id uuid NOT NULL, -- what was bought
  sku text NOT NULL, -- its SKU at placement
  name_ar text, -- Arabic name of the product at placement
  name_en text, -- English name of the product at placement
  options_ar text, -- Arabic option values at placement
  options_en text, -- English option values at placement
  quantity bigint NOT NULL CHECK (quantity > 0), -- units
  unit_minor bigint NOT NULL, -- price of a unit, tax included
  subtotal_minor bigint NOT NULL, -- unit price times quantity
  discount_minor bigint NOT NULL, -- its share of the discounts
  total_minor bigint NOT NULL, -- subtotal less discount
  tax_rate_bps integer NOT NULL, -- basis points
  tax_minor bigint NOT NULL, -- tax included in the total
  PRIMARY KEY (tenant_id, id),
  CHECK (total_minor = subtotal_minor - discount_minor AND subtotal_minor = unit_minor * quantity),
  FOREIGN KEY (tenant_id, order_id) REFERENCES "order" (tenant_id, id)
);
CREATE INDEX order_line_order ON order_line (tenant_id, order_id, position);

-- Where an order stands now: the last of its transitions.
CREATE TABLE order_status (
  tenant_id uuid NOT NULL, -- whose it is
  order_id uuid NOT NULL, -- whose status it is
  state text NOT NULL, -- code of the state
  since bigint NOT NULL, -- since when
  pay_before bigint, -- when an unpaid order is cancelled
  version bigint NOT NULL, -- grows with every move
  PRIMARY KEY (tenant_id, order_id),
  FOREIGN KEY (tenant_id, order_id) REFERENCES "order" (tenant_id, id)
);
CREATE INDEX order_status_state ON order_status (tenant_id, state);
CREATE INDEX order_status_unpaid ON order_status (pay_before) WHERE state = 'AWAITING_PAYMENT';

-- One move of an order. Append-only.
CREATE TABLE order_transition (
  tenant_id uuid NOT NULL, -- whose it is
  id uuid NOT NULL, -- the move
  order_id uuid NOT NULL, -- whose move it is
  sequence bigint NOT NULL, -- 1 for the placement, then one more each
  action text, -- code of the action; none for the placement
  from_state text, -- code of the state before; none for the placement
  to_state text NOT NULL, -- code of the state after
  actor text NOT NULL, -- who: an account's id, `guest` or `system`
  reason text, -- why, in the actor's words
  amount_minor bigint, -- how much, where money went back
  at bigint NOT NULL, -- when
  PRIMARY KEY (tenant_id, id),
  UNIQUE (tenant_id, order_id, sequence),
  FOREIGN KEY (tenant_id, order_id) REFERENCES "order" (tenant_id, id)
);

-- Goods of an order that left a place together. Append-only.
CREATE TABLE shipment (
  tenant_id uuid NOT NULL, -- whose it is
  id uuid NOT NULL, -- the shipment
  order_id uuid NOT NULL, -- of which order
  location_id uuid NOT NULL, -- from where
  carrier text NOT NULL, -- who carries it
  tracking text NOT NULL, -- the carrier's number
  shipped_at bigint NOT NULL, -- when it left
  PRIMARY KEY (tenant_id, id),
  FOREIGN KEY (tenant_id, order_id) REFERENCES "order" (tenant_id, id),
  FOREIGN KEY (tenant_id, location_id) REFERENCES location (tenant_id, id)
);

-- An amount to be paid, and what became of it.
CREATE TABLE payment (
  tenant_id uuid NOT NULL, -- whose it is
  id uuid NOT NULL, -- the payment
  reference_id uuid NOT NULL, -- what it pays
  method text NOT NULL, -- code of the method
  status text NOT NULL, -- code of the status
  currency text NOT NULL, -- ISO 4217, of every amount
  amount_minor bigint NOT NULL CHECK (amount_minor >= 0), -- what is to be paid
  authorised_minor bigint NOT NULL CHECK (authorised_minor <= amount_minor), -- what the gateway holds or held
  captured_minor bigint NOT NULL CHECK (captured_minor <= authorised_minor), -- what the shop got
  refunded_minor bigint NOT NULL CHECK (refunded_minor >= 0 AND refunded_minor <= captured_minor), -- what went back or is on its way back
  charge text, -- the gateway's name of it
  challenge_url text, -- where the payer must confirm
  decline_code text, -- why the last attempt failed
  created_at bigint NOT NULL, -- when it was made
  PRIMARY KEY (tenant_id, id),
  UNIQUE (tenant_id, reference_id),
  UNIQUE (tenant_id, charge)
);

-- One thing that happened to a payment. Append-only.
CREATE TABLE payment_entry (
  tenant_id uuid NOT NULL, -- whose it is
  id uuid NOT NULL, -- the entry
  payment_id uuid NOT NULL, -- whose entry it is
  kind text NOT NULL, -- ATTEMPT, AUTHORISED, CHALLENGED, DECLINED, REQUESTED_CAPTURE and so on
  request_id uuid, -- what it answers
  amount_minor bigint NOT NULL, -- how much
  code text, -- why, where it was refused
  at bigint NOT NULL, -- when
  PRIMARY KEY (tenant_id, id),
  FOREIGN KEY (tenant_id, payment_id) REFERENCES payment (tenant_id, id)
);
CREATE INDEX payment_entry_payment ON payment_entry (tenant_id, payment_id, id);
CREATE UNIQUE INDEX payment_entry_answer ON payment_entry (tenant_id, request_id, kind) WHERE request_id IS NOT NULL;

-- A message of a gateway, stored before it is acted on.
CREATE TABLE gateway_notice (
  tenant_id uuid NOT NULL, -- whose it is
  id uuid NOT NULL, -- the message
  gateway_id text NOT NULL, -- the gateway's id of it, the same at a second delivery
  body text NOT NULL, -- as it came
  signature text NOT NULL, -- as it came
  received_at bigint NOT NULL, -- when it came first
  handled_at bigint, -- when it was acted on
  PRIMARY KEY (tenant_id, id),
  UNIQUE (tenant_id, gateway_id)
);

-- A charge at the simulated gateway. It belongs to the gateway, not to the shop.
CREATE TABLE simulated_charge (
  tenant_id uuid NOT NULL, -- whose key was used
  id uuid NOT NULL, -- the charge
  idempotency_key text NOT NULL, -- one charge a key
  currency text NOT NULL, -- ISO 4217
  amount_minor bigint NOT NULL, -- what is charged
  refunded_minor bigint NOT NULL CHECK (refunded_minor <= amount_minor), -- what went back
  state text NOT NULL, -- code of the state
  decline_code text, -- why it was refused
  return_url text NOT NULL, -- where the payer goes after the challenge
  PRIMARY KEY (tenant_id, id),
  UNIQUE (tenant_id, idempotency_key)
);

-- A refund at the simulated gateway.
CREATE TABLE simulated_refund (
  tenant_id uuid NOT NULL, -- whose key was used
  idempotency_key text NOT NULL, -- one refund a key
  charge_id uuid NOT NULL, -- of which charge
  amount_minor bigint NOT NULL, -- how much
  PRIMARY KEY (tenant_id, idempotency_key),
  FOREIGN KEY (tenant_id, charge_id) REFERENCES simulated_charge (tenant_id, id)
);

-- A webhook the simulated gateway has to send.
CREATE TABLE simulated_notice (
  tenant_id uuid NOT NULL, -- whose charge it is about
  id uuid NOT NULL, -- the webhook
  charge_id uuid NOT NULL, -- the charge
  news text NOT NULL, -- what happened to it
  due_at bigint NOT NULL, -- when it is sent next
  sends_left integer NOT NULL, -- how often it is still sent: a gateway sends twice
  PRIMARY KEY (tenant_id, id),
  FOREIGN KEY (tenant_id, charge_id) REFERENCES simulated_charge (tenant_id, id)
);
CREATE INDEX simulated_notice_due ON simulated_notice (due_at) WHERE sends_left > 0;
