//! What RabbitMQ says of messages that were sent to it.

use std::collections::BTreeSet;

use amqprs::{
    Ack, BasicProperties, Cancel, CloseChannel, Nack, Return, callbacks::ChannelCallback, channel::Channel,
    error::Error,
};
use async_trait::async_trait;
use tokio::sync::watch;

/// What was answered on a channel so far. Messages are counted from 1, as the protocol does.
#[derive(Debug, Default)]
pub(super) struct Answers {
    /// All up to this one are answered.
    pub(super) through: u64,
    /// How many were not taken: the broker could not keep them.
    pub(super) n_refused: u64,
    /// How many came back, as no queue is bound to them. That is said before they are confirmed.
    pub(super) n_returned: u64,
    /// Those beyond it that are answered.
    beyond: BTreeSet<u64>,
}

impl Answers {
    fn answered(&mut self, message: u64, and_all_before: bool) {
        if and_all_before {
            self.through = self.through.max(message);
            self.beyond = self.beyond.split_off(&message);
        }
        if self.through < message {
            self.beyond.insert(message);
        } else {
            self.beyond.remove(&message);
        }
        while self.beyond.remove(&self.through.saturating_add(1)) {
            self.through = self.through.saturating_add(1);
        }
    }
}

/// Writes down what the broker says. It is dropped when the channel is gone, and who waits for an answer hears of that.
pub(super) struct Listener(pub(super) watch::Sender<Answers>);

#[async_trait]
impl ChannelCallback for Listener {
    async fn close(&mut self, _channel: &Channel, close: CloseChannel) -> Result<(), Error> {
        tracing::warn!(reason = %close, "RabbitMQ does not go on");
        Ok(())
    }

    async fn cancel(&mut self, _channel: &Channel, _cancel: Cancel) -> Result<(), Error> {
        Ok(())
    }

    async fn flow(&mut self, _channel: &Channel, active: bool) -> Result<bool, Error> {
        Ok(active)
    }

    async fn publish_ack(&mut self, _channel: &Channel, ack: Ack) {
        self.0.send_modify(|answers| answers.answered(ack.delivery_tag(), ack.mutiple()));
    }

    async fn publish_nack(&mut self, _channel: &Channel, nack: Nack) {
        self.0.send_modify(|answers| {
            answers.n_refused = answers.n_refused.saturating_add(1);
            answers.answered(nack.delivery_tag(), nack.multiple());
        });
    }

    async fn publish_return(&mut self, _channel: &Channel, _why: Return, _of: BasicProperties, _body: Vec<u8>) {
        self.0.send_modify(|answers| answers.n_returned = answers.n_returned.saturating_add(1));
    }
}

#[cfg(test)]
mod tests {
    use super::Answers;

    #[test]
    fn answers_come_in_any_order_and_for_several_at_once() {
        let mut answers = Answers::default();
        let mut through = Vec::new();
        for (message, and_all_before) in [(2, false), (1, false), (5, false), (4, true), (7, false), (9, true)] {
            answers.answered(message, and_all_before);
            through.push(answers.through);
        }
        assert_eq!(through, [0, 2, 2, 5, 5, 9]);
        assert!(answers.beyond.is_empty());
    }
}
