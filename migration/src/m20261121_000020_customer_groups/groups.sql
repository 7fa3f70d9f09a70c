-- Groups of customers. Both databases understand every statement.

CREATE TABLE customer_group (
  tenant_id uuid NOT NULL, -- whose it is
  id uuid NOT NULL, -- the group
  code text NOT NULL, -- its name in imports, such as wholesale
  name_ar text, -- Arabic name
  name_en text, -- English name
  version bigint NOT NULL, -- counts its changes
  PRIMARY KEY (tenant_id, id),
  UNIQUE (tenant_id, code)
);

CREATE TABLE customer_group_member (
  tenant_id uuid NOT NULL, -- whose it is
  group_id uuid NOT NULL, -- the group
  account_id uuid NOT NULL, -- who is in it
  PRIMARY KEY (tenant_id, group_id, account_id),
  FOREIGN KEY (tenant_id, group_id) REFERENCES customer_group (tenant_id, id),
  FOREIGN KEY (tenant_id, account_id) REFERENCES account (tenant_id, id)
);
CREATE INDEX customer_group_member_account ON customer_group_member (tenant_id, account_id);
