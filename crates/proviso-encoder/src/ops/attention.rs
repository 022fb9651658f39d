//! Multi-head self-attention over one window.

use candle_core::{CpuStorage, CustomOp1, Layout, Result, Shape, Tensor};
use rten_simd::SimdOp;
use rten_vecmath::Softmax;

use super::{
    contiguous,
    gemm::{Matrix, multiply},
};

/// Scaled dot-product attention (Vaswani et al., arXiv 1706.03762). `qkv` is `[tokens, 3 * width]` with the queries,
/// keys and values of all heads side by side; the result is `[tokens, width]`. A window has its exact length, so
/// nothing is masked.
pub(crate) fn self_attention(qkv: &Tensor, heads: usize) -> Result<Tensor> {
    qkv.apply_op1_no_bwd(&SelfAttention { heads })
}

struct SelfAttention {
    heads: usize,
}

impl CustomOp1 for SelfAttention {
    fn name(&self) -> &'static str {
        "self_attention"
    }

    fn cpu_fwd(&self, qkv: &CpuStorage, layout: &Layout) -> Result<(CpuStorage, Shape)> {
        let (tokens, columns) = layout.shape().dims2()?;
        let width = columns / 3;
        let head_width = width / self.heads;
        let scale = (head_width as f32).sqrt().recip();
        let qkv = contiguous(self.name(), qkv, layout)?;
        let mut scores = vec![0.0_f32; tokens * tokens];
        let mut context = vec![0.0_f32; tokens * width];
        for head in 0..self.heads {
            let part = |which: usize| &qkv[which * width + head * head_width..];
            let queries = Matrix { values: part(0), row_stride: columns, column_stride: 1 };
            let keys = Matrix { values: part(1), row_stride: 1, column_stride: columns };
            multiply((tokens, tokens, head_width), queries, keys, &mut scores, tokens, false);
            for row in scores.chunks_exact_mut(tokens) {
                row.iter_mut().for_each(|score| *score *= scale);
                Softmax::new_mut(row).dispatch();
            }
            let weights = Matrix { values: &scores, row_stride: tokens, column_stride: 1 };
            let values = Matrix { values: part(2), row_stride: columns, column_stride: 1 };
            let out = &mut context[head * head_width..];
            multiply((tokens, head_width, tokens), weights, values, out, width, false);
        }
        Ok((CpuStorage::F32(context), Shape::from((tokens, width))))
    }
}

#[cfg(test)]
mod tests {
    use candle_core::{D, Device};

    use super::*;

    #[test]
    fn equals_the_definition_in_plain_tensor_operations() {
        let (tokens, heads, head_width) = (13, 3, 8);
        let width = heads * head_width;
        let qkv = Tensor::randn(0.0_f32, 1.0, (tokens, 3 * width), &Device::Cpu).unwrap();
        let part = |which: usize| {
            let part = qkv.narrow(1, which * width, width).unwrap();
            part.reshape((tokens, heads, head_width)).unwrap().transpose(0, 1).unwrap().contiguous().unwrap()
        };
        let scores = part(0).matmul(&part(1).t().unwrap()).unwrap() / (head_width as f64).sqrt();
        let exp = scores.unwrap().exp().unwrap();
        let weights = exp.broadcast_div(&exp.sum_keepdim(D::Minus1).unwrap()).unwrap();
        let expected = weights.matmul(&part(2)).unwrap().transpose(0, 1).unwrap();
        let expected = expected.reshape((tokens, width)).unwrap();
        let found = self_attention(&qkv, heads).unwrap();
        let difference = (found - expected).unwrap().abs().unwrap().max_all().unwrap();
        assert!(difference.to_scalar::<f32>().unwrap() < 1e-5);
    }
}
