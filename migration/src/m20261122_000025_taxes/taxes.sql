-- How what is sold is taxed: by class, place and date; who is relieved of it; and how an order was taxed. Both databases
-- understand every statement.

CREATE TABLE tax_class (
  tenant_id uuid NOT NULL, -- whose it is
  id uuid NOT NULL, -- the class
  code text NOT NULL, -- its name in imports, such as medicines
  name_ar text, -- Arabic name
  name_en text, -- English name
  version bigint NOT NULL, -- counts its changes
  PRIMARY KEY (tenant_id, id),
  UNIQUE (tenant_id, code)
);

-- The class of a product. What has none is of the standard class.
CREATE TABLE product_tax_class (
  tenant_id uuid NOT NULL, -- whose it is
  product_id uuid NOT NULL, -- the product
  tax_class_id uuid NOT NULL, -- its class
  PRIMARY KEY (tenant_id, product_id),
  FOREIGN KEY (tenant_id, product_id) REFERENCES product (tenant_id, id),
  FOREIGN KEY (tenant_id, tax_class_id) REFERENCES tax_class (tenant_id, id)
);
CREATE INDEX product_tax_class_of_class ON product_tax_class (tenant_id, tax_class_id);

-- How things of a class are taxed somewhere from an instant on, until the next instant at which something else is said.
CREATE TABLE tax_rule (
  tenant_id uuid NOT NULL, -- whose it is
  id uuid NOT NULL, -- the rule
  tax_class_id uuid, -- of which class; none: the standard one
  country text NOT NULL, -- ISO 3166-1 alpha-2
  region text, -- in which region, as it was written; none: in all
  region_key text NOT NULL, -- the same, folded for comparing; empty: in all
  starts_at bigint NOT NULL, -- from then on
  category text, -- such as STANDARD; none: as what is less special is
  rate_bps integer, -- basis points: 1500 is 15 %
  reason text, -- why it is not taxed at a rate
  PRIMARY KEY (tenant_id, id),
  FOREIGN KEY (tenant_id, tax_class_id) REFERENCES tax_class (tenant_id, id)
);
CREATE UNIQUE INDEX tax_rule_of_class ON tax_rule (tenant_id, country, region_key, tax_class_id, starts_at)
  WHERE tax_class_id IS NOT NULL;
CREATE UNIQUE INDEX tax_rule_standard ON tax_rule (tenant_id, country, region_key, starts_at) WHERE tax_class_id IS NULL;

-- That somebody is relieved of tax.
CREATE TABLE tax_exemption (
  tenant_id uuid NOT NULL, -- whose it is
  id uuid NOT NULL, -- that they are
  account_id uuid, -- which customer
  group_id uuid, -- or which customer group
  country text, -- where: ISO 3166-1 alpha-2; none: everywhere
  category text NOT NULL, -- how what they buy is treated, such as EXEMPT
  reason text, -- why, as invoices say it
  certificate text, -- what proves it
  starts_at bigint NOT NULL, -- from then on
  ends_at bigint, -- until then
  CHECK ((account_id IS NULL) <> (group_id IS NULL)),
  PRIMARY KEY (tenant_id, id),
  FOREIGN KEY (tenant_id, account_id) REFERENCES account (tenant_id, id)
);
CREATE INDEX tax_exemption_of_account ON tax_exemption (tenant_id, account_id);
CREATE INDEX tax_exemption_of_group ON tax_exemption (tenant_id, group_id);

ALTER TABLE channel ADD COLUMN prices_include_tax boolean NOT NULL DEFAULT true;
ALTER TABLE channel ADD COLUMN service_tax_class_id uuid; -- the class of delivery and fees; none: the standard one

ALTER TABLE "order" ADD COLUMN prices_include_tax boolean NOT NULL DEFAULT true;
ALTER TABLE "order" ADD COLUMN tax_rounding text NOT NULL DEFAULT 'LINE_HALF_UP';
ALTER TABLE "order" ADD COLUMN service_tax_category text; -- how delivery and fee are taxed; none if nobody wrote it down
ALTER TABLE "order" ADD COLUMN service_tax_rate_bps integer;
ALTER TABLE "order" ADD COLUMN service_tax_reason text;
ALTER TABLE "order" ADD COLUMN delivery_tax_minor bigint;
ALTER TABLE "order" ADD COLUMN fee_tax_minor bigint;

ALTER TABLE order_line ADD COLUMN prices_include_tax boolean NOT NULL DEFAULT true;
ALTER TABLE order_line ADD COLUMN tax_category text; -- none if nobody wrote it down
ALTER TABLE order_line ADD COLUMN tax_reason text;
ALTER TABLE order_line ADD COLUMN relieved_bps integer; -- the rate that the buyer was relieved of
