"""What is said of a code that is not good."""

from stack.errors import Rejected


class WrongCode(Rejected):
    """A code that is wrong, was used, or came too soon after wrong ones: nobody is told which."""

    code = "code_invalid"

    def __init__(self) -> None:
        """Say it."""
        super().__init__("This code is not good, or not any more. Wait for the next one.")
