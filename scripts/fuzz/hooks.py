"""What schemathesis cannot know: what a photo is, and that a deadline of a millisecond is kept by refusing."""

import os
from pathlib import Path

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
arrays = st.one_of(
    st.builds(npy, st.integers(1, 600), st.integers(1, 600), st.integers(0, 255)),
    st.binary(max_size=2048),
)
for media_type in ("image/jpeg", "image/png", "image/webp", "application/octet-stream"):
    schemathesis.openapi.media_type(media_type, photos)
schemathesis.openapi.media_type("application/x-npy", arrays)


def lengthened(values, name):
    """The same values with a deadline that this machine can keep, where there is a valid one."""
    text = str((values or {}).get(name, ""))
    if not text.isdigit() or not 0 < int(text) < SHORTEST_DEADLINE_MS:
        return values
    return {**values, name: str(SHORTEST_DEADLINE_MS)}


@schemathesis.hook
def map_query(context, query):
    return lengthened(query, "deadlineMs")


@schemathesis.hook
def map_headers(context, headers):
    return lengthened(headers, "X-Deadline-Ms")
