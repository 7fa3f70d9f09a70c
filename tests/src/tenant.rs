//! One merchant's shop on a server, and who comes to it.

use std::sync::Arc;

use crate::{client::Client, wire::Wire};

/// What staff may: for each there is one of them who may nothing else, and there is one who may everything.
pub const PERMISSIONS: [&str; 22] = [
    "ORDER_READ",
    "ORDER_MANAGE",
    "PRICE_OVERRIDE",
    "PRICE_READ",
    "PRICE_MANAGE",
    "COST_READ",
    "COST_MANAGE",
    "PROMOTION_READ",
    "PROMOTION_MANAGE",
    "TAX_READ",
    "TAX_MANAGE",
    "ORDER_FULFIL",
    "PAYMENT_MANAGE",
    "CREDIT_READ",
    "CREDIT_MANAGE",
    "STOCK_READ",
    "STOCK_MANAGE",
    "CUSTOMER_READ",
    "CUSTOMER_MANAGE",
    "AUDIT_READ",
    "EVENT_READ",
    "WEBHOOK_MANAGE",
];

/// One of the tenants of a server. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Tenant {
    pub(crate) wire: Arc<Wire>,
    pub(crate) slug: &'static str,
}

impl Tenant {
    /// A guest.
    pub fn anonymous(&self) -> Client {
        Client::nobody(Arc::clone(&self.wire), self.slug)
    }

    /// A customer of the fixture: `layla` or `omar`.
    pub fn customer(&self, name: &str) -> Client {
        self.anonymous().signed_in_as(&format!("{name}@customer.example"))
    }

    /// The one of the staff who has this permission alone, such as `ORDER_MANAGE`.
    pub fn staff(&self, permission: &str) -> Client {
        let name = permission.to_lowercase().replace('_', "-");
        self.anonymous().signed_in_as(&format!("{name}@staff.example"))
    }

    /// The one of the staff who may everything.
    pub fn staff_all(&self) -> Client {
        self.anonymous().signed_in_as("all@staff.example")
    }
}
