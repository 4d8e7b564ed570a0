//! A bot that runs against a double for the time of one test.

use std::time::Duration;

use testkit::telegram::TelegramDouble;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

pub struct Running {
    pub double: TelegramDouble,
    stop: oneshot::Sender<()>,
    task: JoinHandle<Result<(), bot::Error>>,
}

pub fn settings(double: &TelegramDouble) -> bot::Settings {
    let token = bot::Token::parse(double.token()).unwrap();
    let mut settings = bot::Settings::new(token, double.url()).unwrap();
    settings.poll_timeout = Duration::from_secs(20);
    settings
}

/// Starts a bot and waits until it polls.
pub async fn start() -> Running {
    start_with(|_| {}).await
}

/// The same with other settings.
pub async fn start_with(change: impl FnOnce(&mut bot::Settings)) -> Running {
    let double = TelegramDouble::start().await;
    let mut settings = settings(&double);
    change(&mut settings);
    let running = start_on(double, settings).await;
    running.double.wait_for_calls("getUpdates", 1).await;
    running
}

/// Starts a bot without waiting for anything.
pub async fn start_on(double: TelegramDouble, settings: bot::Settings) -> Running {
    start_over(double, settings, crate::service().await)
}

/// The same over a service of the test's own.
pub fn start_over(
    double: TelegramDouble,
    settings: bot::Settings,
    service: graphql::Service,
) -> Running {
    let (stop, stopped) = oneshot::channel();
    let task = tokio::spawn(bot::run(service, settings, async move {
        let _ = stopped.await;
    }));
    Running { double, stop, task }
}

impl Running {
    /// Tells the bot to stop and waits until it has.
    pub async fn stop(self) -> (TelegramDouble, Result<(), bot::Error>) {
        let _ = self.stop.send(());
        (
            self.double,
            self.task.await.expect("the bot does not panic"),
        )
    }

    /// Waits until the bot stops by itself.
    pub async fn ended(self) -> (TelegramDouble, Result<(), bot::Error>) {
        let ended = self.task.await.expect("the bot does not panic");
        drop(self.stop);
        (self.double, ended)
    }
}
