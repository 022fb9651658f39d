"""ONNX Runtime, in f32 and in int8 with dynamic quantisation."""

import sys

from engines.engine import ProcessEngine


class OnnxRuntime(ProcessEngine):
    """One session with all threads, or one session with one thread for each of them."""

    def __init__(self, precision, sessions, threads, log_folder):
        super().__init__("ONNX Runtime", precision, f"{sessions}x{threads}", log_folder)
        self.sessions, self.threads = sessions, threads

    def commands(self, folder):
        return [[sys.executable, "-m", "engines.onnx_worker", str(folder), self.precision,
                 str(self.sessions), str(self.threads)]]
