"""How long a text takes to read."""

import math
import re
from collections.abc import Iterable

#: Adults read non-fiction silently at about 240 words a minute; lessons are read with more care.
#: Source: Brysbaert, M. (2019), How many words do we read per minute?, Journal of Memory and Language 109.
WORDS_PER_MINUTE = 200

_WORD = re.compile(r"\w[\w’'-]*")


def minutes_to_read(texts: Iterable[str]) -> int:
    """Whole minutes for all the texts together, at least one.

    :param texts: plain text, without markup.
    """
    words = sum(len(_WORD.findall(text)) for text in texts)
    return max(1, math.ceil(words / WORDS_PER_MINUTE))
