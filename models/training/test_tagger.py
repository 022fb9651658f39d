"""Tests of the training: `python3 -m unittest` in this folder. They need what is in requirements.txt and take seconds."""

import json
import random
import tempfile
import unittest
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file

import average
from tagger import kept, reading, windows
from tagger.contracts import Contract, Part
from tagger.corpus import Corpus
from tagger.encoder import Encoder, file_name
from tagger.model import SpanTagger

REFERENCES = Path(__file__).parents[2] / "crates/proviso-encoder/tests/reference"
TINY = {
    "model_type": "bert", "vocab_size": 200, "hidden_size": 16, "intermediate_size": 32, "num_hidden_layers": 1,
    "num_attention_heads": 2, "max_position_embeddings": 64, "layer_norm_eps": 1e-12, "pad_token_id": 0,
    "type_vocab_size": 2, "span_categories": ["Parties", "Insurance"],
}


class Encoders(unittest.TestCase):
    def test_they_compute_what_transformers_computes(self):
        for kind in ("bert", "mpnet"):
            encoder = Encoder(json.loads((REFERENCES / kind / "config.json").read_text())).eval()
            saved = load_file(REFERENCES / kind / "model.safetensors")
            encoder.load_state_dict({name: saved[file_name(kind, name)].float() for name in encoder.state_dict()})
            expected = load_file(REFERENCES / kind / "expected.safetensors")
            for window in range(5):
                with torch.no_grad():
                    hidden = encoder(expected[f"ids.{window}"][None])[0]
                self.assertLess((hidden - expected[f"hidden.{window}"]).abs().max().item(), 2e-5, (kind, window))

    def test_padding_changes_nothing(self):
        for kind in ("bert", "mpnet"):
            encoder = Encoder(json.loads((REFERENCES / kind / "config.json").read_text())).eval()
            ids = torch.arange(10, 30)[None]
            padded = torch.cat([ids, torch.full((1, 6), 1)], dim=1)
            mask = torch.cat([torch.ones_like(ids), torch.zeros(1, 6, dtype=torch.long)], dim=1)
            with torch.no_grad():
                torch.testing.assert_close(encoder(padded, mask)[:, :20], encoder(ids), atol=1e-5, rtol=1e-5)


class Windows(unittest.TestCase):
    CONTRACTS = [
        Contract("A_1", list(range(100, 150)), spans=[(0, 3, 6), (1, 48, 49)], repeats=[(0, 20, 22)]),
        Contract("B_1", list(range(150, 155))),
    ]

    def test_a_grid_covers_every_token_with_whole_windows(self):
        for seed in range(20):
            grid = windows.grid(self.CONTRACTS, 16, random.Random(seed))
            for number, contract in enumerate(self.CONTRACTS):
                own = [window for window in grid if window.contract == number]
                covered = {token for window in own for token in range(window.start, window.end)}
                self.assertEqual(covered, set(range(len(contract.tokens))))
                self.assertTrue(all(w.end - w.start == min(16, len(contract.tokens)) for w in own))

    def test_a_batch_has_what_is_marked_and_leaves_out_what_nobody_said(self):
        corpus = Corpus.of(self.CONTRACTS, 2, "cpu")
        picked = [windows.Window(0, 4, 24), windows.Window(1, 0, 5)]
        ids, mask, targets, weights = corpus.batch(picked, (101, 102, 0))
        self.assertEqual(ids[0].tolist(), [101, *range(104, 124), 102])
        self.assertEqual(ids[1].tolist(), [101, *range(150, 155), 102] + [0] * 15)
        self.assertEqual(mask.sum(dim=1).tolist(), [22, 7])
        # The span began before the window: it has no start here, an end at its third token, and an inside.
        self.assertEqual(targets[0, :, 0].sum().item(), 0)
        self.assertEqual(targets[0, :, 1, 0].nonzero().flatten().tolist(), [2])
        self.assertEqual(targets[0, :, 2, 0].nonzero().flatten().tolist(), [0, 1, 2])
        self.assertEqual((weights[0, :, 0, 0] == 0).nonzero().flatten().tolist(), [16, 17, 18])
        self.assertEqual(weights[1, :, 0, 0].tolist(), [1] * 5 + [0] * 15)

    def test_a_teacher_takes_its_share_of_the_targets(self):
        corpus = Corpus.of(self.CONTRACTS, 2, "cpu")
        corpus.teach({c.title: torch.full((len(c.tokens), 3, 2), 0.5) for c in self.CONTRACTS})
        _, _, targets, _ = corpus.batch([windows.Window(0, 0, 10)], (101, 102, 0), share=0.25)
        self.assertAlmostEqual(targets[0, 3, 0, 0].item(), 0.875)
        self.assertAlmostEqual(targets[0, 9, 0, 0].item(), 0.125)

    def test_a_company_is_in_one_part_and_every_contract_in_some(self):
        contracts = [Contract(f"Company{n % 7}_{n}", []) for n in range(40)]
        for contract in contracts:
            self.assertEqual(sum(Part(number, 3).has(contract) for number in range(3)), 1)
        parts = {(c.title.split("_")[0], tuple(Part(n, 3).has(c) for n in range(3))) for c in contracts}
        self.assertEqual(len(parts), 7)


class Reading(unittest.TestCase):
    def test_short_and_long_contracts_are_read_whole(self):
        torch.manual_seed(1)
        tagger = SpanTagger(TINY).eval()
        for tokens in (1, 17, 18, 19, 26, 27, 100):
            said = reading.probabilities(tagger, list(range(100, 100 + tokens)), 20)
            self.assertEqual(said.shape, (tokens, 3, 2))
            self.assertTrue(torch.isfinite(said).all())

    def test_a_contract_of_one_window_is_that_window(self):
        torch.manual_seed(1)
        tagger = SpanTagger(TINY).eval()
        with torch.no_grad():
            whole = torch.sigmoid(tagger(torch.tensor([[101, 110, 111, 112, 102]])))[0, 1:-1]
        torch.testing.assert_close(reading.probabilities(tagger, [110, 111, 112], 20).float(), whole, atol=1e-3, rtol=0)


class KeptLayers(unittest.TestCase):
    def test_kept_windows_give_the_logits_of_the_whole_model(self):
        torch.manual_seed(1)
        config = TINY | {"num_hidden_layers": 3}
        tagger = SpanTagger(config).eval()
        contract = Contract("A_1", list(range(100, 130)), spans=[(0, 3, 6)])
        corpus = Corpus.of([contract], 2, "cpu")
        cut = [windows.Window(0, 0, 20), windows.Window(0, 10, 30), windows.Window(0, 20, 30)]
        with tempfile.TemporaryDirectory() as folder:
            rows = kept.KeptWindows(Path(folder), "cut", cut, corpus, tagger, 2)
            for numbers in ([0, 1], [2, 0], [2]):  # made, half of them kept, of another length
                hidden, mask, targets, _ = rows.batch(numbers)
                ids, whole_mask, whole_targets, _ = corpus.batch([cut[n] for n in numbers], tagger.brackets)
                with torch.no_grad():
                    logits, whole = kept.upper(tagger, hidden, mask, 2), tagger(ids, whole_mask)
                real = torch.ones_like(ids, dtype=torch.bool) if mask is None else mask.bool()
                torch.testing.assert_close(logits[real], whole[real], atol=2e-3, rtol=0)
                torch.testing.assert_close(targets, whole_targets)
            self.assertEqual(rows.made.tolist(), [1, 1, 1])


class Averages(unittest.TestCase):
    def test_names_of_the_architecture_do_not_matter_and_another_one_is_refused(self):
        with tempfile.TemporaryDirectory() as folder:
            one, two, other = (Path(folder) / name for name in ("one", "two", "other"))
            for path, name, value in ((one, "bert.x", 1.0), (two, "x", 3.0), (other, "y", 1.0)):
                path.mkdir()
                save_file({name: torch.full((2,), value)}, path / "model.safetensors")
            self.assertEqual(average.mean([(one, 1.0), (two, 3.0)])["x"].tolist(), [2.5, 2.5])
            with self.assertRaises(ValueError):
                average.mean([(one, 1.0), (other, 1.0)])


if __name__ == "__main__":
    unittest.main()
