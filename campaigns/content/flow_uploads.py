"""The files that come with a request to an action page: stored at once, and named in the form by tokens."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, QueryDict

from campaigns.blocks.fields import upload as upload_field
from campaigns.engine import networks
from campaigns.engine.fields import FieldSpec
from campaigns.engine.upload_checks import Refused, Why
from campaigns.forms.action_form import ActionForm
from campaigns.services import uploads

#: The button beside a file that is held: the field's key and the file's token.
REMOVE_INPUT = "action-remove-file"


class ArrivedFiles:
    """What a request brought. `post` is to be read instead of the request's own once they are taken."""

    def __init__(self, page: Any, request: HttpRequest, post: QueryDict) -> None:
        self.page = page
        self.request = request
        self.specs = [spec for spec in page.form_specs if spec.field_type == "upload"]
        self.post = post
        self._refused: list[tuple[FieldSpec, str]] = []

    @property
    def is_removal(self) -> bool:
        """Whether a button beside a file was pressed, and none that goes on."""
        return bool(self.specs) and REMOVE_INPUT in self.request.POST

    def take(self) -> None:
        """Stores what came, takes back what is to be removed, and leaves out tokens of files that are gone."""
        if not self.specs:
            return
        self.post = self.post.copy()
        removed = str(self.post.pop(REMOVE_INPUT, [""])[-1])
        for spec in self.specs:
            name = spec.part_name(upload_field.HELD)
            sent = self.post.getlist(name)
            if removed.startswith(f"{spec.clean_name} "):
                token = removed.partition(" ")[2]
                self._remove(spec, token)
                sent = [one for one in sent if one != token]
            kept = self._kept(spec, sent)
            if len(kept) < len(set(sent)):
                self._refused.append((spec, upload_field.words(Why.GONE, spec)))
            self.post.setlist(name, self._with_what_came(spec, kept))

    def report(self, form: ActionForm) -> ActionForm:
        """Says at its field why a file was not taken."""
        asked = {spec.clean_name for spec in form.asked_specs}
        for spec, sentence in self._refused:
            if spec.clean_name in asked:
                form.add_error(spec.clean_name, sentence)
        return form

    @property
    def _network(self) -> str:
        return networks.site_of(networks.client_address(self.request.META, trusted_proxies=settings.TRUSTED_PROXIES))

    def _kept(self, spec: FieldSpec, tokens: Iterable[str]) -> list[str]:
        found = uploads.usable(
            page_key=self.page.translation_key,
            field_key=spec.clean_name,
            tokens=tokens,
            form_token=self.post.get("token", ""),
        )
        return [uploads.token(upload) for upload in found]

    def _remove(self, spec: FieldSpec, token: str) -> None:
        uploads.remove(page_key=self.page.translation_key, field_key=spec.clean_name, token=token)

    def _with_what_came(self, spec: FieldSpec, kept: list[str]) -> list[str]:
        """Where one file is asked for, who chooses another means that one instead."""
        is_another = bool(kept) and upload_field.most_of(spec) == 1
        stored = self._stored(spec, 0 if is_another else len(kept))
        if not (is_another and stored):
            return [*kept, *stored]
        for token in kept:
            self._remove(spec, token)
        return stored

    def _stored(self, spec: FieldSpec, number: int) -> list[str]:
        tokens = []
        for file in self.request.FILES.getlist(spec.clean_name):
            try:
                if number + len(tokens) >= upload_field.most_of(spec):
                    raise Refused(Why.TOO_MANY)
                upload = uploads.hold(
                    page_key=self.page.translation_key,
                    field_key=spec.clean_name,
                    file=file,
                    types=upload_field.types_of(spec),
                    megabytes=upload_field.megabytes_of(spec),
                    network=self._network,
                )
                tokens.append(uploads.token(upload))
            except Refused as refused:
                self._refused.append((spec, upload_field.words(refused.why, spec, file.name or "")))
        return tokens
