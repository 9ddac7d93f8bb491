// Keeps what must be readable without a line, and what was written until there is one. Everything kept is sealed (AES-GCM) by a key that no script can read out, belongs
// to whoever signed in, and is forgotten when somebody else does or when they sign out.
const kept = /^\/(home|appointments|prescriptions|medicines|emergency-card)(\/[0-9a-f-]{36})?$/;
const shell = 'careline-shell';

// A line that hangs must not hold up what waits until the browser ends the worker.
const patience = 60000;

const open = new Promise((done, failed) => {
  const request = indexedDB.open('careline', 1);
  request.onupgradeneeded = () => ['keys', 'pages', 'queue'].forEach(name => request.result.createObjectStore(name, name === 'queue' ? { autoIncrement: true } : undefined));
  request.onsuccess = () => done(request.result);
  request.onerror = () => failed(request.error);
});
const store = async (name, mode, act) => {
  const base = await open;
  return new Promise((done, failed) => {
    const request = act(base.transaction(name, mode).objectStore(name));
    request.onsuccess = () => done(request.result);
    request.onerror = () => failed(request.error);
  });
};
const get = (name, key) => store(name, 'readonly', s => s.get(key));
const put = (name, value, key) => store(name, 'readwrite', s => (key === undefined ? s.put(value) : s.put(value, key)));
const drop = (name, key) => store(name, 'readwrite', s => s.delete(key));
const clear = name => store(name, 'readwrite', s => s.clear());
const keysOf = name => store(name, 'readonly', s => s.getAllKeys());

const key = async () => {
  const known = await get('keys', 'content');
  if (known) return known;
  const made = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
  await put('keys', made, 'content');
  return made;
};
const seal = async value => {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  return { iv, text: await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, await key(), new TextEncoder().encode(JSON.stringify(value))) };
};
const unseal = async ({ iv, text }) => JSON.parse(new TextDecoder().decode(await crypto.subtle.decrypt({ name: 'AES-GCM', iv }, await key(), text)));

const forget = () => {
  indexedDB.deleteDatabase('careline-drafts');
  return Promise.all(['keys', 'pages', 'queue'].map(clear));
};

// A page says whose it is. What was kept for another is forgotten before anything is kept for this one.
const belongs = async to => {
  const owner = await get('keys', 'owner');
  if (owner === to) return;
  if (owner) await forget();
  await put('keys', to, 'owner');
};

const read = async request => {
  let answer;
  try {
    answer = await fetch(request);
  } catch {
    const page = await get('pages', new URL(request.url).pathname).catch(() => null);
    if (!page) return (await caches.match('/offline')) ?? Response.error();
    const { html, at } = await unseal(page);
    return new Response(html.replace('<html ', `<html data-kept-at="${at}" `), { headers: { 'Content-Type': 'text/html; charset=utf-8' } });
  }
  if (new URL(request.url).searchParams.get('done') === 'signed-out') await forget();
  const [path, owner] = [new URL(answer.url).pathname, answer.headers.get('X-Careline-Reader')];
  if (path === '/sign-in' && answer.redirected && (await keysOf('queue')).length === 0) await forget();
  if (owner) {
    await belongs(owner);
    if (answer.ok && kept.test(path)) {
      const copy = answer.clone();
      await put('pages', await seal({ html: await copy.text(), at: new Date().toISOString() }), path);
    }
  }
  return answer;
};

const wait = async written => {
  await put('queue', await seal(written));
  await self.registration.sync?.register('careline-queue').catch(() => {});
};

// Only forms that say so may wait: sending them twice does what sending them once does.
const write = async request => {
  const copy = request.clone();
  try {
    return await fetch(request);
  } catch (broken) {
    const form = copy.headers.get('Content-Type')?.startsWith('application/x-www-form-urlencoded') ? await copy.text() : '';
    if (!new URLSearchParams(form).has('_queue')) return (await caches.match('/offline')) ?? Promise.reject(broken);
    await wait({ path: new URL(request.url).pathname + new URL(request.url).search, form });
    return (await caches.match('/kept')) ?? Response.error();
  }
};

// A page's token against forgery may be older than the browser's: the page is asked for another one first.
const post = async ({ path, form }) => {
  const page = await fetch(path, { headers: { Accept: 'text/html' }, signal: AbortSignal.timeout(patience) });
  const token = (await page.text()).match(/name="__RequestVerificationToken" value="([^"]*)"/)?.[1];
  if (page.status >= 500 || new URL(page.url).pathname === '/sign-in') return page;
  const body = new URLSearchParams(form);
  if (token) body.set('__RequestVerificationToken', token);
  return fetch(path, { method: 'POST', body, headers: { Accept: 'text/html' }, signal: AbortSignal.timeout(patience) });
};

// What the server refuses stays here until its page takes it back into the form.
let sending = null;
const send = () => {
  sending ??= (async () => {
    const refused = new Set();
    let waiting = 0;
    for (const number of await keysOf('queue')) {
      const written = await unseal(await get('queue', number));
      if (waiting === 0 && !written.isRefused) {
        const answer = await post(written).catch(() => null);
        if (!answer || answer.status >= 500 || new URL(answer.url).pathname === '/sign-in') waiting++;
        else if (answer.ok) await drop('queue', number);
        else await put('queue', await seal({ ...written, isRefused: written.isRefused = true }), number);
      } else if (!written.isRefused) waiting++;
      if (written.isRefused) refused.add(written.path);
    }
    return { waiting, refused: [...refused] };
  })().finally(() => { sending = null; });
  return sending;
};
const tell = async () => {
  const state = await send();
  for (const page of await clients.matchAll()) page.postMessage(state);
  return state;
};
// It is dropped when the page has it in its form: the page at an address may also be the one that says that something was kept.
const giveBack = async (path, page) => {
  for (const number of await keysOf('queue')) {
    const written = await unseal(await get('queue', number));
    if (!written.isRefused || written.path !== path) continue;
    page.postMessage({ form: written.form, number });
    return;
  }
};

addEventListener('install', event => event.waitUntil(caches.open(shell).then(cache => cache.addAll(['/offline', '/kept'])).then(() => skipWaiting())));
addEventListener('activate', event => event.waitUntil(clients.claim()));
addEventListener('sync', event => event.waitUntil(tell().then(({ waiting }) => { if (waiting) throw new Error('The browser is to call again.'); })));
addEventListener('message', event => {
  const { data, source } = event;
  event.waitUntil(data === 'forget' ? forget() : data.form ? wait(data) : data.back ? giveBack(data.back, source) : data.took ? drop('queue', data.took) : tell());
});
addEventListener('fetch', event => {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== location.origin) return;
  if (request.mode === 'navigate') event.respondWith(request.method === 'POST' ? write(request) : read(request));
  else if (url.pathname.startsWith('/assets/') && url.search) {
    event.respondWith(caches.open(shell).then(async cache => (await cache.match(request)) ?? fetch(request).then(answer => {
      if (answer.ok) cache.put(request, answer.clone());
      return answer;
    })));
  }
});
