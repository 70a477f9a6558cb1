"""Every model of every room, imported so that one metadata describes the whole database."""

from app.access import models as access
from app.api import models as api
from app.channels.web import models as web
from app.conversation import models as conversation
from app.database import Base
from app.deadlines import models as deadlines
from app.directory import models as directory
from app.entering import models as entering
from app.exports import models as exports
from app.figures import models as figures
from app.followup import models as followup
from app.gaps import models as gaps
from app.hooks import models as hooks
from app.inbox import models as inbox
from app.inbox.beside import models as beside
from app.inbox.bulk import models as bulk
from app.inbox.following import models as following
from app.inbox.macros import models as macros
from app.intake import parts
from app.mail import models as mail
from app.outbox import models as outbox
from app.photos import models as photos
from app.reports import consents, locations, reveals, sealed
from app.reports import models as reports
from app.translating import models as translating

REPORTS = (reports, consents, locations, reveals, sealed)
ROOMS = (
    *(mail, directory, access, *REPORTS, parts, outbox, conversation, web, gaps, followup, photos),
    *(figures, inbox),
    *(exports, entering, api, hooks),
    *(translating, deadlines, bulk, beside, following, macros),
)
METADATA = Base.metadata
