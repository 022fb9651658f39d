//! Files that are missing, empty, or not what they should be.

use super::{look, testing::Machine};
use crate::{detect::Found, hardware::Power};

const READ: [&str; 22] = [
    "/proc/cpuinfo",
    "/proc/meminfo",
    "/proc/self/cgroup",
    "/proc/self/limits",
    "/proc/self/mountinfo",
    "/proc/self/status",
    "/sys/class/drm/card0/device/boot_vga",
    "/sys/class/drm/card0/device/device",
    "/sys/class/drm/card0/device/mem_info_vram_total",
    "/sys/class/drm/card0/device/mem_info_vram_used",
    "/sys/class/drm/card0/device/vendor",
    "/sys/class/power_supply/BAT0/capacity",
    "/sys/class/power_supply/BAT0/status",
    "/sys/class/power_supply/BAT0/type",
    "/sys/devices/cpu_core/cpus",
    "/sys/devices/system/cpu/cpu0/cache/index2/level",
    "/sys/devices/system/cpu/cpu0/cache/index2/size",
    "/sys/devices/system/cpu/cpu0/cpu_capacity",
    "/sys/fs/cgroup/cpu.max",
    "/sys/fs/cgroup/memory.current",
    "/sys/fs/cgroup/memory.max",
    "/sys/fs/cgroup/memory.stat",
];

/// What holds of every machine.
fn assert_sensible(found: &Found, of: &str) {
    let Found { cpu, memory, power, .. } = found;
    assert!(cpu.performance_cores >= 1 && cpu.performance_cores <= cpu.physical_cores, "{of}: {cpu:?}");
    assert!(cpu.physical_cores <= cpu.available_threads, "{of}: {cpu:?}");
    assert!(memory.available_mb <= memory.total_mb, "{of}: {memory:?}");
    assert!(!matches!(power, Power::Battery(Some(101..))), "{of}: {power:?}");
}

#[test]
fn a_machine_that_tells_nothing_has_one_core() {
    let found = look(Machine::with(&[]).root(), None);
    assert_sensible(&found, "nothing");
    let Found { cpu, memory, power, adapters } = found;
    assert_eq!((cpu.physical_cores, cpu.performance_cores, cpu.available_threads), (1, 1, 1));
    assert_eq!((cpu.name.as_str(), memory.total_mb, memory.limit_mb), ("", 0, None));
    assert!(power == Power::Unknown && adapters.is_empty());
}

#[test]
fn rubbish_in_every_file_does_no_harm() {
    let texts: [&[u8]; 12] = [
        b"",
        b"\n\n\n",
        b"max",
        b"-1",
        b"0",
        b"18446744073709551615",
        b"99999999999999999999999999",
        b"0-18446744073709551615",
        b"\xff\xfe\x00\x80:\xc3\x28",
        b"MemTotal: kB\nMemAvailable: 18446744073709551615 kB\nMax address space -1\nVmSize: x kB\n",
        b"processor : 18446744073709551615\nprocessor : 0\n\nphysical id:\ncore id:\n\nprocessor\n",
        b"0::/\n1:memory:/..\n0::\n36 1 0:1 / / - cgroup2\n: - : - :\n0 K\nDischarging Battery\n",
    ];
    for text in texts {
        let machine = Machine::with(&[]);
        for path in READ {
            machine.write(path, text);
        }
        assert_sensible(&look(machine.root(), None), &String::from_utf8_lossy(text));
    }
}

#[test]
fn folders_in_place_of_files_do_no_harm() {
    let machine = Machine::with(&[]);
    for path in READ {
        machine.make_folder(path);
    }
    assert_sensible(&look(machine.root(), None), "folders");
}

#[test]
fn a_count_of_threads_bounds_the_cores() {
    let blocks = (0..8).map(|cpu| format!("processor : {cpu}\nphysical id : 0\ncore id : {cpu}\n\n"));
    let machine = Machine::with(&[("/proc/cpuinfo", &blocks.collect::<String>())]);
    for (threads, cores) in [(Some(3), 3), (Some(0), 1), (None, 8), (Some(usize::MAX), 8)] {
        let cpu = look(machine.root(), threads).cpu;
        assert_eq!((cpu.physical_cores, cpu.performance_cores), (cores, cores), "{threads:?}");
    }
}
