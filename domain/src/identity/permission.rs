//! What staff may be allowed to do.

/// One thing that a role can allow.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Permission {
    /// See orders and their payments.
    ReadOrders,
    /// Change and cancel orders.
    ManageOrders,
    /// Agree on other prices than those of the lists.
    OverridePrices,
    /// See price lists, and who buys by which.
    ReadPrices,
    /// Change price lists, and who buys by which.
    ManagePrices,
    /// See what variants cost the shop, and the lowest prices that it sells them at.
    ReadCosts,
    /// Say what variants cost the shop, and how low their prices may be.
    ManageCosts,
    /// See promotions and their coupons.
    ReadPromotions,
    /// Change promotions, and issue and revoke coupons.
    ManagePromotions,
    /// See tax classes, rates and who is relieved of tax.
    ReadTaxes,
    /// Change taxes, and relieve customers of them.
    ManageTaxes,
    /// Ship orders.
    FulfilOrders,
    /// Capture, void and refund.
    ManagePayments,
    /// See gift cards and store credit.
    ReadCredit,
    /// Issue gift cards, give store credit, and take either back.
    ManageCredit,
    /// See stock and its movements.
    ReadStock,
    /// Change stock: adjust, receive, move and count it; manage the places that hold it.
    ManageStock,
    /// See customers.
    ReadCustomers,
    /// Put customers into groups, and manage the groups.
    ManageCustomers,
    /// See who did what.
    ReadAudit,
    /// Read the feed of events.
    ReadEvents,
    /// Set up webhooks, and see what they were sent.
    ManageWebhooks,
}

impl Permission {
    /// Every permission.
    pub const ALL: [Self; 22] = [
        Self::ReadOrders,
        Self::ManageOrders,
        Self::OverridePrices,
        Self::ReadPrices,
        Self::ManagePrices,
        Self::ReadCosts,
        Self::ManageCosts,
        Self::ReadPromotions,
        Self::ManagePromotions,
        Self::ReadTaxes,
        Self::ManageTaxes,
        Self::FulfilOrders,
        Self::ManagePayments,
        Self::ReadCredit,
        Self::ManageCredit,
        Self::ReadStock,
        Self::ManageStock,
        Self::ReadCustomers,
        Self::ManageCustomers,
        Self::ReadAudit,
        Self::ReadEvents,
        Self::ManageWebhooks,
    ];

    /// Its name in the API and in the database.
    pub const fn code(self) -> &'static str {
        match self {
            Self::ReadOrders => "ORDER_READ",
            Self::ManageOrders => "ORDER_MANAGE",
            Self::OverridePrices => "PRICE_OVERRIDE",
            Self::ReadPrices => "PRICE_READ",
            Self::ManagePrices => "PRICE_MANAGE",
            Self::ReadCosts => "COST_READ",
            Self::ManageCosts => "COST_MANAGE",
            Self::ReadPromotions => "PROMOTION_READ",
            Self::ManagePromotions => "PROMOTION_MANAGE",
            Self::ReadTaxes => "TAX_READ",
            Self::ManageTaxes => "TAX_MANAGE",
            Self::FulfilOrders => "ORDER_FULFIL",
            Self::ManagePayments => "PAYMENT_MANAGE",
            Self::ReadCredit => "CREDIT_READ",
            Self::ManageCredit => "CREDIT_MANAGE",
            Self::ReadStock => "STOCK_READ",
            Self::ManageStock => "STOCK_MANAGE",
            Self::ReadCustomers => "CUSTOMER_READ",
            Self::ManageCustomers => "CUSTOMER_MANAGE",
            Self::ReadAudit => "AUDIT_READ",
            Self::ReadEvents => "EVENT_READ",
            Self::ManageWebhooks => "WEBHOOK_MANAGE",
        }
    }

    /// The permission of a code; `None` if there is none of that name.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|permission| permission.code() == code)
    }
}

/// A type that stands for one permission in the signature of a use case.
pub trait Proves {
    /// The permission.
    const PERMISSION: Permission;
}

/// The permissions as types, so that a use case can name the one that it asks for.
pub mod proof {
    use super::{Permission, Proves};

    /// Stands for [`Permission::ReadOrders`].
    #[derive(Clone, Copy, Debug)]
    pub struct ReadOrders;
    impl Proves for ReadOrders {
        const PERMISSION: Permission = Permission::ReadOrders;
    }

    /// Stands for [`Permission::ManageOrders`].
    #[derive(Clone, Copy, Debug)]
    pub struct ManageOrders;
    impl Proves for ManageOrders {
        const PERMISSION: Permission = Permission::ManageOrders;
    }

    /// Stands for [`Permission::OverridePrices`].
    #[derive(Clone, Copy, Debug)]
    pub struct OverridePrices;
    impl Proves for OverridePrices {
        const PERMISSION: Permission = Permission::OverridePrices;
    }

    /// Stands for [`Permission::ReadPrices`].
    #[derive(Clone, Copy, Debug)]
    pub struct ReadPrices;
    impl Proves for ReadPrices {
        const PERMISSION: Permission = Permission::ReadPrices;
    }

    /// Stands for [`Permission::ManagePrices`].
    #[derive(Clone, Copy, Debug)]
    pub struct ManagePrices;
    impl Proves for ManagePrices {
        const PERMISSION: Permission = Permission::ManagePrices;
    }

    /// Stands for [`Permission::ReadCosts`].
    #[derive(Clone, Copy, Debug)]
    pub struct ReadCosts;
    impl Proves for ReadCosts {
        const PERMISSION: Permission = Permission::ReadCosts;
    }

    /// Stands for [`Permission::ManageCosts`].
    #[derive(Clone, Copy, Debug)]
    pub struct ManageCosts;
    impl Proves for ManageCosts {
        const PERMISSION: Permission = Permission::ManageCosts;
    }

    /// Stands for [`Permission::ReadPromotions`].
    #[derive(Clone, Copy, Debug)]
    pub struct ReadPromotions;
    impl Proves for ReadPromotions {
        const PERMISSION: Permission = Permission::ReadPromotions;
    }

    /// Stands for [`Permission::ManagePromotions`].
    #[derive(Clone, Copy, Debug)]
    pub struct ManagePromotions;
    impl Proves for ManagePromotions {
        const PERMISSION: Permission = Permission::ManagePromotions;
    }

    /// Stands for [`Permission::ReadTaxes`].
    #[derive(Clone, Copy, Debug)]
    pub struct ReadTaxes;
    impl Proves for ReadTaxes {
        const PERMISSION: Permission = Permission::ReadTaxes;
    }

    /// Stands for [`Permission::ManageTaxes`].
    #[derive(Clone, Copy, Debug)]
    pub struct ManageTaxes;
    impl Proves for ManageTaxes {
        const PERMISSION: Permission = Permission::ManageTaxes;
    }

    /// Stands for [`Permission::FulfilOrders`].
    #[derive(Clone, Copy, Debug)]
    pub struct FulfilOrders;
    impl Proves for FulfilOrders {
        const PERMISSION: Permission = Permission::FulfilOrders;
    }

    /// Stands for [`Permission::ManagePayments`].
    #[derive(Clone, Copy, Debug)]
    pub struct ManagePayments;
    impl Proves for ManagePayments {
        const PERMISSION: Permission = Permission::ManagePayments;
    }

    /// Stands for [`Permission::ReadCredit`].
    #[derive(Clone, Copy, Debug)]
    pub struct ReadCredit;
    impl Proves for ReadCredit {
        const PERMISSION: Permission = Permission::ReadCredit;
    }

    /// Stands for [`Permission::ManageCredit`].
    #[derive(Clone, Copy, Debug)]
    pub struct ManageCredit;
    impl Proves for ManageCredit {
        const PERMISSION: Permission = Permission::ManageCredit;
    }

    /// Stands for [`Permission::ReadStock`].
    #[derive(Clone, Copy, Debug)]
    pub struct ReadStock;
    impl Proves for ReadStock {
        const PERMISSION: Permission = Permission::ReadStock;
    }

    /// Stands for [`Permission::ManageStock`].
    #[derive(Clone, Copy, Debug)]
    pub struct ManageStock;
    impl Proves for ManageStock {
        const PERMISSION: Permission = Permission::ManageStock;
    }

    /// Stands for [`Permission::ReadCustomers`].
    #[derive(Clone, Copy, Debug)]
    pub struct ReadCustomers;
    impl Proves for ReadCustomers {
        const PERMISSION: Permission = Permission::ReadCustomers;
    }

    /// Stands for [`Permission::ManageCustomers`].
    #[derive(Clone, Copy, Debug)]
    pub struct ManageCustomers;
    impl Proves for ManageCustomers {
        const PERMISSION: Permission = Permission::ManageCustomers;
    }

    /// Stands for [`Permission::ReadAudit`].
    #[derive(Clone, Copy, Debug)]
    pub struct ReadAudit;
    impl Proves for ReadAudit {
        const PERMISSION: Permission = Permission::ReadAudit;
    }

    /// Stands for [`Permission::ReadEvents`].
    #[derive(Clone, Copy, Debug)]
    pub struct ReadEvents;
    impl Proves for ReadEvents {
        const PERMISSION: Permission = Permission::ReadEvents;
    }

    /// Stands for [`Permission::ManageWebhooks`].
    #[derive(Clone, Copy, Debug)]
    pub struct ManageWebhooks;
    impl Proves for ManageWebhooks {
        const PERMISSION: Permission = Permission::ManageWebhooks;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_names_one_permission() {
        for permission in Permission::ALL {
            assert_eq!(Permission::parse(permission.code()), Some(permission));
        }
        assert_eq!(Permission::parse("order_read"), None);
    }

    #[test]
    fn every_permission_has_its_proof() {
        let proven = [
            proof::ReadOrders::PERMISSION,
            proof::ManageOrders::PERMISSION,
            proof::OverridePrices::PERMISSION,
            proof::ReadPrices::PERMISSION,
            proof::ManagePrices::PERMISSION,
            proof::ReadCosts::PERMISSION,
            proof::ManageCosts::PERMISSION,
            proof::ReadPromotions::PERMISSION,
            proof::ManagePromotions::PERMISSION,
            proof::ReadTaxes::PERMISSION,
            proof::ManageTaxes::PERMISSION,
            proof::FulfilOrders::PERMISSION,
            proof::ManagePayments::PERMISSION,
            proof::ReadCredit::PERMISSION,
            proof::ManageCredit::PERMISSION,
            proof::ReadStock::PERMISSION,
            proof::ManageStock::PERMISSION,
            proof::ReadCustomers::PERMISSION,
            proof::ManageCustomers::PERMISSION,
            proof::ReadAudit::PERMISSION,
            proof::ReadEvents::PERMISSION,
            proof::ManageWebhooks::PERMISSION,
        ];
        assert_eq!(proven, Permission::ALL);
    }
}
