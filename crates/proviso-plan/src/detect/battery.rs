//! What feeds a machine that is not asked by the files of Linux.

use serde::{Deserialize, Serialize};

use super::source::Source;
use crate::hardware::Power;

/// A battery, as its library describes it.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
struct Battery {
    /// Whether the machine draws on it just now.
    discharging: bool,
    /// What is left, from 0 to 1.
    charge: f32,
}

/// Where the power comes from.
pub(super) fn power(source: Source<'_>) -> Power {
    let batteries: Option<Vec<Battery>> = match source {
        Source::ThisMachine => batteries(),
        Source::Recorded(folder) => Source::recorded_answer(folder, "batteries.json"),
    };
    batteries.map_or(Power::Unknown, |batteries| drawn_from(&batteries))
}

fn drawn_from(batteries: &[Battery]) -> Power {
    if !batteries.iter().any(|battery| battery.discharging) {
        return Power::Mains;
    }
    let charge = batteries.iter().map(|battery| battery.charge).sum::<f32>() / batteries.len() as f32;
    Power::Battery(charge.is_finite().then(|| (charge * 100.0).round().clamp(0.0, 100.0) as u8))
}

/// All batteries; `None` where the system does not tell.
#[cfg(any(target_os = "macos", target_os = "windows"))]
fn batteries() -> Option<Vec<Battery>> {
    use starship_battery::{Manager, State, units::ratio::ratio};

    let described = |battery: starship_battery::Battery| Battery {
        discharging: matches!(battery.state(), State::Discharging | State::Empty),
        charge: battery.state_of_charge().get::<ratio>(),
    };
    let batteries = Manager::new().ok()?.batteries().ok()?;
    batteries.map(|battery| battery.ok().map(described)).collect()
}

#[cfg(not(any(target_os = "macos", target_os = "windows")))]
fn batteries() -> Option<Vec<Battery>> {
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_battery_feeds_only_what_draws_on_it() {
        let battery = |discharging, charge| Battery { discharging, charge };
        assert_eq!(drawn_from(&[]), Power::Mains);
        assert_eq!(drawn_from(&[battery(false, 0.4)]), Power::Mains);
        assert_eq!(drawn_from(&[battery(true, 0.634)]), Power::Battery(Some(63)));
        assert_eq!(drawn_from(&[battery(true, 0.5), battery(false, 1.0)]), Power::Battery(Some(75)));
        assert_eq!(drawn_from(&[battery(true, 1.7)]), Power::Battery(Some(100)));
        assert_eq!(drawn_from(&[battery(true, f32::NAN)]), Power::Battery(None));
    }
}
