"""Who may use which route on whose rows: reports, the inbox, gaps and cases.

Each line is a way in, the row that its address leads to (those of world.py: all of it SKA's), and what each person
of people.py meets: `yes`, `same` (answered as if done, and nothing changes), `in` (sign in first), or the status of
the refusal. A route that stands in no table fails test_matrix.py.
"""

from __future__ import annotations

OF_REPORTS = """
                                                     | none  staff lead  ally  other chief desk  away  ibp   admin
GET  inbox.report                   report           | in    yes   yes   yes   404   404   404   404   403   403
GET  inbox.report                   sealed           | in    yes   yes   yes   404   404   404   404   403   403
GET  inbox.report                   flagged          | in    yes   yes   yes   404   404   yes   404   403   403
GET  inbox.report                   unrouted         | in    404   404   404   404   404   yes   404   403   403
POST inbox.correct_area             report           | in    yes   yes   yes   404   404   404   404   403   403
POST inbox.correct_area             sealed           | in    404   yes   404   404   404   404   404   403   403
POST inbox.assign                   report           | in    yes   yes   yes   404   404   404   404   403   403
POST inbox.assign                   sealed           | in    404   yes   404   404   404   404   404   403   403
POST inbox.note                     report           | in    yes   yes   yes   404   404   404   404   403   403
POST inbox.note                     sealed           | in    404   yes   404   404   404   404   404   403   403
POST inbox.note                     flagged          | in    yes   yes   yes   404   404   yes   404   403   403
POST inbox.note                     unrouted         | in    404   404   404   404   404   yes   404   403   403
POST inbox.reply                    report           | in    yes   yes   yes   404   404   404   404   403   403
POST inbox.reply                    sealed           | in    404   yes   404   404   404   404   404   403   403
POST inbox.send_on                  report           | in    yes   yes   yes   404   404   404   404   403   403
POST inbox.send_on                  sealed           | in    404   yes   404   404   404   404   404   403   403
POST inbox.change_status            report           | in    yes   yes   yes   404   404   404   404   403   403
POST inbox.change_status            sealed           | in    404   yes   404   404   404   404   404   403   403
GET  sheets.report                  report           | in    yes   yes   yes   404   404   404   404   403   403
GET  sheets.report                  sealed           | in    404   yes   404   404   404   404   404   403   403
POST marks.prioritise               report           | in    yes   yes   yes   404   404   404   404   403   403
POST marks.prioritise               sealed           | in    404   yes   404   404   404   404   404   403   403
POST marks.snooze                   report           | in    yes   yes   yes   404   404   404   404   403   403
POST marks.snooze                   sealed           | in    404   yes   404   404   404   404   404   403   403
POST marks.tag                      report           | in    yes   yes   yes   404   404   404   404   403   403
POST marks.tag                      sealed           | in    404   yes   404   404   404   404   404   403   403
POST marks.wake                     report           | in    yes   yes   yes   404   404   404   404   403   403
POST marks.wake                     sealed           | in    404   same  404   404   404   404   404   403   403
POST following.follow_report        report           | in    yes   yes   yes   404   404   404   404   403   403
POST following.follow_report        sealed           | in    404   yes   404   404   404   404   404   403   403
POST macros.run                     report           | in    yes   yes   422   404   404   404   404   403   403
POST macros.run                     sealed           | in    404   yes   404   404   404   404   404   403   403
POST asking.ask                     report           | in    yes   yes   yes   404   404   404   404   403   403
POST asking.ask                     sealed           | in    404   yes   404   404   404   404   404   403   403
POST beside.beside                  report           | in    yes   yes   yes   404   404   404   404   403   403
POST beside.beside                  sealed           | in    yes   yes   yes   404   404   404   404   403   403
POST beside.keep                    report           | in    yes   yes   yes   404   404   404   404   403   403
POST beside.keep                    sealed           | in    404   yes   404   404   404   404   404   403   403
POST beside.discard                 report           | in    same  yes   same  404   404   404   404   403   403
POST beside.discard                 sealed           | in    404   same  404   404   404   404   404   403   403
GET  beside.others                  -                | in    yes   yes   yes   yes   yes   yes   yes   403   403
POST merging.merge                  report           | in    yes   yes   yes   404   404   404   404   403   403
POST merging.merge                  sealed           | in    404   422   404   404   404   404   404   403   403
POST merging.unmerge                merged           | in    yes   yes   yes   404   404   404   404   403   403
POST secrecy.open_again             sealed           | in    404   yes   404   404   404   404   404   403   403
POST secrecy.let_read               sealed           | in    404   yes   404   404   404   404   404   403   403
POST secrecy.let_read_no_more       sealed           | in    404   yes   404   404   404   404   404   403   403
POST secrecy.make_sensitive         report           | in    yes   yes   yes   404   404   404   404   403   403
POST secrecy.make_sensitive         sealed           | in    404   same  404   404   404   404   404   403   403
GET  redacting.page                 report's message | in    yes   yes   yes   404   404   404   404   403   403
GET  redacting.page                 sealed's message | in    404   yes   404   404   404   404   404   403   403
POST redacting.redact               report's message | in    yes   yes   yes   404   404   404   404   403   403
POST redacting.redact               sealed's message | in    404   yes   404   404   404   404   404   403   403
POST redacting.original             blacked's message| in    422   yes   422   404   404   404   404   403   403
POST redacting.restore              blacked's message| in    422   yes   422   404   404   404   404   403   403
GET  photos.page                    report's photo   | in    yes   yes   yes   404   404   404   404   403   403
GET  photos.page                    sealed's photo   | in    404   yes   404   404   404   404   404   403   403
GET  photos.file                    report's photo   | in    yes   yes   yes   404   404   404   404   403   403
GET  photos.file                    sealed's photo   | in    404   yes   404   404   404   404   404   403   403
POST reveals.reveal                 report           | in    yes   yes   yes   404   404   404   404   403   403
POST reveals.reveal                 sealed           | in    404   yes   404   404   404   404   404   403   403
POST reveals.reveal                 unrouted         | in    404   404   404   404   404   yes   404   403   403
GET  learning.learn                 report           | in    403   yes   yes   403   404   403   403   403   403
GET  learning.learn                 sealed           | in    403   404   404   403   404   403   403   403   403
POST learning.learn                 report           | in    403   yes   yes   403   404   403   403   403   403
POST learning.learn                 sealed           | in    403   404   404   403   404   403   403   403   403
"""
"""One report, and what hangs on it. A sensitive one is read by its leads alone; a desk works on what is flagged or
routed nowhere."""

OF_THE_INBOX = """
                                                     | none  staff lead  ally  other chief desk  away  ibp   admin
GET  inbox.reports                  -                | in    yes   yes   yes   yes   yes   yes   yes   403   403
GET  numbers_shown.log              -                | in    403   yes   yes   403   yes   yes   yes   403   yes
GET  views.manage                   -                | in    yes   yes   yes   yes   yes   yes   yes   403   403
POST views.save                     -                | in    yes   yes   yes   yes   yes   yes   yes   403   403
POST views.delete                   view             | in    404   yes   404   404   404   404   404   403   403
POST views.delete                   shared view      | in    404   yes   404   404   404   404   404   403   403
POST views.open_with                view             | in    404   yes   404   404   404   404   404   403   403
POST views.open_with                shared view      | in    yes   yes   404   404   404   404   404   403   403
POST views.up                       view             | in    404   yes   404   404   404   404   404   403   403
POST views.up                       shared view      | in    yes   yes   404   404   404   404   404   403   403
POST views.read_everything          -                | in    yes   yes   yes   yes   yes   yes   yes   403   403
GET  exports.log                    -                | in    yes   yes   yes   yes   yes   yes   yes   403   403
POST exports.order                  -                | in    yes   yes   yes   yes   yes   yes   yes   403   403
GET  exports.ready                  export           | in    404   yes   404   404   404   404   404   403   403
GET  exports.fetch                  export           | in    404   yes   404   404   404   404   404   403   403
GET  exports.fetch                  numbers          | in    404   404   404   404   404   404   404   403   403
POST exports.fetch_with_contacts    numbers          | in    404   yes   404   404   404   404   404   403   403
POST exports.fetch_with_contacts    export           | in    404   404   404   404   404   404   404   403   403
GET  exports.new                    -                | in    yes   yes   yes   yes   yes   yes   yes   403   403
GET  bulk.choose                    -                | in    yes   yes   yes   yes   yes   yes   yes   403   403
POST bulk.ask                       -                | in    yes   yes   yes   422   422   422   422   403   403
GET  bulk.progress                  bulk act         | in    404   yes   404   404   404   404   404   403   403
POST bulk.undo                      bulk act         | in    404   yes   404   404   404   404   404   403   403
GET  macros.overview                -                | in    yes   yes   yes   yes   yes   yes   yes   403   403
GET  macros.edit                    macro            | in    403   yes   404   404   404   404   404   403   403
POST macros.change                  macro            | in    403   yes   404   403   404   404   404   403   403
POST macros.delete                  macro            | in    403   yes   404   403   404   404   404   403   403
GET  macros.new                     -                | in    403   yes   yes   403   yes   yes   yes   403   403
POST macros.make                    -                | in    403   yes   yes   403   yes   yes   yes   403   403
GET  following.letters              -                | in    yes   yes   yes   yes   yes   yes   yes   403   403
POST following.choose_letters       -                | in    yes   yes   yes   yes   yes   yes   yes   403   403
GET  following.for_me               -                | in    yes   yes   yes   yes   yes   yes   yes   403   403
POST following.read_everything      -                | in    same  same  same  same  same  same  same  403   403
GET  entering.one                   -                | in    yes   yes   yes   yes   yes   yes   yes   403   403
POST entering.enter_one             -                | in    yes   yes   yes   yes   yes   yes   yes   403   403
GET  entering.done                  report           | in    yes   yes   yes   yes   yes   yes   yes   403   403
GET  entering.empty_csv             -                | in    yes   yes   yes   yes   yes   yes   yes   403   403
GET  entering.empty_xlsx            -                | in    yes   yes   yes   yes   yes   yes   yes   403   403
GET  entering.sheet                 -                | in    yes   yes   yes   yes   yes   yes   yes   403   403
POST entering.look_through          -                | in    yes   yes   yes   yes   yes   yes   yes   403   403
GET  entering.preview               sheet            | in    404   yes   404   404   404   404   404   403   403
POST entering.confirm               sheet            | in    404   yes   404   404   404   404   404   403   403
GET  who_serves_whom.directory      -                | in    yes   yes   yes   yes   yes   yes   yes   yes   yes
"""
"""The inbox itself, and what people made there: a saved view is its author's unless it is shared; a file, a sheet
and a bulk act are nobody else's."""

OF_GAPS_AND_CASES = """
                                                     | none  staff lead  ally  other chief desk  away  ibp   admin
GET  gaps.gaps                      -                | in    yes   yes   yes   yes   yes   403   403   403   403
GET  gaps.gap                       gap              | in    yes   yes   yes   404   404   403   403   403   403
GET  cases.cases                    -                | in    yes   yes   yes   yes   yes   403   403   yes   403
GET  cases.case                     case             | in    yes   yes   yes   404   404   403   403   404   403
GET  cases.case                     shared case      | in    yes   yes   yes   404   404   403   403   yes   403
POST cases.action                   case             | in    yes   yes   yes   404   404   403   403   404   403
POST cases.cause                    case             | in    yes   yes   yes   404   404   403   403   404   403
POST cases.facts                    case             | in    yes   yes   yes   404   404   403   403   404   403
POST cases.facts                    shared case      | in    yes   yes   yes   404   404   403   403   404   403
POST cases.figure                   case             | in    yes   yes   yes   404   404   403   403   404   403
GET  cases.figures                  case             | in    yes   yes   yes   404   404   403   403   404   403
GET  cases.figures                  shared case      | in    yes   yes   yes   404   404   403   403   yes   403
POST cases.note                     case             | in    yes   yes   yes   404   404   403   403   404   403
POST cases.note                     shared case      | in    yes   yes   yes   404   404   403   403   404   403
POST cases.response                 case             | in    yes   yes   yes   404   404   403   403   404   403
GET  cases.sheet                    case             | in    yes   yes   yes   404   404   403   403   404   403
GET  cases.sheet                    shared case      | in    yes   yes   yes   404   404   403   403   yes   403
POST cases.state                    case             | in    yes   yes   yes   404   404   403   403   404   403
POST cases.state                    shared case      | in    yes   yes   yes   404   404   403   403   404   403
POST cases.take_back                case             | in    yes   yes   yes   404   404   403   403   404   403
POST cases.open_case                gap              | in    yes   yes   yes   404   404   403   403   404   403
GET  review.figures                 -                | in    403   403   403   403   403   403   403   yes   403
GET  review.areas                   -                | in    403   403   403   403   403   403   403   yes   403
GET  review.countries               -                | in    403   403   403   403   403   403   403   yes   403
GET  review.months                  -                | in    403   403   403   403   403   403   403   yes   403
"""
"""Gaps, budget cases, published figures. The reviewer reads the case that is shared."""
