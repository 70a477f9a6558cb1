"""The only file that knows every room: it puts them together into one application."""

from __future__ import annotations

from pathlib import Path

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from app import commands, compression, health, pages
from app.access import factor_pages, own_pages, reset_pages, security
from app.access import pages as access_pages
from app.admin import country_pages, history_pages, learning
from app.api import pages as api_pages
from app.api import token_pages
from app.channels import africastalking, aggregator, twilio, ussd
from app.channels.simulator import pages as simulator_pages
from app.channels.simulator.pictures import SimulatedMedia
from app.channels.web import offline_pages, report_pages, track_pages
from app.conversation import listening
from app.database import connect
from app.deadlines import pages as deadline_pages
from app.embedded import resolve_url
from app.entering import pages as entering_pages
from app.exports import pages as export_pages
from app.followup import asking_more, hearing
from app.followup import pages as followup_pages
from app.gaps import pages as gap_pages
from app.hooks import pages as hook_pages
from app.inbox import (
    asking_pages,
    beside_pages,
    bulk_pages,
    following_pages,
    macro_pages,
    mark_pages,
    merge_pages,
    photo_pages,
    redact_pages,
    reveal_pages,
    secrecy_pages,
    sheet_pages,
    view_pages,
    who_serves_whom,
)
from app.inbox import pages as inbox_pages
from app.logs import set_up_logging
from app.mail.smtp import carrier_of
from app.open_data import pages as open_pages
from app.outbox.providers import Providers
from app.review import pages as review_pages
from app.roles import APP
from app.settings import Settings, load_settings
from app.team import inviting_pages, joining_pages, managing_pages
from app.team import pages as team_pages
from app.translating import correcting
from app.translating import pages as translating_pages
from app.vault import read_vault

HERE = Path(__file__).parent

BIGGEST_REQUEST = 256 * 1024
"""Bytes; a provider's webhook is under 20 KB, a page's form under 40 KB."""

WEBHOOKS = (twilio.bp, africastalking.bp, ussd.bp, aggregator.bp)
CITIZENS = (report_pages.bp, offline_pages.bp, track_pages.bp)
"""What people without a cookie use: their forms carry a sealed token of their own (docs/decisions/0004)."""

EDITING = (deadline_pages.bp, country_pages.bp, history_pages.bp, learning.bp, translating_pages.bp)
OWN = (own_pages.bp, factor_pages.bp, reset_pages.bp)
TEAM = (team_pages.bp, team_pages.absence_bp, inviting_pages.bp, managing_pages.bp, joining_pages.bp)
PAGES = (
    *(health.bp, pages.bp, open_pages.bp, access_pages.bp, inbox_pages.bp, photo_pages.bp, who_serves_whom.bp),
    *(mark_pages.bp, view_pages.bp, bulk_pages.bp, beside_pages.bp, following_pages.bp, macro_pages.bp),
    asking_pages.bp,
    *(export_pages.bp, sheet_pages.bp),
    merge_pages.bp,
    entering_pages.bp,
    *(reveal_pages.bp, reveal_pages.list_bp),
    *(api_pages.bp, token_pages.bp, token_pages.about_bp, hook_pages.bp),
    *(secrecy_pages.bp, redact_pages.bp),
    *(gap_pages.bp, followup_pages.bp, review_pages.bp),
    *OWN,
    *TEAM,
    *EDITING,
)
IN_DEMO_ONLY = (simulator_pages.bp,)


def create_app(settings: Settings | None = None, pool_size: int = 10) -> Flask:
    """The application, from the environment unless settings are given; touches the database only when used."""
    settings = settings or load_settings()
    set_up_logging()
    app = Flask("gapline", static_folder=None, template_folder=str(HERE / "templates"))
    _believe_proxies(app, settings.trusted_proxies)
    app.config.update(SECRET_KEY=settings.secret_key, MAX_CONTENT_LENGTH=BIGGEST_REQUEST)
    app.extensions.update(settings=settings, vault=read_vault(settings.field_keys))
    app.extensions.update(providers=Providers(settings), mail=carrier_of(settings))
    connect(app, lambda: resolve_url(settings, APP), pool_size)
    security.init(app, (*WEBHOOKS, *CITIZENS, api_pages.bp))
    compression.init(app)
    for blueprint in (*WEBHOOKS, *CITIZENS, *PAGES, *(IN_DEMO_ONLY if settings.is_demo else ())):
        app.register_blueprint(blueprint)
    if settings.is_demo:
        app.extensions["providers"].keep_media_in("twilio", SimulatedMedia())
    listening.register(app, hearing.hear_answer, asking_more.hear_more)
    correcting.follow(app)
    commands.register(app)
    return app


def _believe_proxies(app: Flask, count: int) -> None:
    """Take visitors' addresses from our own proxies, for the brakes: they say it, and nobody else is believed."""
    if count:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=count, x_proto=0)  # type: ignore[method-assign]
