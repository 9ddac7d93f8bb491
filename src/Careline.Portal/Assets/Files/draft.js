// Keeps what is typed into a form until the server has it: through a crash, a dead battery, a page left by mistake. It lies encrypted in this browser, by a key that
// no script can read out, and goes with the sign-in.

const base = 'careline-drafts';
const keptDays = 14;
const saveAfter = 250;
const owner = document.querySelector('[data-user]')?.dataset.user;

// Anonymous drafts would lie open to whoever comes next, and without a secure context there is no encryption.
export function start() {
  if (owner && globalThis.crypto?.subtle && globalThis.indexedDB) run().catch(() => {});
}

async function run() {
  const [db, tab] = [await open(), await nameTab()];
  db.onversionchange = () => db.close();
  const key = await keyOf(db);
  await drop(db, taken());
  const alive = await livingTabs();
  for (const form of document.querySelectorAll('form[data-draft]')) await keep(form, db, key, tab, alive);
}

function open() {
  return new Promise((yes, no) => {
    const asked = indexedDB.open(base, 1);
    asked.onupgradeneeded = () => {
      asked.result.createObjectStore('keys');
      asked.result.createObjectStore('drafts');
    };
    asked.onsuccess = () => yes(asked.result);
    asked.onerror = () => no(asked.error);
  });
}

function inside(db, stores, work) {
  return new Promise((yes, no) => {
    const change = db.transaction(stores, 'readwrite', { durability: 'strict' });
    let answer;
    work(change, value => { answer = value; });
    change.oncomplete = () => yes(answer);
    change.onerror = change.onabort = () => no(change.error);
  });
}

// One key for one person. Somebody else's key goes, and with it all that it opens.
async function keyOf(db) {
  const fresh = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
  return inside(db, ['keys', 'drafts'], (change, answer) => {
    const keys = change.objectStore('keys');
    keys.get('key').onsuccess = event => {
      if (event.target.result?.owner === owner) return answer(event.target.result.key);
      change.objectStore('drafts').clear();
      keys.put({ owner, key: fresh }, 'key');
      answer(fresh);
    };
  });
}

// A tab has a name that outlives a reload. A lock says that it is open, so that a tab opened as the copy of another takes a name of its own.
async function nameTab() {
  let tab = sessionStorage.getItem('careline-tab');
  for (let tries = 0; tab && tries < 4; tries++) {
    if (await hold(tab)) return tab;
    await new Promise(then => setTimeout(then, 100));
  }
  tab = Array.from(crypto.getRandomValues(new Uint8Array(9)), byte => byte.toString(16)).join('');
  sessionStorage.setItem('careline-tab', tab);
  await hold(tab);
  return tab;
}

function hold(tab) {
  if (!navigator.locks) return true;
  return new Promise(then => navigator.locks.request(`${base}-${tab}`, { ifAvailable: true }, lock => {
    then(Boolean(lock));
    return lock && new Promise(() => {});
  }));
}

async function livingTabs() {
  const held = navigator.locks ? (await navigator.locks.query()).held : [];
  return held.filter(lock => lock.name.startsWith(`${base}-`)).map(lock => lock.name.slice(base.length + 1));
}

// The server names the forms that it took; nobody else can say that a text is safe.
function taken() {
  const said = document.cookie.match(/(?:^|; )careline-taken=([^;]*)/);
  if (said) document.cookie = 'careline-taken=; path=/; max-age=0';
  return said ? said[1].split('.') : [];
}

const drop = (db, keys) => inside(db, ['drafts'], change => {
  const oldest = Date.now() - keptDays * 86400000;
  change.objectStore('drafts').openCursor().onsuccess = ({ target: { result: cursor } }) => {
    if (!cursor) return;
    if (keys.includes(cursor.value.key) || cursor.value.at < oldest) cursor.delete();
    cursor.continue();
  };
});

async function find(db, form, tab, alive) {
  const all = await inside(db, ['drafts'], (change, answer) => {
    const found = [];
    change.objectStore('drafts').openCursor().onsuccess = ({ target: { result: cursor } }) => {
      if (!cursor) return answer(found);
      if (cursor.value.form === form) found.push({ id: cursor.key, ...cursor.value });
      cursor.continue();
    };
  });
  return all.find(draft => draft.tab === tab) ?? all.filter(draft => !alive.includes(draft.tab)).sort((a, b) => b.at - a.at)[0];
}

const fieldsOf = form => {
  const seen = {};
  return [...form.elements].filter(field => field.name && !['hidden', 'password', 'file', 'submit', 'button'].includes(field.type)).map(field => {
    seen[field.name] = (seen[field.name] ?? 0) + 1;
    return [`${field.name} ${seen[field.name]}`, field];
  });
};
const marksOf = form => [...form.elements].filter(field => field.name?.startsWith('_was-'));
const isBox = field => field.type === 'checkbox' || field.type === 'radio';
const read = field => isBox(field) ? field.checked : field.value;
const write = (field, value) => { if (isBox(field)) field.checked = value; else field.value = value; };
const sent = field => isBox(field) ? field.defaultChecked
  : field.options ? ([...field.options].find(option => option.defaultSelected) ?? field.options[0])?.value ?? '' : field.defaultValue;

async function keep(form, db, key, tab, alive) {
  const name = `${form.dataset.draft} ${location.pathname}`;
  const id = `${name} ${tab}`;
  const [once, version] = [form.elements._key, form.elements._version];
  const fresh = { once: once.value, version: version?.value, marks: marksOf(form).map(mark => mark.value) };
  const note = form.querySelector('[data-draft-note]');
  const isRefused = Boolean(form.querySelector('.refusal'));
  let [isSent, timer, isKept] = [false, 0, false];

  const forget = () => inside(db, ['drafts'], change => change.objectStore('drafts').delete(id));

  function setVersion(to) {
    if (version) version.value = to.version;
    marksOf(form).forEach((mark, n) => { mark.value = to.marks[n]; });
  }

  async function save() {
    clearTimeout(timer);
    timer = 0;
    const fields = fieldsOf(form);
    if (!isRefused && fields.every(([, field]) => read(field) === sent(field))) {
      if (isKept) await forget();
      isKept = false;
      return;
    }
    const text = { version: version?.value, marks: marksOf(form).map(mark => mark.value), isSent, isMerging: Boolean(form.querySelector('textarea[readonly]')), fields: fields.map(([which, field]) => [which, read(field), isRefused ? null : sent(field)]) };
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const sealed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData: new TextEncoder().encode(id) }, key, new TextEncoder().encode(JSON.stringify(text)));
    await inside(db, ['drafts'], change => change.objectStore('drafts').put({ form: name, tab, at: Date.now(), key: once.value, iv, sealed }, id));
    isKept = true;
  }

  const found = await find(db, name, tab, alive);
  if (found) {
    const text = await crypto.subtle.decrypt({ name: 'AES-GCM', iv: found.iv, additionalData: new TextEncoder().encode(found.id) }, key, found.sealed)
      .then(plain => JSON.parse(new TextDecoder().decode(plain)), () => null);
    if (found.id !== id || !text) await inside(db, ['drafts'], change => change.objectStore('drafts').delete(found.id));
    if (text) restore(text, found.key);
  }

  // A field that somebody else wrote meanwhile and that was typed into as well is for a person to decide: with the version of then, the server will show both texts.
  function restore(text, typedKey) {
    const now = Object.fromEntries(fieldsOf(form));
    let [isBack, isContested] = [false, false];
    for (const [which, typed, before] of text.fields) {
      const field = now[which];
      if (!field || typed === before || read(field) === typed) continue;
      // Typed before a slow line brought this script: nothing of it is written over, nor of what was kept and does not stand there yet.
      const isTyped = read(field) !== sent(field);
      if (isTyped && (typed === sent(field) || field.type !== 'textarea')) continue;
      isContested ||= text.isMerging || text.version !== fresh.version && sent(field) !== before && sent(field) !== typed;
      write(field, isTyped ? `${typed}\n${read(field)}` : typed);
      isBack = true;
    }
    if (isContested && version) setVersion(text.isMerging ? { version: '"0"', marks: fresh.marks.map(() => '') } : text);
    if (text.isSent) once.value = typedKey;
    isKept = true;
    if (!isBack) return;
    note.hidden = false;
    note.querySelector('[data-draft-contested]').hidden = !isContested;
    form.closest('details')?.setAttribute('open', '');
    save();
  }

  note.querySelector('button').addEventListener('click', async () => {
    form.reset();
    once.value = fresh.once;
    setVersion(fresh);
    note.hidden = true;
    clearTimeout(timer);
    timer = 0;
    isKept = false;
    await forget();
    fieldsOf(form)[0]?.[1].focus();
  });
  form.addEventListener('input', () => {
    // Other words are another sending: by the key of the one before, the server would take them for its repetition.
    if (isSent || once.value !== fresh.once) once.value = crypto.randomUUID();
    isSent = false;
    timer ||= setTimeout(save, saveAfter);
  });
  form.addEventListener('submit', event => {
    if (event.defaultPrevented) return;
    isSent = true;
    save();
  });
  addEventListener('pagehide', () => { if (timer) save(); });
  document.addEventListener('visibilitychange', () => { if (timer && document.hidden) save(); });
  // On a slow line something was typed before this was there.
  if (isRefused || fieldsOf(form).some(([, field]) => read(field) !== sent(field))) save();
}
