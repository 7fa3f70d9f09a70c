//! Ids of customers who sign in, and of their groups.

use serde_json::{Value, json};

use super::{
    NODE, Read, Write,
    id_of::{customer, group},
    null, read, write,
};

pub const READS: &[Read] = &[
    read("Query.node.id", group, NODE, null),
    read("Query.customerGroup.by.id", group, "query ($id: ID!) { found: customerGroup(by: { id: $id }) { id } }", null),
];

pub const WRITES: &[Write] = &[
    write("Mutation.signIn.input.cart", |things| &things.spare, |_, id| entered(id, "omar@customer.example")),
    write(
        "Mutation.customerRegister.input.cart",
        |things| &things.second_spare,
        |_, id| {
            // Each call is somebody else's.
            let mut input = entered(id, &format!("{}@customer.example", &id[id.len() - 12..]));
            input["name"] = json!("Sara");
            input
        },
    ),
    write("Mutation.customerGroupUpdate.input.group", group, |_, id| json!({ "group": id, "nameEn": "Mine" }))
        .at(&["group"]),
    write("Mutation.customerGroupMembersAdd.input.group", group, |ours, id| members(id, &ours.customer)).at(&["group"]),
    write("Mutation.customerGroupMembersAdd.input.customers", customer, |ours, id| members(&ours.group, id))
        .at(&["customers", "0"]),
    write("Mutation.customerGroupMembersRemove.input.group", group, |ours, id| members(id, &ours.customer))
        .at(&["group"]),
    write("Mutation.customerGroupMembersRemove.input.customers", customer, |ours, id| members(&ours.group, id))
        .at(&["customers", "0"]),
    write("Mutation.customerGroupDelete.input.group", group, |_, id| json!({ "group": id })).at(&["group"]),
];

fn members(group: &str, customer: &str) -> Value {
    json!({ "group": group, "customers": [customer] })
}

fn entered(cart: &str, email: &str) -> Value {
    json!({ "cart": cart, "email": email, "password": tests::client::PASSWORD })
}
