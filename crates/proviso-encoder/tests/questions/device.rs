//! Packed models on a device give what they give on the processor, wherever their layers lie: on candle's CPU device, or on the
//! one that `PROVISO_TEST_DEVICE` names.

use std::{
    fs,
    sync::atomic::{AtomicUsize, Ordering},
};

use proviso_encoder::{
    BatchEncoder, Cancelled, ComputeDevice, Device, DeviceError, DeviceModel, DeviceOffload, EncoderError,
    ModelFolder, Pass, Precision, TextTokenizer,
};

use crate::expected::{FOLDERS, Window, between, expected, largest_difference, pack};

fn device() -> ComputeDevice {
    let named = std::env::var("PROVISO_TEST_DEVICE").ok().map(|name| name.parse().unwrap());
    ComputeDevice::open(named.unwrap_or(Device::Cpu)).unwrap()
}

fn spread(folder: &ModelFolder, precision: Precision, offload: DeviceOffload) -> DeviceModel {
    let tokenizer = TextTokenizer::load(folder).unwrap();
    DeviceModel::load_spread(folder, &tokenizer, &device(), precision, offload).unwrap()
}

/// Two layers: both on the device, one there and one in main memory or on the disk, and neither there.
const PLACES: [DeviceOffload; 5] = [
    DeviceOffload { on_device: 2, resident: 0, at_once: 100 },
    DeviceOffload { on_device: 1, resident: 1, at_once: 2 },
    DeviceOffload { on_device: 1, resident: 0, at_once: 3 },
    DeviceOffload { on_device: 0, resident: 1, at_once: 1 },
    DeviceOffload { on_device: 0, resident: 0, at_once: 100 },
];

#[test]
fn layers_anywhere_give_the_logits_of_the_reference_implementation() {
    for name in FOLDERS {
        let pairs = expected(name).pairs;
        let windows: Vec<&Window> = pairs.iter().flat_map(|pair| &pair.windows).collect();
        let passes: Vec<Pass<'_>> = windows.iter().map(|window| window.pass(between(name))).collect();
        for (precision, tolerance) in [(Precision::F32, 1e-4), (Precision::F16, 0.05)] {
            let (_kept, folder) = pack(name, precision);
            let mut worst = 0.0_f32;
            for offload in PLACES {
                let model = spread(&folder, precision, offload);
                // The second time begins where the first has read ahead to.
                for _ in 0..2 {
                    let found = model.logits(&passes, &|| false).unwrap().unwrap();
                    assert_eq!(found.len(), windows.len());
                    for (found, window) in found.iter().zip(&windows) {
                        worst = worst.max(largest_difference(found, &window.logits()));
                    }
                }
            }
            println!("{name} in {precision}: largest difference {worst:.1e}");
            assert!(worst < tolerance, "{name} in {precision}: {worst}");
        }
    }
}

#[test]
fn a_packed_model_is_loaded_whole_as_one_in_a_single_file_is() {
    let (_kept, folder) = pack("bert-safetensors", Precision::F32);
    let tokenizer = TextTokenizer::load(&folder).unwrap();
    let model = DeviceModel::load(&folder, &tokenizer, &device(), Precision::F32).unwrap();
    let pairs = expected("bert-safetensors").pairs;
    let window = &pairs[0].windows[0];
    let found = model.logits(&[window.pass(1)], &|| false).unwrap().unwrap();
    assert!(largest_difference(&found[0], &window.logits()) < 1e-4);
    let other = DeviceModel::load(&folder, &tokenizer, &device(), Precision::F16).err().unwrap();
    assert!(matches!(other, DeviceError::Failed(EncoderError::PackedOtherwise { .. })), "{other}");
}

#[test]
fn a_cancelled_batch_ends_between_layers_and_the_next_one_is_right() {
    let name = "deberta-v2-sharded";
    let pairs = expected(name).pairs;
    let passes: Vec<Pass<'_>> =
        pairs.iter().flat_map(|pair| &pair.windows).map(|window| window.pass(between(name))).collect();
    let (_kept, folder) = pack(name, Precision::F32);
    for offload in PLACES {
        let model = spread(&folder, Precision::F32, offload);
        let whole = model.logits(&passes, &|| false).unwrap().unwrap();
        for after in [0, 1] {
            let asked = AtomicUsize::new(0);
            let is_cancelled = || asked.fetch_add(1, Ordering::Relaxed) >= after;
            assert_eq!(model.logits(&passes, &is_cancelled).unwrap(), Err(Cancelled));
            assert_eq!(model.logits(&passes, &|| false).unwrap().unwrap(), whole);
        }
    }
}

#[test]
fn a_changed_layer_is_named() {
    let (kept, folder) = pack("bert-safetensors", Precision::F32);
    let file = kept.path().join("layer-001.safetensors");
    let mut damaged = fs::read(&file).unwrap();
    let last = damaged.len() - 5;
    damaged[last] ^= 0x40;
    fs::write(&file, &damaged).unwrap();
    let tokenizer = TextTokenizer::load(&folder).unwrap();
    let pairs = expected("bert-safetensors").pairs;
    let passes = [pairs[0].windows[0].pass(1)];
    for offload in PLACES {
        let model = DeviceModel::load_spread(&folder, &tokenizer, &device(), Precision::F32, offload);
        let error = match model {
            Ok(model) => model.logits(&passes, &|| false).err(),
            Err(error) => Some(error),
        };
        match error {
            Some(DeviceError::Failed(EncoderError::HashMismatch { path, .. })) => assert_eq!(path, file),
            other => panic!("{offload:?}: {other:?}"),
        }
    }
}
