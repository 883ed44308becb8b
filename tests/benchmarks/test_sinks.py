"""What the benchmark sends into answers as a mail server and as a mail service do."""

import smtplib
import time
from email.message import EmailMessage

import requests

from benchmarks import sending


def test_the_sinks_take_mail_after_mail_on_one_connection_and_take_their_time() -> None:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "a@alder.example", "b@alder.example", "Hello"
    mail.set_content("Dear Senator,\n\n.\n\nYours")
    with sending._sinks(0.05) as ports:
        with smtplib.SMTP("127.0.0.1", ports["smtp"]) as line:
            began = time.monotonic()
            assert [line.send_message(mail) for _ in range(3)] == [{}] * 3
            assert time.monotonic() - began > 0.15
        with requests.Session() as session:
            answers = [
                session.post(f"http://127.0.0.1:{ports['http']}/email", json={"To": "b@alder.example"}).json()
                for _ in range(2)
            ]
    assert [answer["To"] for answer in answers] == ["b@alder.example"] * 2
    assert len({answer["MessageID"] for answer in answers}) == 2
