//! What a refused change of a webhook is to the client.

use app::events::webhooks::WebhookError;

use crate::graphql::{
    code::ErrorCode,
    explain::{Explain, Explained, Said, refused},
};

impl Explain for WebhookError {
    fn explain(self) -> Explained {
        match self {
            Self::NotFound => refused(Said::code(ErrorCode::NotFound).at("webhook")),
            Self::NoDelivery => refused(Said::code(ErrorCode::NotFound).at("delivery")),
            Self::Stale => refused(Said::code(ErrorCode::Conflict).at("expectedVersion")),
            Self::Waits => refused(Said::code(ErrorCode::DeliveryPending).at("delivery")),
            Self::Invalid(invalid) => invalid.explain(),
            Self::KeyReused(reused) => reused.explain(),
            Self::Denied(denied) => denied.explain(),
            Self::Fault(fault) => fault.explain(),
        }
    }
}
