#!/usr/bin/env python
"""The one entry point: puts site/ on the path and hands over to Django."""

import os
import sys
from pathlib import Path


def main() -> None:
    root = Path(__file__).resolve().parent
    # site/ cannot be a package (Python's own `site` module wins), so what is in it is reached by path.
    sys.path.insert(0, str(root / "site"))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.development")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
