"""The settings of each environment, loaded as the site loads them."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PRODUCTION = {
    "DJANGO_SETTINGS_MODULE": "config.settings.production",
    "SECRET_KEY": "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "ALLOWED_HOSTS": "act.society.test",
    "BASE_URL": "https://act.society.test",
    "DATABASE_URL": "postgres://site:word@database/site",
    "REDIS_URL": "redis://queue/0",
    "LETTERS_FROM_ADDRESS": "letters@society.test",
    "RECEIPTS_FROM_ADDRESS": "receipts@society.test",
    "ALERTS_FROM_ADDRESS": "alerts@society.test",
    "MAIL_DKIM_DOMAIN": "society.test",
    "DELIVERY_MODE": "send",
    "EMAIL_BACKEND": "anymail.backends.postmark.EmailBackend",
    "ANYMAIL": '{"POSTMARK_SERVER_TOKEN": "token", "WEBHOOK_SECRET": "name:word"}',
}


def manage(*arguments: str, tmp_path: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """manage.py in a process of its own, with nothing of this machine's environment but the PATH."""
    clean = {"PATH": os.environ["PATH"], "DATA_DIR": str(tmp_path), "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        env=clean | environment,
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def test_production_passes_the_deployment_checks_without_a_warning(tmp_path):
    answer = manage("check", "--deploy", "--fail-level", "WARNING", tmp_path=tmp_path, **PRODUCTION)
    assert answer.returncode == 0, answer.stderr
    assert "no issues (0 silenced)" in answer.stdout


@pytest.mark.parametrize(
    "name",
    [
        *("SECRET_KEY", "ALLOWED_HOSTS", "BASE_URL", "DATABASE_URL", "REDIS_URL"),
        *("LETTERS_FROM_ADDRESS", "RECEIPTS_FROM_ADDRESS", "ALERTS_FROM_ADDRESS", "DELIVERY_MODE", "EMAIL_BACKEND"),
    ],
)
def test_production_names_the_variable_that_is_missing(name, tmp_path):
    given = {key: value for key, value in PRODUCTION.items() if key != name}
    answer = manage("check", tmp_path=tmp_path, **given)
    assert answer.returncode != 0
    assert f"Set the {name} environment variable" in answer.stderr


def test_production_refuses_a_delivery_mode_that_it_does_not_know(tmp_path):
    answer = manage("check", tmp_path=tmp_path, **PRODUCTION | {"DELIVERY_MODE": "yes"})
    assert answer.returncode != 0
    assert "DELIVERY_MODE is 'capture' or 'send', not 'yes'." in answer.stderr


SHOW_MAIL = "from django.conf import settings; print(settings.DELIVERY_MODE, settings.EMAIL_BACKEND)"


def test_production_that_was_told_to_capture_cannot_send(tmp_path):
    given = PRODUCTION | {"DELIVERY_MODE": "capture"}
    answer = manage("shell", "--no-imports", "--command", SHOW_MAIL, tmp_path=tmp_path, **given)
    assert answer.stdout.split() == ["capture", "delivery.adapters.capture.CapturedMailBackend"], answer.stderr


def test_no_variable_makes_a_development_machine_send(tmp_path):
    given = PRODUCTION | {"DJANGO_SETTINGS_MODULE": "config.settings.development", "DATABASE_URL": "sqlite://:memory:"}
    answer = manage("shell", "--no-imports", "--command", SHOW_MAIL, tmp_path=tmp_path, **given)
    assert answer.stdout.split() == ["capture", "delivery.adapters.capture.CapturedMailBackend"], answer.stderr
