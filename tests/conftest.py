"""What every test can ask for."""

from pathlib import Path

import pytest

REAL_DATA = Path(__file__).resolve().parents[2] / "shared" / "data"


@pytest.fixture(scope="session")
def real_data() -> Path:
    """The folder of real open data beside the project, where there is one."""
    if not REAL_DATA.is_dir():
        pytest.skip("the real data is not on this machine (../shared/data)")
    return REAL_DATA
