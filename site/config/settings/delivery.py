"""How messages leave: mail, its pace and its streams, and Congress’s own system."""

from config.env import DATA, env

#: "capture" writes every message to a file; "send" lets it leave. Only production may say "send".
DELIVERY_MODE = "capture"
CAPTURED_MAIL_DIR = DATA / "mail"
EMAIL_BACKEND = "delivery.adapters.capture.CapturedMailBackend"
EMAIL_TIMEOUT = 20
#: The society's own domain, for which SPF, DKIM and DMARC are set up. Letters leave from it.
LETTERS_FROM_ADDRESS = env.str("LETTERS_FROM_ADDRESS", default="letters@alder-medical.example")
RECEIPTS_FROM_ADDRESS = env.str("RECEIPTS_FROM_ADDRESS", default="receipts@alder-medical.example")
ALERTS_FROM_ADDRESS = env.str("ALERTS_FROM_ADDRESS", default="alerts@alder-medical.example")
DEFAULT_FROM_EMAIL = SERVER_EMAIL = RECEIPTS_FROM_ADDRESS
ANYMAIL: dict[str, object] = {}

#: More for the mail service by stream (letter, receipt, alert, reply): {"alert": {"MessageStream": "broadcast"}}.
MAIL_STREAM_OPTIONS: dict[str, dict[str, object]] = env.json("MAIL_STREAM_OPTIONS", default={})
#: The domain (d=) with which the mail service signs; the addresses above have to lie in it or below it.
MAIL_DKIM_DOMAIN = env.str("MAIL_DKIM_DOMAIN", default="")
#: Where returned mail goes, one address a message; empty leaves that to the mail service.
RETURN_PATH_DOMAIN = env.str("RETURN_PATH_DOMAIN", default="")
#: Where offices' answers go, one address a letter, to be passed on; empty has them go to the person directly.
REPLIES_DOMAIN = env.str("REPLIES_DOMAIN", default="")
#: Answers that are larger are not passed on; the person is told. No more than the mail service takes for sending.
REPLIES_MAX_MEGABYTES = env.int("REPLIES_MAX_MEGABYTES", default=10)
#: So long after a letter the person is asked whether the office answered; 0 asks nobody.
REPLY_QUESTION_DAYS = env.int("REPLY_QUESTION_DAYS", default=14)

# --- How fast, and what is alarming -----------------------------------------------------------------

#: Letters drip by the rules that the staff set in the admin; off sends each as soon as it is written.
PACE_LETTERS = env.bool("PACE_LETTERS", default=True)
#: Letters in flight at once in one worker.
SEND_THREADS = env.int("SEND_THREADS", default=20)
#: Longer than a slice of a drain with one slow send at its end; a row claimed by a worker that died waits for this.
CLAIM_LEASE_SECONDS = 120.0
#: Longer than any one send: an SMTP conversation waits EMAIL_TIMEOUT for each of some seven answers.
SEND_LEASE_SECONDS = 240.0
ALARM_OLDEST_DUE_MINUTES = env.int("ALARM_OLDEST_DUE_MINUTES", default=30)
#: Of what was tried within the last hour.
ALARM_FAILURE_PERCENT = env.int("ALARM_FAILURE_PERCENT", default=20)
#: A letter of which nothing is known is tried again after so many hours if the mail service has reported on later
#: mail and never on it; 0 leaves that to the staff.
UNCERTAIN_RETRY_HOURS = env.float("UNCERTAIN_RETRY_HOURS", default=0)

# --- What rooms above `delivery` are asked: dotted names, which tests/conventions imports ---------------

#: Before letters leave: `(*, messages: Sequence[OutboxMessage]) -> Mapping[UUID, Ruling]`.
DELIVERY_RECIPIENT_CHECK = "campaigns.services.recipients.rule"
#: Before other mails leave: `(*, messages: Sequence[OutboxMessage]) -> Mapping[UUID, str]`, those that are stopped and
#: why, as a `DeliveryEvent.Reason` value.
DELIVERY_MAIL_CHECK = "campaigns.services.still_wanted.stopped"
#: Mails that were queued without their words leave: `(*, messages: Sequence[OutboxMessage]) -> Mapping[UUID, str]`, in
#: the language of each; "" for one of which there is nothing to say any more, and one that it leaves out waits.
DELIVERY_MAIL_WRITER = "campaigns.services.confirmations.texts"
#: Letters have become hand-offs after they were written: `(*, message_ids: Sequence[UUID]) -> None`.
DELIVERY_AFTER_FALLBACK = "campaigns.services.follow_ups.tell_of_handoffs"

# --- Congress’s own system (CWC) ------------------------------------------------------------------------

#: "off", "validate" (asked whether a letter would pass; nothing is sent), "test" (to their test systems) or "live".
#: Only production may say "live".
CWC_MODE = "off"
CWC_HOUSE_KEY = env.str("CWC_HOUSE_KEY", default="")
CWC_HOUSE_URL = env.str("CWC_HOUSE_URL", default="https://cwc.house.gov")
CWC_HOUSE_TEST_URL = env.str("CWC_HOUSE_TEST_URL", default="https://uat-cwc.house.gov")
CWC_SENATE_KEY = env.str("CWC_SENATE_KEY", default="")
CWC_SENATE_URL = env.str("CWC_SENATE_URL", default="https://soapbox.senate.gov/api")
#: What a chamber was found to do otherwise than `delivery.engine.cwc.chambers` says: {"city_min_length": 2}.
CWC_HOUSE_RULES: dict[str, object] = env.json("CWC_HOUSE_RULES", default={})
CWC_SENATE_RULES: dict[str, object] = env.json("CWC_SENATE_RULES", default={})
#: As the keys were given out; the chambers may have registered different names.
CWC_HOUSE_DELIVERY_AGENT = env.str("CWC_HOUSE_DELIVERY_AGENT", default="")
CWC_SENATE_DELIVERY_AGENT = env.str("CWC_SENATE_DELIVERY_AGENT", default="")
CWC_ACK_ADDRESS = env.str("CWC_ACK_ADDRESS", default="")
CWC_CONTACT_NAME = env.str("CWC_CONTACT_NAME", default="")
CWC_CONTACT_EMAIL = env.str("CWC_CONTACT_EMAIL", default="")
CWC_CONTACT_PHONE = env.str("CWC_CONTACT_PHONE", default="")
CWC_ORGANIZATION = env.str("CWC_ORGANIZATION", default="")
CWC_ORGANIZATION_ABOUT = env.str("CWC_ORGANIZATION_ABOUT", default="")
