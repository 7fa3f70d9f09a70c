-- Units of companies, who buys for them, and what was agreed on with them. Both databases understand every statement.

ALTER TABLE organisation ADD COLUMN country text NOT NULL DEFAULT 'SA'; -- country of its seat, ISO 3166-1 alpha-2
ALTER TABLE organisation ADD COLUMN is_suspended boolean NOT NULL DEFAULT false; -- whether nobody can buy for it
ALTER TABLE organisation ADD COLUMN version bigint NOT NULL DEFAULT 1; -- counts its changes

-- A part of a company.
CREATE TABLE organisation_unit (
  tenant_id uuid NOT NULL, -- whose customer it is
  id uuid NOT NULL, -- the unit
  organisation_id uuid NOT NULL, -- the company
  parent_id uuid, -- the unit above it; none: the company itself
  code text NOT NULL, -- its name in imports
  name_ar text, -- Arabic name
  name_en text, -- English name
  version bigint NOT NULL, -- counts its changes
  CHECK (parent_id <> id),
  PRIMARY KEY (tenant_id, id),
  UNIQUE (tenant_id, organisation_id, id),
  UNIQUE (tenant_id, organisation_id, code),
  FOREIGN KEY (tenant_id, organisation_id) REFERENCES organisation (tenant_id, id),
  FOREIGN KEY (tenant_id, organisation_id, parent_id) REFERENCES organisation_unit (tenant_id, organisation_id, id)
);
CREATE INDEX organisation_unit_parent ON organisation_unit (tenant_id, parent_id);

-- That a customer buys for a company.
CREATE TABLE organisation_member (
  tenant_id uuid NOT NULL, -- whose customer it is
  organisation_id uuid NOT NULL, -- the company
  account_id uuid NOT NULL, -- who buys for it
  unit_id uuid, -- the unit that they are in; none: the company itself
  PRIMARY KEY (tenant_id, organisation_id, account_id),
  FOREIGN KEY (tenant_id, organisation_id) REFERENCES organisation (tenant_id, id),
  FOREIGN KEY (tenant_id, organisation_id, unit_id) REFERENCES organisation_unit (tenant_id, organisation_id, id),
  FOREIGN KEY (tenant_id, account_id) REFERENCES account (tenant_id, id)
);
CREATE INDEX organisation_member_account ON organisation_member (tenant_id, account_id);
CREATE INDEX organisation_member_unit ON organisation_member (tenant_id, unit_id);

ALTER TABLE cart ADD COLUMN organisation_id uuid; -- the company that it is bought for, if its customer may
ALTER TABLE "order" ADD COLUMN organisation_id uuid; -- the company that it was bought for
ALTER TABLE "order" ADD COLUMN organisation_unit_id uuid; -- the unit of it
CREATE INDEX order_of_organisation ON "order" (tenant_id, organisation_id);

-- That a customer group, who buys for a company, or everybody in a channel, buys by a list.
ALTER TABLE price_list_assignment RENAME TO price_list_assignment_before;
CREATE TABLE price_list_assignment (
  tenant_id uuid NOT NULL, -- whose it is
  id uuid NOT NULL, -- the assignment
  price_list_id uuid NOT NULL, -- the list
  group_id uuid, -- the customers, nobody if there is no such group any more
  organisation_id uuid, -- who buys for this company; of the two, one at most: none is everybody in the channel
  organisation_unit_id uuid, -- in this unit of it or below, nobody if there is no such unit any more; none: in any
  channel_id uuid, -- in which channel; none: in every one
  priority integer NOT NULL, -- of several for the same reason, the one with the lower number is asked first
  countries text NOT NULL, -- to where it is bought: ISO 3166-1 alpha-2 codes, separated by commas; empty: to anywhere
  starts_at bigint, -- from then on
  ends_at bigint, -- until then
  CHECK (group_id IS NOT NULL OR organisation_id IS NOT NULL OR channel_id IS NOT NULL),
  CHECK (group_id IS NULL OR organisation_id IS NULL),
  CHECK (organisation_unit_id IS NULL OR organisation_id IS NOT NULL),
  PRIMARY KEY (tenant_id, id),
  FOREIGN KEY (tenant_id, price_list_id) REFERENCES price_list (tenant_id, id),
  FOREIGN KEY (tenant_id, organisation_id) REFERENCES organisation (tenant_id, id),
  FOREIGN KEY (tenant_id, channel_id) REFERENCES channel (tenant_id, id)
);
INSERT INTO price_list_assignment
  (tenant_id, id, price_list_id, group_id, channel_id, priority, countries, starts_at, ends_at)
  SELECT tenant_id, id, price_list_id, group_id, channel_id, priority, countries, starts_at, ends_at
  FROM price_list_assignment_before;
DROP TABLE price_list_assignment_before;
CREATE INDEX price_list_assignment_of_group ON price_list_assignment (tenant_id, group_id);
CREATE INDEX price_list_assignment_of_organisation ON price_list_assignment (tenant_id, organisation_id);
CREATE INDEX price_list_assignment_of_channel ON price_list_assignment (tenant_id, channel_id);
CREATE INDEX price_list_assignment_of_list ON price_list_assignment (tenant_id, price_list_id);

ALTER TABLE promotion ADD COLUMN orders_max_of_organisation bigint; -- of how many orders of one company
ALTER TABLE promotion_use ADD COLUMN organisation_id uuid; -- the company whose order it is, if that is counted

-- How often a promotion was used for a company.
CREATE TABLE promotion_organisation (
  tenant_id uuid NOT NULL, -- whose it is
  promotion_id uuid NOT NULL, -- the promotion
  organisation_id uuid NOT NULL, -- the company
  orders bigint NOT NULL CHECK (orders >= 0), -- orders
  PRIMARY KEY (tenant_id, promotion_id, organisation_id),
  FOREIGN KEY (tenant_id, promotion_id) REFERENCES promotion (tenant_id, id),
  FOREIGN KEY (tenant_id, organisation_id) REFERENCES organisation (tenant_id, id)
);
