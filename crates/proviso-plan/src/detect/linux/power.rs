//! What feeds the machine.

use std::path::Path;

use super::files::Files;
use crate::hardware::Power;

const SUPPLIES: &str = "/sys/class/power_supply";

/// Where the power comes from: a socket, if anything is plugged in; else a battery that says that it is being drawn on.
pub(super) fn power(files: Files<'_>) -> Power {
    let Some(supplies) = files.entries(SUPPLIES) else { return Power::Unknown };
    let word = |supply: &Path, name: &str| files.text(supply.join(name)).unwrap_or_default();
    // A mouse's or a headset's battery feeds no computer.
    let of_machine = |supply: &&Path| word(supply, "scope") != "Device";
    let supplies: Vec<_> = supplies.iter().map(AsRef::as_ref).filter(of_machine).collect();
    let (batteries, sockets): (Vec<_>, Vec<_>) =
        supplies.into_iter().partition(|supply| word(supply, "type") == "Battery");
    let is_plugged_in = |socket: &&Path| files.number(socket.join("online")).is_some_and(|online| online > 0);
    let statuses: Vec<_> = batteries.iter().map(|battery| word(battery, "status")).collect();
    let is_any = |wanted: &[&str]| statuses.iter().any(|status| wanted.contains(&status.as_str()));
    if batteries.is_empty() || sockets.iter().any(is_plugged_in) {
        Power::Mains
    } else if is_any(&["Discharging"]) {
        Power::Battery(charge(files, &batteries))
    } else if is_any(&["Charging", "Full", "Not charging"]) {
        Power::Mains
    } else {
        Power::Unknown
    }
}

/// Per cent that are left, over all batteries that tell.
fn charge(files: Files<'_>, batteries: &[&Path]) -> Option<u8> {
    let charge = |battery: &&Path| files.number(battery.join("capacity")).filter(|charge| *charge <= 100);
    let charges: Vec<_> = batteries.iter().filter_map(charge).collect();
    let mean = charges.iter().sum::<u64>().checked_div(charges.len() as u64)?;
    u8::try_from(mean).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::detect::linux::testing::Machine;

    /// What is found with these supplies, each a name with its files.
    fn with(supplies: &[(&str, &[(&str, &str)])]) -> Power {
        let machine = Machine::with(&[]);
        machine.make_folder(SUPPLIES);
        for (name, files) in supplies {
            for (file, text) in *files {
                machine.write(&format!("{SUPPLIES}/{name}/{file}"), text);
            }
        }
        power(machine.files())
    }

    #[test]
    fn a_socket_feeds_before_a_battery() {
        let socket = |online| [("type", "Mains\n"), ("online", online)];
        let battery = |status| [("type", "Battery\n"), ("status", status), ("capacity", "63\n")];
        let both = |online, status| with(&[("AC", &socket(online)), ("BAT0", &battery(status))]);
        assert_eq!(both("0\n", "Discharging\n"), Power::Battery(Some(63)));
        assert_eq!(both("1\n", "Charging\n"), Power::Mains);
        assert_eq!(both("1\n", "Discharging\n"), Power::Mains, "a weak charger");
        assert_eq!(both("0\n", "Unknown\n"), Power::Unknown);
        assert_eq!(with(&[("BAT0", &battery("Discharging\n"))]), Power::Battery(Some(63)));
        assert_eq!(with(&[("BAT0", &battery("Not charging\n"))]), Power::Mains);
    }

    #[test]
    fn a_machine_without_a_battery_of_its_own_is_on_mains() {
        assert_eq!(with(&[]), Power::Mains);
        let mouse = [("type", "Battery\n"), ("scope", "Device\n"), ("status", "Discharging\n")];
        assert_eq!(with(&[("hidpp_battery_0", &mouse)]), Power::Mains);
        assert_eq!(power(Machine::with(&[]).files()), Power::Unknown, "nothing is told");
    }

    #[test]
    fn two_batteries_are_one() {
        let battery = |status, capacity| [("type", "Battery\n"), ("status", status), ("capacity", capacity)];
        let (first, second) = (battery("Discharging\n", "20\n"), battery("Not charging\n", "81\n"));
        assert_eq!(with(&[("BAT0", &first), ("BAT1", &second)]), Power::Battery(Some(50)));
        for capacity in ["", "x", "-3", "101", "99999999999999999999"] {
            let first = battery("Discharging\n", capacity);
            assert_eq!(with(&[("BAT0", &first)]), Power::Battery(None), "{capacity:?}");
        }
    }
}
