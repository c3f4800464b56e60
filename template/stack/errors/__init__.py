"""What a service raises when the domain says no.

Services know nothing of HTTP; the edge turns these into answers (``stack.rest.problems`` into
problem documents, pages into messages).
"""


class DomainError(Exception):
    """A refusal that the caller can understand and act on.

    Args:
        detail: One sentence for people: what was refused, and why.
        code: One lower-case word for programs, such as ``out_of_stock``; part of the API's contract.
    """

    code = "refused"

    def __init__(self, detail: str, *, code: str | None = None) -> None:
        """Keep the sentence and the word."""
        super().__init__(detail)
        self.detail = detail
        self.code = code or self.code


class Conflict(DomainError):
    """The request is at odds with the present state: paid already, key used with another body."""

    code = "conflict"


class Rejected(DomainError):
    """The request is well-formed, but a rule of the domain forbids it: too many items, not for sale."""

    code = "rejected"
