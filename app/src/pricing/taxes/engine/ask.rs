//! Asking a channel's tax engine, in no transaction.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    time::Duration,
};

use domain::{
    id::{Id, TaxClass},
    pricing::tax::{
        Treatment,
        engine::{Answer, Class, Question, TaxEngine, Taxpayer},
    },
    time::Instant,
};
use entity::{channels::channel, pricing::tax_answer};
use futures_util::future::join_all;
use integrations::tax_engine::JsonEngine;
use sea_orm::Set;
use store::Fault;

use super::{super::rows as taxes, Unanswered, rows, said::NOWHERE, secret};
use crate::{channels, cx::Cx, organisations, outside};

/// How many questions are under way at once.
const AT_ONCE: usize = 8;

/// For how long an engine is not asked again that did not answer, or that said nothing of a class: readers wait for it, and must
/// not do so each time.
const REST: Duration = Duration::from_secs(30);

/// For how long one may go on asking: what is left then is asked the next time.
const PATIENCE: Duration = Duration::from_secs(5);

/// Asks a channel's engine, and keeps what it says. One that does not answer is asked nothing for a while, whoever buys: what it
/// would have said is an estimate until then. Fails only for faults of ours.
pub(crate) async fn ask(cx: &Cx, channel: &channel::Model, wanted: Vec<Unanswered>) -> Result<(), Fault> {
    let (Some(url), Some(key)) = (&channel.tax_engine_url, secret::key(cx, channel)) else { return Ok(()) };
    let engine = JsonEngine::new(url.clone(), key);
    let questions = questions(cx, channel, wanted).await?;
    // The engine may take its time.
    cx.forget_reads();
    let began = std::time::Instant::now();
    for some in questions.chunks(AT_ONCE) {
        let heard = join_all(some.iter().map(|question| put(cx, &engine, question))).await;
        let is_down = heard.iter().any(|heard| matches!(heard, Heard::Nobody));
        let said = some.iter().zip(&heard).flat_map(|(question, heard)| kept(cx.now(), channel, question, heard));
        let resting = is_down.then(|| resting(channel, cx.now()));
        let rows: Vec<_> = said.chain(resting).collect();
        cx.write(async |tx| rows::keep(tx, channel.id, rows).await).await?;
        if is_down || PATIENCE < began.elapsed() {
            break;
        }
    }
    Ok(())
}

/// What was heard of an engine.
enum Heard {
    /// What it says.
    Said(Answer),
    /// Nothing that can be used of this question.
    Nonsense,
    /// Nothing at all.
    Nobody,
}

/// One question of each place and taxpayer.
async fn questions(cx: &Cx, channel: &channel::Model, wanted: Vec<Unanswered>) -> Result<Vec<Question>, Fault> {
    let read = cx.read();
    let mut merged: BTreeMap<(String, Taxpayer), Unanswered> = BTreeMap::new();
    for one in wanted {
        match merged.get_mut(&(one.place.key(), one.taxpayer)) {
            Some(there) => there.classes.extend(one.classes),
            None => drop(merged.insert((one.place.key(), one.taxpayer), one)),
        }
    }
    let classes: BTreeSet<Id<TaxClass>> = merged.values().flat_map(|one| &one.classes).flatten().copied().collect();
    let classes = if classes.is_empty() { HashMap::new() } else { taxes::classes(&read, classes).await? };
    let companies: Vec<_> = merged
        .values()
        .filter_map(|one| match one.taxpayer {
            Taxpayer::Organisation(organisation) => Some(organisation),
            Taxpayer::Guest | Taxpayer::Customer(_) => None,
        })
        .collect();
    let numbers =
        if companies.is_empty() { HashMap::new() } else { organisations::tax_numbers(&read, companies).await? };
    let from = channels::country(channel)?;
    let class = |id: Option<Id<TaxClass>>| {
        let code = id.and_then(|id| classes.get(&id)).map(|class| class.code.clone());
        // A class without a code is there no more.
        (id.is_none() || code.is_some()).then_some(Class { id, code })
    };
    let question = |one: Unanswered| Question {
        channel: channel.code.clone(),
        from,
        tax_number: match one.taxpayer {
            Taxpayer::Organisation(organisation) => numbers.get(&organisation).cloned(),
            Taxpayer::Guest | Taxpayer::Customer(_) => None,
        },
        to: one.place,
        taxpayer: one.taxpayer,
        classes: one.classes.into_iter().filter_map(class).collect(),
        at: cx.now(),
    };
    Ok(merged.into_values().map(question).filter(|question| !question.classes.is_empty()).collect())
}

/// Puts a question to an engine; that it does not answer is logged.
async fn put(cx: &Cx, engine: &JsonEngine, question: &Question) -> Heard {
    let (heard, why) = match outside::send_where_staff_said(cx, engine.ask(question)).await {
        Ok(response) => match engine.answer(question, &response) {
            Ok(answer) => return Heard::Said(answer),
            Err(error) => (if error.is_down { Heard::Nobody } else { Heard::Nonsense }, error.to_string()),
        },
        Err(error) => (Heard::Nobody, error.to_string()),
    };
    tracing::warn!(channel = %question.channel, error = %why, "a tax engine did not answer; the shop's rules estimate");
    heard
}

/// What was heard as it is kept: one row of each class, whether the engine said something of it or not.
fn kept(at: Instant, channel: &channel::Model, question: &Question, heard: &Heard) -> Vec<tax_answer::ActiveModel> {
    let answer = match heard {
        Heard::Said(answer) => Some(answer),
        Heard::Nonsense => None,
        Heard::Nobody => return Vec::new(),
    };
    let row = |class: &Class| {
        let said = answer.and_then(|answer| Some((answer.treatments.get(&class.id)?, answer.good_for)));
        let (treatment, good_for) = said.unzip();
        tax_answer::ActiveModel {
            channel_id: Set(channel.id),
            engine_version: Set(channel.tax_engine_version),
            place: Set(question.to.key()),
            taxpayer: Set(question.taxpayer.key()),
            class: Set(class.id.map(|id| id.to_string()).unwrap_or_default()),
            category: Set(treatment.map(|treatment| treatment.category().code().to_owned())),
            rate_bps: Set(treatment.map_or(0, |treatment| i32::try_from(treatment.rate().bps()).unwrap_or(i32::MAX))),
            reason: Set(treatment.and_then(Treatment::reason).map(ToString::to_string)),
            expires_at: Set(at.plus(good_for.unwrap_or(REST))),
            ..Default::default()
        }
    };
    question.classes.iter().map(row).collect()
}

/// That a channel's engine is left alone for a while: said of no place.
fn resting(channel: &channel::Model, at: Instant) -> tax_answer::ActiveModel {
    tax_answer::ActiveModel {
        channel_id: Set(channel.id),
        engine_version: Set(channel.tax_engine_version),
        place: Set(NOWHERE.to_owned()),
        taxpayer: Set(Taxpayer::Guest.key()),
        class: Set(String::new()),
        category: Set(None),
        rate_bps: Set(0),
        reason: Set(None),
        expires_at: Set(at.plus(REST)),
        ..Default::default()
    }
}
