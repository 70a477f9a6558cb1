"""Every word of the tracking page."""

from __future__ import annotations

from app.language import mark

OPEN = mark("Look at your report")
OPEN_HINT = mark("You got both when you sent the report on this website.")
REFERENCE = mark("Reference")
# Translators: {example} looks like KE-7F3K9QX.
REFERENCE_HINT = mark("It looks like {example}.")
SECRET = mark("Secret")
SECRET_HINT = mark("Ten letters and numbers. Small letters and spaces do not matter.")
SHOW = mark("Show the report")
# Translators: STATUS and READ stay as they are: people must type them.
BY_TEXT = mark(
    "Did you report by text message? Then there is no secret. Text STATUS to the same number as before,"
    " and READ to get your answer."
)

NO_REFERENCE = mark("Write the reference.")
NOT_A_REFERENCE = mark(
    "This is not a reference. It has two letters for the country, then seven letters and numbers."
)
WRONG_CHARACTER = mark("One letter or number of the reference is wrong. Look at it again.")
NO_SECRET = mark("Write the secret.")
NO_MATCH = mark("The reference and the secret do not belong together. Look at both again.")
TIME_IS_UP = mark("Your time here ran out. Write the reference and the secret again.")
TOO_MANY = mark("Too many tries")
TOO_MANY_WHY = mark("Somebody tried too often to open this report. Wait an hour, then try again.")
TOO_MANY_MESSAGES = mark("You wrote many messages. Wait an hour, then write again. All of them are kept.")

YOUR_REPORT = mark("Your report {reference}")
SENT_ON = mark("Sent on {day}")
STATE = mark("Where it stands")
NEXT = mark("What happens next")
ANSWERS = mark("Answers to you")
NO_ANSWERS = mark("There is no answer yet.")
NEW_ANSWER = mark("There is a new answer for you.")
READ_ANSWER = mark("Read the answer")
WRITE = mark("Write more")
WRITE_HINT = mark("{partner} reads it.")
SEND = mark("Send")
WRITTEN = mark("Your message is kept. {partner} reads it.")
WRITE_SOMETHING = mark("Write something first.")
LEAVE = mark("Close this report")
LEAVE_HINT = mark("Close it when you are done, so that nobody else reads it on this phone.")
LEFT = mark("The report is closed on this phone.")

# Translators: DELETE stays as it is, here and below.
DELETE = mark("DELETE my words")
DELETE_SURE = mark("Do you want to take your words back?")
DELETE_WHAT = mark("We delete what you wrote, and your phone number from this report. Nobody can bring it back.")
DELETE_LEFT = mark("What stays: that there was a report, what it was about, and where.")
DELETE_YES = mark("Yes, delete")
DELETE_NO = mark("No, keep them")
DELETED = mark("Your words are deleted.")

WHAT_COMES = {
    "new": mark("A person will read it and take it up."),
    "acknowledged": mark("They look into it, and then ask those who are responsible."),
    "needs_information": mark("They need to know more from you. Please write below."),
    "in_follow_up": mark("They ask those who are responsible, and tell you here what comes of it."),
    "resolved": mark("Is it really solved? If it is not, write below."),
    "reopened": mark("They take it up once more."),
    "confirmed": mark("Thank you. They will close the report."),
    "unconfirmed": mark("The report will be closed. If the problem is still there, write below."),
    "closed": mark("Nothing more happens. If the problem is back, report it again."),
    "duplicate": mark("Somebody reported the same before. Both are followed up together."),
    "not_a_report": mark("Nothing more happens. If this is a mistake, write below."),
}
