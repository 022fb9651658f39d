"""`npm test`: everything that is checked before a change is taken, on a computer that may lack most of it."""

import os
import subprocess
import sys

import interface
import machine
from machine import ROOT, TARGET
from steps import Counts, Run, Step, run_command

GENERATED = "ui/src/backend/generated"


def bindings_unchanged(step: Step, counts: Counts) -> bool:
    """The tests write the bindings anew: they must be the ones that were committed."""
    new = subprocess.run(
        ["git", "ls-files", "--others", "--exclude-standard", GENERATED],
        cwd=ROOT, capture_output=True, text=True, check=False,
    ).stdout
    print(new, end="")
    return run_command(step, counts) and not new


def in_a_checkout() -> bool:
    command = ["git", "ls-files", "--error-unmatch", GENERATED]
    try:
        return subprocess.run(command, cwd=ROOT, capture_output=True, check=False).returncode == 0
    except FileNotFoundError:
        return False


def has_rustfmt() -> bool:
    return subprocess.run(["cargo", "fmt", "--version"], capture_output=True, check=False).returncode == 0


def lacking(needs: list[machine.Need], missing: list[machine.Need]) -> str | None:
    """The reason to skip what needs something that could not be installed."""
    absent = [need for need in needs if need in missing]
    return f"not installed: {machine.named(absent)}" if absent else None


def main() -> int:
    machine.require_tools()
    missing = machine.install(machine.COMPILER + machine.WINDOW + machine.BROWSER + machine.WINDOW_TEST)
    if without := lacking(machine.COMPILER, missing):
        machine.stop(f"Proviso cannot be built: {without}.")
    no_window = lacking(machine.WINDOW, missing)
    no_window_test = no_window or lacking(machine.WINDOW_TEST, missing)
    packages = ["--locked", "--workspace"] + (["--exclude", "proviso-window"] if no_window else [])
    if no_window:
        print(f"\nSKIPPED: everything about the window ({no_window})")

    run = Run()
    run.step(Step("Rust format", ["cargo", "fmt", "--all", "--check"], skip=None if has_rustfmt() else "no rustfmt"))
    if interface.packages_stale():
        run.step(Step("User interface: packages", interface.INSTALL))
    ui = ("User interface: packages",)
    run.step(Step("User interface: lint", ["npm", "run", "lint", "--workspace", "ui"], ui))
    run.step(Step("User interface: unit tests", ["npm", "run", "test", "--workspace", "ui"], ui))
    run.step(Step("User interface: build", interface.BUILD, ui))
    built = ("User interface: build",)
    run.step(Step("Rust build", ["cargo", "build", *packages, "--bins", "--tests"], () if no_window else built))
    run.step(Step("Rust tests", ["cargo", "test", *packages, "--no-fail-fast"], ("Rust build",)))
    check = Step(
        "Bindings are those committed",
        ["git", "--no-pager", "diff", "--exit-code", "--", GENERATED],
        skip=None if in_a_checkout() else "not a git checkout",
    )
    run.step(check, bindings_unchanged)
    no_browser = lacking(machine.BROWSER, missing)
    run.step(Step("Browser tests", ["npm", "run", "test:browser", "--workspace", "ui"], ui, no_browser))
    environment = {**os.environ, "PROVISO_WINDOW": str(TARGET / "debug" / "proviso-window")}
    window_test = ["npm", "run", "test:window"]
    run.step(Step("The real window", window_test, ("Rust build",), no_window_test, environment))
    return run.close()


if __name__ == "__main__":
    sys.exit(main())
