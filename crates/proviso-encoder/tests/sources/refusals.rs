//! Files that are damaged, hostile or of another kind are refused in words that say what to do.

use std::{fs, path::Path};

use proviso_encoder::Source;

use crate::{copied, folder, folder_with, refusal, safetensors};

const SAFETENSORS: &str = "model.safetensors";
const INDEX: &str = "model.safetensors.index.json";
const TORCH: &str = "pytorch_model.bin";

#[track_caller]
fn assert_says(said: &str, part: &str) {
    assert!(said.contains(part), "{part:?} is not in {said:?}");
}

/// What is wrong with a file of safetensors.
fn safetensors_refusal(bytes: &[u8]) -> String {
    let said = refusal(folder_with(&[(SAFETENSORS, bytes)]).path());
    assert_says(&said, SAFETENSORS);
    said
}

#[test]
fn a_folder_without_weights_is_refused() {
    assert_says(&refusal(folder_with(&[("config.json", b"{}")]).path()), "holds no weights that can be read");
    assert_says(&refusal(Path::new("/there/is/no/such/folder")), "holds no weights that can be read");
}

#[test]
fn what_git_lfs_leaves_is_told_apart() {
    let pointer = b"version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 9\n";
    for file in [SAFETENSORS, TORCH, INDEX] {
        assert_says(&refusal(folder_with(&[(file, pointer)]).path()), "fetch the file with `git lfs pull`");
    }
}

#[test]
fn damaged_safetensors_are_refused() {
    for (bytes, part) in [
        (
            &b""[..],
            "its header's length should end at byte 8 and the file has 0; it is cut off, or of another kind",
        ),
        (b"\x08\0\0\0", "its header's length should end at byte 8 and the file has 4"),
        (b"\x09\0\0\0\0\0\0\0{}", "its header should end at byte 17 and the file has 10"),
        (b"\xff\xff\xff\xff\xff\xff\xff\xff{}", "its header should end at byte 18446744073709551615 and"),
        (b"\x02\0\0\0\0\0\0\0{]", "its header is none of safetensors"),
        (b"\x02\0\0\0\0\0\0\0\xff\xff", "its header is none of safetensors"),
        (b"\x02\0\0\0\0\0\0\0{}1234", "4 bytes at its end belong to no tensor"),
    ] {
        assert_says(&safetensors_refusal(bytes), part);
    }
}

#[test]
fn safetensors_that_contradict_themselves_are_refused() {
    let a = r#""a": {"dtype": "F32", "shape": [2], "data_offsets": [0, 8]}"#;
    let b = |rest: &str| format!(r#"{{{a}, "b": {{{rest}}}}}"#);
    for (header, part) in [
        (b(r#""dtype": "F32", "shape": [2], "data_offsets": [8, 20]"#), "tensor `b` should end at byte"),
        (b(r#""dtype": "F32", "shape": [2], "data_offsets": [8, 18446744073709551615]"#), "it is cut off"),
        (b(r#""dtype": "F32", "shape": [2], "data_offsets": [4, 12]"#), "tensor `b` overlaps another one"),
        (
            b(r#""dtype": "F32", "shape": [1], "data_offsets": [12, 16]"#),
            "bytes 12 to 16, where byte 8 is the next",
        ),
        (b(r#""dtype": "F32", "shape": [2], "data_offsets": [16, 8]"#), "has the bytes 16 to 8"),
        (b(r#""dtype": "F32", "shape": [3], "data_offsets": [8, 16]"#), "for which its 8 bytes are too few"),
        (
            b(r#""dtype": "F32", "shape": [1], "data_offsets": [8, 16]"#),
            "has 8 bytes, too many for its shape",
        ),
        (
            b(r#""dtype": "F8_E4M3", "shape": [8], "data_offsets": [8, 16]"#),
            "the type `F8_E4M3`, which is not supp",
        ),
        (
            b(r#""dtype": "F32", "shape": [4294967296, 4294967296], "data_offsets": [8, 16]"#),
            "[4294967296, 4294967296], which is more than can be counted",
        ),
        (
            b(r#""dtype": "F32", "shape": [0, 4294967296, 4294967296], "data_offsets": [8, 8]"#),
            "which is more than can be counted",
        ),
        (
            b(r#""dtype": "F32", "shape": [1,1,1,1,1,1,1,1,2], "data_offsets": [8, 16]"#),
            "`b` has 9 dimensions",
        ),
        (b(r#""dtype": "F32", "shape": [-2], "data_offsets": [8, 16]"#), "its header is none of safetensors"),
        (b(r#""dtype": "F32", "shape": [2]"#), "its header is none of safetensors"),
        (
            format!(r#"{{{a}, "a": {{"dtype": "F32", "shape": [2], "data_offsets": [8, 16]}}}}"#),
            "it has two tensors `a`",
        ),
    ] {
        assert_says(&safetensors_refusal(&safetensors(&header, 16)), part);
    }
}

#[test]
fn an_index_that_is_wrong_is_refused() {
    let index = |text: &str| {
        let copy = copied("safetensors-sharded");
        fs::write(copy.path().join(INDEX), text).unwrap();
        let said = refusal(copy.path());
        assert_says(&said, INDEX);
        said
    };
    let shard = "model-00001-of-00002.safetensors";
    assert_says(&index(""), "EOF while parsing");
    assert_says(&index(r#"{"weight_map": {}}"#), "it names no tensors");
    assert_says(&index(r#"{"weight_map": {"x": "gone"}}"#), "tensor `x` in `gone`, and that file is missing");
    assert_says(
        &index(&format!(r#"{{"weight_map": {{"x": "{shard}"}}}}"#)),
        &format!("it has tensor `x` in `{shard}`, where it is not"),
    );
    assert_says(
        &index(&format!(r#"{{"weight_map": {{"x": "{shard}", "x": "{shard}"}}}}"#)),
        "it names the tensor `x` twice",
    );
    for path in ["../model", "a/b", r"a\\b", "..", ".", "", "C:model"] {
        let said = index(&format!(r#"{{"weight_map": {{"x": "{path}"}}}}"#));
        assert_says(&said, "which is not a file of its folder");
    }
}

#[test]
fn a_tensor_in_two_shards_is_refused() {
    let copy = copied("safetensors-sharded");
    let [first, second] = [1, 2].map(|at| copy.path().join(format!("model-0000{at}-of-00002.safetensors")));
    fs::copy(first, second).unwrap();
    let said = refusal(copy.path());
    assert_says(&said, "model-00001-of-00002.safetensors` too");
}

#[test]
fn pickles_that_ask_for_more_than_tensors_are_refused() {
    assert_says(
        &refusal(&folder("bad-command")),
        "asks for `posix.system`, which no tensor needs; it was not run",
    );
    assert_says(
        &refusal(&folder("bad-type")),
        "numbers of the type `torch.ComplexFloatStorage`, which is not supp",
    );
}

#[test]
fn archives_that_pytorch_does_not_write_are_refused() {
    assert_says(
        &refusal(&folder("bad-old")),
        "torch.save(torch.load(\"pytorch_model.bin\", map_location=\"cpu\"",
    );
    assert_says(&refusal(&folder("bad-deflated")), "data.pkl` of its archive is compressed");
    let empty = [&b"PK\x05\x06"[..], &[0; 18]].concat();
    assert_says(&refusal(folder_with(&[(TORCH, &empty)]).path()), "does not have one `data.pkl`");
    assert_says(&refusal(folder_with(&[(TORCH, b"<html>")]).path()), "not what `torch.save` writes");
    assert_says(&refusal(folder_with(&[(TORCH, b"")]).path()), "not what `torch.save` writes");
    assert_says(&refusal(folder_with(&[(TORCH, b"PK\x03\x04")]).path()), "it is cut off; fetch it again");
}

/// Where bytes first stand among others.
fn find(bytes: &[u8], part: &[u8]) -> usize {
    bytes.windows(part.len()).position(|found| found == part).unwrap()
}

#[test]
fn archives_with_impossible_entries_are_refused() {
    let good = fs::read(folder("bin-f32").join(TORCH)).unwrap();
    let directory = find(&good, b"PK\x01\x02");
    let second = directory + 4 + find(&good[directory + 4..], b"PK\x01\x02");
    let changed = |at: usize, bytes: &[u8]| {
        let mut file = good.clone();
        file[at..at + bytes.len()].copy_from_slice(bytes);
        refusal(folder_with(&[(TORCH, &file)]).path())
    };
    let huge = 0x7fff_ffff_u32.to_le_bytes();
    let sizes = [huge, huge].concat();
    assert_says(&changed(directory + 20, &sizes), "data.pkl` of its archive lies outside of the file");
    assert_says(&changed(directory + 42, &huge), "lies outside of the file");
    assert_says(&changed(directory + 42, &[4]), "does not begin where the directory says");
    assert_says(&changed(second + 42, &[0; 4]), "entries of its archive overlap");
    assert_says(&changed(directory + 8, &[1]), "is encrypted");
    // The bomb that unpacks to four gigabytes is compressed, which is what is said of it.
    assert_says(&changed(directory + 24, &huge), "is compressed");
    let cut = &good[..good.len() - 1];
    assert_says(&refusal(folder_with(&[(TORCH, cut)]).path()), "it is cut off; fetch it again");
}

#[test]
fn a_storage_that_is_too_short_is_refused() {
    let mut file = fs::read(folder("bin-module").join(TORCH)).unwrap();
    // The shape (5, 6) as the pickle has it.
    let shape = find(&file, b"K\x05K\x06\x86");
    file[shape + 1] = 7;
    let said = refusal(folder_with(&[(TORCH, &file)]).path());
    assert_says(&said, "tensor `weight` has the shape [7, 6], for which its 120 bytes are too few");
}

#[test]
fn a_file_that_is_cut_off_while_it_is_open_is_an_error() {
    for name in ["safetensors-f32", "bin-f32"] {
        let copy = copied(name);
        let source = Source::open(copy.path()).unwrap();
        let (path, _) = source.files().next().unwrap();
        fs::OpenOptions::new().write(true).open(path).unwrap().set_len(100).unwrap();
        let said = source.whole("scale").unwrap_err().to_string();
        assert_says(&said, "it became shorter while it was read");
    }
}
