//! Graphics adapters.

use std::path::Path;

use super::files::Files;
use crate::detect::{adapter::Adapter, units::megabytes};

const NVIDIA: &str = "0x10de";
const INTEL: &str = "0x8086";

/// Makers of graphics adapters by their numbers on the PCI bus.
const MAKERS: [(&str, &str); 9] = [
    (NVIDIA, "NVIDIA"),
    (INTEL, "Intel"),
    ("0x1002", "AMD"),
    ("0x1a03", "ASPEED"),
    ("0x102b", "Matrox"),
    ("0x15ad", "VMware"),
    ("0x1af4", "virtio"),
    ("0x1234", "QEMU"),
    ("0x80ee", "VirtualBox"),
];

/// The adapters on the PCI bus, the one that the machine starts up with first.
pub(super) fn adapters(files: Files<'_>) -> Vec<Adapter> {
    let cards = files.entries("/sys/class/drm").unwrap_or_default();
    let mut devices: Vec<_> =
        cards.iter().filter(|card| is_card(card)).map(|card| card.join("device")).collect();
    devices.sort_by_key(|device| files.number(device.join("boot_vga")) != Some(1));
    devices.iter().filter_map(|device| adapter(files, device)).collect()
}

/// Whether it is a card, as `card0`, not one of its sockets, as `card0-DP-1`.
fn is_card(path: &Path) -> bool {
    let number = path.file_name().and_then(|name| name.to_str()?.strip_prefix("card"));
    number.is_some_and(|number| !number.is_empty() && number.bytes().all(|digit| digit.is_ascii_digit()))
}

fn adapter(files: Files<'_>, device: &Path) -> Option<Adapter> {
    let maker_number = files.text(device.join("vendor"))?;
    let number = files.text(device.join("device")).unwrap_or_default();
    let maker = MAKERS.iter().find(|(number, _)| *number == maker_number).map(|(_, maker)| *maker);
    let without_0x = |number: &str| number.trim_start_matches("0x").to_owned();
    let numbers = format!("[{}:{}]", without_0x(&maker_number), without_0x(&number));
    let mut adapter = Adapter::named(format!("{} graphics adapter {numbers}", maker.unwrap_or("Unknown")));
    adapter.is_nvidia = maker_number == NVIDIA;
    // AMD's driver alone tells of its memory.
    let total = files.number(device.join("mem_info_vram_total"));
    let used = files.number(device.join("mem_info_vram_used"));
    adapter.gpu.memory_mb = total.map(megabytes);
    adapter.gpu.free_mb = total.zip(used).map(|(total, used)| megabytes(total.saturating_sub(used)));
    adapter.gpu.unified_memory = maker_number == INTEL && is_built_in(files, device);
    Some(adapter)
}

/// Whether an adapter of Intel's is part of the processor: then it is at the same place on every machine.
fn is_built_in(files: Files<'_>, device: &Path) -> bool {
    let tells = files.text(device.join("uevent")).unwrap_or_default();
    tells.lines().any(|line| line == "PCI_SLOT_NAME=0000:00:02.0")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::detect::linux::testing::Machine;

    fn found(files: &[(&str, &str)]) -> Vec<Adapter> {
        let machine = Machine::with(&[]);
        for (path, text) in files {
            machine.write(&format!("/sys/class/drm/{path}"), text);
        }
        adapters(machine.files())
    }

    #[test]
    fn an_amd_card_tells_of_its_memory() {
        let found = found(&[
            ("card1/device/vendor", "0x1002\n"),
            ("card1/device/device", "0x744c\n"),
            ("card1/device/mem_info_vram_total", "25753026560\n"),
            ("card1/device/mem_info_vram_used", "1073741824\n"),
            ("card1-DP-1/status", "connected\n"),
            ("renderD128/dev", "226:128\n"),
        ]);
        let [Adapter { gpu, is_nvidia: false }] = found.as_slice() else {
            panic!("{} adapters", found.len())
        };
        assert_eq!(gpu.name, "AMD graphics adapter [1002:744c]");
        assert_eq!((gpu.memory_mb, gpu.free_mb, gpu.unified_memory), (Some(25_753), Some(24_679), false));
    }

    #[test]
    fn intels_own_memory_is_told_from_the_processors() {
        let built_in = |place: &str| {
            let uevent = format!("DRIVER=i915\nPCI_CLASS=30000\nPCI_SLOT_NAME={place}\n");
            let files = [("card0/device/vendor", "0x8086\n"), ("card0/device/uevent", uevent.as_str())];
            found(&files)[0].gpu.unified_memory
        };
        assert_eq!((built_in("0000:00:02.0"), built_in("0000:03:00.0")), (true, false));
    }

    #[test]
    fn the_adapter_of_the_start_is_first() {
        let found = found(&[
            ("card0/device/vendor", "0x10de\n"),
            ("card0/device/boot_vga", "0\n"),
            ("card1/device/vendor", "0xabcd"),
            ("card1/device/boot_vga", "1\n"),
            ("card2/device/uevent", "DRIVER=no-pci\n"),
        ]);
        let names: Vec<_> = found.iter().map(|adapter| adapter.gpu.name.as_str()).collect();
        assert_eq!(names, ["Unknown graphics adapter [abcd:]", "NVIDIA graphics adapter [10de:]"]);
    }
}
