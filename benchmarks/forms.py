"""An action form beside wagtail.contrib.forms with the same fields: showing it, and taking what was filled in.

The same for both: the process, the database, the settings (with the cached loader of templates), every middleware, the
frame of the site, the head that `BasePage` gives a page, its title and opening text, eight inputs in the same order,
and what is typed. Both are asked through Django's test client, in turns; who is first changes from turn to turn.

Not the same, each as its own documentation has it: the peer draws its form with `as_div`, ours with templates of its
own, which besides draw a legend, a counter of characters, advice on what may identify a patient and the keeping of a
draft. The peer sends its mail while the visitor waits and answers with its thanks. Ours judges whether the form is a
person's own, stores it with what they agreed to, puts the mail into the outbox and leads on to the receipt. So taking
is measured twice: until the form is taken, and until the thanks are there, which for ours is one more page. And it is
measured beside a peer that sends no mail at all: where ours takes no longer than that, it is faster than the peer that
does send by all the time that its mail takes.
"""

import itertools
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

from benchmarks.timing import shown

ROOT = Path(__file__).resolve().parents[1]
ROUNDS = 80
#: What a mail server takes for a mail, in milliseconds.
LATENCIES = (0, 50)
_STATES = ("AX", "BY", "CZ")
_OPENING = "Tell us about your practice, and what video visits mean for your patients. It takes three minutes."
_numbers = itertools.count()


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="bench-", ignore_cleanup_errors=True) as folder:
        _set_up(Path(folder))
        ours, peer = _our_page(), _peer_page()
        print("\nAn action form beside wagtail.contrib.forms with the same fields; medians of what a visitor waits")
        _print("showing the form", lambda: _get(ours), lambda: _get(peer))
        _send_no_mail()
        _print("taking it, the peer without its mail", lambda: _post_ours(ours), lambda: _post_peer(peer))
        for latency in LATENCIES:
            with _mail_server(latency):
                taking = f"taking it, mail server of {latency} ms"
                _print(taking, lambda: _post_ours(ours), lambda: _post_peer(peer))
                _print("    until the thanks are there", lambda: _post_and_follow(ours), lambda: _post_peer(peer))


def _print(title: str, ours: Callable[[], Any], peer: Callable[[], Any]) -> None:
    taken: tuple[list[float], list[float]] = ([], [])
    ways = [(ours, taken[0]), (peer, taken[1])]
    for call, _seconds in ways:
        call()
    for _round in range(ROUNDS):
        for call, seconds in ways:
            began = time.perf_counter()
            call()
            seconds.append(time.perf_counter() - began)
        # Who comes second finds a warmer machine, or one that has to clean up: both are both.
        ways.reverse()
    mine, theirs = (statistics.median(seconds) for seconds in taken)
    print(f"    {title:<40}{shown(mine):>10}   {mine / theirs:.2f} times the peer’s {shown(theirs)}", flush=True)


# --- What is asked -------------------------------------------------------------------------------


def _get(path: str) -> None:
    from django.test import Client

    response = Client().get(path)
    _require(response.status_code == 200 and b"<form" in response.content, response)


def _post_ours(path: str) -> tuple[Any, str]:
    """The visitor's client, and where it is led."""
    from django.test import Client

    client = Client(REMOTE_ADDR=_address())
    page = client.get(path).content.decode() if _HIDDEN is None else ""
    response = client.post(path, {**_hidden(page), **_filled_in("name__given", "name__family"), "stage": "details"})
    _require(response.status_code == 302 and "receipt" in response["Location"], response)
    return client, response["Location"]


def _post_and_follow(path: str) -> None:
    client, receipt = _post_ours(path)
    response = client.get(receipt)
    is_clear = b"is being checked" not in response.content
    _require(response.status_code == 200 and b"Thank you" in response.content and is_clear, response)


def _post_peer(path: str) -> None:
    from django.test import Client

    client = Client(REMOTE_ADDR=_address())
    response = client.post(path, {**_filled_in("given_name", "family_name")})
    _require(response.status_code == 200 and b"Thank you" in response.content, response)


_HIDDEN: dict[str, str] | None = None


def _hidden(page: str) -> dict[str, str]:
    """The inputs that the page itself gave; each form gets a token of its own."""
    global _HIDDEN
    if _HIDDEN is None:
        found = re.findall(r"<input[^>]*type=\"hidden\"[^>]*>", page)
        pairs = [(re.search(r'name="([^"]*)"', tag), re.search(r'value="([^"]*)"', tag)) for tag in found]
        _HIDDEN = {name[1]: value[1] for name, value in pairs if name and value}
    return {**_HIDDEN, "token": str(uuid.uuid4())}


def _address() -> str:
    """Each visitor has a network of their own: many forms from one of them would be kept back."""
    number = next(_numbers)
    return f"10.{number // 256 % 256}.{number % 256}.1"


def _filled_in(given: str, family: str) -> dict[str, str]:
    number = next(_numbers)
    return {
        given: "Maria",
        family: "Santos",
        "email": f"maria{number}@clinic.example",
        "specialty": "Pediatrics",
        "years": "12",
        "state": "AX",
        "story": "I see forty patients a week by video. " * 5,
        "news": "on",
    }


def _require(is_right: bool, response: Any) -> None:
    if not is_right:
        raise RuntimeError(f"the benchmark’s form was not taken ({response.status_code})")


# --- What is there -------------------------------------------------------------------------------


def _set_up(folder: Path) -> None:
    os.environ |= {
        "DATA_DIR": str(folder),
        "DATABASE_URL": f"sqlite:///{folder / 'bench.sqlite3'}",
        "REDIS_URL": f"unix://{folder / 'absent.sock'}",
        "DJANGO_SETTINGS_MODULE": "benchmarks.peer.settings",
        "LOG_LEVEL": "CRITICAL",
    }
    sys.path.insert(0, str(ROOT / "site"))
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", interactive=False, verbosity=0)
    from django.conf import settings

    settings.ALLOWED_HOSTS = ["*"]


def _our_page() -> str:
    from django.utils import timezone

    from campaigns.content import flow
    from campaigns.content.action_page import ActionPage

    # Nobody fills in a form in no time: what came that fast would be kept back.
    flow.shown_at = lambda: timezone.now() - timedelta(minutes=1)

    choices = [{"value": state, "label": state} for state in _STATES]
    fields: list[tuple[str, dict[str, Any]]] = [
        ("name", {"label": "Your name", "key": "name", "is_required": True, "has_title": False}),
        ("email", {"label": "E-mail", "key": "email", "is_required": True}),
        ("text", {"label": "Specialty", "key": "specialty", "is_required": True}),
        ("number", {"label": "Years in practice", "key": "years", "is_required": True}),
        ("choice", {"label": "State", "key": "state", "is_required": True, "control": "select", "options": choices}),
        ("long_text", {"label": "Your story", "key": "story", "is_required": True}),
        ("consent", {"label": "News", "key": "news", "purpose": "news", "text": "Send me news.", "is_required": False}),
    ]
    page = _home().add_child(instance=ActionPage(title="Join", slug="ours", introduction=_OPENING, form_fields=fields))
    return page.get_url() or ""


def _peer_page() -> str:
    from benchmarks.peer.models import PeerField, PeerPage

    page = PeerPage(
        title="Join",
        slug="peer",
        introduction=_OPENING,
        subject="Somebody joined",
        from_address="forms@alder-medical.example",
        to_address="staff@alder-medical.example",
    )
    labels = {
        "given_name": ("Given name", "singleline"),
        "family_name": ("Family name", "singleline"),
        "email": ("E-mail", "email"),
        "specialty": ("Specialty", "singleline"),
        "years": ("Years in practice", "number"),
        "state": ("State", "dropdown"),
        "story": ("Your story", "multiline"),
        "news": ("Send me news.", "checkbox"),
    }
    page.form_fields = [
        PeerField(
            sort_order=number,
            clean_name=key,
            label=label,
            field_type=kind,
            required=kind != "checkbox",
            choices=",".join(_STATES) if kind == "dropdown" else "",
        )
        for number, (key, (label, kind)) in enumerate(labels.items())
    ]
    return _home().add_child(instance=page).get_url() or ""


def _home() -> Any:
    from home.models import HomePage

    return HomePage.objects.get(locale__language_code="en")


def _send_no_mail() -> None:
    """Until there is a mail server."""
    from django.conf import settings

    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"


@contextmanager
def _mail_server(latency: int) -> Iterator[None]:
    """The peer's mails go to a sink that answers after so many milliseconds."""
    from django.conf import settings

    command = [sys.executable, "-m", "benchmarks.sinks", str(latency / 1000)]
    sink = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        assert sink.stdout is not None
        port = int(sink.stdout.readline().split()[0])
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
        yield
    finally:
        sink.communicate()


if __name__ == "__main__":
    main()
