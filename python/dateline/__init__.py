"""dateline reads news stories and tells, with evidence, who did what to whom, when and where, and who said what.

>>> import dateline
>>> engine = dateline.Engine()
>>> story = engine.read("Kenya's foreign minister Ruth Achieng met Omani officials in Muscat on Monday.")
>>> [(entity.name, entity.actor) for entity in story.entities][:2]
[('Kenya', 'KEN'), ('Ruth Achieng', 'KENGOV')]
"""

from dateline._archive import Archive
from dateline._errors import (
    DatelineError,
    InvalidArgumentError,
    MalformedError,
    NoStoryError,
    NotFoundError,
    TooLargeError,
    UnreadableError,
    UnsupportedError,
)
from dateline._native import (
    Actor,
    Article,
    Block,
    Columns,
    Count,
    Engine,
    Entity,
    Event,
    EventPlace,
    Hit,
    Means,
    Mention,
    Piece,
    Place,
    Point,
    Quote,
    QuotedPhrase,
    Role,
    Sentence,
    Span,
    Stories,
    Story,
    Time,
    Token,
    pieces,
)
from dateline._native import version as __version__
from dateline._rows import Rows, entities, events, places, quotes, times
from dateline._tables import to_arrow, to_pandas

__all__ = [
    "Actor", "Archive", "Article", "Block", "Columns", "Count", "DatelineError", "Engine", "Entity", "Event",
    "EventPlace", "Hit", "InvalidArgumentError", "MalformedError", "Means", "Mention", "NoStoryError", "NotFoundError",
    "Piece", "Place", "Point", "Quote", "QuotedPhrase", "Role", "Rows", "Sentence", "Span", "Stories", "Story", "Time",
    "Token", "TooLargeError", "UnreadableError", "UnsupportedError", "__version__", "entities", "events", "pieces",
    "places", "quotes", "times", "to_arrow", "to_pandas",
]
