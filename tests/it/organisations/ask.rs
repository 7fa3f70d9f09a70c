//! What the tests of companies ask.

use serde_json::{Value, json};
use tests::{client::Client, tenant::Tenant};

use crate::fulfilment::ask::{text, try_set};

/// Changes companies as staff who may, and gives the payload with this of it.
pub async fn try_company(tenant: &Tenant, name: &str, select: &str, input: Value) -> Value {
    try_set(&tenant.staff("CUSTOMER_MANAGE"), name, select, input).await
}

/// A company of a code to make.
pub fn new(code: &str) -> Value {
    json!({ "code": code, "nameAr": format!("شركة {code}"), "nameEn": code, "city": "الرياض",
        "registrationNumber": "1010999009", "vatNumber": "300999000900003" })
}

/// Makes a company of a code, and gives its id.
pub async fn company(tenant: &Tenant, code: &str) -> String {
    let made = try_company(tenant, "organisationCreate", "organisation { id }", new(code)).await;
    assert_eq!(made["userErrors"], json!([]), "{code}");
    text(&made["organisation"]["id"])
}

/// Makes a unit of a company, below another or right below the company, and gives its id.
pub async fn unit(tenant: &Tenant, company: &str, code: &str, parent: Option<&str>) -> String {
    let input = json!({ "organisation": company, "code": code, "nameEn": code, "parent": parent });
    let made = try_company(tenant, "organisationUnitCreate", "unit { id }", input).await;
    assert_eq!(made["userErrors"], json!([]), "{code}");
    text(&made["unit"]["id"])
}

/// How a customer of the fixture is named.
pub fn named(name: &str) -> Value {
    json!({ "email": format!("{name}@customer.example") })
}

/// Has customers of the fixture buy for a company, in a unit of it or in the company itself.
pub async fn join(tenant: &Tenant, company: &str, unit: Option<&str>, names: &[&str]) {
    let customers: Vec<_> = names.iter().map(|name| named(name)).collect();
    let input = json!({ "organisation": company, "unit": unit, "customers": customers });
    let done = try_company(tenant, "organisationMembersAdd", "changedCustomers", input).await;
    assert_eq!(done["userErrors"], json!([]), "{names:?}");
}

/// Has customers of the fixture buy for a company no more.
pub async fn leave(tenant: &Tenant, company: &str, names: &[&str]) {
    let customers: Vec<_> = names.iter().map(|name| named(name)).collect();
    let input = json!({ "organisation": company, "customers": customers });
    let done = try_company(tenant, "organisationMembersRemove", "changedCustomers", input).await;
    assert_eq!(done["changedCustomers"].as_array().unwrap().len(), names.len(), "{done}");
}

/// Suspends a company, or ends that.
pub async fn suspend(tenant: &Tenant, company: &str, is_suspended: bool) {
    let input = json!({ "organisation": company, "isSuspended": is_suspended });
    let done = try_company(tenant, "organisationUpdate", "organisation { isSuspended }", input).await;
    assert_eq!(done["organisation"]["isSuspended"], is_suspended, "{done}");
}

/// Somebody who buys for a company.
pub fn buying_for(client: Client, company: &str) -> Client {
    client.with_header("qafila-organisation", company)
}
