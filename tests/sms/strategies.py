"""Wild input: any str at all, halves of surrogate pairs and controls included, and forms made of it."""

from __future__ import annotations

from hypothesis import strategies as st

FROM_GSM = "@£éùΔΦ_ \nabcXYZ019¡¿ñüà"
EXTENSION = "\f^{}\\[~]|€"
OUTSIDE = "ẹọṣɛɔɓƙŋçœ“”–नी😀𝒳"

anything = st.text(st.characters(exclude_categories=())) | st.text(FROM_GSM + EXTENSION + OUTSIDE + "\0\r\u202e")


def _runs(alphabet: str) -> st.SearchStrategy[str]:
    """Texts of a few long runs, so that the borders between parts fall on every kind of character."""
    run = st.builds(str.__mul__, st.sampled_from(alphabet), st.integers(1, 160))
    return st.lists(run | st.text(alphabet, max_size=8), max_size=8).map("".join)


gsm_texts = _runs(FROM_GSM + EXTENSION)
long_texts = gsm_texts | _runs(FROM_GSM + EXTENSION + OUTSIDE)


def forms(*fields: str) -> st.SearchStrategy[dict[str, str]]:
    """Any mapping of str to str, with the given fields often among its keys."""
    keys = st.sampled_from(fields) | anything
    return st.dictionaries(keys, anything | st.sampled_from(["1", "whatsapp:", "STOP", "+254712345678"]))
