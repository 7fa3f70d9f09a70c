//! A gateway sends a message.

use domain::payments::gateway::NotGenuine;
use entity::payments::gateway_notice;
use sea_orm::Set;
use store::Fault;

use crate::cx::{Cx, Public};

/// Why a message was not taken.
#[derive(Debug, thiserror::Error)]
pub enum NoticeError {
    /// Its signature or its form is wrong.
    #[error(transparent)]
    NotGenuine(#[from] NotGenuine),
    /// Ours to mend.
    #[error(transparent)]
    Fault(#[from] Fault),
}

/// Stores a message whose signature is right. It is acted on later; a second delivery changes nothing.
pub async fn receive_notice(cx: &Cx, _anybody: Public, signature: &str, body: &str) -> Result<(), NoticeError> {
    let gateway = cx.app().card_gateway(cx.scope().tenant()).ok_or(NotGenuine)?;
    let notice = gateway.notice(signature, body)?;
    cx.write(async |tx| {
        let row = gateway_notice::ActiveModel {
            id: Set(tx.new_id()),
            gateway_id: Set(notice.id),
            body: Set(body.to_owned()),
            signature: Set(signature.to_owned()),
            received_at: Set(tx.now()),
            ..Default::default()
        };
        Ok(tx.insert_new(row).await.map(drop)?)
    })
    .await
}
