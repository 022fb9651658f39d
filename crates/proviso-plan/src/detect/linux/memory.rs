//! Main memory.

use super::{
    cgroup::{self, Group, Version},
    files::{Files, value_in},
};
use crate::{
    detect::units::{kibibytes, megabytes},
    hardware::Memory,
};

/// Main memory, with the tightest of the limits on this process.
pub(super) fn memory(files: Files<'_>) -> Memory {
    let meminfo = files.text("/proc/meminfo").unwrap_or_default();
    let bytes = |name: &str| kilobytes_in(&meminfo, name).map(kibibytes);
    let total = bytes("MemTotal").unwrap_or(0);
    // Linux tells what is available since 3.14; before that, roughly this.
    let roughly = || {
        ["MemFree", "Buffers", "Cached"].iter().filter_map(|name| bytes(name)).fold(0, u64::saturating_add)
    };
    let available = bytes("MemAvailable").unwrap_or_else(roughly).min(total);
    let groups = cgroup::groups(files, "memory");
    let limits = groups.iter().filter_map(|group| left_in_group(files, group, total));
    let limit = limits.chain(left_in_address_space(files)).min();
    Memory { total_mb: megabytes(total), available_mb: megabytes(available), limit_mb: limit.map(megabytes) }
}

/// The number of a line such as `MemTotal:  8042488 kB`.
fn kilobytes_in(text: &str, name: &str) -> Option<u64> {
    value_in(text, name)?.strip_suffix("kB")?.trim().parse().ok()
}

/// The names of a group's files, which differ between the versions.
struct Names {
    /// Limits. Beyond the second of them a process is not ended, but slowed down to a crawl.
    limits: &'static [&'static str],
    taken: &'static str,
    /// Lines of `memory.stat`: what is taken but can be had back without swapping.
    to_be_had_back: &'static [&'static str],
}

const OF_VERSION_1: Names = Names {
    limits: &["memory.limit_in_bytes"],
    taken: "memory.usage_in_bytes",
    to_be_had_back: &["total_inactive_file", "total_active_file"],
};

const OF_VERSION_2: Names = Names {
    limits: &["memory.max", "memory.high"],
    taken: "memory.current",
    to_be_had_back: &["inactive_file", "active_file", "slab_reclaimable"],
};

/// Bytes that may still be taken in a group; `None` if it has no limit below what is built in.
fn left_in_group(files: Files<'_>, group: &Group, total: u64) -> Option<u64> {
    let names = match group.version {
        Version::One => OF_VERSION_1,
        Version::Two => OF_VERSION_2,
    };
    let limits = names.limits.iter().filter_map(|name| files.number(group.folder.join(name)));
    // A total of 0 is unknown.
    let limit = limits.filter(|limit| total == 0 || *limit < total).min()?;
    let taken = files.number(group.folder.join(names.taken)).unwrap_or(0);
    let stat = files.text(group.folder.join("memory.stat")).unwrap_or_default();
    let to_be_had_back = names.to_be_had_back.iter().filter_map(|name| value_in(&stat, name)?.parse().ok());
    let held = taken.saturating_sub(to_be_had_back.fold(0, u64::saturating_add));
    Some(limit.saturating_sub(held))
}

/// Bytes that this process may still take by its own limit (`ulimit -v`); `None` if it has none.
fn left_in_address_space(files: Files<'_>) -> Option<u64> {
    let limits = files.text("/proc/self/limits")?;
    let limit: u64 = value_in(&limits, "Max address space")?.split_whitespace().next()?.parse().ok()?;
    let status = files.text("/proc/self/status").unwrap_or_default();
    Some(limit.saturating_sub(kilobytes_in(&status, "VmSize").map_or(0, kibibytes)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::detect::linux::testing::Machine;

    const MEMINFO: &str = "MemTotal:        8000000 kB\nMemFree:         1000000 kB\nMemAvailable:    5000000 kB\n\
                           Buffers:          100000 kB\nCached:          2000000 kB\nSwapCached:            0 kB\n";

    fn limit(files: &[(&str, &str)]) -> Option<u64> {
        let machine = Machine::with(&[("/proc/meminfo", MEMINFO)]);
        for (path, text) in files {
            machine.write(path, text);
        }
        memory(machine.files()).limit_mb
    }

    #[test]
    fn what_is_available_is_told_or_reckoned() {
        let machine = Machine::with(&[("/proc/meminfo", MEMINFO)]);
        let expected = Memory { total_mb: 8_192, available_mb: 5_120, limit_mb: None };
        assert_eq!(memory(machine.files()), expected);
        machine.write("/proc/meminfo", MEMINFO.replace("MemAvailable", "MemOld"));
        assert_eq!(memory(machine.files()).available_mb, 3_174);
    }

    #[test]
    fn the_tightest_group_decides_and_its_file_cache_can_be_had_back() {
        let own = [
            ("/proc/self/cgroup", "0::/a/b\n"),
            ("/sys/fs/cgroup/a/b/memory.max", "max\n"),
            ("/sys/fs/cgroup/a/b/memory.high", "max\n"),
            ("/sys/fs/cgroup/a/b/memory.current", "700000000\n"),
        ];
        assert_eq!(limit(&own), None);
        let above = [
            ("/sys/fs/cgroup/a/memory.max", "2000000000\n"),
            ("/sys/fs/cgroup/a/memory.current", "900000000\n"),
            ("/sys/fs/cgroup/a/memory.stat", "anon 500\ninactive_file 300000000\nactive_file 100000000\n"),
        ];
        assert_eq!(limit(&[&own[..], &above].concat()), Some(1_500));
        let slowed_down = [("/sys/fs/cgroup/a/memory.high", "1000000000\n")];
        assert_eq!(limit(&[&own[..], &above, &slowed_down].concat()), Some(500));
        let full = [("/sys/fs/cgroup/a/memory.current", "5000000000\n")];
        assert_eq!(limit(&[&own[..], &above, &full].concat()), Some(0));
    }

    #[test]
    fn the_older_tree_is_read_too() {
        let group = |limit: &'static str| {
            [
                ("/proc/self/cgroup", "5:memory:/docker/abc\n"),
                ("/sys/fs/cgroup/memory/docker/abc/memory.limit_in_bytes", limit),
                ("/sys/fs/cgroup/memory/docker/abc/memory.usage_in_bytes", "600000000\n"),
                (
                    "/sys/fs/cgroup/memory/docker/abc/memory.stat",
                    "inactive_file 1\ntotal_inactive_file 200000000\n",
                ),
            ]
        };
        assert_eq!(limit(&group("1000000000\n")), Some(600));
        assert_eq!(limit(&group("9223372036854771712\n")), None);
    }

    #[test]
    fn a_limit_on_addresses_counts_from_what_is_mapped() {
        let limits = "Limit                     Soft Limit           Hard Limit           Units     \n\
                      Max address space         1000000000           unlimited            bytes     \n";
        let status = ("/proc/self/status", "VmPeak:\t  300000 kB\nVmSize:\t  100000 kB\n");
        assert_eq!(limit(&[("/proc/self/limits", limits), status]), Some(897));
        let unlimited = limits.replace("1000000000", "unlimited ");
        assert_eq!(limit(&[("/proc/self/limits", &unlimited), status]), None);
    }
}
