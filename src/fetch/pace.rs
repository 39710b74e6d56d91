//! How fast one host may be asked: what it said and how long it took in, the time to wait out.
//!
//! The delay follows the server: five times as long as its last answer took, never less than the least delay or what its
//! robots.txt asks for. Where it says to come again later, it is left alone until then. It waits for nothing itself.

use jiff::{SignedDuration, Timestamp, fmt::rfc2822::DateTimeParser};
use std::time::Duration;

/// How many times as long as its last answer took a host is left in peace.
const FACTOR: u32 = 5;

/// A slow answer asks for no more than this; a site's own wish may.
const LONGEST_BY_SPEED: Duration = Duration::from_secs(60);

/// After a refusal that names no time, a host is left alone for this many times the least delay; twice as long after
/// each further one.
const BACKOFF: u32 = 5;

/// The bounds of patience.
#[derive(Clone, Copy, Debug)]
pub struct Patience {
    /// The least time between two requests to one host.
    pub least: Duration,
    /// That time for a private host that the user named: it is the user's own.
    pub least_named: Duration,
    /// The longest time that a site can make the program wait, by `Crawl-delay` or `Retry-After`.
    pub longest: Duration,
    /// How often one page is asked for.
    pub tries: u32,
}

/// What is known of one host's speed.
#[derive(Clone, Debug, Default)]
pub struct Pace {
    /// When its last answer ended, and how long it took.
    last: Option<(Duration, Duration)>,
    /// What its robots.txt asks for.
    asked: Option<Duration>,
    /// Refusals in a row.
    refusals: u32,
    /// Until when it wants to be left alone.
    until: Option<Timestamp>,
}

impl Pace {
    /// Notes what the site's robots.txt asks for.
    pub fn asks_for(&mut self, delay: Option<Duration>) {
        self.asked = delay;
    }

    /// The time between two requests that the site's robots.txt asks for.
    pub fn asked(&self) -> Option<Duration> {
        self.asked
    }

    /// Notes an answer that ended at `now` and took `took`.
    pub fn answered(&mut self, now: Duration, took: Duration) {
        self.last = Some((now, took));
        self.refusals = 0;
    }

    /// Notes an answer that says "not now" and may name a time.
    pub fn refused(
        &mut self,
        now: Duration,
        took: Duration,
        hour: Timestamp,
        retry_after: Option<&str>,
        patience: &Patience,
    ) {
        self.last = Some((now, took));
        let wait = retry_after
            .and_then(|words| wait_of(words, hour))
            .unwrap_or_else(|| (patience.least * BACKOFF).saturating_mul(1 << self.refusals.min(10)));
        self.refusals += 1;
        // A wish that no calendar holds is one for ever.
        let until = SignedDuration::try_from(wait).ok().and_then(|w| hour.checked_add(w).ok());
        self.until = Some(until.unwrap_or(Timestamp::MAX));
    }

    /// Until when the host wants to be left alone, where it does.
    pub fn until(&self) -> Option<Timestamp> {
        self.until
    }

    /// Notes a wish of an earlier run.
    pub fn leave_alone_until(&mut self, until: Option<Timestamp>) {
        self.until = until;
    }

    /// How long to wait before the next request.
    pub fn wait(&self, now: Duration, hour: Timestamp, patience: &Patience) -> Duration {
        let by_wish = self
            .until
            .map_or(Duration::ZERO, |until| Duration::try_from(until.duration_since(hour)).unwrap_or(Duration::ZERO));
        let by_speed = self.last.map_or(Duration::ZERO, |(ended, took)| {
            let delay =
                (took * FACTOR).min(LONGEST_BY_SPEED).max(patience.least).max(self.asked.unwrap_or(Duration::ZERO));
            (ended + delay).saturating_sub(now)
        });
        by_wish.max(by_speed)
    }
}

/// The time a `Retry-After` field asks for: seconds, or a date.
fn wait_of(words: &str, hour: Timestamp) -> Option<Duration> {
    let words = words.trim();
    if !words.is_empty() && words.bytes().all(|b| b.is_ascii_digit()) {
        // More digits than fit ask for ever.
        return Some(words.parse().map_or(Duration::MAX, Duration::from_secs));
    }
    // HTTP dates end in "GMT", which the calendar library takes as a zone of mail dates.
    let until = DateTimeParser::new().parse_timestamp(words).ok()?;
    Some(Duration::try_from(until.duration_since(hour)).unwrap_or(Duration::ZERO))
}

#[cfg(test)]
mod tests {
    use super::*;

    const PATIENCE: Patience = Patience {
        least: Duration::from_secs(3),
        least_named: Duration::from_secs(3),
        longest: Duration::from_secs(300),
        tries: 3,
    };

    fn hour() -> Timestamp {
        "2026-11-22T10:00:00Z".parse().expect("a timestamp")
    }

    #[test]
    fn a_slow_server_is_asked_less_often() {
        let seconds = Duration::from_secs;
        let mut pace = Pace::default();
        assert_eq!(pace.wait(seconds(0), hour(), &PATIENCE), Duration::ZERO, "nothing was asked yet");
        pace.answered(seconds(10), Duration::from_millis(100));
        assert_eq!(pace.wait(seconds(10), hour(), &PATIENCE), seconds(3));
        assert_eq!(pace.wait(seconds(12), hour(), &PATIENCE), seconds(1));
        pace.answered(seconds(20), seconds(4));
        assert_eq!(pace.wait(seconds(20), hour(), &PATIENCE), seconds(20));
        pace.answered(seconds(20), seconds(100));
        assert_eq!(pace.wait(seconds(20), hour(), &PATIENCE), seconds(60));
        pace.asks_for(Some(seconds(90)));
        assert_eq!(pace.wait(seconds(20), hour(), &PATIENCE), seconds(90));
    }

    #[test]
    fn a_wish_to_be_left_alone_is_kept() {
        let seconds = Duration::from_secs;
        for (words, wait) in [
            (Some("120"), seconds(120)),
            (Some(" 0 "), seconds(3)),
            (Some("Sun, 22 Nov 2026 10:02:00 GMT"), seconds(120)),
            (Some("Sun, 22 Nov 2026 09:00:00 GMT"), seconds(3)),
            (Some("soon"), seconds(15)),
            (None, seconds(15)),
        ] {
            let mut pace = Pace::default();
            pace.refused(seconds(10), Duration::ZERO, hour(), words, &PATIENCE);
            assert_eq!(pace.wait(seconds(10), hour(), &PATIENCE), wait, "{words:?}");
        }
        let mut pace = Pace::default();
        pace.refused(seconds(10), Duration::ZERO, hour(), Some("99999999999999999999999999"), &PATIENCE);
        assert_eq!(pace.until(), Some(Timestamp::MAX));
        let mut pace = Pace::default();
        pace.refused(seconds(10), Duration::ZERO, hour(), None, &PATIENCE);
        pace.refused(seconds(10), Duration::ZERO, hour(), None, &PATIENCE);
        assert_eq!(pace.wait(seconds(10), hour(), &PATIENCE), seconds(30), "the second refusal in a row");
    }
}
