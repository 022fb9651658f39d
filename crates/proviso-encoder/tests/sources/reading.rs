//! The same numbers come from every format and type, as a whole and in parts.

use std::ops::Range;

use proviso_encoder::{ElementType, Source};

use crate::{INTEGERS, SHAPES, TIED, copied, folder, folder_with, numbers, safetensors};

const FOLDERS: [(&str, ElementType); 11] = [
    ("safetensors-f64", ElementType::F64),
    ("safetensors-f32", ElementType::F32),
    ("safetensors-f16", ElementType::F16),
    ("safetensors-bf16", ElementType::Bf16),
    ("safetensors-sharded", ElementType::F16),
    ("bin-f64", ElementType::F64),
    ("bin-f32", ElementType::F32),
    ("bin-f16", ElementType::F16),
    ("bin-bf16", ElementType::Bf16),
    ("bin-sharded", ElementType::F32),
    ("bin-wide", ElementType::Bf16),
];

/// The tensors of a folder with what they should hold.
fn expected(folder: &str) -> Vec<(&'static str, &'static [usize], Vec<f32>)> {
    let tensors = SHAPES.iter().enumerate().map(|(at, (name, shape))| (*name, *shape, numbers(at, shape)));
    // Only PyTorch's files can hold a tensor twice.
    let tied = folder.starts_with("bin").then(|| (TIED, SHAPES[0].1, numbers(0, SHAPES[0].1)));
    tensors.chain(tied).collect()
}

#[test]
fn every_format_and_type_gives_the_same_numbers() {
    for (name, element) in FOLDERS {
        let source = Source::open(&folder(name)).unwrap();
        let expected = expected(name);
        assert_eq!(source.tensors().count(), expected.len() + 1, "{name}");
        for (tensor, shape, numbers) in expected {
            let found = source.tensor(tensor).unwrap();
            assert_eq!((found.shape(), found.element()), (shape, element), "{tensor} in {name}");
            assert_eq!(found.numbers(), numbers.len());
            assert_eq!(source.whole(tensor).unwrap(), numbers, "{tensor} in {name}");
        }
    }
}

#[test]
fn any_rows_can_be_read() {
    let mut rows = vec![9.0; 3];
    for (name, _) in FOLDERS {
        let source = Source::open(&folder(name)).unwrap();
        for (tensor, _, numbers) in expected(name) {
            let found = source.tensor(tensor).unwrap();
            let (all, len) = (found.rows(), found.row_len());
            let ranges = (0..=all).flat_map(|first| (first..=all).map(move |last| first..last));
            for range in ranges {
                source.rows(tensor, range.clone(), &mut rows).unwrap();
                let expected = &numbers[range.start * len..range.end * len];
                assert_eq!(rows, expected, "rows {range:?} of {tensor} in {name}");
            }
        }
    }
}

#[test]
fn rows_that_are_not_there_are_refused() {
    let source = Source::open(&folder("bin-f32")).unwrap();
    let read =
        |name: &str, rows: Range<usize>| source.rows(name, rows, &mut Vec::new()).unwrap_err().to_string();
    assert!(read("scale", 0..2).contains("`scale` has 1 rows and 0..2 were asked for"));
    assert!(read(TIED, 11..12).contains("has 11 rows"));
    assert!(read(TIED, Range { start: 3, end: 2 }).contains("3..2 were asked for"));
    assert!(read("nothing", 0..1).contains("it has no tensor `nothing`"));
    assert!(source.whole("nothing").unwrap_err().to_string().contains("it has no tensor `nothing`"));
}

#[test]
fn integers_are_listed_and_not_read() {
    for (name, _) in FOLDERS {
        let source = Source::open(&folder(name)).unwrap();
        let integers = source.tensor(INTEGERS).unwrap();
        assert_eq!((integers.shape(), integers.element()), (&[1, 8][..], ElementType::Integer { bytes: 8 }));
        assert!(source.whole(INTEGERS).unwrap_err().to_string().contains("position_ids` holds integers"));
    }
}

#[test]
fn a_module_that_saved_its_parameters_is_read() {
    let source = Source::open(&folder("bin-module")).unwrap();
    assert_eq!(source.whole("weight").unwrap(), numbers(0, &[5, 6]));
    assert_eq!(source.whole("bias").unwrap(), numbers(1, &[5]));
}

#[test]
fn the_files_come_with_their_sizes() {
    let names = |folder: &std::path::Path| {
        let source = Source::open(folder).unwrap();
        let files = source.files().map(|(path, len)| {
            assert_eq!(len, path.metadata().unwrap().len());
            path.file_name().unwrap().to_str().unwrap().to_owned()
        });
        files.collect::<Vec<_>>()
    };
    assert_eq!(names(&folder("safetensors-f16")), ["model.safetensors"]);
    assert_eq!(
        names(&folder("bin-sharded")),
        [
            "pytorch_model.bin.index.json",
            "pytorch_model-00001-of-00002.bin",
            "pytorch_model-00002-of-00002.bin"
        ]
    );
}

#[test]
fn safetensors_come_before_pickles_and_single_files_before_shards() {
    let first = |folder: &std::path::Path| {
        let source = Source::open(folder).unwrap();
        let (path, _) = source.files().next().unwrap();
        path.file_name().unwrap().to_str().unwrap().to_owned()
    };
    let copy = copied("bin-sharded");
    let mut expected = vec!["pytorch_model.bin.index.json"];
    for (from, file) in [
        ("bin-f32", "pytorch_model.bin"),
        ("safetensors-sharded", "model.safetensors.index.json"),
        ("safetensors-f32", "model.safetensors"),
    ] {
        assert_eq!(first(copy.path()), *expected.last().unwrap());
        for entry in std::fs::read_dir(folder(from)).unwrap() {
            let entry = entry.unwrap();
            std::fs::copy(entry.path(), copy.path().join(entry.file_name())).unwrap();
        }
        expected.push(file);
    }
    assert_eq!(first(copy.path()), "model.safetensors");
}

#[test]
fn tensors_without_numbers_are_read() {
    let header = r#"{"__metadata__": {"format": "pt"}, "a": {"dtype": "F32", "shape": [0, 3], "data_offsets": [0, 0]},
        "b": {"dtype": "F32", "shape": [3, 0], "data_offsets": [0, 0]}} "#;
    let folder = folder_with(&[("model.safetensors", &safetensors(header, 0))]);
    let source = Source::open(folder.path()).unwrap();
    assert!(source.whole("a").unwrap().is_empty());
    let mut rows = vec![1.0];
    source.rows("b", 1..3, &mut rows).unwrap();
    assert!(rows.is_empty());
}
