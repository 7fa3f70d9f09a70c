-- Who buys for a company, or for a unit of it, can be relieved of tax. Both databases understand every statement.

ALTER TABLE tax_exemption ADD COLUMN organisation_id uuid; -- or who buys for which company
ALTER TABLE tax_exemption ADD COLUMN organisation_unit_id uuid; -- in this unit of it or below; none: in any
CREATE INDEX tax_exemption_of_organisation ON tax_exemption (tenant_id, organisation_id);
