"""The first part of an action form: its fields, from the first to the last."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from campaigns.content import action_screens
from campaigns.content.flow import Flow
from campaigns.engine.actions import Answers
from campaigns.engine.composing import Constituent
from campaigns.forms.action_form import ActionForm


class FlowOfDetails(Flow):
    def _details(self, form: ActionForm, carried: Sequence[tuple[str, str]] | None = None) -> HttpResponse:
        carried = action_screens.carried_letters(self.post) if carried is None else carried
        return self._render("campaigns/action_page.html", action_screens.details(self.page, form, carried=carried))

    def _bound(self) -> ActionForm:
        return self.page.get_form(self.post)

    def answers(self, form: ActionForm) -> Answers | None:
        """None where the form is not filled in well; its errors say why."""
        if not form.is_valid():
            return None
        identity = form.identity()
        if identity.name is None or identity.email is None:
            form.add_error(None, _("This form cannot be sent: it does not ask for a name and an e-mail address."))
            return None
        return Answers(
            constituent=Constituent(
                given_name=identity.name.given,
                family_name=identity.name.family,
                title=identity.name.title,
                email=identity.email,
                addresses=identity.addresses,
            ),
            form_data=form.answers(),
            texts=form.answer_labels(self.terms.letter_language),
            consents=tuple(form.consents()),
            role=identity.role,
        )


def as_initial(form: ActionForm) -> dict[str, Any]:
    """What was typed, for a form that shows it without judging it."""
    data = form.data
    lists = {name: data.getlist(name) for name in form.fields if name in data}
    return {
        name: values if getattr(form.fields[name].widget, "allow_multiple_selected", False) else values[-1]
        for name, values in lists.items()
    }
