"""Drives bench/faults/payments: see there what it shows."""
import collections, hashlib, hmac, json, random, re, sys, threading, time, urllib.parse, uuid
from concurrent.futures import ThreadPoolExecutor

from hosts import HOSTS, ask, drained, end, kill_hosts, say, sign_in, sql, surely

VISITS = sys.argv[6]
TIMES, MISSED, KILLS, OPERATIONS = map(int, sys.argv[7:11])

PATIENT, BOSS = sign_in("one.patient"), sign_in("boss@example.com")
visits = collections.deque(open(VISITS).read().split())


def begin(visit, key=None, **more):
    status, text, _ = surely("POST", "/api/payments/", {"kind": "appointment", "id": visit, **more}, PATIENT, key=key or str(uuid.uuid4()))
    if status != 201:
        return None, text
    data = json.loads(text)["data"]
    return data["id"], urllib.parse.urlsplit(data.get("checkout_url") or "").path


def to_page(checkout):
    """Follows a link to the sandbox's page, whose path it answers."""
    for _ in range(60):
        status, text, location = surely("GET", checkout)
        if location:
            return urllib.parse.urlsplit(location).path
        if status == 200 and 'action="' in text:
            action = re.search(r'action="([^"]+)"', text).group(1).replace("&amp;", "&")
            fields = {n: v.replace("&amp;", "&").replace("&quot;", '"') for n, v in re.findall(r'name="([^"]+)" value="([^"]*)"', text)}
            _, _, location = surely("POST", urllib.parse.urlsplit(action).path, form=fields)
            if location:
                return urllib.parse.urlsplit(location).path
        time.sleep(0.3)
    raise RuntimeError("No page behind " + checkout + ": " + text[:200])


def pay(page, webhooks, outcome="pay"):
    return surely("POST", page, form={"outcome": outcome, "webhooks": webhooks, "save": "false"})


def signed(gateway, body, event):
    raw = body.encode()
    if gateway == "stripe":
        at = str(int(time.time() + float(sql("SELECT coalesce(max(offset_seconds), 0) FROM platform.clock") or 0)))
        return {"Stripe-Signature": "t=%s,v1=%s" % (at, hmac.new(b"whsec_sandbox", at.encode() + b"." + raw, hashlib.sha256).hexdigest())}
    if gateway == "paystack":
        return {"x-paystack-signature": hmac.new(b"sk_test_sandbox", raw, hashlib.sha512).hexdigest()}
    if gateway == "razorpay":
        return {"X-Razorpay-Signature": hmac.new(b"sandbox-webhook-secret", raw, hashlib.sha256).hexdigest(), "x-razorpay-event-id": event}
    return {}


def many_times():
    begun = time.time()
    paid = []
    for gateway, count in (("stripe", 5), ("paystack", 5), ("razorpay", 5), ("payu", 5)):
        for _ in range(count):
            payment, checkout = begin(visits.popleft(), gateway=gateway)
            pay(to_page(checkout), "delayed")
            paid.append((gateway, payment))
    rows = json.loads(sql("SELECT json_agg(json_build_object('gateway', gateway, 'event', event_id, 'body', body)) FROM gateways.sandbox_deliveries"))
    sql("DELETE FROM gateways.sandbox_deliveries")
    messages = [(r["gateway"], r["body"], signed(r["gateway"], r["body"], r["event"])) for r in rows]
    calls = [m for m in messages for _ in range(TIMES)]
    random.shuffle(calls)
    refused = collections.Counter()

    def send(indexed):
        i, (gateway, body, headers) = indexed
        status, text, _ = surely("POST", "/api/payments/webhooks/%s/" % gateway, raw=body.encode(), headers=headers)
        if status != 200:
            refused[(gateway, status, text[:80])] += 1
        if i % 100 == 0:
            surely("POST", "/api/payments/%s/verify/" % random.choice(paid)[1], {}, PATIENT)

    with ThreadPoolExecutor(16) as pool:
        list(pool.map(send, enumerate(calls)))
    drained("SELECT count(*) FROM platform.outbox WHERE dead_at IS NULL AND handler LIKE 'Careline.Payments%'", 60)
    ids = ",".join("'%s'" % p for _, p in paid)
    entries = sql("SELECT count(*) || ' ' || count(DISTINCT payment_id) FROM payments.postings WHERE kind = 'payment' AND payment_id IN (%s)" % ids)
    completed = sql("SELECT count(*) FROM payments.payments WHERE status = 'completed' AND id IN (%s)" % ids)
    dead = sql("SELECT count(*) FROM platform.outbox WHERE dead_at IS NOT NULL")
    say(entries != "%d %d" % (len(paid), len(paid)) or completed != str(len(paid)) or refused or dead != "0",
        "%d webhooks of %d payments at 4 gateways, %d times each, 16 at once: entries and payments %s, completed %s, refused %s, dead %s; %.0f s"
        % (len(messages), len(paid), TIMES, entries, completed, dict(refused) or 0, dead, time.time() - begun))


def none_told():
    begun = time.time()
    chosen = [visits.popleft() for _ in range(MISSED)]

    def one(visit):
        payment, checkout = begin(visit)
        pay(to_page(checkout), "lost")
        return payment

    with ThreadPoolExecutor(16) as pool:
        ids = list(pool.map(one, chosen))
    before = sql("SELECT count(*) FROM payments.payments WHERE captured_at IS NULL AND status = 'processing'")
    surely("POST", "/dev/clock/", {"advance_seconds": 180})
    left = drained("SELECT count(*) FROM payments.payments WHERE captured_at IS NULL AND status = 'processing'", 60)
    drained("SELECT count(*) FROM platform.outbox WHERE dead_at IS NULL", 60)
    confirmed = sql("SELECT count(*) FROM payments.payments p JOIN scheduling.appointments a ON a.id = p.subject_id WHERE p.status = 'completed' AND a.status = 'confirmed' AND p.id IN (%s)"
                    % ",".join("'%s'" % i for i in ids))
    say(left or confirmed != str(MISSED), "no webhook of %d payments: %s waited, %d are left, %s are paid and their visits confirmed; %.0f s" % (MISSED, before, left, confirmed, time.time() - begun))


def killed():
    begun, over, deaths = time.time(), threading.Event(), []
    status, text, _ = surely("POST", "/api/payments/coupons/", {"code": "CAP-100", "kind": "percentage", "percent": 10, "most_uses": 100}, BOSS)
    assert status == 201, text

    done = collections.Counter()

    def work(n):
        while not over.is_set():
            try:
                visit = visits.popleft() if len(visits) > OPERATIONS else None
                if visit is None:
                    over.wait(1)
                    continue
                more = {"coupon": "CAP-100"} if random.random() < 0.4 else {}
                payment, checkout = begin(visit, **more)
                if payment is None and more:
                    payment, checkout = begin(visit)
                if payment is None:
                    done["not begun"] += 1
                    continue
                pay(to_page(checkout), random.choice(["normal", "doubled", "shuffled", "lost"]))
                done["paid"] += 1
                if random.random() < 0.7:
                    surely("POST", "/api/payments/%s/verify/" % payment, {}, PATIENT)
                if random.random() < 0.4:
                    key = str(uuid.uuid4())
                    surely("POST", "/api/payments/%s/refund/" % payment, {"amount": random.randint(1, 30000)}, BOSS, key=key)
                    surely("POST", "/api/payments/%s/refund/" % payment, {"amount": random.randint(20000, 50000)}, BOSS, key=str(uuid.uuid4()))
                    done["refunds"] += 1
                elif random.random() < 0.2:
                    surely("POST", "/api/appointments/%s/cancel/" % visit, {}, PATIENT)
                    done["cancelled"] += 1
            except Exception as error:
                done[type(error).__name__] += 1

    threads = [threading.Thread(target=kill_hosts, args=(KILLS, deaths, over))] + [threading.Thread(target=work, args=(n,)) for n in range(12)]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    for h in HOSTS:
        surely("GET", "/health/", host=h)
    for _ in range(4):
        surely("POST", "/dev/clock/", {"advance_seconds": 600})
        drained("SELECT count(*) FROM payments.attempts a JOIN payments.payments p ON p.id = a.payment_id, platform.clock c WHERE p.status = 'processing' AND a.ask_at <= current_timestamp + c.offset_seconds * interval '1 second'", 60)
        drained("SELECT count(*) FROM payments.refunds r, platform.clock c WHERE r.try_at <= current_timestamp + c.offset_seconds * interval '1 second'", 60)
        drained("SELECT count(*) FROM platform.outbox WHERE dead_at IS NULL", 60)
    unbalanced = sql("SELECT coalesce(string_agg(currency, ','), '') FROM (SELECT currency FROM payments.entries GROUP BY 1 HAVING sum(debit) <> sum(credit)) x")
    above = sql("SELECT count(*) FROM (SELECT p.id FROM payments.payments p JOIN payments.refunds r ON r.payment_id = p.id AND NOT r.is_surplus AND r.status <> 'failed' GROUP BY p.id, p.amount HAVING sum(r.amount) > p.amount) x")
    uses = sql("SELECT uses || ' ' || (SELECT count(*) FROM payments.coupon_uses u WHERE u.coupon_id = c.id AND u.freed_at IS NULL) FROM payments.coupons c WHERE code = 'CAP-100'")
    unconfirmed = sql("SELECT count(*) FROM payments.payments p JOIN scheduling.appointments a ON a.id = p.subject_id WHERE p.status IN ('completed', 'partially_refunded') AND a.status IN ('held', 'scheduled')")
    unmade = sql("SELECT count(*) FROM payments.refunds WHERE status IN ('pending', 'processing')")
    twice = sql("SELECT count(*) FROM (SELECT payment_id FROM payments.postings t WHERE kind = 'payment' AND NOT EXISTS (SELECT FROM payments.entries e WHERE e.posting_id = t.id AND e.account LIKE 'owed:%') GROUP BY 1 HAVING count(*) > 1) x")
    dead = sql("SELECT count(*) FROM platform.outbox WHERE dead_at IS NOT NULL")
    used, counted = uses.split()
    say(unbalanced or above != "0" or used != counted or int(used) > 100 or unconfirmed != "0" or twice != "0" or dead != "0" or unmade != "0",
        "%d kills (-9) under load (%s): currencies that do not balance %s; refunds above %s; coupon used %s of 100; paid and unconfirmed %s; posted twice %s; refunds not made %s; dead %s; %.0f s"
        % (len(deaths), dict(done), unbalanced or 0, above, uses, unconfirmed, twice, unmade, dead, time.time() - begun))


def lossy():
    """Operations over a line that loses three of ten answers after they happened."""
    begun = time.time()
    lost, answered = collections.Counter(), []

    def over_the_line(path, body, token, key):
        while True:
            try:
                status, text, _ = ask("POST", path, body, token, key=key)
            except Exception:
                continue
            if status >= 500 or random.random() < 0.3:
                lost[status] += 1
                continue
            return status, text

    starts = OPERATIONS * 6 // 10
    chosen = [visits.popleft() for _ in range(starts)]

    def start(visit):
        status, text = over_the_line("/api/payments/", {"kind": "appointment", "id": visit, "method": "cash"}, PATIENT, "start-" + visit)
        assert status == 201, text
        return json.loads(text)["data"]["id"]

    with ThreadPoolExecutor(16) as pool:
        ids = list(pool.map(start, chosen))
    to_refund = ids[:40]
    for i in to_refund:
        surely("POST", "/api/payments/%s/receive/" % i, {"method": "cash"}, BOSS)
    refunds = OPERATIONS - starts

    def refund(n):
        status, text = over_the_line("/api/payments/%s/refund/" % to_refund[n % 40], {"amount": 1}, BOSS, "refund-%d" % n)
        assert status == 201, text

    with ThreadPoolExecutor(16) as pool:
        list(pool.map(refund, range(refunds)))
    made = int(sql("SELECT count(*) FROM payments.payments WHERE subject_id IN (%s)" % ",".join("'%s'" % v for v in chosen)))
    gone = sql("SELECT count(*) || ' ' || coalesce(sum(amount), 0) FROM payments.refunds WHERE payment_id IN (%s)" % ",".join("'%s'" % i for i in to_refund))
    say(made != starts or len(set(ids)) != starts or gone != "%d %d" % (refunds, refunds),
        "%d operations, %d answers lost: %d payments begun of %d, refunds and their sum %s of %d; %.0f s" % (OPERATIONS, sum(lost.values()), made, starts, gone, refunds, time.time() - begun))


for part, asked in ((many_times, TIMES), (none_told, MISSED), (killed, KILLS), (lossy, OPERATIONS)):
    if asked:
        part()
secrets = sql("SELECT count(*) FROM payments.webhooks WHERE encode(facts_sealed, 'escape') LIKE '%sk_test_sandbox%' OR encode(facts_sealed, 'escape') LIKE '%whsec_%'")
say(secrets != "0", "no secret of a gateway in what webhooks left: %s" % secrets)
end()
