"""PyTorch with Hugging Face transformers, in f32 and bf16."""

import sys

from engines.engine import ProcessEngine


class PyTorch(ProcessEngine):
    """One process with all threads, or one process with one thread for each of them."""

    def __init__(self, precision, processes, threads, log_folder):
        super().__init__("PyTorch", precision, f"{processes}x{threads}", log_folder)
        self.processes_wanted, self.threads = processes, threads

    def environment(self):
        return {"OMP_NUM_THREADS": str(self.threads)}

    def commands(self, folder):
        command = [sys.executable, "-m", "engines.pytorch_worker", str(folder), self.precision, str(self.threads)]
        return [command] * self.processes_wanted
