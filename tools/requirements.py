"""`make requirements`: pins what requirements*.in ask for."""

import subprocess
import sys
from pathlib import Path

from tools.bootstrap import ROOT

#: Nothing in a pinned file may tell where or on which machine it was compiled.
OPTIONS = (
    *("--quiet", "--strip-extras", "--no-header", "--annotation-style=line", "--no-emit-index-url"),
    *("--no-emit-trusted-host", "--no-emit-find-links", "--resolver=backtracking"),
)


def main(arguments: list[str]) -> int:
    """Pin the site first: the development tools have to agree with it. `--upgrade` looks for newer versions."""
    compiler = str(Path(sys.executable).with_name("pip-compile"))
    for name in ("requirements", "requirements-dev"):
        command = [compiler, *OPTIONS, *arguments, "--output-file", f"{name}.txt", f"{name}.in"]
        answer = subprocess.run(command, cwd=ROOT, check=False)
        if answer.returncode != 0:
            return answer.returncode
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
