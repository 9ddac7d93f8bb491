"""What runs against two hosts share: asking one of them as a client with a key does, looking into their database, and killing them."""
import http.client, json, os, random, signal, subprocess, sys, threading, time, urllib.parse

ONE, OTHER, SUPERVISOR, SOCKET, PORT = sys.argv[1:6]
HOSTS = [urllib.parse.urlsplit(u).netloc for u in (ONE, OTHER)]
PASSWORD = "correct horse battery"
broken = 0
lines = threading.local()


def say(fault, text):
    global broken
    broken += bool(fault)
    print(("BROKEN  " if fault else "held    ") + text, flush=True)


def end():
    sys.exit(1 if broken else 0)


def sql(statement):
    out = subprocess.run(["psql", "-h", SOCKET, "-p", PORT, "-d", "careline", "-qXAt", "-v", "ON_ERROR_STOP=1"], input=statement, capture_output=True, text=True, check=True)
    return out.stdout.strip()


def ask(method, path, body=None, token=None, host=None, form=None, key=None, raw=None, headers=None, patience=20):
    """One request; its status, text and Location. Raises where no answer came."""
    sent = dict(headers or {})
    data = None
    if body is not None:
        data, sent["Content-Type"] = json.dumps(body), "application/json"
    if form is not None:
        data, sent["Content-Type"] = urllib.parse.urlencode(form), "application/x-www-form-urlencoded"
    if raw is not None:
        data = raw
    if token:
        sent["Authorization"] = "Bearer " + token
    if key:
        sent["Idempotency-Key"] = key
    name = host or random.choice(HOSTS)
    pool = lines.__dict__.setdefault("pool", {})
    line = pool.pop(name, None) or http.client.HTTPConnection(name, timeout=patience)
    try:
        line.request(method, path, data, sent)
        answer = line.getresponse()
        text = answer.read().decode("utf-8", "replace")
    except Exception:
        line.close()
        raise
    pool[name] = line
    return answer.status, text, answer.getheader("Location")


def surely(*args, **kwargs):
    """Asks until somebody answers, as a client with a key does."""
    for attempt in range(400):
        try:
            status, text, location = ask(*args, **kwargs)
            if status < 500:
                return status, text, location
        except Exception:
            pass
        time.sleep(min(1.0, 0.05 * (attempt + 1)))
    raise RuntimeError("Nobody answers " + str(args[:2]))


def sign_in(name):
    status, text, _ = surely("POST", "/api/auth/login/", {"username": name, "password": PASSWORD})
    return json.loads(text)["data"]["access"]


def drained(question, seconds):
    last, since = None, time.time()
    while True:
        left = int(sql(question))
        if left == 0:
            return 0
        if left != last:
            last, since = left, time.time()
        if time.time() - since > seconds:
            return left
        time.sleep(1)


def kill_hosts(kills, deaths, over):
    """Kills (-9) the host that has lived longest, once both answer, so many times; then says that it is over."""
    while len(deaths) < kills:
        try:
            if all(ask("GET", "/health/", host=h, patience=2)[0] == 200 for h in HOSTS):
                time.sleep(random.uniform(0.5, 2.5))
                out = subprocess.run(["ps", "-o", "pid=,etimes=,args=", "--ppid", SUPERVISOR], capture_output=True, text=True).stdout
                old = [l.split()[:2] for l in out.splitlines() if "Careline.Host.dll serve" in l]
                old = sorted(((int(age), int(pid)) for pid, age in old), reverse=True)
                if old and old[0][0] >= 11:
                    os.kill(old[0][1], signal.SIGKILL)
                    deaths.append(old[0][1])
        except Exception:
            pass
        time.sleep(0.3)
    over.set()
