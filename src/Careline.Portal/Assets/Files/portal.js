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

// Whatever was refused is what the person must read first.
document.querySelector('.refusal')?.scrollIntoView({ block: 'center' });
