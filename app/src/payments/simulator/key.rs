//! The merchants' keys.

use domain::id::{Id, Tenant};
use integrations::secret::Secret;

const PREFIX: &str = "sk_test_";

/// The key of a merchant: always the same for one secret.
pub fn key(secret: &str, tenant: Id<Tenant>) -> String {
    format!("{PREFIX}{tenant}_{}", Secret::of(secret).sign(&message(tenant)))
}

/// Whose key it is; `None` if it is nobody's.
pub fn tenant_of_key(secret: &str, key: &str) -> Option<Id<Tenant>> {
    let (tenant, signature) = key.strip_prefix(PREFIX)?.rsplit_once('_')?;
    let tenant = tenant.parse().ok()?;
    Secret::of(secret).has_signed(&message(tenant), signature).then_some(tenant)
}

/// What the secret signs. Other keys that are derived from it sign something else.
fn message(tenant: Id<Tenant>) -> String {
    format!("key of {tenant} at the simulated card gateway")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_opens_one_merchants_account_and_no_other_does() {
        let tenants = ["tenant_01h455vb4pex5vsknk084sn02q", "tenant_01h2xcejqtf2nbrexx3vqjhp41"];
        let [ours, theirs]: [Id<Tenant>; 2] = tenants.map(|tenant| tenant.parse().unwrap());
        let good = key("secret", ours);
        assert_eq!(tenant_of_key("secret", &good), Some(ours));
        assert_eq!(tenant_of_key("another secret", &good), None);
        assert_eq!(tenant_of_key("secret", &good.replace(tenants[0], tenants[1])), None);
        assert_ne!(good, key("secret", theirs));
        for wrong in ["", "sk_test_", "sk_test_tenant_01h455vb4pex5vsknk084sn02q", "sk_test_x_00"] {
            assert_eq!(tenant_of_key("secret", wrong), None, "{wrong}");
        }
    }
}
