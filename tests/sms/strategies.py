"""Wild input: any str at all, halves of surrogate pairs and controls included, and forms made of it."""

from __future__ import annotations

from hypothesis import strategies as st

FROM_GSM = "@£éùΔΦ_ \nabcXYZ019¡¿ñüà"
EXTENSION = "\f^{}\\[~]|€"
OUTSIDE = "ẹọṣɛɔɓƙŋçœ“”–नी😀𝒳"

anything = st.text(st.characters(exclude_categories=())) | st.text(FROM_GSM + EXTENSION + OUTSIDE + "\0\r\u202e")

gsm_texts = st.text(FROM_GSM + EXTENSION, max_size=700)
long_texts = gsm_texts | st.text(FROM_GSM + EXTENSION + OUTSIDE, max_size=350)


def forms(*fields: str) -> st.SearchStrategy[dict[str, str]]:
    """Any mapping of str to str, with the given fields often among its keys."""
    keys = st.sampled_from(fields) | anything
    return st.dictionaries(keys, anything | st.sampled_from(["1", "whatsapp:", "STOP", "+254712345678"]))
