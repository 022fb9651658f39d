"""Proviso's own engine, through `proviso bench`; every measurement is a run of the program."""

import json
import os
import subprocess

from engines.engine import Engine, Unavailable


class Proviso(Engine):
    """`tier` forces a set of instructions; without one the program takes the best that the processor has.

    `arguments` are more arguments of `proviso bench`, and `form` says in the table what they do.
    """

    def __init__(self, program, precision, threads, tier=None, form="", arguments=()):
        super().__init__(f"Proviso {tier}" if tier else "Proviso", precision, form)
        self.program, self.threads, self.tier, self.arguments = program, threads, tier, arguments
        self.folder = None

    def start(self, folder):
        if not self.program.exists():
            raise Unavailable(f"{self.program} is not there")
        self.folder = folder

    def measure(self, length, seconds):
        command = [
            str(self.program.resolve()), "bench", "--model", str(self.folder), "--precision", self.precision,
            "--lengths", str(length), "--threads", str(self.threads), "--json",
            *self.arguments,
        ]
        ended = subprocess.run(
            command, capture_output=True, text=True, env=os.environ | ({"PROVISO_CPU": self.tier} if self.tier else {}),
        )
        if ended.returncode:
            raise Unavailable((ended.stderr.strip() or f"it ended with {ended.returncode}").splitlines()[-1])
        for line in ended.stdout.splitlines():
            answer = json.loads(line) if line.startswith("{") else {}
            if answer.get("length") == length and answer.get("precision") == self.precision:
                about = {key: answer.get(key) for key in ("kernel", "device", "batch")}
                return {
                    "windows_per_second": answer["windows_per_second"], "peak_rss_mb": answer["peak_rss_mb"],
                    "about": about,
                }
        raise Unavailable(f"`proviso bench` said nothing about {self.precision} at {length} tokens")
