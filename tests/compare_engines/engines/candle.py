"""candle-transformers' own forward pass, through the program in `candle_forward`."""

from engines.engine import ProcessEngine, Unavailable


class Candle(ProcessEngine):
    """One process with all threads, or one process with one thread for each of them."""

    def __init__(self, program, processes, threads, log_folder):
        super().__init__("candle", "f32", f"{processes}x{threads}", log_folder)
        self.program, self.processes_wanted, self.threads = program, processes, threads

    def environment(self):
        return {"RAYON_NUM_THREADS": str(self.threads)}

    def commands(self, folder):
        if not self.program.exists():
            raise Unavailable(f"{self.program} is not there; README.md says how to build it")
        return [[str(self.program.resolve()), str(folder)]] * self.processes_wanted
