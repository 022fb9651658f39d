"""`npm start [-- contract.pdf ...]`: builds Proviso and opens it; without a display, reads the contracts here."""

import os
import subprocess
import sys
from pathlib import Path

import interface
import machine
import table
from machine import ROOT, TARGET

SAMPLE = ROOT / "tests" / "contracts" / "sample-licence-and-distribution.pdf"


def run(command: list[str | Path], doing: str) -> None:
    print(f"\n{doing}", flush=True)
    if subprocess.run(command, cwd=ROOT, check=False).returncode != 0:
        machine.stop(f"{doing} failed; the lines above say why.")


def cargo_build(*packages: str) -> None:
    chosen = [part for package in packages for part in ("-p", package)]
    run(["cargo", "build", "--release", "--locked", *chosen], "Building Proviso (a few minutes the first time)")


def open_window(contracts: list[Path]) -> int:
    missing = machine.install(machine.COMPILER + machine.WINDOW)
    if missing:
        machine.stop(f"Proviso's window needs these packages of the system: {machine.named(missing)}.")
    if interface.packages_stale():
        run(interface.INSTALL, "Installing the user interface's packages")
    if interface.build_stale():
        run(interface.BUILD, "Building the user interface")
    cargo_build("proviso-window", "proviso-cli")
    print("\nOpening Proviso", flush=True)
    return subprocess.run([TARGET / "release" / "proviso-window", *contracts], check=False).returncode


def read_here(contracts: list[Path]) -> int:
    print("There is no display, so the contract is read here instead of in the window.")
    missing = machine.install(machine.COMPILER)
    if missing:
        machine.stop(f"Proviso needs these packages of the system: {machine.named(missing)}.")
    cargo_build("proviso-cli")
    contracts = contracts or [SAMPLE]
    name = contracts[0].stem if len(contracts) == 1 else "clauses"
    written = ROOT / "out" / f"{name}.csv"
    written.parent.mkdir(exist_ok=True)
    print(f"\nReading {', '.join(str(contract) for contract in contracts)}", flush=True)
    command = [TARGET / "release" / "proviso", "extract", *contracts, "--format", "csv", "-o", written]
    code = subprocess.run(command, cwd=ROOT, check=False).returncode
    if written.exists():
        table.show(written)
        print(f"\nThe table lies in {written}")
    return code


def main() -> int:
    machine.require_tools()
    typed_in = Path(os.environ.get("INIT_CWD", os.getcwd()))
    contracts = [typed_in / argument for argument in sys.argv[1:]]
    return open_window(contracts) if machine.has_display() else read_here(contracts)


if __name__ == "__main__":
    sys.exit(main())
