// What makes pages livelier where there is a script. Every page works without it.

// The server shows times by the reader's clock, and only the browser knows which that is.
const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
if (zone && !document.cookie.includes(`careline-zone=${zone}`)) {
  document.cookie = `careline-zone=${zone}; path=/; max-age=31536000; samesite=lax${location.protocol === 'https:' ? '; secure' : ''}`;
}

// A form is sent once, however often a finger falls on its button while a weak line carries it.
document.addEventListener('submit', event => {
  const form = event.target;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  if (form.method === 'post') {
    form.dataset.sent = 'yes';
    for (const button of form.querySelectorAll('button')) button.setAttribute('aria-busy', 'true');
    setTimeout(() => delete form.dataset.sent, 15000);
  }
});
addEventListener('pageshow', () => document.querySelectorAll('[data-sent]').forEach(form => delete form.dataset.sent));

// An open menu closes by Escape and by a look elsewhere.
addEventListener('keydown', event => {
  const menu = document.querySelector('details.menu[open]');
  if (event.key === 'Escape' && menu) {
    menu.open = false;
    menu.querySelector('summary').focus();
  }
});
addEventListener('click', event => {
  for (const menu of document.querySelectorAll('details.menu[open]')) if (!menu.contains(event.target)) menu.open = false;
});

// A screen that is live brings its own module.
for (const part of document.querySelectorAll('[data-module]')) import(part.dataset.module).then(module => module.start(part));

// What is typed into some forms is kept until the server has it. It goes with the sign-in, and before anybody else's begins.
const forgetDrafts = () => globalThis.indexedDB?.deleteDatabase('careline-drafts');
document.addEventListener('submit', event => { if (event.target.getAttribute('action') === '/sign-out') forgetDrafts(); });
const user = document.querySelector('[data-user]')?.dataset.user;
if (user) {
  try {
    const last = localStorage.getItem('careline-user');
    if (last && last !== user) forgetDrafts();
    localStorage.setItem('careline-user', user);
  } catch { /* A browser that keeps nothing has nothing to forget. */ }
}
const typed = document.querySelector('form[data-draft]');
if (typed) import(typed.dataset.keeper).then(module => module.start());

// Whatever was refused is what the person must read first, though it stands behind a summary that was closed anew.
const refusal = document.querySelector('.refusal:not([hidden])');
for (let fold = refusal?.closest('details'); fold; fold = fold.parentElement.closest('details')) fold.open = true;
refusal?.scrollIntoView({ block: 'center' });

// A guest's key stands behind the # of an address, and would be lost on the way through signing in.
if (location.pathname === '/sign-in' && location.hash.startsWith('#guest=')) sessionStorage.setItem('careline-guest', location.hash.slice(7));

// Without a line: pages that were kept say of when they are, and what waits to be sent says that it waits.
const live = name => document.querySelector(`[data-live=${name}]`);
const keptAt = document.documentElement.dataset.keptAt;
if (keptAt) {
  live('offline').hidden = false;
  live('offline').querySelector('time').textContent = new Date(keptAt).toLocaleString();
}
if (navigator.serviceWorker && window.isSecureContext) {
  navigator.serviceWorker.register('/worker.js').catch(() => {});
  const here = location.pathname + location.search;
  let again = 0;
  navigator.serviceWorker.addEventListener('message', ({ data, source }) => {
    if (data.form) {
      if (fill(new URLSearchParams(data.form))) source.postMessage({ took: data.number });
      return;
    }
    clearTimeout(again);
    if (data.waiting) again = setTimeout(ask, 10000);
    live('waiting').hidden = data.waiting === 0;
    live('unsent').hidden = data.refused.length === 0;
    if (data.refused.length) live('unsent').querySelector('a').href = data.refused[0];
    if (data.refused.includes(here)) source.postMessage({ back: here });
  });

  // What was refused goes back to where it was typed.
  const fill = sent => {
    const form = document.getElementById(`form-${sent.get('_handler')}`);
    for (const field of form?.elements ?? []) {
      if (!field.name || field.type === 'hidden' || !sent.has(field.name)) continue;
      if (field.type === 'checkbox' || field.type === 'radio') field.checked = sent.getAll(field.name).includes(field.value);
      else field.value = sent.get(field.name);
    }
    form?.closest('details')?.setAttribute('open', '');
    form?.scrollIntoView({ block: 'center' });
    return form;
  };
  const ask = () => navigator.serviceWorker.controller?.postMessage('send');
  addEventListener('online', ask);
  ask();
}

// How many notifications wait, as it changes. One line for the page, only while somebody looks at it.
const count = document.querySelector('[data-live=unread]');
if (count) {
  const { call, Line, socketAt } = await import('./live.js');
  let line = null;
  let isLeaving = false;
  const watch = () => {
    if (isLeaving || document.visibilityState === 'hidden') {
      line?.close();
      line = null;
    } else {
      line ??= new Line(
        async () => socketAt('/ws/notifications/', (await call('POST', 'realtime/tickets/')).ticket),
        frame => {
          if (frame.type !== 'unread_count') return;
          count.hidden = !frame.count;
          count.textContent = frame.count > 99 ? '99+' : frame.count;
        },
        () => {},
      );
    }
  };
  addEventListener('visibilitychange', watch);
  document.addEventListener('submit', event => {
    isLeaving ||= event.target.getAttribute('action') === '/sign-out';
    if (isLeaving) watch();
  });
  setTimeout(watch, 1500);
}

// Where no worker keeps anything, drafts may still have been kept.
if (new URLSearchParams(location.search).get('done') === 'signed-out') indexedDB.deleteDatabase('careline-drafts');
