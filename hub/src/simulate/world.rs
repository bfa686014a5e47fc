//! The simulated hall with its people, its screens and the machine under it.

use std::sync::Arc;

use chrono::{DateTime, Duration, TimeZone as _, Utc};
use hall::{By, Command, Hall, HallId, Reach, TicketId};
use tempfile::TempDir;

use super::Options;
use super::agenda::{Act, Agenda};
use super::chance::Dice;
use super::ledger::Ledger;
use super::people;
use super::plan::{DAY_S, Plan};
use super::report::Report;
use crate::clock::Clock;
use crate::halls::{Asked, IdempotencyKey};
use crate::{Config, Error, Hub, Server, store};

/// Entries read from the journal in one go.
const ENTRIES_AT_ONCE: i64 = 1_000;

/// See the module.
pub(super) struct World {
    pub(super) report: Report,
    options: Options,
    dice: Dice,
    plan: Plan,
    agenda: Agenda,
    clock: Clock,
    hub: Hub,
    hall: HallId,
    /// The journal as the ledger and a second fold have read it.
    ledger: Ledger,
    replay: Hall,
    arrived: u32,
    keys: u64,
    data: TempDir,
}

impl World {
    /// Draws a hall from the seed and opens it at 08:30 on a Tuesday.
    pub(super) async fn open(options: Options) -> Result<Self, Failure> {
        let mut dice = Dice::new(options.seed);
        let plan = Plan::draw(&mut dice, options.visitors).map_err(|cause| Failure::plain(cause.to_string()))?;
        let morning = Utc.with_ymd_and_hms(2026, 3, 3, 0, 30, 0).single().unwrap_or_default();
        let clock = Clock::set_to(morning);
        let data = tempfile::tempdir().map_err(|cause| Failure::plain(cause.to_string()))?;
        let hub = start(&data, &clock).await?;
        let hall = plan.setup.hall.id.clone();
        hub.halls.create(plan.setup.clone(), None, By::Hub).await?;
        let replay = Hall::new(Arc::new(plan.setup.clone()));
        let mut world = Self {
            report: Report::new(&options),
            options,
            dice,
            plan,
            agenda: Agenda::default(),
            clock,
            hub,
            hall,
            ledger: Ledger::default(),
            replay,
            arrived: 0,
            keys: 0,
            data,
        };
        world.begin(morning);
        Ok(world)
    }

    fn begin(&mut self, now: DateTime<Utc>) {
        self.agenda.note_in(now, 1.0, Act::Arrive);
        for counter in 0..self.plan.setup.counters.len() {
            let late = self.dice.wait(120.0);
            self.agenda.note_in(now, late, Act::Counter(counter));
        }
        self.agenda.note_in(now, 600.0, Act::Supervisor);
        self.agenda.note_in(now, 60.0, Act::Look);
        if self.options.faults {
            let first = self.dice.wait(DAY_S / 6.0);
            self.agenda.note_in(now, first, Act::Fault);
        }
    }

    /// Plays the day to its end and looks at every promise after every step.
    pub(super) async fn play(&mut self) -> Result<(), Failure> {
        let evening = self.clock.now() + Duration::seconds((DAY_S * 1.4) as i64);
        while let Some((at, act)) = self.agenda.next() {
            if at > evening || self.is_over().await? {
                break;
            }
            if at > self.clock.now() {
                self.clock.jump(at);
            }
            let asked = self.report.commands;
            self.act(act).await?;
            if self.report.commands > asked {
                self.look().await?;
            }
        }
        self.end().await
    }

    async fn is_over(&mut self) -> Result<bool, Failure> {
        Ok(self.arrived >= self.options.visitors && self.ledger.open_tickets() == 0)
    }

    async fn act(&mut self, act: Act) -> Result<(), Failure> {
        let now = self.clock.now();
        match act {
            Act::Arrive => self.arrive(now).await,
            Act::Counter(index) => self.counter(index, now).await,
            Act::Visitor(id) => self.visitor(&id).await,
            Act::Supervisor => {
                let again = self.dice.wait(240.0);
                self.agenda.note_in(now, again, Act::Supervisor);
                let hall = self.seen().await?;
                match people::supervisor(&hall, &mut self.dice) {
                    Some(command) => self.ask(command, By::Person("supervisor".into()), Reach::Hall).await,
                    None => Ok(()),
                }
            }
            Act::Look => {
                self.agenda.note_in(now, 20.0, Act::Look);
                // As the hub does each second: it knocks only where something is due.
                if self.seen().await?.due_at().is_some_and(|due| due <= now) {
                    self.hub.halls.tick(&self.hall).await?;
                    self.report.looks += 1;
                    self.look().await?;
                }
                Ok(())
            }
            Act::Fault => {
                let again = self.dice.wait(DAY_S / 6.0);
                self.agenda.note_in(now, again, Act::Fault);
                self.fault(now).await
            }
        }
    }

    async fn arrive(&mut self, now: DateTime<Utc>) -> Result<(), Failure> {
        if self.arrived >= self.options.visitors {
            return Ok(());
        }
        self.arrived += 1;
        let next = self.dice.wait(self.plan.arrival_s);
        self.agenda.note_in(now, next, Act::Arrive);
        let hall = self.seen().await?;
        let Some(command) = people::arrive(&hall, &mut self.dice) else {
            return Ok(());
        };
        let before = self.ledger.issued;
        self.ask(command, By::Token("kiosk".into()), Reach::Hall).await?;
        if self.ledger.issued > before && self.dice.percent(30) {
            let newest = self.seen().await?.fold.tickets.values().last().map(|it| it.id.clone());
            if let Some(id) = newest {
                let later = self.dice.wait(600.0);
                self.agenda.note_in(now, later, Act::Visitor(id));
            }
        }
        Ok(())
    }

    async fn counter(&mut self, index: usize, now: DateTime<Utc>) -> Result<(), Failure> {
        let hall = self.seen().await?;
        let Some(id) = hall.setup.counters.get(index).map(|it| it.id.clone()) else {
            return Ok(());
        };
        let Ok(counter) = hall.counter(&id) else { return Ok(()) };
        let wish = people::counter(&hall, &counter, now, &self.plan, &mut self.dice);
        self.agenda.note_in(now, wish.again_s.max(0.5), Act::Counter(index));
        let Some(command) = wish.command else { return Ok(()) };
        let by = By::Person(format!("staff-{id}"));
        match self.dice.below(20) {
            0 => self.press_twice(command, by).await,
            1 => self.race(command, by, &hall).await,
            _ => self.ask(command, by, Reach::Own).await,
        }
    }

    async fn visitor(&mut self, id: &TicketId) -> Result<(), Failure> {
        let hall = self.seen().await?;
        let Some(ticket) = hall.ticket_by_id(id) else {
            return Ok(());
        };
        match people::visitor(ticket, &mut self.dice) {
            Some(command) => self.ask(command, By::Visitor, Reach::Ticket).await,
            None => Ok(()),
        }
    }

    async fn ask(&mut self, command: Command, by: By, reach: Reach) -> Result<(), Failure> {
        let said = self.hub.halls.submit(&self.hall, Asked::plain(command, by, reach)).await;
        self.count(said.map(drop))
    }

    /// The same press twice with one key: the same answer, one effect.
    async fn press_twice(&mut self, command: Command, by: By) -> Result<(), Failure> {
        self.keys += 1;
        let key = IdempotencyKey { scope: "simulated".into(), key: self.keys.to_string(), body_hash: String::new() };
        let asked = Asked { key: Some(key), ..Asked::plain(command, by, Reach::Own) };
        let halls = self.hub.halls.clone();
        let (one, two) = tokio::join!(halls.submit(&self.hall, asked.clone()), halls.submit(&self.hall, asked));
        match (one, two) {
            (Ok(one), Ok(two)) if one.at != two.at => {
                let said = format!("a key pressed twice was answered at {:?} and at {:?}", one.at, two.at);
                Err(self.failed(said))
            }
            (one, two) => {
                self.count(one.map(drop))?;
                self.count(two.map(drop))
            }
        }
    }

    /// Several counters press call-next in the same moment.
    async fn race(&mut self, command: Command, by: By, hall: &Hall) -> Result<(), Failure> {
        let mut hands = vec![Asked::plain(command, by, Reach::Own)];
        for _ in 0..3 {
            if let Some(other) = self.dice.one(&hall.setup.counters) {
                let call = Command::CallNext(hall::moves::CallNext { counter: other.id.clone() });
                hands.push(Asked::plain(call, By::Person(format!("staff-{}", other.id)), Reach::Own));
            }
        }
        self.report.races += 1;
        let halls = self.hub.halls.clone();
        let answers = futures_util::future::join_all(hands.into_iter().map(|it| halls.submit(&self.hall, it))).await;
        for answer in answers {
            self.count(answer.map(drop))?;
        }
        Ok(())
    }

    async fn fault(&mut self, now: DateTime<Utc>) -> Result<(), Failure> {
        match self.dice.below(3) {
            0 => {
                // The machine dies without a word: nothing is told to the hub, its memory is gone.
                self.report.restarts += 1;
                self.hub.stop.cancel();
                self.hub.tasks.close();
                self.hub.tasks.wait().await;
                self.hub.db.close().await;
                self.hub = start(&self.data, &self.clock).await?;
            }
            1 => {
                self.report.jumps += 1;
                self.clock.jump(now - Duration::seconds(i64::from(self.dice.between(1, 600))));
            }
            _ => {
                self.report.jumps += 1;
                self.clock.jump(now + Duration::seconds(i64::from(self.dice.between(1, 120))));
            }
        }
        Ok(())
    }

    fn count(&mut self, said: Result<(), Error>) -> Result<(), Failure> {
        self.report.commands += 1;
        match said {
            Ok(()) => Ok(()),
            Err(Error::Refused(_) | Error::RefusedAt(_)) => {
                self.report.refusals += 1;
                Ok(())
            }
            Err(cause) => Err(self.failed(cause.to_string())),
        }
    }

    async fn seen(&self) -> Result<Arc<Hall>, Failure> {
        Ok(self.hub.halls.seen(&self.hall).await?.hall)
    }

    /// Reads what was appended, with the ledger and with a second fold, and compares.
    async fn look(&mut self) -> Result<(), Failure> {
        loop {
            let entries = store::journal::read(&self.hub.db, &self.hall, self.ledger.seq(), ENTRIES_AT_ONCE).await?;
            if entries.is_empty() {
                break;
            }
            for entry in &entries {
                self.ledger.read(entry).map_err(|cause| self.failed(cause.to_string()))?;
                self.replay.apply(entry);
            }
        }
        let seen = self.seen().await?;
        self.report.steps += 1;
        if seen.fold != self.replay.fold {
            return Err(self.failed(format!("at entry {} the hall is not the fold of its journal", self.ledger.seq())));
        }
        Ok(())
    }

    async fn end(&mut self) -> Result<(), Failure> {
        let close = Command::CloseDay(hall::moves::CloseDay {});
        self.ask(close, By::Person("supervisor".into()), Reach::Hall).await?;
        self.look().await?;
        // The hub was off at midnight: the next day begins at the first use.
        self.clock.jump(self.clock.now() + Duration::hours(20));
        let hall = self.seen().await?;
        if let Some(command) = people::arrive(&hall, &mut self.dice) {
            self.ask(command, By::Token("kiosk".into()), Reach::Hall).await?;
        }
        self.look().await?;
        self.report.finish(&self.ledger);
        self.hub.stop.cancel();
        self.hub.tasks.close();
        self.hub.tasks.wait().await;
        self.hub.db.close().await;
        Ok(())
    }

    fn failed(&self, what: String) -> Failure {
        Failure(format!("seed {} broke a promise after {} commands: {what}", self.options.seed, self.report.commands))
    }
}

async fn start(data: &TempDir, clock: &Clock) -> Result<Hub, Failure> {
    let config = Config { flush: false, ..Config::local(data.path().to_owned()) };
    let server = Server::bind(config, clock.clone()).await?;
    Ok(server.hub().clone())
}

/// What broke, with its seed, in one sentence.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct Failure(pub String);

impl Failure {
    fn plain(what: String) -> Self {
        Self(what)
    }
}

impl From<Error> for Failure {
    fn from(cause: Error) -> Self {
        Self(cause.to_string())
    }
}

impl From<sqlx::Error> for Failure {
    fn from(cause: sqlx::Error) -> Self {
        Self(cause.to_string())
    }
}
