"""Runs a model in ONNX Runtime and answers compare.py.

    python3 -m engines.onnx_worker MODEL_FOLDER f32|int8 SESSIONS THREADS_EACH
"""

import json
import sys
from pathlib import Path

import numpy
import onnxruntime

from engines.serve import say, serve


def prepare(folder):
    """The export needs PyTorch, which this process is better without: it only runs where the files are missing."""
    import subprocess

    if not (folder / "onnx" / "about.json").exists():
        subprocess.run([sys.executable, "-m", "engines.onnx_export", folder], check=True, stdout=sys.stderr)


def open_session(path, threads):
    settings = onnxruntime.SessionOptions()
    settings.intra_op_num_threads = threads
    settings.inter_op_num_threads = 1
    session = onnxruntime.InferenceSession(str(path), settings, providers=["CPUExecutionProvider"])
    return lambda ids: session.run(None, {"input_ids": ids})[0]


def main():
    folder, precision, sessions, threads = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
    try:
        prepare(folder)
        runs = [open_session(folder / "onnx" / f"{precision}.onnx", threads) for _ in range(sessions)]
    except Exception as error:  # whatever the reason, the others are still to be measured
        say(error=f"{type(error).__name__}: {error}")
        raise
    vocabulary = json.loads((folder / "config.json").read_text())["vocab_size"]
    about = json.loads((folder / "onnx" / "about.json").read_text())
    serve(runs, lambda ids: numpy.array([ids], dtype=numpy.int64), vocabulary, about)


if __name__ == "__main__":
    main()
