"""``python -m data_access [--config DIR] COMMAND``."""

import sys

from data_access.cli.main import main

sys.exit(main(sys.argv[1:]))
