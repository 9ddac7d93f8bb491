"""Asks for dashboards at a fixed rate. Arguments: url, seconds, rate, what is measured, where the first result is kept, visits of the last thirty days, clinics, doctors."""
import collections
import http.client
import json
import pathlib
import random
import sys
import threading
import time
import urllib.parse

url, seconds, rate, what, first, booked, clinics, doctors = sys.argv[1:]
place = urllib.parse.urlparse(url)
local = threading.local()


def call(method, path, token=None, body=None):
    if not hasattr(local, "line"):
        local.line = http.client.HTTPConnection(place.hostname, place.port, timeout=600)
    headers = {"Content-Type": "application/json"} | ({"Authorization": "Bearer " + token} if token else {})
    local.line.request(method, path, json.dumps(body) if body is not None else None, headers)
    answer = local.line.getresponse()
    text = answer.read()
    if answer.status != 200:
        sys.exit(f"{method} {path}: {answer.status} {text[:300]!r}")
    return json.loads(text)["data"]


token = call("POST", "/api/auth/login/", body={"username": "boss@example.com", "password": "correct horse battery"})["access"]
begun = time.monotonic()
call("POST", "/api/analytics/rebuild/", token)
rebuilt = time.monotonic() - begun
figures = {f["name"]: f["value"] for f in call("GET", "/api/analytics/dashboard/", token)["figures"]}
if figures["booked"] != int(booked):
    sys.exit(f"BROKE   {what}: the dashboard says {figures['booked']} visits, the facts {booked}")

paths = ["/api/analytics/dashboard/"] + [f"/api/analytics/dashboard/?clinic={c}" for c in clinics.split(",")] + [f"/api/analytics/dashboard/?doctor={d}" for d in doctors.split(",")]
chosen = random.Random(7)
turns = iter([chosen.choice([paths[0], chosen.choice(paths[1:51]), chosen.choice(paths[51:])]) for _ in range(int(seconds) * int(rate) + 220)])
kinds = collections.defaultdict(list)
times, lock, start = [], threading.Lock(), time.monotonic() + 3
turn = 0


def ask():
    global turn
    while True:
        with lock:
            mine, path = turn, next(turns)
            turn += 1
        due = start + (mine - 200) / int(rate) if mine >= 200 else None
        if mine >= 200 + int(seconds) * int(rate) - 1:
            return
        if due is not None and due > time.monotonic():
            time.sleep(due - time.monotonic())
        # From when it was due: who waits for a free line waits too. The first ones only warm up.
        since = due if due is not None else time.monotonic()
        call("GET", path, token)
        if due is not None:
            with lock:
                times.append(time.monotonic() - since)
                kinds[path.partition("?")[2].partition("=")[0]].append(times[-1])


threads = [threading.Thread(target=ask) for _ in range(8)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
times.sort()
p50, p99 = (1000 * times[int(len(times) * share)] for share in (0.5, 0.99))
kept = pathlib.Path(first)
before = float(kept.read_text()) if kept.exists() else None
if before is None:
    kept.write_text(str(p50))
held = p99 < 50 and (before is None or p50 < 1.5 * before)
each = "; ".join(f"{kind or 'platform'} {1000 * sorted(took)[len(took) // 2]:.1f} and {1000 * sorted(took)[int(len(took) * 0.99)]:.1f}" for kind, took in sorted(kinds.items()))
print(f"{'held ' if held else 'BROKE'}   {what}: {len(times)} dashboards at {rate} a second, median {p50:.1f} ms, 99 in 100 within {p99:.1f} ms ({each}); all figures counted anew in {rebuilt:.1f} s")
sys.exit(0 if held else 1)
