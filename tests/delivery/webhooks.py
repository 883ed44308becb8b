"""What mail services post, shaped as they document it, about a message of ours."""

import base64
import hashlib
import hmac
import itertools
import json
import time
from dataclasses import dataclass, field
from typing import Any

from delivery.records.messages import OutboxMessage

SECRET = "reports:sesame"
SIGNING_KEY = "mailgun-signing-key"
_numbers = itertools.count(1)
Payload = dict[str, Any]


@dataclass(frozen=True)
class Post:
    path: str
    body: Any
    headers: dict[str, str] = field(default_factory=dict)


def basic(credentials: str = SECRET) -> str:
    return "Basic " + base64.b64encode(credentials.encode()).decode()


def our_id(message: OutboxMessage) -> str:
    return f"<{message.pk}@alder-medical.example>"


# --- Postmark: https://postmarkapp.com/developer/webhooks/webhooks-overview -----------------------------


def postmark(message: OutboxMessage, record: str, **changes: Any) -> Post:
    body: Payload = {
        "RecordType": record,
        "MessageStream": "outbound",
        "ServerID": 23,
        "MessageID": "883953f4-6105-42a2-a16a-77a8eac79483",
        "Tag": "",
        "Metadata": {"message": str(message.pk)},
        **changes,
    }
    return Post("/anymail/postmark/tracking/", body, {"Authorization": basic()})


def postmark_bounce(message: OutboxMessage, kind: str, code: int, details: str, **changes: Any) -> Post:
    body: Payload = {
        "ID": 4323372036854775000 + next(_numbers),
        "Type": kind,
        "TypeCode": code,
        "Name": kind,
        "Description": "The server was unable to deliver your message",
        "Details": details,
        "Email": message.recipient_address,
        "From": "letters@alder-medical.example",
        "BouncedAt": "2026-11-05T16:33:54.9070259Z",
        "DumpAvailable": True,
        "Inactive": True,
        "CanActivate": True,
        "Subject": message.subject,
        "Content": "<Full dump of bounce>",
        **changes,
    }
    return postmark(message, "SpamComplaint" if kind == "SpamComplaint" else "Bounce", **body)


def postmark_events(message: OutboxMessage) -> dict[str, Post]:
    address = message.recipient_address
    seen = {"Recipient": address, "ReceivedAt": "2026-11-05T16:33:54Z", "UserAgent": "Mail", "Client": {"Name": "Mail"}}
    return {
        "delivered": postmark(
            message,
            "Delivery",
            Recipient=address,
            DeliveredAt="2026-11-05T16:33:54.9070259Z",
            Details=f"smtp;250 2.0.0 OK <{address}> queued",
        ),
        "hard": postmark_bounce(message, "HardBounce", 1, f"smtp;550 5.1.1 <{address}>: user unknown"),
        "policy": postmark_bounce(message, "Blocked", 100006, f"smtp;550 5.7.1 <{address}> blocked"),
        "soft": postmark_bounce(message, "SoftBounce", 4096, f"smtp;452 4.2.2 <{address}> mailbox full"),
        "deferred": postmark_bounce(message, "Transient", 2, f"smtp;451 4.7.1 <{address}> greylisted"),
        "complained": postmark_bounce(message, "SpamComplaint", 512, ""),
        "filtered": postmark_bounce(message, "SpamNotification", 16, "smtp;550 5.7.1 content looks like bulk"),
        "unsubscribed": postmark(
            message,
            "SubscriptionChange",
            ChangedAt="2026-11-05T16:33:54Z",
            Recipient=address,
            Origin="Recipient",
            SuppressSending=True,
            SuppressionReason="ManualSuppression",
        ),
        "rejected": postmark_bounce(message, "ManuallyDeactivated", 100007, ""),
        "opened": postmark(message, "Open", FirstOpen=True, **seen),
        "clicked": postmark(message, "Click", ClickLocation="Text", OriginalLink="https://example.org/", **seen),
    }


# --- Mailgun: https://documentation.mailgun.com/docs/mailgun/user-manual/webhooks/webhooks ---------------


def mailgun(
    message: OutboxMessage, event: str, *, signed_at: float | None = None, key: str = SIGNING_KEY, **changes: Any
) -> Post:
    timestamp, token = str(int(signed_at or time.time())), f"{next(_numbers):050d}"
    signature = hmac.new(key.encode(), f"{timestamp}{token}".encode(), hashlib.sha256).hexdigest()
    data: Payload = {
        "id": f"Ase7i2zsRYeDXztHGENq{next(_numbers)}",
        "timestamp": time.time(),
        "log-level": "info",
        "event": event,
        "recipient": message.recipient_address,
        "recipient-domain": message.recipient_address.rpartition("@")[2],
        "envelope": {
            "transport": "smtp",
            "sender": "letters@alder-medical.example",
            "sending-ip": "209.61.154.250",
            "targets": message.recipient_address,
        },
        "flags": {"is-routed": False, "is-authenticated": True, "is-system-test": False, "is-test-mode": False},
        "message": {
            "headers": {
                "to": message.recipient_address,
                "message-id": our_id(message).strip("<>"),
                "from": "Dr. Ada Quill <letters@alder-medical.example>",
                "subject": message.subject,
            },
            "attachments": [],
            "size": 586,
        },
        "campaigns": [],
        "tags": [],
        "user-variables": {"message": str(message.pk)},
        **changes,
    }
    signed = {"timestamp": timestamp, "token": token, "signature": signature}
    return Post("/anymail/mailgun/tracking/", {"signature": signed, "event-data": data})


def _failed(message: OutboxMessage, severity: str, reason: str, code: int, enhanced: str, text: str) -> Post:
    status = {
        "tls": True,
        "mx-host": "mx.legislature.example",
        "attempt-no": 1,
        "description": "",
        "session-seconds": 0.43,
        "utf8": True,
        "code": code,
        "enhanced-code": enhanced,
        "message": text,
        "certificate-verified": True,
    }
    return mailgun(
        message, "failed", severity=severity, reason=reason, **{"delivery-status": status, "log-level": "error"}
    )


def mailgun_events(message: OutboxMessage) -> dict[str, Post]:
    address = message.recipient_address
    seen = {"ip": "192.0.2.1", "client-info": {"user-agent": "Mail", "device-type": "desktop"}}
    ok = {"delivery-status": {"code": 250, "message": "OK", "description": "", "attempt-no": 1, "tls": True}}
    return {
        "delivered": mailgun(message, "delivered", **ok),
        "hard": _failed(message, "permanent", "bounce", 550, "5.1.1", f"5.1.1 <{address}> does not exist"),
        "policy": _failed(message, "permanent", "generic", 550, "5.7.1", "5.7.1 blocked by policy"),
        "soft": _failed(message, "permanent", "bounce", 552, "5.2.2", f"5.2.2 <{address}> over quota"),
        "deferred": _failed(message, "temporary", "generic", 451, "4.7.1", "4.7.1 try again later"),
        "complained": mailgun(message, "complained"),
        "unsubscribed": mailgun(message, "unsubscribed", **seen),
        "rejected": mailgun(message, "rejected", reject={"reason": "Sandbox", "description": ""}),
        "opened": mailgun(message, "opened", **seen),
        "clicked": mailgun(message, "clicked", url="https://example.org/", **seen),
    }


# --- Amazon SES through SNS: https://docs.aws.amazon.com/ses/latest/dg/event-publishing-retrieving-sns-contents.html


def sns(kind: str, message: Any, *, authorization: str | None = None, **changes: Any) -> Post:
    number = f"22b80b92-fdea-4c2c-8f9d-{next(_numbers):012d}"
    body: Payload = {
        "Type": kind,
        "MessageId": number,
        "TopicArn": "arn:aws:sns:us-east-1:123456789012:letters",
        "Message": message if isinstance(message, str) else json.dumps(message),
        "Timestamp": "2026-11-05T16:33:54.000Z",
        "SignatureVersion": "1",
        "Signature": "EXAMPLEw6JRN...",
        "SigningCertURL": "https://sns.us-east-1.amazonaws.com/SimpleNotificationService-0000.pem",
        **changes,
    }
    headers = {
        "x-amz-sns-message-type": kind,
        "x-amz-sns-message-id": number,
        "x-amz-sns-topic-arn": body["TopicArn"],
        "Content-Type": "text/plain; charset=UTF-8",
        "User-Agent": "Amazon Simple Notification Service Agent",
        "Authorization": basic() if authorization is None else authorization,
    }
    return Post("/anymail/amazon_ses/tracking/", body, headers)


def ses(message: OutboxMessage, kind: str, name: str, detail: Payload) -> Post:
    mail = {
        "timestamp": "2026-11-05T16:33:50.000Z",
        "source": "letters@alder-medical.example",
        "sourceArn": "arn:aws:ses:us-east-1:123456789012:identity/alder-medical.example",
        "sendingAccountId": "123456789012",
        "messageId": "0100015f3e2c2d6a-7b3c4a7e-0000",
        "destination": [message.recipient_address],
        "headersTruncated": False,
        "headers": [
            {"name": "From", "value": "Dr. Ada Quill <letters@alder-medical.example>"},
            {"name": "To", "value": message.recipient_address},
            {"name": "Message-ID", "value": our_id(message)},
        ],
        "commonHeaders": {"from": ["letters@alder-medical.example"], "messageId": "0100015f3e2c2d6a-7b3c4a7e-0000"},
        "tags": {"ses:configuration-set": ["letters"]},
    }
    return sns("Notification", {"eventType": kind, "mail": mail, name: detail})


def ses_bounce(message: OutboxMessage, kind: str, subtype: str, status: str, text: str) -> Post:
    bounced = {
        "emailAddress": message.recipient_address,
        "action": "failed",
        "status": status,
        "diagnosticCode": f"smtp; {text}",
    }
    detail = {
        "bounceType": kind,
        "bounceSubType": subtype,
        "bouncedRecipients": [bounced],
        "timestamp": "2026-11-05T16:33:54.000Z",
        "feedbackId": "0100015f3e2c-0000",
        "reportingMTA": "dsn; a8-50.smtp-out.amazonses.com",
    }
    return ses(message, "Bounce", "bounce", detail)


def ses_events(message: OutboxMessage) -> dict[str, Post]:
    address = message.recipient_address
    at = "2026-11-05T16:33:54.000Z"
    return {
        "delivered": ses(
            message,
            "Delivery",
            "delivery",
            {"timestamp": at, "recipients": [address], "smtpResponse": "250 2.6.0 Queued", "processingTimeMillis": 546},
        ),
        "hard": ses_bounce(message, "Permanent", "General", "5.1.1", f"550 5.1.1 <{address}>... User unknown"),
        "policy": ses_bounce(message, "Permanent", "General", "5.7.1", "550 5.7.1 Message rejected by policy"),
        "soft": ses_bounce(message, "Transient", "MailboxFull", "4.2.2", "452 4.2.2 Mailbox full"),
        "deferred": ses(
            message,
            "DeliveryDelay",
            "deliveryDelay",
            {
                "delayType": "TransientCommunicationFailure",
                "expirationTime": "2026-11-05T17:33:54.000Z",
                "delayedRecipients": [
                    {"emailAddress": address, "status": "4.4.1", "diagnosticCode": "smtp; 421 4.4.1 Unable to connect"}
                ],
                "timestamp": at,
            },
        ),
        "complained": ses(
            message,
            "Complaint",
            "complaint",
            {
                "complainedRecipients": [{"emailAddress": address}],
                "timestamp": at,
                "feedbackId": "0100015f3e2c-0000",
                "complaintFeedbackType": "abuse",
            },
        ),
        "rejected": ses(message, "Reject", "reject", {"reason": "Bad content"}),
        "opened": ses(message, "Open", "open", {"timestamp": at, "ipAddress": "192.0.2.1", "userAgent": "Mail"}),
        "clicked": ses(message, "Click", "click", {"timestamp": at, "ipAddress": "192.0.2.1", "link": "https://x.org"}),
    }


SERVICES = {"Postmark": postmark_events, "Mailgun": mailgun_events, "Amazon SES": ses_events}
