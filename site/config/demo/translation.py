"""Puts the Spanish texts in place through wagtail-localize, as a translator would."""

from collections.abc import Iterable

from wagtail.models import Locale, Page
from wagtail_localize.models import StringSegment, StringTranslation, Translation, TranslationSource

from config.demo.spanish import TRANSLATIONS


def translate(instances: Iterable[object], language: str = "es") -> None:
    """Translates and publishes pages and snippets, parents first. What has no Spanish text stays English."""
    locale = Locale.objects.get(language_code=language)
    for instance in instances:
        source, _created = TranslationSource.update_or_create_from_instance(instance)
        translation, _created = Translation.objects.get_or_create(source=source, target_locale=locale)
        for segment in StringSegment.objects.filter(source=source).select_related("string", "context"):
            text = TRANSLATIONS.get(segment.string.data)
            if text is not None:
                StringTranslation.objects.get_or_create(
                    translation_of=segment.string, locale=locale, context=segment.context, defaults={"data": text}
                )
        _publish(translation)


def _publish(translation: Translation) -> None:
    """At once: wagtail-localize publishes pages on commit, from a copy that does not know the children added since."""
    target_class = translation.source.object.content_type.model_class()
    if not issubclass(target_class, Page):
        translation.save_target(publish=True)
        return
    translation.save_target(publish=False)
    translation.get_target_instance().get_latest_revision().publish()


def untranslated(page: Page, language: str = "es") -> list[str]:
    """The texts of a page that the demonstration's Spanish lacks."""
    source = TranslationSource.objects.get_for_instance(page)
    segments = StringSegment.objects.filter(source=source).select_related("string")
    return [segment.string.data for segment in segments if segment.string.data not in TRANSLATIONS]
