"""What can go wrong, with the place and the remedy."""


class DatelineError(Exception):
    """``message`` names the thing and the remedy, ``where`` the place: "actors.tsv:1207", "story.txt@5120"."""

    def __init__(self, message: str, where: str = "") -> None:
        super().__init__(message, where)
        self.message = message
        self.where = where

    def __str__(self) -> str:
        return f"{self.where}: {self.message}" if self.where else self.message


class InvalidArgumentError(DatelineError, ValueError):
    """The caller asked for something that cannot be."""


class NotFoundError(DatelineError, FileNotFoundError):
    """A file, folder or table is not there."""

    __str__ = DatelineError.__str__


class UnreadableError(DatelineError, OSError):
    """The system refused: permissions, an error of the disk."""

    __str__ = DatelineError.__str__


class MalformedError(DatelineError, ValueError):
    """The bytes are not what they should be."""


class TooLargeError(DatelineError):
    """Over a stated limit."""


class UnsupportedError(DatelineError):
    """A form that is recognised and not read."""


class NoStoryError(DatelineError):
    """Sound, and holds no story."""
