"""What the menu says, apart from sectors and states, which are worded as in text messages.

A screen holds 182 characters, 80 in Hindi, Marathi, Tamil and Telugu: each text here is a few words. Numbers and
keys are put in front of them by the code.
"""

from __future__ import annotations

from app.language import mark

# Translators: everything in this file is shown on the small screen of a telephone menu. Use very few words.
BACK = mark("Back")
MORE = mark("More")
HOME = mark("Start")
NOT_A_CHOICE = mark("Please choose a number.")

CHOOSE_LANGUAGE = mark("Choose your language")
WHAT_IS_IT_ABOUT = mark("What is it about?")
MY_REPORTS = mark("My reports")
CALL_ME = mark("Call me back")
CHANGE_LANGUAGE = mark("Language")
WHERE_MONEY_COMES_FROM = mark("Where money comes from")

NOT_FINISHED = mark("You did not finish your report.")
CONTINUE = mark("Continue")
START_AGAIN = mark("Start again")

WHAT_IS_WRONG = mark("What is wrong?")
SOMETHING_ELSE = mark("Something else")

WHERE_IS_IT = mark("Where is it?")
ANOTHER_PLACE = mark("Another place")
TYPE_COUNTY = mark("Type the name of your county")
TYPE_STATE = mark("Type the name of your state")
TYPE_PROVINCE = mark("Type the name of your province")
TYPE_REGION = mark("Type the name of your region")
UNKNOWN_PLACE = mark("We do not know this name.")
WHICH_ONE = mark("Which one?")
NONE_OF_THESE = mark("None of these")

YOUR_WORDS = mark("Say in your own words what is wrong and where")
SKIP = mark("Skip")

SEND_IT = mark("Send this report?")
SEND = mark("Send")

# Translators: {reference} looks like KE-7F3K9QX.
RECORDED = mark("Recorded: {reference}")
KEEP_IT = mark("Keep this number.")
ASK_AGAIN = mark("Dial again to ask about it.")

TYPE_AREA = {
    "GH": TYPE_REGION,
    "ID": TYPE_PROVINCE,
    "IN": TYPE_STATE,
    "KE": TYPE_COUNTY,
    "NG": TYPE_STATE,
    "SN": TYPE_REGION,
    "ZA": TYPE_PROVINCE,
}
"""What the first-level areas of a country are called there."""

LANGUAGE_NAMES = {
    **{
        "en": "English",
        "fr": "Francais",
        "id": "Bahasa Indonesia",
        "sw": "Kiswahili",
        "hi": "Hindi",
        "mr": "Marathi",
    },
    **{"ta": "Tamil", "te": "Telugu", "ha": "Hausa", "yo": "Yoruba", "ig": "Igbo", "pcm": "Naija (Pidgin)"},
    **{"ak": "Twi", "ee": "Ewe", "wo": "Wolof", "zu": "isiZulu", "xh": "isiXhosa", "st": "Sesotho"},
    **{"af": "Afrikaans"},
}
"""Each in its own language, in letters of GSM-7: a single other letter would halve the screen."""
