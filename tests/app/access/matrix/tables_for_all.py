"""Which routes are open to all, and which to partners' programs, on whose rows."""

from __future__ import annotations

FOR_EVERYBODY = """
GET  about_api.about                ?                | yes
GET  about_api.openapi              ?                | yes
POST access.language                ?                | 400
GET  access.sign_in                 ?                | yes
POST access.sign_in_now             ?                | 422
GET  access.code                    ?                | in
POST access.code_now                ?                | in
POST access.sign_out                ?                | yes
POST africastalking.inbound         ?                | 404
POST africastalking.opt_out         ?                | 404
POST africastalking.receipts        ?                | 404
GET  aggregator.inbound             ?                | 404
POST aggregator.inbound             ?                | 404
GET  aggregator.receipts            ?                | 404
POST aggregator.receipts            ?                | 404
GET  aggregator.end                 ?                | 404
POST aggregator.end                 ?                | 404
GET  aggregator.dialled             ?                | 404
POST aggregator.dialled             ?                | 404
GET  health.healthz                 ?                | yes
GET  health.readyz                  ?                | yes
GET  joining.look                   ?                | 404
POST joining.join_now               ?                | 404
GET  offline.manifest               ?                | yes
GET  offline.kept                   ?                | yes
POST offline.send                   ?                | 400
GET  offline.worker                 ?                | yes
GET  open_data.figures              ?                | yes
GET  open_data.country              ?                | yes
GET  open_data.sector               ?                | yes
GET  open_data.poster               ?                | yes
GET  open_data.figures_csv          ?                | yes
GET  pages.home                     ?                | yes
GET  pages.static                   ?                | 404
GET  report.start                   ?                | yes
POST report.answer                  ?                | 400
GET  report.from_the_start          ?                | yes
POST report.go                      ?                | 400
POST report.send                    ?                | 400
GET  reset.forgotten                ?                | yes
POST reset.ask                      ?                | yes
GET  reset.choose                   ?                | 404
POST reset.choose_now               ?                | 404
GET  simulator.phone                ?                | yes
POST simulator.messages             ?                | 409
POST simulator.wire_request         ?                | 404
POST simulator.sim                  ?                | 400
GET  track.look                     ?                | yes
POST track.open_now                 ?                | 422
POST track.delete                   ?                | 403
POST track.leave                    ?                | yes
POST track.read                     ?                | 403
POST track.write                    ?                | 403
POST twilio.inbound                 ?                | 404
POST twilio.receipts                ?                | 404
POST ussd.end                       ?                | 404
POST ussd.inbound                   ?                | 404
"""
"""What is open to all, and what providers call: it is met in the same way by everybody, whoever has signed in. The
addresses lead to nothing, and the forms are empty but for the token."""

FOR_PROGRAMS = """
                                                     | none  ours  ally  other blind dead
GET  api.reports                    -                | 401   yes   yes   yes   403   401
GET  api.report                     report           | 401   yes   yes   404   403   401
GET  api.report                     sealed           | 401   yes   yes   404   403   401
GET  api.report                     unrouted         | 401   404   404   404   403   401
POST api.add_note                   report           | 401   yes   yes   404   403   401
POST api.add_note                   sealed           | 401   404   404   404   403   401
POST api.change_status              report           | 401   yes   yes   404   403   401
POST api.change_status              sealed           | 401   404   404   404   403   401
GET  api.gaps                       -                | 401   yes   yes   yes   403   401
GET  api.cases                      -                | 401   yes   yes   yes   403   401
GET  api.case                       case             | 401   yes   yes   404   403   401
GET  api.figures                    -                | 401   yes   yes   yes   403   401
"""
"""By token: of SKA (`ours`), of the partner that supports there, of one elsewhere, of SKA for words alone,
and one of SKA that was revoked."""
