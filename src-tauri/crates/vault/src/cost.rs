//! How expensive one guess of a passphrase is: Argon2id's memory and passes.

use std::time::{Duration, Instant};

use crate::{VaultError, parameters::KeyParameters};
use model::secret::Secret;

const MIB: u32 = 1024;
const MEMORY_MAX_MIB: u32 = 1024;
const PASSES_MAX: u32 = 64;

const CALIBRATED_MEMORY_MAX_MIB: u32 = 256;
const TARGET: Duration = Duration::from_millis(650);
const NEARLY_TARGET: std::ops::RangeInclusive<Duration> =
    Duration::from_millis(500)..=Duration::from_millis(800);

/// Argon2id's memory and number of passes, never below [`Cost::FLOOR`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cost {
    memory_kib: u32,
    passes: u32,
}

impl Cost {
    /// The least that is accepted anywhere: 64 MiB and 3 passes.
    pub const FLOOR: Self = Self {
        memory_kib: 64 * MIB,
        passes: 3,
    };

    /// A cost of so many KiB and passes.
    ///
    /// # Errors
    /// [`VaultError::KeyParameters`] below the floor (a weakened entry must not be
    /// obeyed) or above 1 GiB or 64 passes (nor one that would exhaust the machine).
    pub fn new(memory_kib: u32, passes: u32) -> Result<Self, VaultError> {
        if memory_kib < Self::FLOOR.memory_kib || passes < Self::FLOOR.passes {
            return Err(VaultError::KeyParameters {
                reason: "they are weaker than allowed",
            });
        }
        if memory_kib > MEMORY_MAX_MIB * MIB || passes > PASSES_MAX {
            return Err(VaultError::KeyParameters {
                reason: "they ask for too much work",
            });
        }
        Ok(Self { memory_kib, passes })
    }

    /// The cost at which this machine takes 0.5 to 0.8 s, found by deriving a few
    /// times (about a second and a half); the floor where the machine is slower.
    ///
    /// # Errors
    /// [`VaultError::Derivation`] when there is not even memory for the floor.
    pub fn calibrated() -> Result<Self, VaultError> {
        Self::calibrated_by(|cost| {
            let parameters = KeyParameters::generate(cost)?;
            let start = Instant::now();
            parameters.derive(&Secret::new("calibration".to_owned()))?;
            Ok(start.elapsed())
        })
    }

    /// [`Cost::calibrated`] over any way to measure one derivation.
    ///
    /// # Errors
    /// Whatever measuring the floor fails with.
    pub fn calibrated_by(
        mut measure: impl FnMut(Self) -> Result<Duration, VaultError>,
    ) -> Result<Self, VaultError> {
        // The first run also pays for fresh memory; the quicker of two is the machine's pace.
        let floor = measure(Self::FLOOR)?.min(measure(Self::FLOOR)?);
        let wanted = Self::FLOOR.scaled(TARGET, floor);
        if wanted == Self::FLOOR {
            return Ok(wanted);
        }
        match measure(wanted) {
            Ok(took) if NEARLY_TARGET.contains(&took) => Ok(wanted),
            Ok(took) => Ok(wanted.scaled(TARGET, took)),
            Err(_) => Ok(Self::FLOOR),
        }
    }

    /// Memory in KiB.
    pub fn memory_kib(self) -> u32 {
        self.memory_kib
    }

    /// Number of passes over the memory.
    pub fn passes(self) -> u32 {
        self.passes
    }

    /// The same machine's cost for `wanted` where this one takes `took`: memory
    /// first, for it is what hurts a guesser with many cores, then passes.
    fn scaled(self, wanted: Duration, took: Duration) -> Self {
        let work = f64::from(self.memory_kib / MIB) * f64::from(self.passes);
        let work = work * wanted.as_secs_f64() / took.as_secs_f64().max(0.001);
        let floor = Self::FLOOR;
        let memory_mib = (work / f64::from(floor.passes)) as u32;
        let memory_mib = memory_mib.clamp(floor.memory_kib / MIB, CALIBRATED_MEMORY_MAX_MIB);
        let passes = (work / f64::from(memory_mib)) as u32;
        Self {
            memory_kib: memory_mib * MIB,
            passes: passes.clamp(floor.passes, PASSES_MAX),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A machine that needs so many microseconds for one pass over one MiB.
    fn machine(micros: f64) -> impl FnMut(Cost) -> Result<Duration, VaultError> {
        move |cost| {
            let work = f64::from(cost.memory_kib() / MIB) * f64::from(cost.passes());
            Ok(Duration::from_secs_f64(work * micros / 1e6))
        }
    }

    #[test]
    fn calibration_lands_between_half_a_second_and_eight_tenths() {
        for micros in [200.0, 400.0, 782.0, 1500.0, 2500.0, 3300.0] {
            let cost = Cost::calibrated_by(machine(micros)).unwrap();
            let took = machine(micros)(cost).unwrap();
            assert!(
                NEARLY_TARGET.contains(&took),
                "{micros} µs per MiB gave {cost:?}: {took:?}"
            );
        }
    }

    #[test]
    fn memory_is_raised_before_passes() {
        let modest = Cost::calibrated_by(machine(1500.0)).unwrap();
        assert_eq!(
            modest.passes(),
            Cost::FLOOR.passes(),
            "there was still memory to raise"
        );
        assert!(
            modest.memory_kib() > Cost::FLOOR.memory_kib(),
            "memory is raised first"
        );
        let fast = Cost::calibrated_by(machine(200.0)).unwrap();
        assert_eq!(fast.memory_kib(), 256 * MIB, "256 MiB is where memory ends");
        assert!(fast.passes() > Cost::FLOOR.passes(), "then passes follow");
    }

    #[test]
    fn a_slow_machine_keeps_the_floor() {
        let cost = Cost::calibrated_by(machine(9000.0)).unwrap();
        assert_eq!(
            cost,
            Cost::FLOOR,
            "slow machines wait longer, they are not weaker"
        );
    }

    #[test]
    fn a_machine_short_of_memory_keeps_the_floor() {
        let cost = Cost::calibrated_by(|cost| {
            if cost == Cost::FLOOR {
                Ok(Duration::from_millis(100))
            } else {
                Err(VaultError::Derivation {
                    memory_mib: cost.memory_kib() / MIB,
                })
            }
        });
        assert_eq!(
            cost.unwrap(),
            Cost::FLOOR,
            "sign-up must not fail for want of 256 MiB"
        );
    }

    #[test]
    fn costs_out_of_bounds_are_refused() {
        for (memory, passes) in [
            (64 * MIB - 1, 3),
            (64 * MIB, 2),
            (2048 * MIB, 3),
            (64 * MIB, 65),
        ] {
            assert!(
                matches!(
                    Cost::new(memory, passes),
                    Err(VaultError::KeyParameters { .. })
                ),
                "{memory} KiB and {passes} passes must not be obeyed"
            );
        }
    }
}
