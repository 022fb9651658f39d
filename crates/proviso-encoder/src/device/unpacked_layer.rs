//! A packed layer on its way to a device: in main memory, its weights in the order in which models store them.

use std::f32::consts::LN_2;

use proviso_kernels::{Element, LayerNorm, RowMajor};

use crate::{
    EncoderError, Precision,
    architecture::{Architecture, RelativePositions},
    engine::{Arrays, NamedArray},
    packed::PackedFolder,
};

/// The weights of one layer.
pub(super) struct UnpackedLayer {
    width: usize,
    /// Queries, keys and values in one product.
    pub query_key_value: UnpackedLinear,
    pub attention_output: UnpackedLinear,
    pub attention_norm: LayerNorm,
    pub intermediate: UnpackedLinear,
    pub output: UnpackedLinear,
    pub output_norm: LayerNorm,
    /// For each head the projected distances of keys, `[2 * span, head width]`.
    keys: Vec<RowMajor>,
    /// The same of queries.
    queries: Vec<RowMajor>,
}

/// Weights `[outputs, inputs]` and the bias of a linear layer.
pub(super) struct UnpackedLinear {
    pub weights: RowMajor,
    pub bias: Vec<f32>,
}

impl UnpackedLinear {
    fn shaped(element: Element, outputs: usize, inputs: usize) -> Self {
        Self { weights: RowMajor::zeros(element, outputs, inputs), bias: vec![0.0; outputs] }
    }

    fn store<'a>(&'a mut self, name: &str, arrays: &mut Arrays<'a>) {
        arrays.add(&format!("{name}.weight"), &mut self.weights);
        arrays.add(&format!("{name}.bias"), &mut self.bias);
    }
}

impl UnpackedLayer {
    /// A layer of zeros that is to be filled from a file of a model packed in `precision`, f32 or f16.
    pub(super) fn shaped(precision: Precision, architecture: &Architecture) -> Self {
        let (width, inner) = (architecture.width, architecture.inner_width);
        let element = if precision == Precision::F16 { Element::F16 } else { Element::F32 };
        let linear = |outputs, inputs| UnpackedLinear::shaped(element, outputs, inputs);
        let norm = || LayerNorm::shaped(width, architecture.epsilon);
        let heads = |are_there: bool, vectors: usize| -> Vec<RowMajor> {
            let count = if are_there { architecture.heads } else { 0 };
            // They meet queries and keys, which are f32 at both levels on a processor.
            let head = || RowMajor::zeros(Element::F32, vectors, width / architecture.heads);
            std::iter::repeat_with(head).take(count).collect()
        };
        let (keys, queries) = match architecture.relative_positions {
            RelativePositions::Disentangled(kind) => (
                heads(kind.content_to_position, 2 * kind.span()),
                heads(kind.position_to_content, 2 * kind.span()),
            ),
            RelativePositions::None | RelativePositions::Bias => (Vec::new(), Vec::new()),
        };
        Self {
            width,
            query_key_value: linear(3 * width, width),
            attention_output: linear(width, width),
            attention_norm: norm(),
            intermediate: linear(inner, width),
            output: linear(width, inner),
            output_norm: norm(),
            keys,
            queries,
        }
    }

    /// Fills the layer from its file; `verify` says whether its hash is checked.
    ///
    /// # Errors
    /// If the file is missing, was changed, is not of this model, or cannot be read.
    pub(super) fn fill(
        &mut self,
        folder: &PackedFolder,
        index: usize,
        verify: bool,
    ) -> Result<(), EncoderError> {
        folder.fill(index, self.arrays(), verify)?;
        // The processor's softmax takes logarithms to the base of 2, for which its queries are multiplied; candle's takes natural
        // ones.
        self.query_key_value.weights.scale(0..self.width, LN_2);
        self.query_key_value.bias[..self.width].iter_mut().for_each(|bias| *bias *= LN_2);
        for head in &mut self.queries {
            let [vectors, _] = head.shape();
            head.scale(0..vectors, LN_2);
        }
        Ok(())
    }

    /// The projected distances of keys and of queries, head by head; none where a model has no such term.
    pub(super) fn distances(&self) -> [&[RowMajor]; 2] {
        [&self.keys, &self.queries]
    }

    /// The arrays by the names that [`Layer`](crate::engine::Layer) gives them.
    fn arrays(&mut self) -> Vec<NamedArray<'_>> {
        let mut arrays = Arrays::default();
        self.query_key_value.store("query_key_value", &mut arrays);
        for (side, heads) in [("keys", &mut self.keys), ("queries", &mut self.queries)] {
            for (head, vectors) in heads.iter_mut().enumerate() {
                arrays.add(&format!("distances.{side}.{head}"), vectors);
            }
        }
        self.attention_output.store("attention_output", &mut arrays);
        arrays.add("attention_norm", &mut self.attention_norm);
        self.intermediate.store("intermediate", &mut arrays);
        self.output.store("output", &mut arrays);
        arrays.add("output_norm", &mut self.output_norm);
        arrays.into_all()
    }
}
