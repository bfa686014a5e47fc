//! The simulated hall with its people, its screens and the machine under it.

use std::sync::Arc;

use chrono::{DateTime, Duration, TimeZone as _, Utc};
use hall::{By, Hall, HallId, Reach};
use tempfile::TempDir;
use wire::Part;

use super::Options;
use super::agenda::{Act, Agenda};
use super::chance::Dice;
use super::ledger::Ledger;
use super::owed::Debts;
use super::people;
use super::plan::{DAY_S, Plan};
use super::report::Report;
use super::screens::Screen;
use super::waits::Said;
use crate::clock::Clock;
use crate::public::Cut;
use crate::store::players::{self, Player};
use crate::store::tokens::{self, New};
use crate::{Config, Error, Hub, Server};

mod faults;
mod hands;
mod watch;

/// The player at which tickets are taken, and the id of its token.
const KIOSK: &str = "kiosk";
/// Things that go wrong in a day, about.
const FAULTS: f64 = 8.0;

/// See the module.
pub(super) struct World {
    report: Report,
    options: Options,
    dice: Dice,
    plan: Plan,
    agenda: Agenda,
    clock: Clock,
    hub: Hub,
    hall: HallId,
    /// The journal as the ledger, a second fold and whoever counts debts have read it.
    ledger: Ledger,
    replay: Hall,
    debts: Debts,
    screens: Vec<Screen>,
    said: Said,
    arrived: u32,
    keys: u64,
    data: TempDir,
}

impl World {
    /// Draws a hall from the seed and opens it at 08:30 on a Tuesday.
    pub(super) async fn open(options: Options) -> Result<Self, Failure> {
        let mut dice = Dice::new(options.seed);
        let plan = Plan::draw(&mut dice, options.visitors).map_err(|cause| Failure(cause.to_string()))?;
        let morning = Utc.with_ymd_and_hms(2026, 3, 3, 0, 30, 0).single().unwrap_or_default();
        let clock = Clock::set_to(morning);
        let data = tempfile::tempdir().map_err(|cause| Failure(cause.to_string()))?;
        let hub = start(&data, &clock).await?;
        let hall = plan.setup.hall.id.clone();
        hub.halls.create(plan.setup.clone(), None, By::Hub).await?;
        pair_kiosk(&hub, &hall, morning).await?;
        let replay = Hall::new(Arc::new(plan.setup.clone()));
        let mut world = Self {
            report: Report::new(&options),
            options,
            screens: screens(&plan, &mut dice),
            dice,
            plan,
            agenda: Agenda::default(),
            clock,
            hub,
            hall,
            ledger: Ledger::default(),
            replay,
            debts: Debts::new(By::Token(KIOSK.into())),
            said: Said::default(),
            arrived: 0,
            keys: 0,
            data,
        };
        world.begin(morning);
        world.join().await?;
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
            let first = self.dice.wait(DAY_S / FAULTS);
            self.agenda.note_in(now, first, Act::Fault);
        }
    }

    /// Plays the day to its end and looks at every promise after every step.
    pub(super) async fn play(&mut self) -> Result<(), Failure> {
        let evening = self.clock.now() + Duration::seconds((DAY_S * 1.4) as i64);
        while let Some((at, act)) = self.agenda.next() {
            if at > evening || self.is_over() {
                break;
            }
            if at > self.clock.now() {
                self.clock.jump(at);
            }
            let asked = self.report.counts.commands;
            self.act(act).await?;
            if self.report.counts.commands > asked {
                self.look().await?;
                self.look_at_boards_sometimes().await?;
            }
        }
        self.end().await
    }

    /// What the day came to.
    pub(super) fn into_report(self) -> Report {
        self.report
    }

    fn is_over(&self) -> bool {
        self.arrived >= self.options.visitors && self.ledger.open_tickets() == 0
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
                    self.report.counts.looks += 1;
                    self.look().await?;
                }
                Ok(())
            }
            Act::Fault => {
                let again = self.dice.wait(DAY_S / FAULTS);
                self.agenda.note_in(now, again, Act::Fault);
                self.fault(now).await
            }
        }
    }

    async fn seen(&self) -> Result<Arc<Hall>, Failure> {
        Ok(self.hub.halls.seen(&self.hall).await?.hall)
    }

    fn failed(&self, what: impl std::fmt::Display) -> Failure {
        let (seed, commands) = (self.options.seed, self.report.counts.commands);
        Failure(format!("seed {seed} broke a promise after {commands} commands: {what}"))
    }
}

/// Opens the hub over its data.
async fn start(data: &TempDir, clock: &Clock) -> Result<Hub, Failure> {
    let config = Config { flush: false, ..Config::local(data.path().to_owned()) };
    let server = Server::bind(config, clock.clone()).await?;
    Ok(server.hub().clone())
}

/// A kiosk whose tickets owe a slip. Nobody can reach its printer: what is looked at is what is owed.
async fn pair_kiosk(hub: &Hub, hall: &HallId, now: DateTime<Utc>) -> Result<(), Failure> {
    let player = Player {
        id: KIOSK.into(),
        name: KIOSK.into(),
        face: KIOSK.into(),
        hall: hall.to_string(),
        zones: "[]".into(),
        counter: None,
        settings: r#"{"printer":"nowhere"}"#.into(),
        version: None,
        paired_at: now,
        last_seen: None,
    };
    let token = New {
        id: KIOSK,
        token_hash: KIOSK,
        name: KIOSK,
        scopes: &[],
        hall: Some(hall),
        player: Some(KIOSK),
        made_by: "simulation",
    };
    let written = hub.db.write(async |tx| {
        players::add(tx, &player).await?;
        tokens::add(tx, token, now).await
    });
    Ok(written.await?)
}

/// A hall screen, a wall for staff, and something that shows a part: a zone's screen or a counter's strip.
fn screens(plan: &Plan, dice: &mut Dice) -> Vec<Screen> {
    let cut = if dice.percent(50) { Cut::Public } else { Cut::Staff };
    let part = match dice.one(&plan.setup.counters).filter(|_| dice.percent(50)) {
        Some(counter) => Part { counters: vec![counter.id.to_string()], ..Part::default() },
        None => Part { zones: vec!["z1".into()], ..Part::default() },
    };
    vec![Screen::new(Cut::Public, Part::default()), Screen::new(Cut::Staff, Part::default()), Screen::new(cut, part)]
}

/// What broke, with its seed, in one sentence.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct Failure(pub String);

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
