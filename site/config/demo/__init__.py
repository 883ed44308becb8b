"""A believable society in an invented state, so that nobody mistakes a sample official for a real one."""

#: The demonstration editor: a development machine only, never created under production settings.
EDITOR_USERNAME = "editor"
EDITOR_PASSWORD = "alder-demo-2026"  # noqa: S105

SOCIETY = "Alder Medical Society"
