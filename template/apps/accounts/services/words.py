"""Words that whoever guesses a password of this project tries first: none may live of them."""

import itertools
import re
from typing import Any

from django.core.exceptions import ValidationError

from stack.environment import PROJECT_NAME, PROJECT_SLUG

ACCOUNTS = (
    "account",
    "admin",
    "administrator",
    "customer",
    "login",
    "password",
    "root",
    "staff",
    "user",
    "welcome",
)
"""What people call accounts and passwords. Add your organisation's words, and your products'."""
LEFT = 8
"""Characters that a password has to have without them."""
WORD_LENGTH = 3
"""Characters of the shortest word that counts: shorter ones are parts of too many others."""


class OwnWordsValidator:
    """Refuses a password that is short without the words that this project suggests, in whatever case."""

    def __init__(self) -> None:
        """Put the words together, the longest first, as some are parts of others."""
        names = [re.findall(r"[^\W_]+", name) for name in (PROJECT_NAME, PROJECT_SLUG)]
        words = [[word] for word in (*ACCOUNTS, *itertools.chain(*names))]
        # A name counts as a whole too, however its words are put together: its short words with it.
        long = [parts for parts in (*names, *words) if len("".join(parts)) >= WORD_LENGTH]
        long.sort(key=lambda parts: len("".join(parts)), reverse=True)
        patterns = [r"[\W_]*".join(map(re.escape, parts)) for parts in long]
        self.words = re.compile("|".join(patterns), re.IGNORECASE)

    def validate(self, password: str, user: Any = None) -> None:  # pylint: disable=unused-argument
        """Refuse it, or not.

        Raises:
            ValidationError: When it is refused.
        """
        rest, found = self.words.subn("", password)
        if found and len(rest) < LEFT:
            raise ValidationError(self.get_help_text(), code="password_of_own_words")

    def get_help_text(self) -> str:
        """Return what people are told."""
        return f"Your password must have {LEFT} characters without words such as “password” or our name."
