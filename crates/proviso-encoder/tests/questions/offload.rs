//! Models whose layers are partly on the disk give what they give in memory.

use std::{
    fs,
    sync::atomic::{AtomicUsize, Ordering},
};

use proviso_encoder::{
    Cancelled, Encoder, EncoderError, Logits, ModelFolder, OffloadSettings, OffloadedModel, OnDisk, Pass,
    PassReader, Passes, Precision, ProcessorModel, Schedule, TextTokenizer,
};

use crate::expected::{FOLDERS, between, expected, largest_difference, pack};

const TWO_WORKERS: Schedule = Schedule { workers: 2, stand_back: false };

/// Passes that are all there.
struct Listed<'a>(Vec<Pass<'a>>);

impl Passes for Listed<'_> {
    fn len(&self) -> usize {
        self.0.len()
    }

    fn get(&self, index: usize) -> Pass<'_> {
        self.0[index]
    }
}

fn offloaded(folder: &ModelFolder, resident: usize, group: usize) -> OffloadedModel {
    let tokenizer = TextTokenizer::load(folder).unwrap();
    OffloadedModel::load(folder, &tokenizer, OffloadSettings { resident, group }).unwrap()
}

fn on_two(model: &OffloadedModel) -> OnDisk<'_> {
    OnDisk { model, schedule: TWO_WORKERS }
}

fn read(model: &OnDisk<'_>, passes: &Listed<'_>) -> Vec<Logits> {
    let mut found = Vec::new();
    let mut take = |index: usize, logits: &Logits| {
        assert_eq!(index, found.len());
        found.push(logits.clone());
    };
    model.read(passes, &|| false, &mut take).unwrap().unwrap();
    found
}

#[test]
fn layers_on_the_disk_give_what_layers_in_memory_give() {
    for name in FOLDERS {
        let expected = expected(name);
        let windows: Vec<_> = expected.pairs.iter().flat_map(|pair| &pair.windows).collect();
        let passes = Listed(windows.iter().map(|window| window.pass(between(name))).collect());
        for precision in [Precision::F32, Precision::Int8, Precision::Int4] {
            let (_kept, folder) = pack(name, precision);
            let tokenizer = TextTokenizer::load(&folder).unwrap();
            let whole = ProcessorModel::load(&folder, &tokenizer, precision).unwrap();
            let expected: Vec<Logits> = passes.0.iter().map(|pass| whole.logits(*pass, 1).unwrap()).collect();
            for (resident, group, workers) in [(0, 1, 1), (0, 3, 2), (1, 2, 3), (2, 100, 2), (0, 100, 5)] {
                let schedule = Schedule { workers, stand_back: workers == 3 };
                let model = offloaded(&folder, resident, group);
                let model = OnDisk { model: &model, schedule };
                // The second time begins where the first has read ahead to.
                for _ in 0..2 {
                    let found = read(&model, &passes);
                    assert_eq!(found.len(), expected.len());
                    for (found, expected) in found.iter().zip(&expected) {
                        let difference = largest_difference(found, expected);
                        assert!(difference < 1e-5, "{name} in {precision}, {resident} stay: {difference}");
                    }
                }
            }
        }
    }
}

#[test]
fn a_cancelled_reading_ends_soon_and_the_next_one_is_right() {
    let name = "deberta-v2-sharded";
    let expected = expected(name);
    let windows: Vec<_> = expected.pairs.iter().flat_map(|pair| &pair.windows).collect();
    let passes = Listed(windows.iter().map(|window| window.pass(between(name))).collect());
    let (_kept, folder) = pack(name, Precision::F32);
    let model = offloaded(&folder, 0, 2);
    let model = on_two(&model);
    let whole = read(&model, &passes);
    for after in [0, 1, 3, 7] {
        let asked = AtomicUsize::new(0);
        let is_cancelled = || asked.fetch_add(1, Ordering::Relaxed) >= after;
        let outcome = model.read(&passes, &is_cancelled, &mut |_, _| {}).unwrap();
        assert_eq!(outcome, Err(Cancelled));
        assert_eq!(read(&model, &passes), whole);
    }
}

#[test]
fn a_layer_that_was_changed_or_is_missing_is_named() {
    let name = "bert-safetensors";
    let expected = expected(name);
    let passes = Listed(vec![expected.pairs[0].windows[0].pass(between(name))]);
    let (kept, folder) = pack(name, Precision::F32);
    let file = kept.path().join("layer-001.safetensors");
    let sound = fs::read(&file).unwrap();

    let mut damaged = sound.clone();
    let last = damaged.len() - 5;
    damaged[last] ^= 0x40;
    fs::write(&file, &damaged).unwrap();
    let model = offloaded(&folder, 0, 1);
    let model = on_two(&model);
    let error = model.read(&passes, &|| false, &mut |_, _| {}).unwrap_err();
    assert!(matches!(&error, EncoderError::HashMismatch { path, .. } if *path == file), "{error}");

    // As long as the model is loaded, the file may come back.
    fs::write(&file, &sound).unwrap();
    assert_eq!(read(&model, &passes).len(), 1);
    fs::remove_file(&file).unwrap();
    // What was read ahead is still right.
    let outcomes: Vec<_> = (0..3).map(|_| model.read(&passes, &|| false, &mut |_, _| {})).collect();
    let error = outcomes.into_iter().find_map(Result::err).unwrap();
    assert!(matches!(&error, EncoderError::Read { path, .. } if *path == file), "{error}");
}

#[test]
fn a_model_in_one_file_is_not_read_layer_by_layer() {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../models/proviso-mini");
    let folder = ModelFolder::open(&path).unwrap();
    let tokenizer = TextTokenizer::load(&folder).unwrap();
    let settings = OffloadSettings { resident: 0, group: 1 };
    let error = OffloadedModel::load(&folder, &tokenizer, settings).err().unwrap();
    assert!(error.to_string().contains("import it again"), "{error}");
}
