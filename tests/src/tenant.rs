//! One merchant's shop on a server, and who comes to it.

use std::sync::Arc;

use crate::{client::Client, wire::Wire};

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
