"""What counts as a password, and how it is kept."""

from __future__ import annotations

import pytest

from app.access import passwords
from app.access.passwords import WeakPassword, check_strength, hash_password, is_right


@pytest.mark.parametrize(
    "password",
    [
        "short words",
        "a" * 40,
        "abababababababab",
        "passwordpassword",
        "Password12345678",
        "123456789012345",
        "qwertyuiopasdfgh",
        "1qaz2wsx3edc4rfv",
        "abcdefghijklmnop",
        "correct horse battery staple",
        "GaplineGapline12",
        "cedc.lead@example.org",
        "x" * 10 + "abcdef" * 50,
    ],
)
def test_what_anybody_would_try_is_refused(password: str) -> None:
    with pytest.raises(WeakPassword):
        check_strength(password, "cedc.lead@example.org", "Lead", "cedc")


@pytest.mark.parametrize(
    "password",
    ["where did the money stop", "borehole tiaty nine km", "Kufikia-Nambale_2019!", "மருந்து இல்லை இன்று வரை"],
)
def test_several_words_in_any_script_are_accepted(password: str) -> None:
    check_strength(password, "cedc@example.org", "Lead")


def test_a_password_typed_in_another_unicode_form_is_the_same_password() -> None:
    composed, decomposed = "où est passé l'argent", "ou\u0300 est passe\u0301 l'argent"
    assert is_right(hash_password(composed), decomposed)


def test_the_hash_is_argon2id_with_the_parameters_that_owasp_asks_for() -> None:
    kept = hash_password("where did the money stop")
    assert kept.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert kept != hash_password("where did the money stop")


def test_without_an_account_no_password_is_right_though_one_is_hashed(monkeypatch: pytest.MonkeyPatch) -> None:
    verified: list[str] = []
    real = passwords._hasher

    class Watched:
        def verify(self, kept: str, password: str) -> bool:
            verified.append(kept)
            return real.verify(kept, password)

    monkeypatch.setattr(passwords, "_hasher", Watched())
    assert not is_right(None, "anything at all")
    assert verified == [passwords._nobody]


def test_a_hash_that_is_none_opens_to_nobody() -> None:
    assert not is_right("not a hash", "where did the money stop")
