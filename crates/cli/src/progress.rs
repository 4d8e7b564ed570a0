//! The progress of what takes long, drawn when a person is watching.

use std::io::IsTerminal;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// A bar on standard error; invisible when that is not a terminal.
pub struct Watched(ProgressBar);

impl Watched {
    pub fn start() -> Self {
        let bar = ProgressBar::with_draw_target(Some(1), ProgressDrawTarget::stderr());
        let style = ProgressStyle::with_template("{spinner} {wide_bar} {pos}/{len} {msg}")
            .expect("the template above is well formed");
        bar.set_style(style);
        if std::io::stderr().is_terminal() {
            bar.enable_steady_tick(std::time::Duration::from_millis(120));
        }
        Self(bar)
    }

    /// What is done now, and how many of all steps are behind it.
    pub fn show(&self, stage: &str, done: u64, total: u64) {
        self.0.set_length(total);
        self.0.set_position(done);
        self.0.set_message(stage.replace('_', " "));
    }
}

impl Drop for Watched {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}
