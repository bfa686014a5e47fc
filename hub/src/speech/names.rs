//! The name that is said with a number, where a queue wants it: looked up when its sound is made. The sound is kept in
//! memory only, under a key that tells nothing; no frame, event, log or file ever holds the name.

use audio::announcement::{Address, Name};
use audio::phrase::{About, Part};
use audio::{Kind, phrase};
use hall::TicketId;

use super::planner::{Call, Named};
use super::{Planned, Work, wording};
use crate::Hub;
use crate::error::Error;
use crate::halls::person::{IdentityKind, Person};
use crate::halls::visitor;
use crate::store::visitors;

/// Where the sex stands in a resident's identity number (GB 11643-1999): odd is male.
const SEX_AT: usize = 16;

/// What is to be made for a key: with the name, if there is one.
pub async fn work(hub: &Hub, planned: &Planned) -> Result<Work, Error> {
    let plain = Work::plain(planned);
    let Some(named) = &planned.named else { return Ok(plain) };
    Ok(match with_name(hub, named).await? {
        Some(parts) => Work { parts, personal: true, ..plain },
        None => plain,
    })
}

async fn with_name(hub: &Hub, named: &Named) -> Result<Option<Vec<Part>>, Error> {
    let seen = hub.halls.seen(&named.hall).await?;
    let setup = &seen.hall.setup;
    let Some(ticket) = seen.hall.ticket_by_id(&named.ticket) else { return Ok(None) };
    let Some(speech) = setup.speech_of(&ticket.queue) else { return Ok(None) };
    let Some(row) = visitors::by_id(&hub.db, ticket.visitor.as_ref().unwrap_or(&"".into())).await? else {
        return Ok(None);
    };
    let Some(name) = name(&visitor::open(&hub.keys, &row)?) else { return Ok(None) };
    let number = ticket.number.to_string();
    let counter = setup.counters.first().map(|it| &it.id);
    let call = Call { kind: Kind::Call, number: &number, queue: &ticket.queue, counter, known: None::<&TicketId> };
    let announcement = audio::Announcement { name: Some(name), ..wording::announcement(setup, call) };
    let template = wording::template(speech, named.language, Kind::Call);
    let said =
        template.and_then(|it| phrase::call(&announcement, &it, &wording::manner(setup, speech, &ticket.queue)).ok());
    Ok(said.map(|it| it.parts.into_iter().filter(|it| it.about == About::Ticket).collect()))
}

fn name(person: &Person) -> Option<Name> {
    let written = person.name.clone().filter(|it| !it.trim().is_empty())?;
    Some(Name { written, pinyin: person.pinyin.clone(), address: address(person) })
}

fn address(person: &Person) -> Option<Address> {
    let card = person.identity.as_ref().filter(|it| it.kind == IdentityKind::IdCard)?;
    let digit = card.value.chars().nth(SEX_AT)?.to_digit(10)?;
    Some(if digit % 2 == 1 { Address::Mr } else { Address::Ms })
}
