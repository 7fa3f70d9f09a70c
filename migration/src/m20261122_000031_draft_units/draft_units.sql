-- Staff say for which unit of a company a draft is. Both databases understand the statement.

ALTER TABLE cart ADD COLUMN organisation_unit_id uuid; -- the unit that staff named; none: that of the customer
