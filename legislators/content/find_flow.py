"""The steps of finding legislators over HTTP: an address, what is in doubt, "this is not my legislator".

Always POST: an address must not stand in the address of a page. Nothing is stored; between two steps the address
travels in hidden inputs, and what was found of it signed beside it.
"""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _

from legislators.content import find_screens
from legislators.content.find_screens import CHOICE_PREFIX, Context
from legislators.engine.findings import BadFinding, Finding, NothingChosen, choose, seal, unseal
from legislators.forms.address_form import AddressForm
from legislators.forms.doubt_form import DoubtForm
from legislators.services import doubts, findings, geocoding, lookup_permits

FINDING_INPUT = "finding"


class FindFlow:
    """One request to a page that finds legislators."""

    def __init__(self, page: Any, request: HttpRequest) -> None:
        self.page = page
        self.request = request
        self.post = request.POST
        #: Stands above the answer: why it is shown, or shown again.
        self.notice = ""
        self.status = 200

    # --- Entrances -----------------------------------------------------------------------------

    def start(self) -> HttpResponse:
        return self._render(self.form_context())

    def form_context(self) -> Context:
        return find_screens.form(self.page, self._form())

    def respond(self) -> HttpResponse:
        form = self._form(self.post)
        if not form.is_valid():
            return self._render(find_screens.form(self.page, form))
        finding = self._finding(form)
        if finding is None:
            return self._answer(form, self._found(form))
        if "doubt" in self.post:
            return self._doubt(form, finding)
        if self.post.get("stage") == "choose":
            return self._choose(form, finding)
        return self._answer(form, self._found(form))

    def refuse_unproven(self) -> HttpResponse:
        """Shows the form again with what was typed and a fresh token, and looks nothing up."""
        self.status = 403
        self.notice = _(
            "Nothing was looked up. For your safety this step has to be repeated: the page was open for too long, or "
            "your browser refuses cookies. What you typed is still here."
        )
        return self._render(find_screens.form(self.page, self._form(self.post)))

    # --- Steps ---------------------------------------------------------------------------------

    def _choose(self, form: AddressForm, finding: Finding) -> HttpResponse:
        chosen = {chamber: self.post.get(f"{CHOICE_PREFIX}{chamber}", "") for chamber, _ids in finding.candidates}
        try:
            finding = choose(finding, chosen=chosen)
        except NothingChosen as error:
            return self._answer(form, finding, missing=error.chambers, choices=chosen)
        return self._answer(form, finding)

    def _doubt(self, form: AddressForm, finding: Finding) -> HttpResponse:
        doubt = DoubtForm(self.post, seats=findings.settled_seats(finding))
        if not doubt.is_valid():
            return self._answer(form, finding)
        seat = doubt.seat
        doubts.record(
            division_ocd_id=seat.division_ocd_id,
            official_id=doubt.official_id,
            reason=doubt.reason,
            certainty=finding.certainty,
            geocoder=finding.source,
            press=self.post.get(FINDING_INPUT, ""),
        )
        self.notice = doubt.thanks
        kept = {} if doubt.is_about_the_district else {seat.chamber: seat.division_ocd_id}
        return self._answer(form, findings.reopen(finding=finding, chamber=seat.chamber), choices=kept)

    # --- Screens -------------------------------------------------------------------------------

    def _answer(
        self,
        form: AddressForm,
        finding: Finding,
        *,
        missing: Sequence[str] = (),
        choices: dict[str, str] | None = None,
    ) -> HttpResponse:
        answer = findings.answer(finding=finding, chambers=self.page.chambers)
        context = find_screens.answer(self.page, form, answer, choices=choices or {}, missing=missing)
        return self._render({**context, "sealed": seal(finding, page=self._key, address=form.address())})

    def _render(self, context: Context) -> HttpResponse:
        full = {**self.page.get_context(self.request), "notice": self.notice, **context}
        response = TemplateResponse(self.request, "legislators/find_page.html", full, status=self.status)
        # An address stands in the page, and a cached token would be refused.
        patch_cache_control(response, private=True, no_store=True)
        return response

    # --- What came with the request ------------------------------------------------------------

    def _form(self, data: Any = None) -> AddressForm:
        # The block can stand on a page with other forms: their ids differ.
        return AddressForm(data, auto_id=f"find{self.page.pk or ''}-%s")

    def _found(self, form: AddressForm) -> Finding:
        with geocoding.permitted_by(lambda: lookup_permits.may_ask(self.request)):
            return findings.look_up(address=form.address(), chambers=self.page.chambers)

    def _finding(self, form: AddressForm) -> Finding | None:
        """What an earlier step found; None where it is not ours, too old, or of another address."""
        try:
            return unseal(self.post.get(FINDING_INPUT, ""), page=self._key, address=form.address())
        except BadFinding:
            return None

    @property
    def _key(self) -> str:
        return str(self.page.translation_key)
