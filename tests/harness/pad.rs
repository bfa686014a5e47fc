//! Call pads, simulated: the bridge of `hub pad` in this process, and keypads that connect to it.

use std::net::SocketAddr;

use hub::pad::{Options, Pads};
use tempfile::TempDir;
use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader, Lines};
use tokio::net::TcpStream;
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio_util::sync::CancellationToken;

use crate::api::Api;

/// A bridge between pads on TCP and a hub.
pub struct TestPads {
    address: SocketAddr,
    stop: CancellationToken,
    running: tokio::task::JoinHandle<()>,
    _token: TempDir,
}

impl TestPads {
    /// Starts the bridge for a hall, with the token of `api`.
    pub async fn beside(api: &Api, hall: &str) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let token_file = folder.path().join("token");
        std::fs::write(&token_file, api.token().unwrap_or_default()).expect("the token is written");
        let options = Options {
            hub: api.base().to_owned(),
            hall: hall.to_owned(),
            token_file,
            device: None,
            baud: 9600,
            listen: Some(([127, 0, 0, 1], 0).into()),
            keyboard: false,
        };
        let pads = Pads::bind(options).await.expect("the bridge starts");
        let address = pads.address().expect("it listens");
        let stop = CancellationToken::new();
        #[expect(clippy::disallowed_methods, reason = "a test is not the hub: nobody waits for this task but `stop`")]
        let running = tokio::spawn(pads.run(stop.clone()));
        Self { address, stop, running, _token: folder }
    }

    /// A pad that calls itself so.
    pub async fn pad(&self, name: &str) -> TestPad {
        let (from, to) = TcpStream::connect(self.address).await.expect("the bridge takes it").into_split();
        TestPad { name: name.to_owned(), presses: 0, from: BufReader::new(from).lines(), to }
    }

    /// Ends the bridge.
    pub async fn stop(self) {
        self.stop.cancel();
        self.running.await.expect("the bridge ends");
    }
}

/// A keypad that counts its presses.
pub struct TestPad {
    name: String,
    presses: u16,
    from: Lines<BufReader<OwnedReadHalf>>,
    to: OwnedWriteHalf,
}

impl TestPad {
    /// Presses a key; what the bridge says, without the pad's name and the press's number.
    pub async fn press(&mut self, key: &str) -> String {
        self.presses += 1;
        self.press_again(key).await
    }

    /// Sends the last press once more, as a pad does that heard no answer.
    pub async fn press_again(&mut self, key: &str) -> String {
        let line = format!("{} {key} #{}\r\n", self.name, self.presses);
        self.to.write_all(line.as_bytes()).await.expect("the line is sent");
        let answer = self.from.next_line().await.expect("the line is read").expect("an answer");
        let answer = answer.strip_prefix(&format!("{} ", self.name)).expect("its name");
        answer.strip_suffix(&format!(" #{}", self.presses)).expect("its number").to_owned()
    }
}
