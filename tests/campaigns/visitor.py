"""A browser without JavaScript before an action form."""

import uuid

from bs4 import BeautifulSoup


class Visitor:
    """A browser without JavaScript: sends what stands in the form, with what is typed and the button pressed."""

    def __init__(self, client, page):
        self.client, self.page = client, page
        self.response = client.get(page.url)

    @property
    def form(self):
        return BeautifulSoup(self.response.content, "html.parser").select("main form")[-1]

    def press(self, button="details", **typed):
        sent = {}
        for control in self.form.select("input, textarea, select"):
            is_left_out = control.has_attr("disabled") or (
                control.get("type") in {"radio", "checkbox"} and not control.has_attr("checked")
            )
            if not is_left_out and control.get("type") != "file":
                sent.setdefault(control["name"], []).append(_value(control))
        assert button in [each.get("value") for each in self.form.select("button")], "there is no such button"
        self.response = self.client.post(self.page.url, {**sent, **typed, "stage": button})
        return self

    def send(self, **data):
        """What no browser would send."""
        self.response = self.client.post(self.page.url, {"token": str(uuid.uuid4()), **data})
        return self

    @property
    def title(self):
        found = self.form.find("h2")
        return found.get_text() if found else ""

    @property
    def errors(self):
        return [item.get_text(strip=True) for item in self.soup.select(".error-summary li")]

    @property
    def soup(self):
        return BeautifulSoup(self.response.content, "html.parser")

    def value(self, name):
        control = self.form.find(attrs={"name": name, "type": lambda kind: kind != "hidden"})
        return _value(control)


def _value(control):
    if control.name == "textarea":
        return control.get_text().removeprefix("\n")
    if control.name == "select":
        chosen = control.select_one("option[selected]") or control.select_one("option")
        return chosen.get("value", "") if chosen else ""
    return control.get("value", "")
