//! Layer normalisation of a sum, as it stands after each half of a transformer layer.

use candle_core::{CpuStorage, CustomOp2, Layout, Result, Shape, Tensor};
use rten_simd::SimdOp;
use rten_vecmath::{Normalize, NormalizeOptions, Sum, SumSquareSub};

use super::contiguous;

/// Layer normalisation (Ba, Kiros and Hinton, arXiv 1607.06450) with a learned scale and shift.
#[derive(Debug, Clone)]
pub(crate) struct LayerNorm {
    scale: Vec<f32>,
    shift: Vec<f32>,
    epsilon: f32,
}

impl LayerNorm {
    /// `scale` and `shift` are `[width]`, f32.
    pub(crate) fn new(scale: &Tensor, shift: &Tensor, epsilon: f32) -> Result<Self> {
        Ok(Self { scale: scale.to_vec1()?, shift: shift.to_vec1()?, epsilon })
    }

    /// Normalises each row of `x + residual`; all are `[rows, width]`.
    pub(crate) fn forward_sum(&self, x: &Tensor, residual: &Tensor) -> Result<Tensor> {
        x.apply_op2_no_bwd(residual, self)
    }

    fn normalize(&self, row: &mut [f32]) {
        let width = row.len() as f32;
        let mean = Sum::new(row).dispatch() / width;
        let variance = SumSquareSub::new(row, mean).dispatch() / width;
        let options = NormalizeOptions {
            pre_scale_bias: mean,
            scale: (variance + self.epsilon).sqrt().recip(),
            element_scale: Some(&self.scale),
            element_bias: Some(&self.shift),
            ..NormalizeOptions::default()
        };
        Normalize::new_mut(row, options).dispatch();
    }
}

impl CustomOp2 for LayerNorm {
    fn name(&self) -> &'static str {
        "layer_norm_of_sum"
    }

    fn cpu_fwd(
        &self,
        x: &CpuStorage,
        x_layout: &Layout,
        residual: &CpuStorage,
        residual_layout: &Layout,
    ) -> Result<(CpuStorage, Shape)> {
        let x = contiguous(self.name(), x, x_layout)?;
        let residual = contiguous(self.name(), residual, residual_layout)?;
        let mut out: Vec<f32> = x.iter().zip(residual).map(|(x, r)| x + r).collect();
        for row in out.chunks_exact_mut(self.scale.len()) {
            self.normalize(row);
        }
        Ok((CpuStorage::F32(out), x_layout.shape().clone()))
    }
}

#[cfg(test)]
mod tests {
    use candle_core::Device;

    use super::*;

    #[test]
    fn rows_get_the_learned_mean_and_spread() {
        let device = Device::Cpu;
        let width = 37;
        let x = Tensor::arange(0.0_f32, 2.0 * width as f32, &device).unwrap().reshape((2, width)).unwrap();
        let scale = Tensor::full(2.0_f32, width, &device).unwrap();
        let shift = Tensor::full(5.0_f32, width, &device).unwrap();
        let norm = LayerNorm::new(&scale, &shift, 1e-12).unwrap();
        for row in norm.forward_sum(&x, &x).unwrap().to_vec2::<f32>().unwrap() {
            let mean = row.iter().sum::<f32>() / width as f32;
            let spread = (row.iter().map(|v| (v - mean).powi(2)).sum::<f32>() / width as f32).sqrt();
            assert!((mean - 5.0).abs() < 1e-4 && (spread - 2.0).abs() < 1e-4, "{mean} {spread}");
        }
    }
}
