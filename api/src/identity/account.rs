//! The account that is signed in.

use std::{fmt, sync::Arc};

use app::{cart, cx::Cx, identity, inventory::alerts, organisations, payments::credit};
use async_graphql::{Context, Enum, ID, Object, SimpleObject};
use domain::identity::{kind, permission};
use entity::identity::account;
use store::Fault;

use crate::{
    cart::cart::Cart,
    cart::query::show_to,
    graphql::{
        error,
        language::{self, Language},
        scalar::DateTime,
    },
    i18n,
    inventory::alert::StockAlert,
    organisations::member::{self, OrganisationMembership},
    payments::store_credit::StoreCredit,
};

/// The account that is signed in, read as itself.
#[derive(Clone)]
pub struct Account {
    cx: Arc<Cx>,
    row: account::Model,
}

/// Shows the id alone: the row has the password's hash.
impl fmt::Debug for Account {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Account").field(&self.row.id).finish()
    }
}

/// Who an account is of.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "kind::AccountKind")]
pub enum AccountKind {
    /// One who buys.
    Customer,
    /// One who works for the shop.
    Staff,
}

/// What staff may be allowed to do. Fields that need one say so by `@requires`, and are not in the
/// schema of those who lack it.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "permission::Permission")]
pub enum Permission {
    /// See orders and their payments.
    #[graphql(name = "ORDER_READ")]
    ReadOrders,
    /// Change and cancel orders.
    #[graphql(name = "ORDER_MANAGE")]
    ManageOrders,
    /// Agree on other prices than those of the lists.
    #[graphql(name = "PRICE_OVERRIDE")]
    OverridePrices,
    /// See price lists, and who buys by which.
    #[graphql(name = "PRICE_READ")]
    ReadPrices,
    /// Change price lists, and who buys by which.
    #[graphql(name = "PRICE_MANAGE")]
    ManagePrices,
    /// See what variants cost the shop, and the lowest prices that it sells them at.
    #[graphql(name = "COST_READ")]
    ReadCosts,
    /// Say what variants cost the shop, and how low their prices may be.
    #[graphql(name = "COST_MANAGE")]
    ManageCosts,
    /// See promotions and their coupons.
    #[graphql(name = "PROMOTION_READ")]
    ReadPromotions,
    /// Change promotions, and issue and revoke coupons.
    #[graphql(name = "PROMOTION_MANAGE")]
    ManagePromotions,
    /// See tax classes, rates and who is relieved of tax.
    #[graphql(name = "TAX_READ")]
    ReadTaxes,
    /// Change taxes, and relieve customers of them.
    #[graphql(name = "TAX_MANAGE")]
    ManageTaxes,
    /// Ship orders.
    #[graphql(name = "ORDER_FULFIL")]
    FulfilOrders,
    /// Capture, void and refund.
    #[graphql(name = "PAYMENT_MANAGE")]
    ManagePayments,
    /// See gift cards and store credit.
    #[graphql(name = "CREDIT_READ")]
    ReadCredit,
    /// Issue gift cards, give store credit, and take either back.
    #[graphql(name = "CREDIT_MANAGE")]
    ManageCredit,
    /// See stock and its movements.
    #[graphql(name = "STOCK_READ")]
    ReadStock,
    /// Change stock: adjust, receive, move and count it; manage the places that hold it.
    #[graphql(name = "STOCK_MANAGE")]
    ManageStock,
    /// See customers.
    #[graphql(name = "CUSTOMER_READ")]
    ReadCustomers,
    /// Put customers into groups, and manage the groups.
    #[graphql(name = "CUSTOMER_MANAGE")]
    ManageCustomers,
    /// See who did what.
    #[graphql(name = "AUDIT_READ")]
    ReadAudit,
    /// Read the feed of events.
    #[graphql(name = "EVENT_READ")]
    ReadEvents,
    /// Set up webhooks, and see what they were sent.
    #[graphql(name = "WEBHOOK_MANAGE")]
    ManageWebhooks,
}

/// A permission and what to call it.
#[derive(SimpleObject, Clone, Debug)]
pub struct PermissionLabel {
    /// The permission.
    pub permission: Permission,
    /// Its name for people, in the request's language.
    pub label: String,
}

/// A set of permissions that staff have together.
#[derive(SimpleObject, Clone, Debug)]
pub struct Role {
    /// Its name in imports, such as `warehouse`.
    pub code: String,
    /// Its name, in the request's language.
    pub name: String,
}

impl Account {
    /// An account, with the context of its own requests.
    pub const fn new(cx: Arc<Cx>, row: account::Model) -> Self {
        Self { cx, row }
    }

    fn failed(&self, fault: &Fault) -> async_graphql::Error {
        error::fault(self.cx.language(), self.cx.request_id(), fault)
    }
}

/// The account that is signed in.
#[Object]
impl Account {
    /// Its id.
    async fn id(&self) -> ID {
        ID(self.row.id.to_string())
    }

    /// Who it is of.
    async fn kind(&self) -> AccountKind {
        if self.cx.caller().is_staff { AccountKind::Staff } else { AccountKind::Customer }
    }

    /// E-mail address to sign in with, in lower case.
    async fn email(&self) -> &str {
        &self.row.email
    }

    /// The name, as the person writes it.
    async fn name(&self) -> &str {
        &self.row.name
    }

    /// Telephone number in international form, such as `+966512345678`.
    async fn phone(&self) -> Option<&str> {
        self.row.phone.as_deref()
    }

    /// The language the person is written to in.
    async fn language(&self) -> Option<Language> {
        domain::language::Language::parse(&self.row.language).map(Language::from)
    }

    /// What it may do, by all its roles together; nothing for a customer.
    async fn permissions(&self) -> Vec<Permission> {
        self.cx.caller().permissions.iter().copied().map(Permission::from).collect()
    }

    /// Its `permissions`, with names to show.
    async fn permission_labels(&self) -> Vec<PermissionLabel> {
        let label = |one: &permission::Permission| {
            let key = format!("permission-{}", one.code().to_lowercase().replace('_', "-"));
            PermissionLabel { permission: (*one).into(), label: i18n::message(self.cx.language(), &key, &[]) }
        };
        self.cx.caller().permissions.iter().map(label).collect()
    }

    /// The roles that staff have, by code; none for a customer.
    async fn roles(&self, ctx: &Context<'_>) -> async_graphql::Result<Vec<Role>> {
        let found = identity::load::roles(&self.cx, &[self.row.id]).await;
        let rows = found.map_err(|fault| self.failed(&fault))?.remove(&self.row.id).unwrap_or_default();
        let role = |row: entity::identity::role::Model| {
            let name = language::text(ctx, row.name_ar.as_deref(), row.name_en.as_deref(), None)?;
            Ok(Role { code: row.code, name })
        };
        rows.into_iter().map(role).collect()
    }

    /// The customer's open cart in this channel; none if there is none yet, and for staff.
    async fn cart(&self) -> async_graphql::Result<Option<Cart>> {
        let Ok(customer) = self.cx.customer() else { return Ok(None) };
        match cart::load::open_of(&self.cx, &customer).await.map_err(|fault| self.failed(&fault))? {
            Some(cart) => show_to(&self.cx, cart).await,
            None => Ok(None),
        }
    }

    /// The customer's store credit, one of each currency; none for staff.
    async fn store_credit(&self) -> async_graphql::Result<Vec<StoreCredit>> {
        let Ok(customer) = self.cx.customer() else { return Ok(Vec::new()) };
        let held = credit::load::own(&self.cx, &customer).await.map_err(|fault| self.failed(&fault))?;
        Ok(held.into_iter().map(StoreCredit).collect())
    }

    /// The companies that the customer can buy for: send the id of one as the header `Qafila-Organisation` to do so. None
    /// for staff.
    async fn organisations(&self, ctx: &Context<'_>) -> async_graphql::Result<Vec<OrganisationMembership>> {
        let Ok(customer) = self.cx.customer() else { return Ok(Vec::new()) };
        let rows = organisations::load::own(&self.cx, &customer).await.map_err(|fault| self.failed(&fault))?;
        member::memberships(ctx, rows).await
    }

    /// What the customer wants to hear of once it can be had again, the latest first, 100 at most; nothing for staff.
    async fn stock_alerts(&self) -> async_graphql::Result<Vec<StockAlert>> {
        let Ok(customer) = self.cx.customer() else { return Ok(Vec::new()) };
        let rows = alerts::list::own(&self.cx, &customer).await.map_err(|fault| self.failed(&fault))?;
        Ok(rows.into_iter().map(StockAlert).collect())
    }

    /// When it was made.
    async fn created_at(&self) -> DateTime {
        DateTime(self.row.created_at)
    }
}

#[cfg(test)]
mod tests {
    use async_graphql::{Value, resolver_utils::enum_value};
    use domain::language::Language;

    use super::*;

    #[test]
    fn a_permission_has_the_name_that_requires_tells_and_a_label() {
        for one in permission::Permission::ALL {
            assert_eq!(enum_value(Permission::from(one)), Value::Enum(async_graphql::Name::new(one.code())));
            let key = format!("permission-{}", one.code().to_lowercase().replace('_', "-"));
            assert!(Language::ALL.into_iter().all(|language| i18n::has(language, &key)), "{key}");
        }
    }
}
