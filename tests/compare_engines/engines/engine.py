"""What an engine is to compare.py, and the one kind of engine that most are: processes that wait to be asked."""

import json
import os
import subprocess
from pathlib import Path


class Unavailable(Exception):
    """An engine cannot be measured; the message says why."""


class Engine:
    """One engine at one precision. `form` tells apart ways to use the same threads; the better one counts."""

    def __init__(self, name, precision, form=""):
        self.name, self.precision, self.form = name, precision, form

    @property
    def title(self):
        return " ".join(part for part in (self.name, self.precision, self.form) if part)

    def start(self, folder):
        """Loads the model of a folder."""

    def measure(self, length, seconds):
        """Runs windows of so many tokens for so long: `windows_per_second` and what else there is to say."""
        raise NotImplementedError

    def stop(self):
        """Gives back what `start` took."""


class ProcessEngine(Engine):
    """An engine in processes of its own, which stay for all rounds and sleep while others are measured.

    A process says one line of JSON when it is ready. Then it gets `LENGTH SECONDS` and answers with a line of JSON each
    time. An answer with `error` ends it.
    """

    def __init__(self, name, precision, form, log_folder):
        super().__init__(name, precision, form)
        self.log = Path(log_folder) / (self.title.replace(" ", "-").lower() + ".log")
        self.processes = []

    def commands(self, folder):
        """The command lines of the processes, which are measured at the same time."""
        raise NotImplementedError

    def environment(self):
        return {}

    def start(self, folder):
        self.log.parent.mkdir(parents=True, exist_ok=True)
        with open(self.log, "w") as log:
            for command in self.commands(folder):
                try:
                    self.processes.append(subprocess.Popen(
                        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log, text=True, bufsize=1,
                        env=os.environ | self.environment(), cwd=Path(__file__).resolve().parent.parent,
                    ))
                except OSError as error:
                    raise Unavailable(f"cannot start {command[0]}: {error}") from error
                self.answer(self.processes[-1])

    def measure(self, length, seconds):
        for process in self.processes:
            try:
                process.stdin.write(f"{length} {seconds}\n")
            except OSError as error:
                raise Unavailable(f"its process ended; see {self.log}") from error
        answers = [self.answer(process) for process in self.processes]
        return answers[0] | {
            key: sum(answer[key] for answer in answers) for key in ("windows_per_second", "peak_rss_mb")
        }

    def answer(self, process):
        line = process.stdout.readline()
        if not line:
            raise Unavailable(f"its process ended; see {self.log}")
        answer = json.loads(line)
        if "error" in answer:
            raise Unavailable(answer["error"])
        return answer

    def stop(self):
        for process in self.processes:
            try:
                process.stdin.close()
            except OSError:
                pass  # it ended before
            try:
                process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        self.processes = []
