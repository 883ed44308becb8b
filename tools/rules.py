"""`make rules`: writes the rules of the patient guard into the file from which the browser reads them."""

import sys
from pathlib import Path

from campaigns.engine import patient_guard_export
from tools.bootstrap import ROOT

RULES = Path(ROOT) / "site/static/js/patient-guard-rules.json"


def main() -> int:
    RULES.write_text(patient_guard_export.as_json(), encoding="ascii")
    print(f"{RULES.name}: {RULES.stat().st_size:,} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
