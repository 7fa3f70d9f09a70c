//! What it costs.

pub mod coupon;
pub mod coupon_count;
pub mod list_price;
pub mod price_list;
pub mod price_list_assignment;
pub mod product_tax_class;
pub mod promotion;
pub mod promotion_customer;
pub mod promotion_organisation;
pub mod promotion_use;
pub mod quantity_rule;
pub mod tax_answer;
pub mod tax_class;
pub mod tax_exemption;
pub mod tax_rule;
pub mod variant_cost;
