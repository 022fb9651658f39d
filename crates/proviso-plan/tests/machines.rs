//! What is found on machines whose answers were recorded, and on this one.

use std::{
    fs,
    path::{Path, PathBuf},
    thread,
};

use proviso_plan::{GpuKind, Hardware, Power, Probe};
use serde::de::DeserializeOwned;

const MACHINES: [&str; 6] =
    ["apple-m", "avx-vnni-laptop", "container-2gb", "desktop-8gb-gpu", "office-pc", "server-80gb-gpu"];

fn folder(machine: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/machines").join(machine)
}

fn recorded<T: DeserializeOwned>(machine: &str, name: &str) -> T {
    let path = folder(machine).join(name);
    let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn found(machine: &str) -> Hardware {
    let kernels: Vec<String> = recorded(machine, "kernels.json");
    let kernels: Vec<_> = kernels.iter().map(String::as_str).collect();
    Hardware::detect(&Probe::recorded(&folder(machine), &kernels, Some(Path::new("models"))))
}

#[test]
fn what_is_found_is_what_was_expected() {
    for machine in MACHINES {
        let found = found(machine);
        let expected: Hardware = recorded(machine, "hardware.json");
        assert_eq!(
            found,
            expected,
            "{machine} was found as\n{}",
            serde_json::to_string_pretty(&found).unwrap()
        );
    }
}

#[test]
fn every_recorded_machine_is_looked_at() {
    let mut names: Vec<_> =
        fs::read_dir(folder("")).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    names.sort_unstable();
    assert_eq!(names, MACHINES);
}

#[test]
fn a_driver_that_does_not_answer_leaves_its_card_named_only() {
    let machine = tempfile::tempdir().unwrap();
    let card = machine.path().join("sys/class/drm/card0/device");
    fs::create_dir_all(&card).unwrap();
    fs::write(card.join("vendor"), "0x10de\n").unwrap();
    fs::write(card.join("device"), "0x2484\n").unwrap();
    for answer in ["", "null", "{}", "[1", "{\"cards\": 5}"] {
        fs::write(machine.path().join("nvml.json"), answer).unwrap();
        let gpus = Hardware::detect(&Probe::recorded(machine.path(), &[], None)).gpus;
        let [gpu] = gpus.as_slice() else { panic!("{answer:?}: {gpus:?}") };
        assert_eq!((gpu.kind, gpu.memory_mb), (GpuKind::Other, None), "{answer:?}");
        assert_eq!(gpu.name, "NVIDIA graphics adapter [10de:2484]");
    }
}

#[test]
fn a_laptop_with_two_has_nvidias_first() {
    let machine = tempfile::tempdir().unwrap();
    for (card, vendor, boots) in [("card0", "0x8086\n", "1\n"), ("card1", "0x10de\n", "0\n")] {
        let card = machine.path().join("sys/class/drm").join(card).join("device");
        fs::create_dir_all(&card).unwrap();
        fs::write(card.join("vendor"), vendor).unwrap();
        fs::write(card.join("boot_vga"), boots).unwrap();
    }
    fs::copy(folder("desktop-8gb-gpu").join("nvml.json"), machine.path().join("nvml.json")).unwrap();
    let gpus = Hardware::detect(&Probe::recorded(machine.path(), &[], None)).gpus;
    let kinds: Vec<_> = gpus.iter().map(|gpu| (gpu.kind, gpu.index)).collect();
    assert_eq!(kinds, [(GpuKind::Nvidia, 0), (GpuKind::Other, 0)]);
}

#[test]
fn this_machine_is_found_as_it_is() {
    let models = tempfile::tempdir().unwrap();
    let probe = Probe::this_machine(&["portable", "avx2"], Some(models.path()));
    let Hardware { cpu, memory, disk, power, gpus } = Hardware::detect(&probe);
    assert_eq!(cpu.available_threads, thread::available_parallelism().unwrap().get());
    assert!(cpu.performance_cores >= 1 && cpu.performance_cores <= cpu.physical_cores);
    assert!(cpu.physical_cores <= cpu.available_threads);
    assert_eq!(cpu.kernels, ["portable", "avx2"]);
    assert!(memory.total_mb > 0 && memory.available_mb > 0 && memory.available_mb <= memory.total_mb);
    assert!(memory.usable_mb() <= memory.available_mb);
    let disk = disk.unwrap();
    assert!(disk.free_mb > 0 && disk.folder == models.path() && disk.read_mb_per_s.is_none());
    assert!(!matches!(power, Power::Battery(Some(101..))));
    assert!(gpus.iter().skip_while(|gpu| gpu.kind != GpuKind::Other).all(|gpu| gpu.kind == GpuKind::Other));
}

/// The files tell what the standard library counts, so recorded machines are counted as it would.
#[test]
#[cfg(target_os = "linux")]
fn this_machines_files_tell_the_same_threads_as_the_standard_library() {
    let cpu = Hardware::detect(&Probe::recorded(Path::new("/"), &[], None)).cpu;
    assert_eq!(cpu.available_threads, thread::available_parallelism().unwrap().get());
}
