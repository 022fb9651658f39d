"""Makes many contracts out of one: the same pages, other bytes.

    python3 tests/measure_queue/copies.py FOLDER [COUNT] [CONTRACT]

Each copy has a comment of its own behind the end of the file, which every reader passes over. They lie in folders of a hundred, as
in a data room.
"""

import sys
from pathlib import Path

SHORT = Path(__file__).parent.parent / "contracts" / "services-two-column.pdf"
IN_A_FOLDER = 100


def main() -> None:
    folder = Path(sys.argv[1])
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 1000
    contract = Path(sys.argv[3]) if len(sys.argv) > 3 else SHORT
    content = contract.read_bytes()
    for number in range(count):
        place = folder / f"part {number // IN_A_FOLDER + 1:02}"
        place.mkdir(parents=True, exist_ok=True)
        (place / f"contract {number + 1:04}.pdf").write_bytes(content + f"\n% copy {number + 1}\n".encode())


if __name__ == "__main__":
    main()
