//! Asking a channel's tax engine, in no transaction.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    time::Duration,
};

use domain::{
    id::{Channel, Id, TaxClass},
    pricing::tax::{
        Treatment,
        engine::{Answer, Class, Question, TaxEngine, Taxpayer},
    },
    time::Instant,
};
use entity::{channels::channel, pricing::tax_answer};
use futures_util::future::join_all;
use integrations::{standard_webhooks::Key, tax_engine::JsonEngine};
use sea_orm::Set;
use store::Fault;

use super::{super::rows as taxes, Unanswered, rows, said::NOWHERE, secret};
use crate::{channels, cx::Cx, organisations, outside};

/// How many questions are under way at once.
const AT_ONCE: usize = 8;

/// For how long an engine is not asked again that did not answer, or that said nothing of a class: readers wait for it, and must
/// not do so each time.
const REST: Duration = Duration::from_secs(30);

/// Asks a channel's engine, and keeps what it says. One that does not answer is asked nothing for a while, whoever buys: what it
/// would have said is an estimate until then. Fails only for faults of ours.
pub(crate) async fn ask(cx: &Cx, channel: &channel::Model, wanted: Vec<Unanswered>) -> Result<(), Fault> {
    let (Some(url), Some(key)) = (&channel.tax_engine_url, secret::key(cx, channel)) else { return Ok(()) };
    let questions = questions(cx, channel, wanted).await?;
    // The engine may take its time.
    cx.forget_reads();
    let numbered: Vec<_> = questions.iter().enumerate().collect();
    let mut kept = Vec::with_capacity(questions.len());
    for some in numbered.chunks(AT_ONCE) {
        let answers = join_all(some.iter().map(|one| put(cx, (url, &key), *one))).await;
        let is_down = answers.iter().any(Option::is_none);
        let answered = some.iter().zip(answers).filter_map(|((_, question), answer)| Some((question, answer?)));
        kept.extend(answered.flat_map(|(question, answer)| said(cx.now(), question, &answer)));
        if is_down {
            kept.push(resting(channel.id, cx.now()));
            break;
        }
    }
    if kept.is_empty() {
        return Ok(());
    }
    cx.write(async |tx| rows::keep(tx, channel.id, kept).await).await
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
        channel: channel.id,
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

/// Puts a question to an engine, one of several; `None` if it does not answer, which is logged.
async fn put(cx: &Cx, (url, key): (&str, &Key), (place, question): (usize, &Question)) -> Option<Answer> {
    let id = format!("{}_{place}", cx.request_id());
    let engine = JsonEngine::new(url.to_owned(), key.clone(), id);
    let why = match outside::send_where_staff_said(cx, engine.ask(question)).await {
        Ok(response) => match engine.answer(question, &response) {
            Ok(answer) => return Some(answer),
            Err(error) => error.to_string(),
        },
        Err(error) => error.to_string(),
    };
    tracing::warn!(channel = %question.channel, error = %why, "a tax engine did not answer; the shop's rules estimate");
    None
}

/// An answer as it is kept: one row of each class, whether the engine said something of it or not.
fn said(at: Instant, question: &Question, answer: &Answer) -> Vec<tax_answer::ActiveModel> {
    let (place, taxpayer) = (question.to.key(), question.taxpayer.key());
    let row = |class: &Class| {
        let said: Option<&Treatment> = answer.treatments.get(&class.id);
        tax_answer::ActiveModel {
            place: Set(place.clone()),
            taxpayer: Set(taxpayer.clone()),
            class: Set(class.id.map(|id| id.to_string()).unwrap_or_default()),
            category: Set(said.map(|treatment| treatment.category().code().to_owned())),
            rate_bps: Set(said.map_or(0, |treatment| i32::try_from(treatment.rate().bps()).unwrap_or(i32::MAX))),
            reason: Set(said.and_then(Treatment::reason).map(ToString::to_string)),
            expires_at: Set(at.plus(if said.is_some() { answer.good_for } else { REST })),
            ..resting(question.channel, at)
        }
    };
    question.classes.iter().map(row).collect()
}

/// That a channel's engine is left alone for a while: said of no place.
fn resting(channel: Id<Channel>, at: Instant) -> tax_answer::ActiveModel {
    tax_answer::ActiveModel {
        channel_id: Set(channel),
        place: Set(NOWHERE.to_owned()),
        taxpayer: Set(Taxpayer::Guest.key()),
        class: Set(String::new()),
        category: Set(None),
        rate_bps: Set(0),
        reason: Set(None),
        answered_at: Set(at),
        expires_at: Set(at.plus(REST)),
        ..Default::default()
    }
}
