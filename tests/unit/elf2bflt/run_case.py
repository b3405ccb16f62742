"""run_case.py TOOL GCC CASE: runs one case for both widths. run_case.py --list: prints the names of the cases."""
import sys

import cases_broken  # noqa: F401
import cases_files  # noqa: F401
import cases_pairs  # noqa: F401
from bench import CASES, Bench


def main(arguments):
    if arguments == ["--list"]:
        print("\n".join(CASES))
        return 0
    tool, gcc, name = arguments
    for width in (32, 64):
        print(f"{name}, {width} bits")
        CASES[name](Bench(tool, gcc, width))
    return 0


sys.exit(main(sys.argv[1:]))
