"""What delivery adds to the admin."""

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.log_actions import LogActionRegistry

from delivery.viewsets.suppressions import LIFTED, POLICY, SuppressionsView


class SuppressionsMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return bool(POLICY.user_has_permission(request.user, "change"))


@hooks.register("register_admin_urls")
def suppressions_address() -> list[URLPattern]:
    return [path("suppressions/", SuppressionsView.as_view(), name="suppressions")]


@hooks.register("register_settings_menu_item")
def suppressions_menu_item() -> MenuItem:
    return SuppressionsMenuItem(
        _("Addresses without mail"), reverse("suppressions"), name="suppressions", icon_name="mail", order=900
    )


@hooks.register("register_permissions")
def suppression_permission() -> QuerySet[Permission]:
    return Permission.objects.filter(content_type__app_label="delivery", codename="change_suppression")


@hooks.register("register_log_actions")
def log_words(actions: LogActionRegistry) -> None:
    actions.register_action(LIFTED, _("Let an address get mail again"), _("Let an address get mail again"))
