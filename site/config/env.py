"""The one place that reads the environment; docs/settings.md describes every variable."""

from pathlib import Path

import environ

ROOT = Path(__file__).resolve().parents[2]

env = environ.Env()
if (ROOT / ".env").is_file():
    env.read_env(ROOT / ".env")

#: Where the running site keeps what it writes: database, captured mail, uploads, the queue's log.
DATA = Path(env.str("DATA_DIR", default=str(ROOT / "var")))
DATA.mkdir(parents=True, exist_ok=True)
