"""What schemathesis cannot know: what a photo is, which options agree, and that a short deadline is kept by refusing."""

import os
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import schemathesis
from hypothesis import strategies as st

SHORTEST_DEADLINE_MS = 60_000
PHOTOS = [path.read_bytes() for path in sorted(Path(os.environ["FUZZ_PHOTOS"]).iterdir())]


@st.composite
def broken_photos(draw):
    """A photo that is cut short, or has a few bytes that it should not have."""
    photo = bytearray(draw(st.sampled_from(PHOTOS)))
    if draw(st.booleans()):
        return bytes(photo[: draw(st.integers(0, len(photo)))])
    for _ in range(draw(st.integers(1, 8))):
        photo[draw(st.integers(0, len(photo) - 1))] = draw(st.integers(0, 255))
    return bytes(photo)


def npy(width, height, fill):
    """A picture of one colour as NumPy stores it."""
    head = f"{{'descr': '|u1', 'fortran_order': False, 'shape': ({height}, {width}, 3), }}"
    head = head.ljust(117) + "\n"
    return b"\x93NUMPY\x01\x00" + len(head).to_bytes(2, "little") + head.encode() + bytes([fill]) * (width * height * 3)


# Half of them are good, so that what comes after decoding is reached.
photos = st.one_of(
    st.sampled_from(PHOTOS), st.sampled_from(PHOTOS), broken_photos(), st.binary(max_size=2048)
)
# What the embedded model takes.
SIDES = st.integers(1, 12).map(lambda n: 32 * n)
arrays = st.one_of(
    st.builds(npy, SIDES, SIDES, st.integers(0, 255)),
    st.binary(max_size=2048),
)
for media_type in ("image/jpeg", "image/png", "image/webp", "application/octet-stream"):
    schemathesis.openapi.media_type(media_type, photos)
schemathesis.openapi.media_type("application/x-npy", arrays)


def lengthen(values, name):
    """Makes a valid deadline one that this machine can keep: a short one is kept by refusing."""
    text = str((values or {}).get(name, ""))
    if text.isdigit() and 0 < int(text) < SHORTEST_DEADLINE_MS:
        values[name] = str(SHORTEST_DEADLINE_MS)


def agree(query, body_type):
    """Makes options agree with each other where docs/http.md wants them to, which a schema of each alone cannot say."""
    if "margin" in query:
        query["crop"] = "subject"
    if "threshold" in query:
        query["split"] = "auto"
    is_form = body_type == "multipart/form-data"
    if is_form and "layers" in query:
        query["layers"] = "subject"
    has_subject = "subject" in query.get("layers", "subject")
    if is_form or not has_subject:
        query.pop("background", None)
    if has_subject and query.get("format") == "jpeg":
        query["format"] = "webp"


@schemathesis.hook
def before_call(context, case, kwargs):
    lengthen(case.query, "deadlineMs")
    lengthen(case.headers, "X-Deadline-Ms")
    if case.meta is None or not case.meta.generation.mode.is_positive or not case.query:
        return
    if case.path.startswith("/v1/"):
        agree(case.query, case.media_type)
        # Most models of a fuzzer are none; what follows is reached with the one that is there.
        if "model" in case.query and len(case.query) % 4 != 0:
            case.query["model"] = "diorama-s"


@schemathesis.hook
def filter_failure(context, failure, case, response):
    message = failure.message
    # Any bytes are a file. That these are no photo is found out by the job, after it was taken in.
    if case.method == "PUT" and "in body - violates `format`" in message:
        return False
    # An empty list is an option that is not known until it is written into an address, where nothing is left of it.
    if "in query - violates `additionalProperties`" in message:
        query = urlsplit(response.request.url).query
        known = {parameter.name for parameter in case.operation.query}
        return any(name not in known for name, _ in parse_qsl(query, keep_blank_values=True))
    return True
