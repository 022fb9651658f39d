//! What a model needs is compared with what is there.

use proviso_encoder::Source;

use crate::{INTEGERS, SHAPES, folder, folder_with, safetensors};

#[test]
fn what_is_there_is_found() {
    let source = Source::open(&folder("bin-sharded")).unwrap();
    assert_eq!(source.encoder_prefix().unwrap(), "bert.");
    source.expect(SHAPES).unwrap();
    source.expect([]).unwrap();
}

#[test]
fn all_that_is_missing_or_wrong_is_said_at_once() {
    let source = Source::open(&folder("safetensors-sharded")).unwrap();
    let names: Vec<String> = (0..13).map(|at| format!("missing.{at}")).collect();
    let missing = names.iter().map(|name| (name.as_str(), &[1][..]));
    let wrong = [("scale", &[1][..]), (SHAPES[0].0, &[6, 11]), (INTEGERS, &[1, 8]), SHAPES[1]];
    let said = source.expect(missing.chain(wrong)).unwrap_err().to_string();
    for part in [
        "model.safetensors.index.json` is not usable: these tensors are missing: `missing.0`, `missing.1`, ",
        "`missing.9` and 3 more; these tensors are wrong: `scale` has the shape [] instead of [1], ",
        "`bert.embeddings.word_embeddings.weight` has the shape [11, 6] instead of [6, 11], ",
        "`bert.embeddings.position_ids` holds integers",
    ] {
        assert!(said.contains(part), "{part} is not in {said}");
    }
    assert!(!said.contains("missing.10") && !said.contains("LayerNorm"), "{said}");
}

#[test]
fn scattered_numbers_are_wrong() {
    let source = Source::open(&folder("bad-order")).unwrap();
    let said = source.expect([("x", &[2, 4, 3][..])]).unwrap_err().to_string();
    assert!(said.contains("`x` lies in the file by strides of [12, 1, 4]"), "{said}");
    assert!(source.whole("x").unwrap_err().to_string().contains("tensor `x` lies in the file by strides"));
}

#[test]
fn the_encoder_is_found_under_any_name() {
    let prefix = |names: &[&str]| {
        let entry =
            |name: &&str| format!(r#""{name}": {{"dtype": "F32", "shape": [0], "data_offsets": [0, 0]}}"#);
        let header = format!("{{{}}}", names.iter().map(entry).collect::<Vec<_>>().join(","));
        let folder = folder_with(&[("model.safetensors", &safetensors(&header, 0))]);
        let source = Source::open(folder.path()).unwrap();
        source.encoder_prefix().map(str::to_owned).map_err(|error| error.to_string())
    };
    assert_eq!(prefix(&["embeddings.word_embeddings.weight", "scale"]).unwrap(), "");
    assert_eq!(prefix(&["a.b.embeddings.word_embeddings.weight", "scale"]).unwrap(), "a.b.");
    assert!(prefix(&["my_embeddings.word_embeddings.weight"]).unwrap_err().contains("it has no tensor"));
    let two = prefix(&["a.embeddings.word_embeddings.weight", "b.embeddings.word_embeddings.weight"]);
    assert!(two.unwrap_err().contains("two encoders, under `a.` and `b.`"));
}
