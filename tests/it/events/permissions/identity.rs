//! Customers and their groups.

use serde_json::json;
use tests::shop::Shop;

use super::{Example, mutation, query};
use crate::identity::groups::{customer, group};

pub async fn example(shop: &Shop, field: &str) -> Option<Example> {
    let example = match field {
        "Query.customers" => query("{ customers { nodes { id } } }", "/customers/nodes/0/id"),
        "Query.customerGroups" => query("{ customerGroups { nodes { id } } }", "/customerGroups/nodes"),
        "Query.customerGroup" => {
            group(shop, "asked", &[]).await;
            query(r#"{ customerGroup(by: { code: "asked" }) { id } }"#, "/customerGroup/id")
        }
        "Customer.groups" => query("{ customers { nodes { groups { id } } } }", "/customers/nodes/0/groups"),
        "CustomerGroup.members" => {
            group(shop, "members", &[]).await;
            let members = r#"{ customerGroup(by: { code: "members" }) { members { nodes { id } } } }"#;
            query(members, "/customerGroup/members/nodes")
        }
        "Mutation.customerGroupCreate" => {
            let input = json!({ "code": "made", "nameEn": "Made" });
            mutation("customerGroupCreate", "group { id }", input, "/customerGroupCreate/group/id")
        }
        "Mutation.customerGroupUpdate" => {
            let input = json!({ "group": group(shop, "changed", &[]).await, "nameEn": "Changed" });
            mutation("customerGroupUpdate", "group { id }", input, "/customerGroupUpdate/group/id")
        }
        "Mutation.customerGroupDelete" => {
            let shown = "/customerGroupDelete/deletedCustomerGroup";
            let input = json!({ "group": group(shop, "removed", &[]).await });
            mutation("customerGroupDelete", "deletedCustomerGroup", input, shown)
        }
        "Mutation.customerGroupMembersAdd" => {
            let (group, layla) = (group(shop, "added", &[]).await, customer(shop, "layla").await);
            let input = json!({ "group": group, "customers": [layla] });
            mutation("customerGroupMembersAdd", "group { id }", input, "/customerGroupMembersAdd/group/id")
        }
        "Mutation.customerGroupMembersRemove" => {
            let (group, layla) = (group(shop, "left", &["layla"]).await, customer(shop, "layla").await);
            let input = json!({ "group": group, "customers": [layla] });
            mutation("customerGroupMembersRemove", "group { id }", input, "/customerGroupMembersRemove/group/id")
        }
        _ => return None,
    };
    Some(example)
}
