"""Drives an appointment through its life and reads its calendar files by icalendar. Called by bench/faults/calendar with the host's address."""

import datetime
import json
import sys
import urllib.request

import icalendar

URL = sys.argv[1]
UTC = datetime.timezone.utc


def call(method, path, access=None, body=None):
    request = urllib.request.Request(path if path.startswith("http") else URL + path, method=method)
    if access:
        request.add_header("Authorization", "Bearer " + access)
    data = None
    if body is not None:
        request.add_header("Content-Type", "application/json")
        data = json.dumps(body).encode()
    with urllib.request.urlopen(request, data) as answer:
        return answer.read()


def data(*args):
    return json.loads(call(*args))["data"]


def person(name, kind, **more):
    body = {"username": name, "email": name + "@example.com", "password": "securepassword", "first_name": "Euphemia", "last_name": "Quill", "user_type": kind, **more}
    answer = data("POST", "/api/auth/register/", None, body)
    return answer["access"], answer["user"]


def check(what, seen, wanted):
    if seen != wanted:
        sys.exit(f"{what}: {seen!r} instead of {wanted!r}")
    print(f"{what}: {seen}")


doctor, who = person("calendar.doctor", "doctor", medical_license_number="MD-1", specialization="Psychiatry")
patient, _ = person("calendar.patient", "patient")
admin = data("POST", "/api/auth/login/", None, {"username": "calendar.admin@example.com", "password": "securepassword"})["access"]
call("POST", f"/api/doctors/{who['doctor_id']}/verify/", admin, {})
day = (datetime.datetime.now(UTC) + datetime.timedelta(days=30)).date()
slots = data("POST", "/api/time-slots/create_bulk_slots/", doctor, {"date": day.isoformat(), "start_time": "09:00:00", "end_time": "11:00:00", "slot_duration": 30})["created"]
visit = data("POST", "/api/appointments/", patient, {"time_slot_id": slots[0]["id"], "reason": "Sleeps badly", "symptoms": "Tired"})["id"]
feed = data("POST", "/api/calendar/feeds/", patient, {})["url"]

seen = []


def look():
    text = call("GET", f"/api/appointments/{visit}/invite.ics", patient)
    calendar = icalendar.Calendar.from_ical(text)
    (event,) = calendar.walk("VEVENT")
    seen.append((str(event["UID"]), int(event["SEQUENCE"]), str(calendar["METHOD"]), event.decoded("DTSTART"), event.decoded("DTEND"), str(event["STATUS"])))
    for word in (b"Euphemia", b"Quill", b"Psychiatry", b"badly", b"Tired"):
        if word in text:
            sys.exit(f"the file tells {word!r}")


look()
for slot in slots[1:3]:
    call("POST", f"/api/appointments/{visit}/reschedule/", patient, {"time_slot_id": slot["id"]})
    look()
(fed,) = icalendar.Calendar.from_ical(call("GET", feed)).walk("VEVENT")
call("POST", f"/api/appointments/{visit}/cancel/", patient, {})
look()

starts = [datetime.datetime.fromisoformat(slot["start"].replace("Z", "+00:00")) for slot in slots]
check("UIDs", len({uid for uid, *_ in seen}), 1)
check("SEQUENCE", [sequence for _, sequence, *_ in seen], [0, 1, 2, 3])
check("METHOD", [method for _, _, method, *_ in seen], ["REQUEST", "REQUEST", "REQUEST", "CANCEL"])
check("STATUS", [status for *_, status in seen], ["CONFIRMED", "CONFIRMED", "CONFIRMED", "CANCELLED"])
check("times are those of the slots", [start for _, _, _, start, _, _ in seen] == [starts[0], starts[1], starts[2], starts[2]], True)
check("half an hour each", {end - start for _, _, _, start, end, _ in seen}, {datetime.timedelta(minutes=30)})
check("the feed says the same", (str(fed["UID"]), int(fed["SEQUENCE"]), fed.decoded("DTSTART")) == (seen[2][0], 2, starts[2]), True)
