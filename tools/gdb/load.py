"""The entry: (gdb) source tools/gdb/load.py. tools/run debug does it; docs/debugging.md describes the commands."""

import os
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import sublet.commands  # noqa: E402,F401  # pylint: disable=wrong-import-position,unused-import
