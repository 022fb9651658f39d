//! The tensors that an encoder is made of, as Hugging Face transformers names them.

use super::{Architecture, Family, RelativePositions, T5_BUCKETS};

/// A tensor's name below that of its encoder, and its shape.
pub(crate) type Expected = (String, Vec<usize>);

impl Architecture {
    /// All tensors, those of the layers last. Of a layer normalisation only the name of the layer is given, since its scale
    /// and shift go by two pairs of names.
    pub(crate) fn tensors(&self) -> (Vec<Expected>, Vec<Expected>) {
        let mut tensors = Tensors::default();
        self.around(&mut tensors);
        (0..self.layers).for_each(|index| self.layer(index, &mut tensors));
        (tensors.named, tensors.norms)
    }

    fn around(&self, tensors: &mut Tensors) {
        let (width, embedding) = (self.width, self.embedding_width);
        tensors.one("embeddings.word_embeddings.weight", &[self.vocabulary, embedding]);
        if let Some((rows, _)) = self.absolute_positions {
            tensors.one("embeddings.position_embeddings.weight", &[rows, embedding]);
        }
        if self.segments > 0 {
            tensors.one("embeddings.token_type_embeddings.weight", &[self.segments, embedding]);
        }
        if embedding != width {
            tensors.one("embeddings.embed_proj.weight", &[width, embedding]);
        }
        tensors.norm("embeddings.LayerNorm", width);
        match self.relative_positions {
            RelativePositions::None => {}
            RelativePositions::Bias => {
                tensors.one("encoder.relative_attention_bias.weight", &[T5_BUCKETS, self.heads]);
            }
            RelativePositions::Disentangled(kind) => {
                tensors.one("encoder.rel_embeddings.weight", &[2 * kind.span(), width]);
                if kind.normalized {
                    tensors.norm("encoder.LayerNorm", width);
                }
            }
        }
        if let Some((size, _)) = self.convolution {
            tensors.one("encoder.conv.conv.weight", &[width, width, size]);
            tensors.one("encoder.conv.conv.bias", &[width]);
            tensors.norm("encoder.conv.LayerNorm", width);
        }
    }

    fn layer(&self, index: usize, tensors: &mut Tensors) {
        let (width, inner) = (self.width, self.inner_width);
        let name = |part: &str| format!("encoder.layer.{index}.{part}");
        let [query, key, value, output, norm] = self.family.attention_parts();
        for part in [query, key, value, output] {
            tensors.linear(&name(part), width, width);
        }
        if let (Family::Deberta, RelativePositions::Disentangled(kind)) =
            (self.family, self.relative_positions)
            && !kind.shared_projections
        {
            for (part, is_there) in
                [("pos_key_proj", kind.content_to_position), ("pos_query_proj", kind.position_to_content)]
            {
                if is_there {
                    tensors.linear(&name(&format!("attention.self.{part}")), width, width);
                }
            }
        }
        tensors.norm(&name(norm), width);
        tensors.linear(&name("intermediate.dense"), inner, width);
        tensors.linear(&name("output.dense"), width, inner);
        tensors.norm(&name("output.LayerNorm"), width);
    }
}

#[derive(Default)]
struct Tensors {
    named: Vec<Expected>,
    norms: Vec<Expected>,
}

impl Tensors {
    fn one(&mut self, name: &str, shape: &[usize]) {
        self.named.push((name.to_owned(), shape.to_vec()));
    }

    fn linear(&mut self, name: &str, outputs: usize, inputs: usize) {
        self.one(&format!("{name}.weight"), &[outputs, inputs]);
        self.one(&format!("{name}.bias"), &[outputs]);
    }

    fn norm(&mut self, name: &str, width: usize) {
        self.norms.push((name.to_owned(), vec![width]));
    }
}
