"""Every word of the web form. Citizens read it in their own language: short sentences, words of every day."""

from __future__ import annotations

from app.language import mark

BRAND = mark("Say what is missing")
SKIP = mark("Skip to the content")
BACK = mark("Back")
CONTINUE = mark("Continue")
CHANGE = mark("Change")
LANGUAGE = mark("Language")
REPORT = mark("Report a problem")
TRACK = mark("Look at your report")
# Translators: put before the title of a page that was not filled in right.
ERROR_TITLE = mark("Error: {title}")
PROBLEM_TITLE = mark("There is a problem")
OPTIONAL = mark("{question} (optional)")

COUNTRY = mark("In which country is the problem?")
SECTOR = mark("What is it about?")
PROBLEM = mark("What is wrong?")
NOT_LISTED = mark("Something else, not in this list")
AREA = mark("Where is it?")
AREA_LABEL = mark("Area")
NO_AREA = mark("I do not want to say")
OUR_AREAS = mark("Where our partners work")
OTHER_AREAS = mark("Other areas")
PLACE = mark("Village, or part of town")
LOCATE = mark("Use my location")
LOCATE_EXACT = mark("My exact place, not only to about 1 kilometre")
LOCATE_BUSY = mark("Looking for your location. This can take a minute.")
LOCATE_FAILED = mark("Your phone does not tell where you are. Choose the area.")
# Translators: shown before numbers such as "0.46, 34.11".
LOCATED = mark("Send my location:")
NEAR = mark("Near {place}")
PLACE_HINT = mark("You can also name the clinic, the school or the water point.")

WORDS = mark("What happened?")
WORDS_LABEL = mark("Your words")
WORDS_HINT = mark("Any language. Short is fine: what is wrong, and since when.")
FOR_OTHER = mark("I write for somebody else")
FOR_OTHER_HINT = mark("Ask them first, and do not write their name. If you want messages, they come to your phone.")
NOTICE_TITLE = mark("Before you write")
NOTICE_READERS = mark("We keep your words. {partner} reads them and acts on them. They are not published.")
NOTICE_NAMES = mark("Do not name yourself or others if that can harm anybody.")
# Translators: DELETE stays as it is.
NOTICE_DELETE = mark("You can take your words back later: look at your report and choose DELETE.")

CONTACT = mark("May we send you text messages?")
NO_CONTACT = mark("No")
NO_CONTACT_HINT = mark(
    "You read the answer on this website, with a reference and a secret. We do not know who you are."
)
TEXT_ME = mark("Yes")
TEXT_ME_HINT = mark(
    "We text you when there is news. Our texts never say what it is about. Partners do not see your number."
)
NUMBER = mark("Phone number")
NUMBER_HINT = mark("Only if you said yes. A number of this country: {country}.")

CHECK = mark("Check your answers")
NOT_SAID = mark("Not said")
CHECK_CONTACT = mark("Text messages")
CHECK_READER = mark("{partner} will read this.")
PHOTOS = mark("Photos")
PHOTOS_HINT = mark("Up to {most}, of the place or the thing. Do not show a face if that can harm anybody.")
PHOTOS_READERS = mark("Only {partner} sees them. We take out where and when they were made.")
# Translators: shown before "1/3", while photos are made smaller on the phone.
PHOTOS_BUSY = mark("Making the photos smaller:")
# Translators: shown before "3", when photos can be sent.
PHOTOS_READY = mark("Photos ready:")
SENDING = mark("Sending. This can take a minute.")
SEND = mark("Send the report")

DONE = mark("Your report is recorded")
REFERENCE = mark("Your reference")
SECRET = mark("Your secret")
KEEP_BOTH = mark("Write both down, or print this page. We cannot show you the secret again.")
SECRET_GONE = mark("This report was sent before. Its secret was shown then, and cannot be shown again.")
NEXT = mark("What happens next")
NEXT_READER = mark("{partner} has your report. A person there reads it.")
NEXT_TRACK = mark("With the reference and the secret you can read the answer, write more, or take your words back.")
NEXT_TEXT = mark("We also text you the reference.")
NEXT_SHARED = mark("Do others use this phone? Then close this page when you have written both down.")
ANOTHER = mark("Report another problem")

CHOOSE_COUNTRY = mark("Choose a country.")
CHOOSE_ONE = mark("Choose one of these.")
CHOOSE_AREA = mark("Choose an area from the list, or none.")
WRITE_SOMETHING = mark("Write what is wrong.")
TOO_LONG = mark("This is too long. Leave out {number} letters.")
NUMBER_BUT_NO = mark("You gave a phone number, but said no. Choose yes, or take the number out.")
NO_NUMBER = mark("Write your phone number, or choose no.")
WRONG_NUMBER = mark("This is not a phone number of this country. Look at it again.")

TOO_MANY_PHOTOS = mark("Choose at most {most} photos.")
NOT_A_PHOTO = mark("We cannot read photo {number}. Choose the photos again, as JPEG or PNG.")
PHOTO_TOO_BIG = mark("Photo {number} is too big. Choose the photos again, without it.")
TOO_BIG = mark("The photos are too big")
TOO_BIG_WHY = mark("Nothing is sent yet. Go back, and choose fewer photos or none.")

OFFLINE = mark("There is no network now")
OFFLINE_WHY = mark("Go on. The report waits on this phone, and is sent when there is network again.")
KEPT_SHARED = mark("Do others use this phone? They could read a report that waits. After 7 days it is deleted.")
KEPT_BEFORE = mark("What you answered before goes with it.")
KEEP = mark("Keep it and send it")
KEPT = mark("Reports on this phone")
KEPT_WAITING = mark("Waiting for network")
KEPT_REFUSED = mark("We could not take it. Change it, then send it again.")
# Translators: "both" are the reference and the secret, which were written down on paper.
KEPT_NOTED = mark("I have written both down")
KEPT_FORGET = mark("Forget what I wrote")
KEPT_NONE = mark("Nothing is kept on this phone.")

START_AGAIN = mark("Please start again")
START_AGAIN_WHY = mark("We could not read your answers. Perhaps the page was open for more than a day.")
TOO_MANY = mark("Too many reports at once")
TOO_MANY_WHY = mark(
    "Your network has sent {most} reports in one hour. Others may share it with you. Nothing is lost."
)
TOO_MANY_WAIT = mark("Wait an hour, then press the button.")
TRY_AGAIN = mark("Try again")
OTHER_WAYS = mark("You can also report by phone")
TEXT_TO = mark("Text {number}")
DIAL = mark("Dial {number}")

QUESTIONS = {
    "country": COUNTRY,
    "sector": SECTOR,
    "problem": PROBLEM,
    "area": AREA,
    "words": WORDS,
    "contact": CONTACT,
    "check": CHECK,
}
