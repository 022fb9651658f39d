"""What a comparison ran on: the processor, and the versions of the engines."""

import importlib.metadata
import platform
import re
import subprocess
from pathlib import Path

PACKAGES = ["numpy", "onnx", "onnxruntime", "torch", "transformers"]
LOCK = Path(__file__).resolve().parent / "candle_forward" / "Cargo.lock"


def processor():
    try:
        text = Path("/proc/cpuinfo").read_text()
    except OSError:
        return {"model": platform.processor(), "flags": []}
    fields = dict(re.findall(r"^([\w ]+?)\s*: (.*)$", text.split("\n\n")[0], re.MULTILINE))
    return {"model": fields.get("model name", platform.processor()), "flags": fields.get("flags", "").split(),
            "cores": text.count("processor\t")}


def candle_version():
    found = re.search(r'name = "candle-transformers"\nversion = "(.+)"', LOCK.read_text() if LOCK.exists() else "")
    return found[1] if found else None


def proviso_version(program):
    try:
        return subprocess.run([program, "--version"], capture_output=True, text=True).stdout.strip()
    except (OSError, TypeError):
        return None


def describe(proviso, packages=PACKAGES):
    versions = {name: importlib.metadata.version(name) for name in packages}
    return {
        "processor": processor(),
        "system": platform.platform(),
        "versions": versions | {
            "python": platform.python_version(), "candle": candle_version(), "proviso": proviso_version(proviso),
        },
    }
