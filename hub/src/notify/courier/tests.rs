//! How the courier goes its rounds: what arrives, what is tried again, what is given up.

use chrono::DateTime;
use futures_util::future::BoxFuture;
use hall::TicketRef;

use super::*;
use crate::store::deliveries::{Latest, Owed};
use crate::store::testing::on_both;

/// A channel that answers as it was told, and remembers what it was given.
struct Told {
    answer: Mutex<Outcome>,
    seen: Mutex<Vec<(String, i64)>>,
    hangs_for: Option<&'static str>,
}

impl Told {
    fn to(answer: Outcome) -> Arc<Self> {
        Arc::new(Self { answer: Mutex::new(answer), seen: Mutex::default(), hangs_for: None })
    }
}

impl Channel for Told {
    fn name(&self) -> &'static str {
        "printer"
    }

    fn carry<'a>(&'a self, delivery: &'a Claimed) -> BoxFuture<'a, Outcome> {
        Box::pin(async move {
            if self.hangs_for == Some(delivery.player.as_str()) {
                std::future::pending::<()>().await;
            }
            self.seen.lock().push((delivery.player.clone(), delivery.attempts));
            *self.answer.lock()
        })
    }
}

struct Round {
    db: Db,
    clock: Clock,
    courier: Courier,
    tasks: TaskTracker,
    stop: CancellationToken,
}

impl Round {
    fn start(db: Db, channel: &Arc<Told>) -> Self {
        let clock = Clock::set_to(DateTime::UNIX_EPOCH + TimeDelta::days(20_000));
        let (courier, tasks, stop) = (Courier::default(), TaskTracker::new(), CancellationToken::new());
        let channels: Vec<Arc<dyn Channel>> = vec![channel.clone()];
        courier.start((db.clone(), clock.clone()), channels, &tasks, stop.clone());
        Self { db, clock, courier, tasks, stop }
    }

    async fn owe(&self, ticket: i64, player: &str) {
        let now = self.clock.now();
        let owed = Owed {
            cause: format!("entry {ticket}"),
            channel: "printer",
            hall: "h".into(),
            ticket: TicketRef(ticket),
            player: player.into(),
            made_at: now,
            expires_at: now + TimeDelta::minutes(2),
        };
        self.db.write(async |tx| deliveries::owe(tx, &ticket.to_string(), &owed).await).await.unwrap();
        self.courier.hint();
    }

    async fn until(&self, ticket: i64, state: &str) -> Latest {
        for _ in 0..200 {
            let latest =
                deliveries::latest(&self.db, &"h".into(), TicketRef(ticket), "printer").await.unwrap().unwrap();
            if latest.state == state && (state != "waiting" || latest.why.is_some()) {
                return latest;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        panic!("delivery {ticket} never became {state}");
    }

    async fn end(self) {
        self.stop.cancel();
        self.tasks.close();
        tokio::time::timeout(Duration::from_secs(5), self.tasks.wait()).await.expect("the courier ends");
    }
}

#[tokio::test]
async fn what_arrives_is_carried_once() {
    on_both(async |db| {
        let channel = Told::to(Outcome::Done);
        let round = Round::start(db, &channel);
        round.owe(1, "kiosk").await;
        round.until(1, "done").await;
        tokio::time::sleep(Duration::from_millis(2 * LOOK_MS)).await;
        assert_eq!(*channel.seen.lock(), [("kiosk".to_owned(), 1)]);
        round.end().await;
    })
    .await;
}

#[tokio::test]
async fn later_is_tried_again_after_a_while_until_nobody_wants_it() {
    on_both(async |db| {
        let channel = Told::to(Outcome::Later("unreachable"));
        let round = Round::start(db, &channel);
        round.owe(1, "kiosk").await;
        assert_eq!(round.until(1, "waiting").await.why.as_deref(), Some("unreachable"));
        tokio::time::sleep(Duration::from_millis(2 * LOOK_MS)).await;
        assert_eq!(channel.seen.lock().len(), 1, "not before its time");
        for _ in 0..40 {
            round.clock.advance(Duration::from_secs(5));
            round.courier.hint();
            tokio::time::sleep(Duration::from_millis(60)).await;
            if deliveries::lanes_due(&round.db, round.clock.now() + TimeDelta::hours(1)).await.unwrap().is_empty() {
                break;
            }
        }
        assert_eq!(round.until(1, "never").await.why.as_deref(), Some("unreachable"));
        let tries = channel.seen.lock().len();
        assert!((5..=9).contains(&tries), "{tries} tries in two minutes");
        round.end().await;
    })
    .await;
}

#[tokio::test]
async fn what_is_too_old_is_dropped_and_not_carried() {
    on_both(async |db| {
        let channel = Told::to(Outcome::Done);
        let round = Round::start(db, &channel);
        round.stop.cancel();
        round.owe(1, "kiosk").await;
        round.clock.advance(Duration::from_secs(121));
        let again = Round { stop: CancellationToken::new(), ..round };
        let channels: Vec<Arc<dyn Channel>> = vec![channel.clone()];
        again.courier.start((again.db.clone(), again.clock.clone()), channels, &again.tasks, again.stop.clone());
        assert_eq!(again.until(1, "never").await.why.as_deref(), Some("expired"));
        assert!(channel.seen.lock().is_empty());
        again.end().await;
    })
    .await;
}

#[tokio::test]
async fn a_printer_that_hangs_keeps_nobody_else_waiting() {
    on_both(async |db| {
        let channel = Told { hangs_for: Some("stuck"), ..Arc::into_inner(Told::to(Outcome::Done)).unwrap() };
        let round = Round::start(db, &Arc::new(channel));
        round.owe(1, "stuck").await;
        round.owe(2, "well").await;
        round.until(2, "done").await;
        round.until(1, "carrying").await;
        let clone = round.db.clone();
        round.end().await;
        let left = deliveries::latest(&clone, &"h".into(), TicketRef(1), "printer").await.unwrap().unwrap();
        assert_eq!((left.state.as_str(), left.why.as_deref()), ("waiting", Some("stopped")), "kept for the next start");
    })
    .await;
}

#[tokio::test]
async fn what_a_channel_calls_hopeless_is_given_up() {
    on_both(async |db| {
        let channel = Told::to(Outcome::Never("paper_out"));
        let round = Round::start(db, &channel);
        round.owe(1, "kiosk").await;
        assert_eq!(round.until(1, "never").await.why.as_deref(), Some("paper_out"));
        round.end().await;
    })
    .await;
}
