"""Who may use which route on whose rows: what leads and administrators keep, and everybody's own account."""

from __future__ import annotations

OF_THE_PARTNER = """
                                                     | none  staff lead  ally  other chief desk  away  ibp   admin
GET  hooks.manage                   -                | in    403   yes   yes   403   yes   403   403   403   403
POST hooks.register                 -                | in    403   yes   yes   403   yes   403   403   403   403
GET  hooks.log                      hook             | in    403   yes   404   403   404   403   403   403   403
POST hooks.delete                   hook             | in    403   yes   404   403   404   403   403   403   403
POST hooks.rotate                   hook             | in    403   yes   404   403   404   403   403   403   403
POST hooks.switch                   hook             | in    403   yes   404   403   404   403   403   403   403
POST hooks.test                     hook             | in    403   yes   404   403   404   403   403   403   403
GET  tokens.manage                  -                | in    403   yes   yes   403   yes   403   403   403   403
POST tokens.make                    -                | in    403   yes   yes   403   yes   403   403   403   403
POST tokens.revoke                  token            | in    403   yes   404   403   404   403   403   403   403
GET  deadlines.plans                -                | in    403   yes   yes   403   yes   403   403   403   yes
GET  deadlines.plan                 plan             | in    403   yes   404   403   404   403   403   403   yes
POST deadlines.add_day              plan             | in    403   yes   404   403   404   403   403   403   yes
POST deadlines.rest_on              plan             | in    403   yes   404   403   404   403   403   403   yes
POST deadlines.work_on              plan             | in    403   yes   404   403   404   403   403   403   yes
GET  deadlines.hours                plan             | in    403   yes   404   403   404   403   403   403   yes
POST deadlines.hours                plan             | in    403   yes   404   403   404   403   403   403   yes
GET  deadlines.limits               plan             | in    403   yes   404   403   404   403   403   403   yes
POST deadlines.limits               plan             | in    403   yes   404   403   404   403   403   403   yes
POST deadlines.go_back              plan             | in    403   yes   404   403   404   403   403   403   yes
GET  team.members_list              -                | in    yes   yes   yes   yes   yes   yes   yes   403   yes
POST team_inviting.send             -                | in    403   yes   yes   403   yes   yes   yes   403   yes
POST team_inviting.withdraw         invitation       | in    403   yes   404   403   404   404   404   403   yes
POST team_managing.disable          colleague        | in    403   yes   404   403   404   403   403   403   yes
POST team_managing.disable          guest            | in    403   404   404   403   404   403   403   403   yes
POST team_managing.enable           colleague        | in    403   yes   404   403   404   403   403   403   yes
POST team_managing.entry_points     colleague        | in    403   yes   404   403   404   403   403   403   yes
POST team_managing.remove           guest            | in    403   yes   404   403   404   403   403   403   yes
POST team_managing.role             colleague        | in    403   yes   404   403   404   403   403   403   yes
POST team_managing.role             guest            | in    403   yes   404   403   404   403   403   403   yes
POST team_managing.take_off_factor  colleague        | in    403   yes   404   403   404   403   403   403   yes
GET  absence.absence                -                | in    yes   yes   yes   yes   yes   yes   yes   403   403
POST absence.go_away                -                | in    yes   yes   422   yes   yes   422   422   403   403
POST absence.come_back              -                | in    yes   yes   yes   yes   yes   yes   yes   403   403
"""
"""What leads do for their partner."""

OF_THE_DIRECTORY = """
                                                     | none  staff lead  ally  other chief desk  away  ibp   admin
GET  directory_editing.overview     -                | in    403   yes   yes   403   yes   403   403   403   yes
GET  directory_editing.places       country          | in    403   yes   yes   403   yes   403   403   403   yes
POST directory_editing.places       country          | in    403   yes   yes   403   yes   403   403   403   yes
GET  directory_editing.entry_point  entry point      | in    403   yes   yes   403   404   403   403   403   yes
GET  directory_editing.sheet_file   entry point      | in    403   yes   yes   403   404   403   403   403   yes
GET  directory_editing.answers      entry point      | in    403   yes   yes   403   404   403   403   403   yes
POST directory_editing.answers      entry point      | in    403   yes   yes   403   404   403   403   403   yes
GET  directory_editing.problems     entry point      | in    403   yes   yes   403   404   403   403   403   yes
POST directory_editing.problems     entry point      | in    403   yes   yes   403   404   403   403   403   yes
GET  directory_editing.sheet_import entry point      | in    403   yes   yes   403   404   403   403   403   yes
POST directory_editing.sheet_import entry point      | in    403   yes   yes   403   404   403   403   403   yes
GET  directory_editing.words        entry point      | in    403   yes   yes   403   404   403   403   403   yes
POST directory_editing.words        entry point      | in    403   yes   yes   403   404   403   403   403   yes
GET  directory_editing.history      document         | in    403   yes   yes   403   yes   403   403   403   yes
GET  directory_editing.version      version          | in    403   yes   yes   403   yes   403   403   403   yes
GET  directory_editing.undo         version          | in    403   yes   yes   403   422   403   403   403   yes
POST directory_editing.undo         version          | in    403   yes   yes   403   422   403   403   403   yes
GET  directory_editing.why          -                | in    403   yes   yes   403   yes   403   403   403   yes
POST directory_editing.why          -                | in    403   same  same  403   same  403   403   403   same
GET  directory_admin.country        country          | in    403   403   403   403   403   403   403   403   yes
GET  directory_admin.elsewhere      country          | in    403   403   403   403   403   403   403   403   yes
POST directory_admin.elsewhere      country          | in    403   403   403   403   403   403   403   403   yes
GET  directory_admin.country_facts  country          | in    403   403   403   403   403   403   403   403   yes
POST directory_admin.country_facts  country          | in    403   403   403   403   403   403   403   403   yes
GET  directory_admin.partners       country          | in    403   403   403   403   403   403   403   403   yes
POST directory_admin.partners       country          | in    403   403   403   403   403   403   403   403   yes
GET  directory_admin.document       document         | in    403   403   403   403   403   403   403   403   yes
POST directory_admin.document       document         | in    403   403   403   403   403   403   403   403   yes
GET  directory_admin.download       document         | in    403   403   403   403   403   403   403   403   yes
GET  directory_admin.entry_facts    entry point      | in    403   403   403   403   403   403   403   403   yes
POST directory_admin.entry_facts    entry point      | in    403   403   403   403   403   403   403   403   yes
GET  directory_admin.money          entry point      | in    403   403   403   403   403   403   403   403   yes
POST directory_admin.money          entry point      | in    403   403   403   403   403   403   403   403   yes
GET  directory_admin.serving        entry point      | in    403   403   403   403   403   403   403   403   yes
POST directory_admin.serving        entry point      | in    403   403   403   403   403   403   403   403   yes
GET  directory_admin.go_back        version          | in    403   403   403   403   403   403   403   403   yes
POST directory_admin.go_back        version          | in    403   403   403   403   403   403   403   403   yes
GET  translating.languages          -                | in    403   yes   yes   403   yes   403   403   403   yes
GET  translating.language           tongue           | in    403   yes   yes   403   yes   403   403   403   yes
GET  translating.aloud              tongue           | in    403   yes   yes   403   yes   403   403   403   yes
POST translating.sign_off           tongue           | in    403   yes   yes   403   yes   403   403   403   yes
GET  translating.text               tongue           | in    403   yes   yes   403   yes   403   403   403   yes
POST translating.correct            tongue           | in    403   yes   yes   403   yes   403   403   403   yes
"""
"""Editing the directory and our words."""

OF_ONESELF = """
                                                     | none  staff lead  ally  other chief desk  away  ibp   admin
GET  own.account                    -                | in    yes   yes   yes   yes   yes   yes   yes   yes   yes
GET  own.password                   -                | in    yes   yes   yes   yes   yes   yes   yes   yes   yes
POST own.change_password            -                | in    yes   yes   yes   yes   yes   yes   yes   yes   yes
POST own.end_session                session          | in    same  yes   same  same  same  same  same  same  same
POST own.end_other_sessions         -                | in    same  same  same  same  same  same  same  same  same
POST own.switch                     -                | in    400   400   yes   400   400   400   400   400   400
GET  own_factor.prove               -                | in    yes   yes   yes   yes   yes   yes   yes   yes   yes
POST own_factor.prove_now           -                | in    yes   yes   yes   yes   yes   yes   yes   yes   yes
GET  own_factor.factor_page         -                | in    yes   yes   yes   yes   yes   yes   yes   yes   yes
POST own_factor.begin               -                | in    yes   yes   yes   yes   yes   yes   yes   yes   yes
POST own_factor.new_codes           -                | in    same  same  same  same  same  same  same  same  same
POST own_factor.confirm             -                | in    yes   yes   yes   yes   yes   yes   yes   yes   yes
"""
"""One's own account: `same` answers as if done, and changes nothing. The ally has a second seat."""
