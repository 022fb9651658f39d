"""`npm run fuzz -- [TARGET ...] [--seconds N] [--more FOLDER]`: coverage-guided fuzzing of what reads strangers' files.

libFuzzer, which `libfuzzer-sys` brings as source, wants a C++ compiler and counters in every branch, which a stable rustc puts there. The
targets are in `tests/fuzz/src`. They are built with the versions of `Cargo.lock`, apart from everything else. What is found lies in `out/fuzz/TARGET`: small
files whose names begin with `crash`, `timeout` or `oom`; what leads to new branches is kept for the next run.
"""

import argparse
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from machine import ROOT, TARGET

MODELS = "crates/proviso-encoder/tests"

# Where each target begins, and the most bytes of a file.
SEEDS = {
    "pdf": (["tests/contracts/*.pdf", "ui/fixtures/*.pdf"], 200_000),
    "text": (["tests/contracts/sources/*.md"], 8_000),
    "tokenizer": ([f"{MODELS}/questions/*/tokenizer.json"], 30_000),
    "vocabulary": ([f"{MODELS}/tokenizers/*/{name}" for name in ("vocab.*", "*.model")], 30_000),
    "weights": ([f"{MODELS}/sources/*/{name}" for name in ("*.safetensors", "*.bin", "*.index.json")], 30_000),
    "configuration": ([f"{MODELS}/questions/*/config.json", "models/*/config.json"], 4_000),
}

COUNTERS = [
    "-Cpasses=sancov-module",
    "-Cllvm-args=-sanitizer-coverage-level=4",
    "-Cllvm-args=-sanitizer-coverage-inline-8bit-counters",
    "-Cllvm-args=-sanitizer-coverage-pc-table",
    "-Cllvm-args=-sanitizer-coverage-trace-compares",
    "-Ccodegen-units=1",
]

# Seconds that one input may take, and megabytes; the reading process of PDFs is held to less by other means.
MOST_SECONDS = 20
MOST_MEGABYTES = 1024

# How libFuzzer tells of its work, and of what it found until then.
STATE = re.compile(
    r"^#(?P<inputs>\d+): cov: (?P<branches>\d+) .*exec/s: \d+ "
    r"oom/timeout/crash: (?P<oom>\d+)/(?P<timeout>\d+)/(?P<crash>\d+) time: (?P<seconds>\d+)s"
)


def options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("targets", nargs="*", metavar="TARGET", help=f"of {', '.join(SEEDS)}; all without any")
    parser.add_argument("--seconds", type=int, default=60, help="for each target")
    parser.add_argument("--more", type=Path, help="a folder of further files to begin with")
    chosen = parser.parse_args()
    if unknown := set(chosen.targets) - set(SEEDS):
        parser.error(f"there is no target {', '.join(sorted(unknown))}; there are {', '.join(SEEDS)}")
    return chosen


def build() -> Path:
    """The folder of the fuzzers."""
    package, target = ROOT / "tests/fuzz", TARGET / "fuzz"
    shutil.copyfile(ROOT / "Cargo.lock", package / "Cargo.lock")
    told = subprocess.run(["rustc", "-vV"], capture_output=True, text=True, check=True).stdout
    host = next(line.removeprefix("host: ") for line in told.splitlines() if line.startswith("host: "))
    # With a target named, the flags leave out what runs while it is built.
    command = ["cargo", "build", "--release", "--target", host, "--target-dir", str(target)]
    environment = os.environ | {"RUSTFLAGS": " ".join(COUNTERS)}
    if subprocess.run(command, cwd=package, env=environment, check=False).returncode != 0:
        sys.exit("The fuzzers could not be built. Beside cargo they want a C++ compiler (g++ or clang++).")
    return target / host / "release"


def fuzz(program: Path, target: str, chosen: argparse.Namespace) -> dict[str, int]:
    """Runs one fuzzer, and says what it tried and found."""
    patterns, most = SEEDS[target]
    kept, finds = ROOT / "out/fuzz" / target / "corpus", ROOT / "out/fuzz" / target
    kept.mkdir(parents=True, exist_ok=True)
    begin = kept.parent / "begin"
    shutil.rmtree(begin, ignore_errors=True)
    begin.mkdir()
    seeds = [path for pattern in patterns for path in ROOT.glob(pattern)]
    seeds += [path for path in chosen.more.rglob("*") if path.is_file()] if chosen.more else []
    for number, path in enumerate(seed for seed in seeds if seed.stat().st_size <= most):
        shutil.copyfile(path, begin / f"{number}-{path.name}")
    command = [str(program), str(kept), str(begin), f"-artifact_prefix={finds}/", f"-max_total_time={chosen.seconds}"]
    command += [f"-timeout={MOST_SECONDS}", f"-rss_limit_mb={MOST_MEGABYTES}", f"-max_len={most}"]
    # Goes on after a find.
    command += ["-fork=1", "-ignore_crashes=1", "-ignore_timeouts=1", "-ignore_ooms=1"]
    if (words := ROOT / "tests/fuzz" / f"{target}.dict").exists():
        command.append(f"-dict={words}")
    last: dict[str, int] = {}
    environment = os.environ | ({"TMPDIR": "/dev/shm"} if Path("/dev/shm").is_dir() else {})
    running = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, errors="replace", env=environment)
    for line in running.stderr or []:
        if found := STATE.match(line):
            last = {name: int(number) for name, number in found.groupdict().items()}
            print(f"\r{target}: {line.rstrip()[:110]}", end="", flush=True)
        elif "ERROR" in line or "panicked" in line:
            print(f"\n{target}: {line.rstrip()}")
    print()
    if running.wait() != 0 or not last:
        sys.exit(f"{target} ended by itself; run {program} to see why.")
    return last


def main() -> None:
    chosen = options()
    programs = build()
    told = {target: fuzz(programs / target, target, chosen) for target in chosen.targets or SEEDS}
    print(f"\n{'target':<14} {'seconds':>8} {'inputs':>12} {'branches':>9} {'crashes':>8} {'hangs':>6} {'memory':>7}")
    for target, seen in told.items():
        print(
            f"{target:<14} {seen['seconds']:>8} {seen['inputs']:>12,} {seen['branches']:>9,} "
            f"{seen['crash']:>8} {seen['timeout']:>6} {seen['oom']:>7}"
        )
    if any(seen[kind] for seen in told.values() for kind in ("crash", "timeout", "oom")):
        sys.exit(f"What was found lies in {ROOT / 'out/fuzz'}.")


if __name__ == "__main__":
    main()
