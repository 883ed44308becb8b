"""Anymail's backend for Resend, with the key that makes one mail of several tries."""

from typing import Any

from anymail.backends.resend import EmailBackend, ResendPayload


class _KeyedPayload(ResendPayload):
    def get_request_params(self, api_url: str) -> dict[str, Any]:
        params: dict[str, Any] = super().get_request_params(api_url)
        # A header of the request, not of the mail (resend.com/docs/dashboard/emails/idempotency-keys).
        return {**params, "headers": {**params["headers"], "Idempotency-Key": self.metadata["message"]}}


class ResendBackend(EmailBackend):
    """Takes the place of Anymail's own wherever the settings name that one."""

    def build_message_payload(self, message: Any, defaults: Any) -> ResendPayload:
        return _KeyedPayload(message, defaults, self)
