//! Logits beside those of transformers.

use proviso_encoder::{Encoder, Precision, ProcessorModel, TextTokenizer};

use crate::expected::{FOLDERS, between, expected, largest_difference, pack};

#[test]
fn logits_equal_those_of_the_reference_implementation() {
    for name in FOLDERS {
        for (precision, tolerance) in [(Precision::F32, 1e-4), (Precision::F16, 0.05)] {
            let (_kept, folder) = pack(name, precision);
            let tokenizer = TextTokenizer::load(&folder).unwrap();
            let model = ProcessorModel::load(&folder, &tokenizer, precision).unwrap();
            let (mut worst, mut windows) = (0.0_f32, 0);
            for window in expected(name).pairs.iter().flat_map(|pair| &pair.windows) {
                let pass = window.pass(between(name));
                let logits = model.logits(pass, 1).unwrap();
                worst = worst.max(largest_difference(&logits, &window.logits()));
                assert_eq!(model.logits(pass, 3).unwrap(), logits, "threads that share the window");
                windows += 1;
            }
            println!("{name} in {precision}: {windows} windows, largest difference {worst:.1e}");
            assert!(windows >= 2 && worst < tolerance, "{name} in {precision}: {worst}");
        }
    }
}
