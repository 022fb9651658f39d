"""Steps that are run one after the other: their headings, times, results, and the tests that they count."""

import re
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from machine import ROOT

COLOURS = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")

# How each test runner closes: cargo, vitest, Playwright, node.
COUNTS = [
    re.compile(r"^test result: .*?(?P<passed>\d+) passed; (?P<failed>\d+) failed; (?P<skipped>\d+) ignored"),
    re.compile(r"^\s*Tests\s+(?=.*\(\d+\))(?:(?P<failed>\d+) failed)?[ |]*(?:(?P<passed>\d+) passed)?[ |]*(?:(?P<skipped>\d+) skipped)?"),
    re.compile(r"^\s{2,}(?P<passed>\d+) passed \([\d.]+m?s?"),
    re.compile(r"^\s{2,}(?P<failed>\d+) failed$"),
    re.compile(r"^\s{2,}(?P<skipped>\d+) skipped$"),
    re.compile(r"^[#ℹ] pass (?P<passed>\d+)$"),
    re.compile(r"^[#ℹ] fail (?P<failed>\d+)$"),
    re.compile(r"^[#ℹ] skipped (?P<skipped>\d+)$"),
]

# How each of them names a test that failed, and what is told of it where that stands in the lines that follow.
FAILURES = [
    re.compile(r"^test (?P<name>.+) \.\.\. FAILED$"),
    re.compile(r"^ FAIL  (?P<name>.+)$"),
    re.compile(r"^  \d+\) (?P<name>.+?)[ ─]*$"),
    re.compile(r"^not ok \d+ - (?P<name>.+)$"),
]
REASONS = [
    re.compile(r"^\s*error: '(?P<reason>.+)'$"),
    re.compile(r"^\s*(?P<reason>\w*Error: .+)$"),
    re.compile(r"^thread '(?P<name>.+?)' (?P<reason>.*panicked at .+)$"),
]


@dataclass
class Counts:
    """Tests, by how they ended, and the names of those that failed, each with the first that was said of it."""

    passed: int = 0
    failed: int = 0
    skipped: int = 0
    failures: dict[str, str] = field(default_factory=dict)

    def add(self, line: str) -> None:
        """Takes a line of a test runner: how many tests ended how, that one failed, or why; other lines say nothing."""
        line = COLOURS.sub("", line).rstrip()
        self.note_failure(line)
        for pattern in COUNTS:
            if found := pattern.match(line):
                for name, number in found.groupdict().items():
                    setattr(self, name, getattr(self, name) + int(number or 0))
                return

    def note_failure(self, line: str) -> None:
        """Keeps the name of a test that failed, or what is said of the one that was named last."""
        for pattern in FAILURES:
            if found := pattern.match(line):
                self.failures.setdefault(found["name"], "")
                return
        for pattern in REASONS:
            if self.failures and (found := pattern.match(line)):
                name = found.groupdict().get("name") or next(reversed(self.failures))
                if name in self.failures:
                    self.failures[name] = self.failures[name] or found["reason"]
                return

    def __str__(self) -> str:
        return f"{self.passed} passed, {self.failed} failed, {self.skipped} skipped"


@dataclass(frozen=True)
class Step:
    """A command with a name. It is left out where `skip` gives a reason, or where a step that it needs failed."""

    name: str
    command: list[str]
    needs: tuple[str, ...] = ()
    skip: str | None = None
    environment: dict[str, str] | None = None


@dataclass
class Run:
    """What came of the steps."""

    results: list[tuple[str, str, float]] = field(default_factory=list)
    counts: Counts = field(default_factory=Counts)
    unfinished: set[str] = field(default_factory=set)

    def step(self, step: Step, execute: Callable[[Step, Counts], bool] | None = None) -> None:
        lacking = [need for need in step.needs if need in self.unfinished]
        reason = step.skip or (f"needs: {', '.join(lacking)}" if lacking else None)
        print(f"\n=== {step.name}" + (f": SKIPPED ({reason})" if reason else ""), flush=True)
        started = time.monotonic()
        if reason:
            result = f"skipped ({reason})"
        else:
            result = "ok" if (execute or run_command)(step, self.counts) else "FAILED"
        if result != "ok":
            self.unfinished.add(step.name)
        seconds = time.monotonic() - started
        print(f"--- {step.name}: {result}, {seconds:.0f} s", flush=True)
        self.results.append((step.name, result, seconds))

    def close(self) -> int:
        """Prints the summary; returns the exit code."""
        print("\n=== Summary")
        for name, result, seconds in self.results:
            print(f"{seconds:6.0f} s  {name}: {result}")
        print(f"{sum(seconds for _, _, seconds in self.results):6.0f} s  in all\n")
        for name, reason in self.counts.failures.items():
            print(f"failed: {name}" + (f"\n        {reason[:300]}" if reason else ""))
        print(self.counts, flush=True)
        return 1 if self.counts.failed or any(result == "FAILED" for _, result, _ in self.results) else 0


def run_command(step: Step, counts: Counts) -> bool:
    """Runs the command, passes on all that it prints, and counts its tests."""
    process = subprocess.Popen(
        step.command,
        cwd=ROOT,
        env=step.environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
    )
    for line in process.stdout:
        print(line, end="", flush=True)
        counts.add(line)
    return process.wait() == 0
