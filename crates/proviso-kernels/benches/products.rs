//! Products of the shapes that encoders have, on every instruction set of this CPU, on one thread.
//!
//!     cargo bench -p proviso-kernels --bench products

#![allow(missing_docs)]

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use proviso_kernels::{
    Activation, LayerNorm, Output, Tier, buffer,
    f32::{F16Panels, F32Panels, Int4Panels, PanelShape, Panels, Rows, multiply, row_step},
    int8::{self, Int8Rows, PackedInt8},
    softmax_rows,
};

/// Tokens, inputs and outputs: the first linear layer of the feed-forward part of MiniLM-L6, BERT-base and BERT-large.
const SHAPES: [(usize, usize, usize); 3] = [(512, 384, 1536), (512, 768, 3072), (512, 1024, 4096)];

fn numbers(count: usize) -> Vec<f32> {
    (0..count).map(|i| ((i * 7919 % 2003) as f32 - 1001.0) / 1001.0).collect()
}

fn floats(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("f32");
    for tier in Tier::available() {
        for shape @ (rows, depth, columns) in SHAPES {
            let weights = numbers(columns * depth);
            group.throughput(Throughput::Elements((rows * depth * columns) as u64));
            let id = |kind: &str| BenchmarkId::new(format!("{tier}-{kind}"), format!("{shape:?}"));
            let panels = F32Panels::pack_transposed(tier, &weights, columns, depth);
            group.bench_function(id("f32"), |bencher| bencher.iter(product(tier, rows, &panels)));
            let panels = F16Panels::pack_transposed(tier, &weights, columns, depth);
            group.bench_function(id("f16"), |bencher| bencher.iter(product(tier, rows, &panels)));
            let panels = Int4Panels::pack_transposed(tier, &weights, columns, depth);
            group.bench_function(id("int4"), |bencher| bencher.iter(product(tier, rows, &panels)));
        }
    }
}

fn product<P: Panels>(tier: Tier, rows: usize, weights: &P) -> impl FnMut() {
    let PanelShape { depth, columns, .. } = weights.shape();
    let a = numbers(rows.next_multiple_of(row_step(tier)) * depth);
    let mut out = vec![0.0; rows * columns];
    let mut scratch = buffer();
    move || {
        let rows = Rows { values: &a, stride: depth, count: rows };
        multiply(tier, rows, weights, Output::plain(&mut out, columns), &mut scratch);
    }
}

fn integers(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("int8");
    for tier in Tier::available() {
        for shape @ (count, depth, columns) in SHAPES {
            group.throughput(Throughput::Elements((count * depth * columns) as u64));
            let weights = PackedInt8::pack_transposed(tier, &numbers(columns * depth), columns, depth);
            let mut rows = Int8Rows::new(tier);
            rows.reshape(count, depth);
            rows.quantize(&numbers(count * depth), depth, None);
            let bias = numbers(columns);
            let mut out = vec![0.0; count * columns];
            for activation in [Activation::Identity, Activation::Gelu] {
                let id = BenchmarkId::new(format!("{tier}-{activation:?}"), format!("{shape:?}"));
                group.bench_function(id, |bencher| {
                    bencher.iter(|| {
                        let output =
                            Output { bias: Some(&bias), activation, ..Output::plain(&mut out, columns) };
                        int8::multiply(&rows, &weights, output);
                    });
                });
            }
        }
    }
}

fn rows(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("rows");
    for tier in Tier::available() {
        let (count, width) = (512, 768);
        group.throughput(Throughput::Elements((count * width) as u64));
        let norm = LayerNorm::new(vec![1.0; width], vec![0.0; width], 1e-12);
        let mut values = numbers(count * width);
        let mut quantized = Int8Rows::new(tier);
        quantized.reshape(count, width);
        group.bench_function(BenchmarkId::new("normalize and quantize", tier), |bencher| {
            bencher.iter(|| quantized.normalize_and_quantize(&mut values, &norm, None));
        });
        let mut inverse = vec![0.0; count];
        group.bench_function(BenchmarkId::new("softmax", tier), |bencher| {
            bencher.iter(|| softmax_rows(tier, &mut values, width, width, None, &mut inverse));
        });
    }
}

criterion_group!(benches, floats, integers, rows);
criterion_main!(benches);
