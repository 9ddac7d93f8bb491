"""Drives bench/faults/stock: see there what it shows."""
import collections, datetime, json, random, sys, threading, time, uuid

from hosts import HOSTS, PASSWORD, drained, end, kill_hosts, say, sign_in, sql, surely

KILLS = int(sys.argv[6])
SHEETS = 8


def made(path, body, token, expected=201):
    status, text, _ = surely("POST", path, body, token, key=str(uuid.uuid4()))
    assert status == expected, text
    return json.loads(text)["data"]


def registered(name, **more):
    surely("POST", "/api/auth/register/", {"username": name, "email": name + "@example.com", "password": PASSWORD, "first_name": "Ada", "last_name": "Obi", **more})


def day(ahead):
    return (datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(days=ahead)).strftime("%Y-%m-%d")


registered("one.doctor", user_type="doctor", medical_license_number="MD-1", specialization="Cardiology")
registered("one.patient", user_type="patient")
registered("one.keeper", user_type="patient")
sql("UPDATE doctors.doctors SET verification = 'verified'; UPDATE accounts.accounts SET roles = '{pharmacist}' WHERE user_name = 'one.keeper'")
BOSS, DOCTOR, PATIENT, KEEPER = (sign_in(name) for name in ("boss@example.com", "one.doctor", "one.patient", "one.keeper"))
clinic = made("/api/eclinic/clinics/", {"name": "Harbour Pharmacy", "time_zone": "UTC", "is_pharmacy": True}, BOSS)["id"]
made("/api/eclinic/clinics/%s/staff/" % clinic, {"account_id": sql("SELECT id FROM accounts.accounts WHERE user_name = 'one.keeper'"), "role": "pharmacist"}, BOSS)
slot = made("/api/time-slots/", {"date": day(2), "start_time": "09:00:00", "end_time": "09:30:00"}, DOCTOR)["id"]
made("/api/appointments/", {"time_slot_id": slot, "reason": "Cough"}, PATIENT)
patient = sql("SELECT p.id FROM patients.patients p JOIN accounts.accounts a ON a.id = p.account_id WHERE a.user_name = 'one.patient'")
sheets = []
for n in range(SHEETS):
    line = {"medication_name": "Dressing %d" % n, "dosage": "one", "frequency": "once_daily", "quantity": 100000}
    draft = made("/api/prescriptions/", {"patient_id": patient, "lines": [line]}, DOCTOR)["id"]
    signed = made("/api/prescriptions/%s/sign/" % draft, {}, DOCTOR, 200)
    sheets.append((draft, signed["verify_code"], signed["lines"][0]["id"]))
STOCK = "/api/eclinic/clinics/%s/inventory/" % clinic
items = [made(STOCK + "items/", {"name": "Dressing", "sku": "D-%d" % n, "unit": "piece", "currency": "NGN"}, KEEPER)["id"] for n in range(2)]

done, told, over, deaths, begun = collections.Counter(), collections.Counter(), threading.Event(), [], time.time()
gate = threading.Lock()


def count(word, units=0):
    with gate:
        done[word] += 1
        told[word] += units


def deliver():
    units = random.randint(1, 40)
    body = {"number": "B-%s" % uuid.uuid4(), "quantity": units, "price_amount": 5, "currency": "NGN", "expires_on": day(random.choice([-1, 0, 5, 50, 500]))}
    status, text, _ = surely("POST", STOCK + "items/%s/batches/" % random.choice(items), body, KEEPER, key=str(uuid.uuid4()))
    count("delivery" if status == 201 else text[:90], units)


def hand_out():
    units = random.randint(1, 5)
    sheet, code, line = random.choice(sheets)
    body = {"clinic_id": clinic, "lines": [{"line_id": line, "quantity": units, "item_id": random.choice(items)}]}
    status, text, _ = surely("POST", "/api/prescriptions/verify/%s/dispense/" % code, body, KEEPER, key=str(uuid.uuid4()))
    if status != 201:
        count("short" if "INSUFFICIENT_STOCK" in text else text[:90])
        return
    count("dispense", units)
    if random.random() < 0.15:
        dispense = json.loads(text)["data"][0]["id"]
        status, text, _ = surely("POST", "/api/prescriptions/%s/dispenses/%s/reverse/" % (sheet, dispense), {"reason": "Mistake"}, KEEPER, key=str(uuid.uuid4()))
        count("return" if status == 200 else text[:90], units)


def work():
    while not over.is_set():
        try:
            deliver() if random.random() < 0.12 else hand_out()
        except Exception as error:
            count(type(error).__name__)


threads = [threading.Thread(target=kill_hosts, args=(KILLS, deaths, over))] + [threading.Thread(target=work) for _ in range(12)]
for t in threads:
    t.start()
for t in threads:
    t.join()
for h in HOSTS:
    surely("GET", "/health/", host=h)
apart = sql("SELECT count(*) FROM clinics.stock_batches b WHERE b.level <> (SELECT coalesce(sum(m.quantity), 0) FROM clinics.stock_movements m WHERE m.batch_id = b.id)")
below = sql("SELECT count(*) FROM clinics.stock_batches b WHERE b.level < 0 OR (SELECT sum(m.quantity) FROM clinics.stock_movements m WHERE m.batch_id = b.id) < 0")
expired = sql("SELECT count(*) FROM clinics.stock_movements m JOIN clinics.stock_batches b ON b.id = m.batch_id WHERE m.kind = 'dispense' AND b.expires_on < m.at::date")
unlike = sql("""SELECT count(*) FROM prescriptions.dispenses d WHERE d.quantity <> (SELECT coalesce(-sum(m.quantity), 0) FROM clinics.stock_movements m WHERE m.reference_id = d.id AND m.kind = 'dispense')
    OR d.quantity <> (SELECT coalesce(sum(b.quantity), 0) FROM prescriptions.dispensed_batches b WHERE b.dispense_id = d.id)
    OR (d.reversed_at IS NOT NULL) <> EXISTS (SELECT FROM clinics.stock_movements m WHERE m.reference_id = d.id AND m.kind = 'return')""")
book = {kind: int(sql("SELECT coalesce(sum(abs(quantity)), 0) FROM clinics.stock_movements WHERE kind = '%s'" % kind)) for kind in ("delivery", "dispense", "return")}
differ = {kind: (told[kind], units) for kind, units in book.items() if told[kind] != units}
odd = {word: n for word, n in done.items() if word not in ("delivery", "dispense", "return", "short")}
dead = sql("SELECT count(*) FROM platform.outbox WHERE dead_at IS NOT NULL") if drained("SELECT count(*) FROM platform.outbox WHERE dead_at IS NULL", 60) == 0 else "waiting"
say(apart != "0", "%d kills (-9) under load (%s): levels that are not what their book comes to %s" % (len(deaths), dict(done), apart))
say(below != "0" or expired != "0", "batches below nothing %s, expired units handed out %s" % (below, expired))
say(unlike != "0", "dispenses that are not what their movements and batches say %s" % unlike)
say(differ or odd or dead != "0" or not done["dispense"] or len(deaths) < KILLS, "units acknowledged and units in the book differ %s; unlooked-for answers %s; dead %s; %.0f s" % (differ or 0, odd or 0, dead, time.time() - begun))
end()
