//! When an unlocked vault locks itself. Only arithmetic: somebody else reads the
//! clock, tells of activity and does the locking.

use std::time::Duration;

use model::time::Timestamp;

/// Counts the time since anybody last did anything.
#[derive(Debug, Clone)]
pub struct IdleLock {
    after: Option<Duration>,
    last: Timestamp,
}

impl IdleLock {
    /// Locks after so much idle time from `now` on; never for `None`.
    pub fn new(after: Option<Duration>, now: Timestamp) -> Self {
        Self { after, last: now }
    }

    /// Somebody is there.
    pub fn touch(&mut self, now: Timestamp) {
        self.last = now;
    }

    /// When somebody last did anything.
    pub fn last(&self) -> Timestamp {
        self.last
    }

    /// The user chose another idle time; what has passed counts.
    pub fn set_after(&mut self, after: Option<Duration>) {
        self.after = after;
    }

    /// How long until the vault must lock, zero when it must now, `None` when it
    /// never does. Time asleep counts, for it is the wall clock's.
    pub fn remaining(&mut self, now: Timestamp) -> Option<Duration> {
        // A clock that was set back must not keep the vault open for longer.
        self.last = self.last.min(now);
        Some(self.after?.saturating_sub(now.since(self.last)))
    }

    /// Whether the vault must lock now.
    pub fn is_due(&mut self, now: Timestamp) -> bool {
        self.remaining(now) == Some(Duration::ZERO)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MINUTE: i64 = 60_000;

    fn at(minute: i64) -> Timestamp {
        Timestamp(1_800_000_000_000 + minute * MINUTE)
    }

    fn minutes(count: u64) -> Duration {
        Duration::from_secs(count * 60)
    }

    #[test]
    fn it_is_due_after_the_idle_time_and_not_before() {
        let mut idle = IdleLock::new(Some(minutes(10)), at(0));
        assert!(!idle.is_due(at(9)), "a minute is left");
        assert_eq!(
            idle.remaining(at(9)),
            Some(minutes(1)),
            "the next look is a minute away"
        );
        assert!(idle.is_due(at(10)), "ten minutes are ten minutes");
    }

    #[test]
    fn activity_starts_the_count_anew() {
        let mut idle = IdleLock::new(Some(minutes(10)), at(0));
        idle.touch(at(9));
        assert!(!idle.is_due(at(18)), "nine minutes since");
        assert!(idle.is_due(at(19)), "ten minutes since");
    }

    #[test]
    fn never_means_never_until_it_is_changed() {
        let mut idle = IdleLock::new(None, at(0));
        assert!(!idle.is_due(at(100_000)), "the user switched it off");
        idle.set_after(Some(minutes(5)));
        assert!(idle.is_due(at(100_000)), "the idle time so far counts");
    }

    #[test]
    fn a_clock_set_back_does_not_keep_it_open() {
        let mut idle = IdleLock::new(Some(minutes(10)), at(0));
        assert!(!idle.is_due(at(-600)), "nobody has been idle for long yet");
        assert!(
            idle.is_due(at(-590)),
            "but the ten minutes count from the new time"
        );
    }
}
