"""One world with a row of everything that has an address: all of it SKA's, who leads India's water entry point.

Rows are made the way real ones are, by forms of SKA's lead, wherever there is such a form.
"""

from __future__ import annotations

import re
import uuid
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

from flask import Flask
from sqlalchemy import update

from app.access.models import Invitation, Membership, SignInSession
from app.api.models import ApiToken
from app.database import transaction
from app.deadlines.models import DeadlinePlanVersion
from app.directory.models import DirectoryVersion
from app.hooks.models import Hook
from app.inbox.macros.models import Macro
from app.inbox.models import SavedView
from app.photos.keeping import sealed
from app.photos.pictures import read_picture
from app.reports.models import IncomingMessage, Report
from app.viewer import MIGRATION, acting_as
from tests.app.access.matrix.cases import add_cases, close_a_month
from tests.app.access.matrix.people import Someone, everybody
from tests.app.access.matrix.world import HOME, TOLD, Names, World, send, stored
from tests.app.admin.test_editing_pages import fields_of
from tests.builders.accounts import an_account
from tests.builders.directory import text_of
from tests.builders.photos import a_photo
from tests.builders.reports import a_report

DAY = f"{datetime.now(UTC).year + 1}-03-02"
PROBLEM = "in-water-sanitation/wages-unpaid"
BOM = "\ufeff"
SHEET_LINE = "words,hi,any,naye dastane"


def build(app: Flask) -> World:
    """Fill the database; call it with an app context."""
    world = World(app, everybody(app))
    at_work = (_reports, _words_and_photos, add_cases, _of_persons)
    for fill in (*at_work, _of_the_partner, _of_the_directory, _people):
        fill(world)
    close_a_month()
    return world


def _reports(world: World) -> None:
    plain = ("report", "other", "merged", "sealed", "blacked", "late")
    at_home = {name: a_report(TOLD, flags=[], **HOME) for name in plain}
    unrouted = {**HOME, "entry_point": None, "sector": "other", "partner": "in-desk"}
    at_home["unrouted"] = a_report(TOLD, flags=[], **unrouted)
    at_home["flagged"] = a_report(TOLD, **HOME, flags=["outside_area"])
    for name, report in at_home.items():
        world.things[name] = {"reference": report.reference}
        world.names[name] = report.reference
    why = {"other": at_home["other"].reference, "stays": "other", "merge_reason": "the same"}
    send(world, f"/inbox/{at_home['merged'].reference}/merge", **why)
    send(world, f"/inbox/{at_home['sealed'].reference}/sensitive", secrecy="they name somebody")
    send(world, f"/inbox/{at_home['report'].reference}/snooze", snooze="3")


def _words_and_photos(world: World) -> None:
    for name in ("report", "sealed", "blacked"):
        about = world.things[name]
        report = stored(Report, reference=about["reference"])
        message = stored(IncomingMessage, report_id=report.id)
        world.things[f"{name}'s message"] = {**about, "message": message.id}
        world.things[f"{name}'s photo"] = {**about, "photo": _photo(message.id), "size": "full"}
    about = world.things["blacked's message"]
    send(world, f"/inbox/{about['reference']}/messages/{about['message']}", number="98101 23456", marked=TOLD)


def _photo(message: uuid.UUID) -> uuid.UUID:
    photo = uuid.uuid4()
    with acting_as(MIGRATION), transaction() as session:
        session.execute(update(IncomingMessage).where(IncomingMessage.id == message).values(media=1))
        session.add(sealed(photo, message, read_picture(a_photo())))
    return photo


def _of_persons(world: World) -> None:
    """What the lead made for themselves."""
    world.things |= {"export": _export(world), "numbers": _export(world, contacts="yes")}
    bulk = send(world, "/inbox/bulk", chosen=[world.names["report"]], priority="1").location
    world.things["bulk act"] = {"bulk": bulk.rpartition("/")[2]}
    sheet = send(world, "/entering/sheet", sheet=(BytesIO(b"about,words\r\nwater-sanitation,no gloves"), "a.csv"))
    world.things["sheet"] = {"number": sheet.location.rpartition("/")[2]}
    for name in ("view", "shared view"):
        send(world, "/inbox/views", name=name, tab="all", shared="yes" if "shared" in name else "")
        world.things[name] = {"number": stored(SavedView, name=name).id}
    send(world, f"/inbox/{world.names['report']}/draft?kind=note", note="to be said")
    mine = stored(SignInSession, account_id=world.account_of("lead").id)
    world.things["session"] = {"number": mine.number}


def _export(world: World, **more: str) -> Names:
    listed = {"tab": "all", "kind": "csv", "reason": "for the meeting", **more}
    place = send(world, "/inbox/exports", **listed).location
    name = re.search(rf'"{place}/([^"]+)"', world.people["lead"].get(place).text)[1]
    return {"number": place.rpartition("/")[2], "name": name}


def _of_the_partner(world: World) -> None:
    send(world, "/inbox/macros/new", name="Thank them", priority="1")
    send(world, "/webhooks", url="https://hooks.example.org/in", events="report.filed")
    send(world, "/api/tokens", name="Their system", scopes="reports:read", days="30")
    send(world, "/team/invitations", email="amina@example.org", role="partner_member")
    for name, model in (("macro", Macro), ("hook", Hook), ("token", ApiToken), ("invitation", Invitation)):
        world.things[name] = {"number": stored(model).id}
    world.names["macro"] = world.things["macro"]["number"]
    send(world, "/due-dates/ska/days", base="0", day=DAY, name="Our own day")
    plan = stored(DeadlinePlanVersion).number
    world.names |= {"plan": plan, "holiday": DAY.replace("-02", "-03")}
    world.things["plan"] = {"slug": "ska", "day": DAY, "about": PROBLEM, "number": plan}


def _of_the_directory(world: World) -> None:
    _edit(world, "answers", **{"name-0": "Asked", "text-0-en": "We have asked the ministry."})
    number = stored(DirectoryVersion, document="in.toml").number
    _edit(world, "words/hi", **{"words.any": "dastana"})
    sheet = {"sheet": "words", "language": "hi"}
    world.things["entry point"] = {"slug": HOME["entry_point"], **sheet}
    world.things["country"] = {"code": "IN", "sector": "mining", "language": "hi"}
    world.things["document"] = {"name": "in.toml"}
    world.things["version"] = {"number": number}
    world.things["tongue"] = {"code": "hi", "key": _text(world.people["lead"])}
    world.names["said"] = f"{_said(world)}!"
    words = world.people["lead"].get("/admin/entry/in-water-sanitation/words.csv").text
    world.names["sheet"] = f"{words.removeprefix(BOM).rstrip()}\r\n{SHEET_LINE}\r\n"
    world.names["document"] = text_of("in.toml").replace('acronym = "SKA"', 'acronym = "S.K.A."')


def _edit(world: World, page: str, **changed: Any) -> None:
    path = f"/admin/entry/{HOME['entry_point']}/{page}"
    fields = fields_of(world.people["lead"].get(path).text) | {"act": "save", "why": "often said"} | changed
    del fields["csrf_token"]
    send(world, path, **fields)


def _text(someone: Someone) -> str:
    """The place of a text in addresses."""
    return re.search(r"/admin/languages/hi/text/([0-9a-f]+)", someone.get("/admin/languages/hi").text)[1]


def _people(world: World) -> None:
    """A colleague, and a guest, whom nothing else in the tables is about."""
    colleague, guest = an_account("partner_member", "ska"), an_account("partner_member", "wacam")
    with acting_as(MIGRATION), transaction() as session:
        session.add(Membership(account_id=guest.id, partner="ska", role="partner_member"))
        seat = Membership(account_id=world.account_of("ally").id, partner="wacam", role="partner_member")
        session.add(seat)
        session.flush()
        world.names |= {"seat": seat.id, "member": world.account_of("staff").id, "colleague": colleague.id}
    world.things |= {"colleague": {"account": colleague.id}, "guest": {"account": guest.id}}
    send(world, f"/inbox/{world.names['sealed']}/readers", reader=colleague.id)


def _said(world: World) -> str:
    tongue = world.things["tongue"]
    return fields_of(world.people["lead"].get(f"/admin/languages/hi/text/{tongue['key']}").text)["said"]
