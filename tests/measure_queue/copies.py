"""Makes many contracts: 1 to 3 pages each, with other words, names and bytes; and some files that cannot be read among them.

    python3 tests/measure_queue/copies.py FOLDER [COUNT]

Each begins at another place of the project's own contracts and bears a number and a party of its own. Every fiftieth is broken: cut off
before its pages, empty, or a letter. They lie in folders of a hundred, as in a data room. Needs nothing but Python.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "measure_pages"))
from contract_pdf import contract_pdf

IN_A_FOLDER = 100
BROKEN_OF = 50
BROKEN = [b"", b"Dear Sirs, enclosed please find the agreement.\n", None]


def main() -> None:
    folder = Path(sys.argv[1])
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 1000
    for number in range(1, count + 1):
        place = folder / f"part {(number - 1) // IN_A_FOLDER + 1:02}"
        place.mkdir(parents=True, exist_ok=True)
        head = [f"Agreement No. {number} between Harbour {number} Limited and Lowland {count - number} Inc.", ""]
        content = contract_pdf(1 + number % 3, first_line=number * 17, head=head)
        name = "contract"
        if number % BROKEN_OF == 0:
            name = "broken"
            instead = BROKEN[number // BROKEN_OF % len(BROKEN)]
            content = content[:60] if instead is None else instead
        (place / f"{name} {number:04}.pdf").write_bytes(content)


if __name__ == "__main__":
    main()
