"""Under which keys the questions of each kind of action are answered, and for what people agree."""

#: Names of kinds, as they are registered.
PETITION, TESTIMONY, EVENT, STORY, JOIN = "petition", "testimony", "event", "story", "join"

PETITION_PUBLIC = "petition_public_name"
PETITION_COMMENT = "petition_comment"
PETITION_PASS_ON = "petition_comment_pass_on"  # noqa: S105 - a storage key

PLEDGE_PUBLIC = "pledge_public_name"

STORY_TEXT = "story_text"
#: What a story may be used for, and the key of the box for it: agreements of their own, never one.
STORY_USES = {
    "website": "story_website",
    "legislators": "story_legislators",
    "media": "story_media",
    "photo": "story_photo_shown",
}
STORY_NAMING = "story_naming"
STORY_PHOTO = "story_photo"
#: The small copy that visitors get, among the files of the submission.
STORY_PHOTO_SHOWN = "story_photo_small"

TESTIMONY_POSITION = "testimony_position"
TESTIMONY_JOB = "testimony_title"
TESTIMONY_ORGANISATION = "testimony_organisation"
TESTIMONY_TOWN = "testimony_town"
TESTIMONY_MANNER = "testimony_manner"
TESTIMONY_TEXT = "testimony_text"
