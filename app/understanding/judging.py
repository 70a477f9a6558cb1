"""Words and the trained model weighed together: an answer only where they are sure enough, else a question.

The figures below were chosen on messages that the model had not learnt from (the files `*-stories` and `*-fresh`,
left out of its training in turn, and `check` but for `*-unseen`): among those that send at most one report in two
hundred to a wrong partner, the ones that ask least.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Container
from dataclasses import dataclass

from app.directory.catalogue import SECTORS
from app.understanding.model import chances, is_known
from app.understanding.points import clear_leader, is_contested

MODEL_SHARE = 0.8
"""The model is surer of itself than it is right: its logarithms count this much."""

POINT = 0.7
"""What a point of the directory's words adds to the logarithm of a sector's chance."""

MOST_POINTS = 8
"""More points add nothing: a message that repeats itself is not truer."""

SURE = 0.65
"""The chance from which on a sector is taken."""

SURE_ALONE = 0.56
"""The chance that is needed where no word of the directory stands in the message."""

SURE_WITH_WORDS = 0.5
"""The chance that is enough where the words alone lead to the same sector."""

SERVED = math.e
"""How many times likelier a sector is where a partner works on it: who knows the number knows what it is for."""

SURE_THOUGH_TIED = 0.75
"""The chance that is needed where the words speak for two sectors alike."""

SURE_THOUGH_CONTRADICTED = 0.9
"""The chance that is needed where a decisive word names another sector: "they promised us a school from the
fund" is about the fund."""

DECISIVE_POINTS = 4
"""Points of a sector that a word names without doubt."""

BUILDINGS = ("health", "education")
"""Water and toilets that a clinic or a school lacks are a matter of the clinic or the school."""

NOT_SERVED = ("other", "unclear", "noise")
"""What the model takes a message for that is no partner's, whatever the country."""

MOST_NOT_SERVED = 0.3
"""The chance of all these together from which on a person is asked: where no word speaks for the sector …"""

MOST_NOT_SERVED_WITH_WORDS = 0.6
"""… and where words do, but none that names it without doubt."""

NOVEL = 0.3
"""Where the model's best chance is below this, it knows nothing of the message, and clear words decide."""

FEWEST_WORDS = 2
"""The model alone decides only where it learnt so many of the words: letters alone look like anything."""

FEW, SURE_OF_FEW = 3, 0.9
"""So few words without one of the directory tell little: "no stock", of what? They need this chance."""

LEAST = 1e-6


@dataclass(frozen=True)
class Judgment:
    """The sector, or None to ask; `is_noise` when nothing speaks for a report at all."""

    sector: str | None
    confidence: float
    is_noise: bool = False


def judge(words: list[str], country: str, total: Counter[str], served: Container[str] = ()) -> Judgment:
    """Weigh the words of a message and the points that the directory's words gave. `served` are the sectors with an
    entry point in the country."""
    learnt = chances(words, country)
    told = _favoured(learnt, served)
    together = _together(told, total)
    leader, alone = clear_leader(total), max(told, key=lambda meaning: told[meaning])
    best = _building(leader, total) or max(together, key=lambda meaning: together[meaning])
    if best not in SECTORS:
        return Judgment(None, 0.0, is_noise=best == "noise" and not total and together[best] >= SURE_WITH_WORDS)
    if leader and told[alone] < NOVEL:
        return Judgment(leader, round(together[leader], 2))
    if best in served and _is_outside(best, learnt, total):
        return Judgment(None, 0.0)
    chance = together[best]
    if _is_doubtful(best, leader, total, words, chance) or not _is_sure(best, alone, chance, leader, total):
        return Judgment(None, 0.0)
    return Judgment(best, round(max(chance, SURE_WITH_WORDS), 2))


def _favoured(told: dict[str, float], served: Container[str]) -> dict[str, float]:
    weighed = {meaning: chance * (SERVED if meaning in served else 1.0) for meaning, chance in told.items()}
    whole = sum(weighed.values())
    return {meaning: chance / whole for meaning, chance in weighed.items()}


def _is_outside(best: str, learnt: dict[str, float], total: Counter[str]) -> bool:
    """Whether the model, unfavoured, thinks it rather likely that no partner is meant, and words say little."""
    most = MOST_NOT_SERVED_WITH_WORDS if total[best] else MOST_NOT_SERVED
    return total[best] < DECISIVE_POINTS and sum(learnt[meaning] for meaning in NOT_SERVED) >= most


def _building(leader: str | None, total: Counter[str]) -> str | None:
    """The sector of a building that leads by a decisive word, where the rest speaks of water or toilets only."""
    others = {sector for sector, count in total.items() if count} - {leader}
    is_named = leader in BUILDINGS and total[leader] >= DECISIVE_POINTS
    return leader if is_named and others == {"water-sanitation"} else None


def _is_doubtful(best: str, leader: str | None, total: Counter[str], words: list[str], chance: float) -> bool:
    """Whether a person must be asked though the figures are sure: decisive words speak against each other or
    against all but the surest model, or the model stands alone and knows hardly a word."""
    is_against = leader is not None and leader != best and total[leader] >= DECISIVE_POINTS
    is_contradicted = is_against and chance < SURE_THOUGH_CONTRADICTED
    return is_contradicted or is_contested(total) or (not total and _says_little(words, chance))


def _says_little(words: list[str], chance: float) -> bool:
    """Whether hardly a word was learnt, or there are few words and none surely."""
    return sum(map(is_known, words)) < FEWEST_WORDS or (len(words) <= FEW and chance < SURE_OF_FEW)


def _is_sure(best: str, alone: str, chance: float, leader: str | None, total: Counter[str]) -> bool:
    if best == leader and total[best] >= DECISIVE_POINTS and chance < SURE:
        return best in BUILDINGS or chance >= SURE_WITH_WORDS
    if alone not in SECTORS and total[best] < DECISIVE_POINTS:
        return False
    return chance >= _needed(best, leader, total)


def _needed(best: str, leader: str | None, total: Counter[str]) -> float:
    if best == leader:
        return SURE_WITH_WORDS
    if leader is None and total:
        return SURE_THOUGH_TIED
    return SURE if total else SURE_ALONE


def _together(told: dict[str, float], total: Counter[str]) -> dict[str, float]:
    scores = {
        meaning: MODEL_SHARE * math.log(max(chance, LEAST)) + POINT * min(total[meaning], MOST_POINTS)
        for meaning, chance in told.items()
    }
    highest = max(scores.values())
    powers = {meaning: math.exp(score - highest) for meaning, score in scores.items()}
    whole = sum(powers.values())
    return {meaning: power / whole for meaning, power in powers.items()}
