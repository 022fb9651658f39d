//! The logical processors that this process may use, and the cores that they belong to.

use std::{collections::BTreeSet, path::PathBuf};

use super::{
    cpu_list::CpuList,
    files::{Files, value_in},
};

/// A logical processor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct LogicalCpu {
    /// Its number.
    pub(super) number: u64,
    /// What its core is told from others by; processors of one core have the same.
    pub(super) core: String,
}

/// The logical processors that this process may use; none where Linux does not tell.
pub(super) fn usable(files: Files<'_>) -> Vec<LogicalCpu> {
    let status = files.text("/proc/self/status").unwrap_or_default();
    let allowed = value_in(&status, "Cpus_allowed_list").and_then(CpuList::parse);
    let all = files.text("/proc/cpuinfo").map(|text| listed(files, &text)).unwrap_or_default();
    all.into_iter().filter(|cpu| allowed.as_ref().is_none_or(|list| list.contains(cpu.number))).collect()
}

/// How many cores these processors belong to.
pub(super) fn cores<'a>(cpus: impl IntoIterator<Item = &'a LogicalCpu>) -> usize {
    cpus.into_iter().map(|cpu| cpu.core.as_str()).collect::<BTreeSet<_>>().len()
}

/// Those of the processors whose cores are built for speed, or all where there are cores of one kind only.
///
/// 1. Intel's hybrids: those listed in `/sys/devices/cpu_core`.
/// 2. ARM's: those that compute more than half as much as the strongest.
pub(super) fn built_for_speed<'a>(files: Files<'_>, cpus: &'a [LogicalCpu]) -> Vec<&'a LogicalCpu> {
    let intel = files.text("/sys/devices/cpu_core/cpus").and_then(|text| CpuList::parse(&text));
    let capacity = |cpu: &LogicalCpu| files.number(folder(cpu.number).join("cpu_capacity")).unwrap_or(0);
    let strongest = cpus.iter().map(capacity).max().unwrap_or(0);
    let is_fast = |cpu: &&LogicalCpu| match &intel {
        Some(list) => list.contains(cpu.number),
        None => capacity(cpu) > strongest / 2,
    };
    let fast: Vec<_> = cpus.iter().filter(is_fast).collect();
    if fast.is_empty() { cpus.iter().collect() } else { fast }
}

/// Where Linux tells of a logical processor.
pub(super) fn folder(number: u64) -> PathBuf {
    format!("/sys/devices/system/cpu/cpu{number}").into()
}

/// The processors of `/proc/cpuinfo`. On x86 it tells their cores too; elsewhere another file does.
fn listed(files: Files<'_>, cpuinfo: &str) -> Vec<LogicalCpu> {
    let cpu = |block: &str| {
        let number = value_in(block, "processor")?.parse().ok()?;
        let in_block =
            || Some(format!("{} {}", value_in(block, "physical id")?, value_in(block, "core id")?));
        let siblings = || files.text(folder(number).join("topology/thread_siblings_list"));
        let core = in_block().or_else(siblings).unwrap_or_else(|| number.to_string());
        Some(LogicalCpu { number, core })
    };
    cpuinfo.split("\n\n").filter_map(cpu).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::detect::linux::testing::Machine;

    const ARM: &str = "BogoMIPS\t: 108.00\nFeatures\t: fp asimd asimddp\nCPU implementer\t: 0x41\n";

    fn arm(capacities: &[u64]) -> Machine {
        let blocks = (0..capacities.len()).map(|number| format!("processor\t: {number}\n{ARM}\n"));
        let machine = Machine::with(&[("/proc/cpuinfo", &blocks.collect::<String>())]);
        for (number, capacity) in capacities.iter().enumerate() {
            let folder = format!("/sys/devices/system/cpu/cpu{number}");
            machine.write(&format!("{folder}/cpu_capacity"), format!("{capacity}\n"));
            machine.write(&format!("{folder}/topology/thread_siblings_list"), format!("{number}\n"));
        }
        machine
    }

    #[test]
    fn arm_cores_are_told_apart_by_what_they_compute() {
        for (capacities, fast) in [
            (&[1024, 1024, 1024, 1024][..], 4),
            (&[397, 397, 397, 397, 1024, 1024, 1024, 1024], 4),
            (&[279, 279, 279, 279, 905, 905, 905, 1024], 4),
            (&[0, 0], 2),
        ] {
            let machine = arm(capacities);
            let cpus = usable(machine.files());
            assert_eq!((cpus.len(), cores(&cpus)), (capacities.len(), capacities.len()));
            assert_eq!(cores(built_for_speed(machine.files(), &cpus)), fast, "{capacities:?}");
        }
    }

    #[test]
    fn siblings_share_a_core() {
        let machine = arm(&[1024; 4]);
        for number in 0..4 {
            let siblings = if number < 2 { "0-1" } else { "2-3" };
            let folder = format!("/sys/devices/system/cpu/cpu{number}/topology");
            machine.write(&format!("{folder}/thread_siblings_list"), siblings);
        }
        assert_eq!(cores(&usable(machine.files())), 2);
    }

    #[test]
    fn the_affinity_takes_processors_away() {
        let machine = arm(&[397, 397, 1024, 1024]);
        machine.write("/proc/self/status", "Name:\tproviso\nCpus_allowed:\t3\nCpus_allowed_list:\t0-1\n");
        let cpus = usable(machine.files());
        assert_eq!(cpus.iter().map(|cpu| cpu.number).collect::<Vec<_>>(), [0, 1]);
        assert_eq!(built_for_speed(machine.files(), &cpus).len(), 2);
    }
}
