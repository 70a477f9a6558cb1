"""The field for photos on the last page of the form. They come with the POST that files, and are stored by nothing
before it: between two pages there is nothing to keep them in (docs/decisions/0004)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from hashlib import sha256

from werkzeug.datastructures import FileStorage

from app.channels.web import brakes, wording
from app.channels.web.answers import Answers
from app.channels.web.reading import Problem, Wrong
from app.database import transaction
from app.photos.keeping import MOST_PHOTOS
from app.photos.pictures import MOST_BYTES, NotAPhoto, Picture, TooBig, read_picture
from app.viewer import INTAKE, acting_as

FIELD = "photos"
MOST_POSTED = MOST_PHOTOS * MOST_BYTES + 256 * 1024
"""Bytes of the whole form."""


def read_photos(files: Iterable[FileStorage], network_address: str | None) -> tuple[Picture, ...]:
    """The pictures in these files; an empty field posts one without a name. Raises Wrong, brakes.TooMany."""
    chosen = [file for file in files if file.filename]
    if len(chosen) > MOST_PHOTOS:
        raise Wrong(Problem(FIELD, wording.TOO_MANY_PHOTOS, (("most", MOST_PHOTOS),)))
    if chosen:
        with acting_as(INTAKE), transaction() as session:
            brakes.admit(session, brakes.PHOTOS, brakes.place(network_address))
    return tuple(_picture(number, file) for number, file in enumerate(chosen, 1))


def has_photos(files: Iterable[FileStorage]) -> bool:
    """Whether any was chosen."""
    return any(file.filename for file in files)


def with_photos(answers: Answers, photos: tuple[Picture, ...]) -> Answers:
    """The answers, so that other photos make another form: they must not be lost as a repetition."""
    digest = sha256()
    for photo in photos:
        digest.update(sha256(photo.full).digest())
    return replace(answers, photos=digest.hexdigest() if photos else "")


def _picture(number: int, file: FileStorage) -> Picture:
    try:
        return read_picture(file.stream.read(MOST_BYTES + 1))
    except TooBig:
        raise Wrong(Problem(FIELD, wording.PHOTO_TOO_BIG, (("number", number),))) from None
    except NotAPhoto:
        raise Wrong(Problem(FIELD, wording.NOT_A_PHOTO, (("number", number),))) from None
