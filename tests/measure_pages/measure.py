"""Measures how long `proviso extract` takes for contracts of 10 to 800 pages, and how much memory.

    cargo build --release -p proviso-cli
    python3 tests/measure_pages/measure.py target/release/proviso
    python3 tests/measure_pages/measure.py target/release/proviso --pages 10,200 --runs 5 -- --precision f32 --threads 1

What follows `--` goes to `proviso extract`. The contracts are made of the text of the project's own (`contract_pdf`). Each
run is a process of its own, so the model is loaded in each; the sizes take turns, so that a machine which slows down does
so for all of them. Memory is the most that either the program or the process that reads its PDF held. Needs nothing but
Python, on Linux or macOS.
"""

import argparse
import json
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

from contract_pdf import COLUMNS, LINES, contract_pdf

BYTES_PER_UNIT = 1 if sys.platform == "darwin" else 1024  # of `ru_maxrss`


def counts(text):
    return [int(part) for part in text.split(",")]


def run(program, pdf, more):
    """Wall-clock seconds, the peak in MB, and what was found."""
    with tempfile.TemporaryFile() as out:
        started = time.monotonic()
        process = subprocess.Popen(
            [program, "extract", "--format", "json", *more, str(pdf)], stdout=out, stderr=subprocess.PIPE
        )
        message = process.stderr.read()
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.monotonic() - started
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            sys.exit(f"{program} ended with {process.returncode}:\n{message.decode(errors='replace')}")
        out.seek(0)
        return seconds, usage.ru_maxrss * BYTES_PER_UNIT / 1e6, json.load(out)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program", type=pathlib.Path, help="the command line, such as target/release/proviso")
    parser.add_argument("--pages", type=counts, default=[10, 50, 200, 800], help="sizes of the contracts, with commas")
    parser.add_argument("--runs", type=int, default=3, help="runs of each contract")
    typed = sys.argv[1:]
    own = typed.index("--") if "--" in typed else len(typed)
    options = parser.parse_args(typed[:own])
    program = options.program.resolve()

    results = {count: [] for count in options.pages}
    with tempfile.TemporaryDirectory() as folder:
        pdfs = {count: pathlib.Path(folder) / f"{count}-pages.pdf" for count in options.pages}
        for count, pdf in pdfs.items():
            pdf.write_bytes(contract_pdf(count))
        for _ in range(options.runs):
            for count, pdf in pdfs.items():
                seconds, megabytes, result = run(program, pdf, typed[own + 1 :])
                document = result["documents"][0]
                if document["pages"] != count or document["error"]:
                    sys.exit(f"{count} pages: {document['pages']} were read; {document['error']}")
                results[count].append((seconds, megabytes, len(document["findings"])))
    receipt = result["run"]
    print(f"Proviso {receipt['version']}, {receipt['model']}, {receipt['precision']} on {receipt['device']};", end=" ")
    print(f"median of {options.runs} runs; at most {LINES} lines of {COLUMNS} characters a page")
    print(f"{'pages':>6} {'seconds':>9} {'fastest':>9} {'slowest':>9} {'s/page':>9} {'peak MB':>9} {'findings':>9}")
    for count, runs in results.items():
        seconds, megabytes, findings = zip(*runs)
        middle = statistics.median(seconds)
        print(
            f"{count:>6} {middle:>9.2f} {min(seconds):>9.2f} {max(seconds):>9.2f} {middle / count:>9.4f} "
            f"{max(megabytes):>9.0f} {findings[0]:>9}"
        )


if __name__ == "__main__":
    main()
