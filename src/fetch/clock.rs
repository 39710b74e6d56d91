//! Time: what the hour is, how long something took, and waiting. Handed in, so that tests need not wait.

use jiff::Timestamp;
use std::time::{Duration, Instant};

/// Tells the time and waits.
pub trait Clock: Send + Sync {
    /// The hour.
    fn now(&self) -> Timestamp;
    /// Time since some fixed moment, never going back.
    fn ticks(&self) -> Duration;
    /// Waits.
    fn sleep(&self, time: Duration);
}

/// The computer's own clock.
pub struct SystemClock(Instant);

impl Default for SystemClock {
    fn default() -> SystemClock {
        SystemClock(Instant::now())
    }
}

impl Clock for SystemClock {
    fn now(&self) -> Timestamp {
        Timestamp::now()
    }

    fn ticks(&self) -> Duration {
        self.0.elapsed()
    }

    fn sleep(&self, time: Duration) {
        std::thread::sleep(time);
    }
}
