//! The weights of a stranger's model: safetensors, PyTorch's pickles or an index of several files, by what the bytes look like.
#![no_main]

mod folder;

use libfuzzer_sys::fuzz_target;
use proviso_encoder::Source;

fuzz_target!(|data: &[u8]| {
    let name = match data {
        [b'P', b'K', ..] => "pytorch_model.bin",
        [b'{', ..] => "model.safetensors.index.json",
        _ => "model.safetensors",
    };
    let folder = folder::with(&[(name, data)]);
    let Ok(source) = Source::open(folder.path()) else { return };
    let names: Vec<String> = source.tensors().map(|(name, _)| name.to_owned()).collect();
    for name in names {
        let _ = source.whole(&name);
        if let Some(tensor) = source.tensor(&name) {
            let _ = source.rows(&name, tensor.rows() / 2..tensor.rows(), &mut Vec::new());
        }
    }
    let _ = source.encoder_prefix();
});
