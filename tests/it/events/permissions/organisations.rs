//! Companies, their units and their members.

use serde_json::json;
use tests::shop::Shop;

use super::{Example, mutation, query};
use crate::organisations::ask::{company, join, named, new, unit};

pub async fn example(shop: &Shop, field: &str) -> Option<Example> {
    let example = match field {
        "Query.organisation" => query(r#"{ organisation(by: { code: "rimal" }) { id } }"#, "/organisation/id"),
        "Customer.organisations" => {
            query("{ customers { nodes { organisations { unit { id } } } } }", "/customers/nodes/0/organisations")
        }
        "Organisation.units" => {
            query(r#"{ organisation(by: { code: "rimal" }) { units { id } } }"#, "/organisation/units")
        }
        "Organisation.members" => {
            let members = r#"{ organisation(by: { code: "rimal" }) { members { nodes { unit { id } } } } }"#;
            query(members, "/organisation/members/nodes")
        }
        name if name.starts_with("Mutation.organisation") => company_example(shop, &name["Mutation.".len()..]).await,
        "Query.organisations" => query("{ organisations { nodes { id } } }", "/organisations/nodes/0/id"),
        _ => return None,
    };
    Some(example)
}

/// An operation that changes companies.
async fn company_example(shop: &Shop, name: &str) -> Example {
    let id = company(shop, &format!("for-{}", name.to_lowercase())).await;
    let one = async || unit(shop, &id, "one", None).await;
    let (select, input, shown) = match name {
        "organisationCreate" => ("organisation { id }", new("made"), "/organisationCreate/organisation/id"),
        "organisationUpdate" => {
            let input = json!({ "organisation": id, "nameEn": "New" });
            ("organisation { id }", input, "/organisationUpdate/organisation/id")
        }
        "organisationUnitCreate" => {
            let input = json!({ "organisation": id, "code": "new", "nameEn": "New" });
            ("unit { id }", input, "/organisationUnitCreate/unit/id")
        }
        "organisationUnitUpdate" => {
            ("unit { id }", json!({ "unit": one().await, "nameEn": "New" }), "/organisationUnitUpdate/unit/id")
        }
        "organisationUnitDelete" => {
            ("deletedUnit", json!({ "unit": one().await }), "/organisationUnitDelete/deletedUnit")
        }
        "organisationMembersAdd" => {
            let input = json!({ "organisation": id, "customers": [named("layla")] });
            ("organisation { id }", input, "/organisationMembersAdd/organisation/id")
        }
        _ => {
            join(shop, &id, None, &["layla"]).await;
            let input = json!({ "organisation": id, "customers": [named("layla")] });
            ("organisation { id }", input, "/organisationMembersRemove/organisation/id")
        }
    };
    mutation(name, select, input, shown)
}
