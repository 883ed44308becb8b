"""The forms of address before a name that both chambers of Congress take."""

#: CWC 2.0 as the Senate has it; the House takes these among others. Required, and never guessed.
PREFIXES = ("Mr.", "Mrs.", "Miss", "Ms.", "Dr.")
