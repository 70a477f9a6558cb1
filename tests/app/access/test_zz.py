from tests.builders.accounts import an_account, PASSWORD, BASE
from tests.builders.reports import a_report
import re
def tok(html): return re.search(r'name="csrf_token" value="([^"]+)"', html).group(1)
def test_smoke(app, client):
    r = client.get("/", base_url=BASE); print(r.status_code, len(r.data)); assert r.status_code==200
    r = client.get("/inbox", base_url=BASE); assert r.status_code==303, r.status
    a = an_account(); rep = a_report()
    p = client.get("/sign-in", base_url=BASE); assert p.status_code==200
    r = client.post("/sign-in", base_url=BASE, data=dict(email=a.email, password=PASSWORD, csrf_token=tok(p.text)))
    assert r.status_code==303, r.text; print(r.headers)
    r = client.get("/inbox", base_url=BASE); assert r.status_code==200; print(r.text)
    r = client.get("/inbox/"+rep.reference, base_url=BASE); assert r.status_code==200; print(r.text)
    r = client.get("/directory", base_url=BASE); assert r.status_code==200
