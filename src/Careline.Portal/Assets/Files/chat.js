// A chat as it goes on. Without a script the page shows what was said, and sends by its form.
import { call, Line, socketAt, wordsOf } from './live.js';

export function start(part) {
  const t = wordsOf(part);
  const { chat, me } = part.dataset;
  const list = part.querySelector('#messages');
  const state = part.querySelector('#state');
  const form = part.querySelector('form');
  const text = form?.querySelector('textarea');
  const unsaid = new Map();
  let after = +part.dataset.after;
  let later = 0;

  const end = () => { list.scrollTop = list.scrollHeight; };
  const item = (own, head, content) => {
    const line = document.createElement('li');
    const hint = document.createElement('span');
    hint.className = 'hint';
    hint.textContent = head;
    line.classList.toggle('own', own);
    line.append(hint, '\n' + content);
    list.append(line);
    end();
    return line;
  };

  const catchUp = () => {
    line.say({ type: 'sync', after_seq: after });
    for (const { frame } of unsaid.values()) line.say(frame);
  };

  const hear = frame => {
    switch (frame.type) {
      case 'ready': state.textContent = ''; return catchUp();
      case 'ack': {
        // Shown anew with its number, in its turn.
        unsaid.get(frame.client_id)?.shown.remove();
        unsaid.delete(frame.client_id);
        return;
      }
      case 'message': {
        if (frame.seq !== after + 1) return;
        after = frame.seq;
        const own = frame.sender.id === me;
        item(own, `${own ? t('You') : frame.sender.name || t('The other')}, ${new Date(frame.at).toLocaleTimeString([], { timeStyle: 'short' })}`, frame.content ?? t('(taken back)'));
        for (const { shown } of unsaid.values()) list.append(shown);
        if (!own && document.visibilityState === 'visible') line.say({ type: 'read', seq: after });
        return;
      }
      case 'typing': state.textContent = frame.is_typing ? t('{0} writes …', t('The other')) : ''; return;
      case 'error': {
        const lost = unsaid.get(frame.client_id);
        if (lost && frame.code !== 'UNAVAILABLE' && frame.code !== 'RATE_LIMITED') {
          lost.shown.firstChild.textContent = `${t('Not sent:')} ${frame.message}`;
          unsaid.delete(frame.client_id);
          return;
        }
        clearTimeout(later);
        later = setTimeout(catchUp, 5000);
      }
    }
  };

  const line = new Line(
    async () => socketAt(`/ws/chat/${chat}/`, (await call('POST', 'realtime/tickets/')).ticket),
    hear,
    () => { state.textContent = t('Waiting for the line. What you write is kept and sent when it is back.'); },
  );

  form?.addEventListener('submit', event => {
    event.preventDefault();
    event.stopPropagation();
    const content = text.value.trim();
    if (!content) return;
    const frame = { type: 'message', client_id: crypto.randomUUID(), content };
    const shown = item(true, t('not sent yet'), content);
    shown.classList.add('unsent');
    unsaid.set(frame.client_id, { frame, shown });
    const isOpen = line.say(frame);
    setTimeout(() => { if (unsaid.has(frame.client_id)) keepFor(frame); }, isOpen ? 4000 : 0);
    text.value = '';
    text.dispatchEvent(new Event('input', { bubbles: true }));
    text.focus();
  });

  // A phone may close the page before the line is back: the worker sends it too, by the same key, and the server takes it once.
  const keepFor = ({ client_id, content }) => {
    const written = new URLSearchParams(new FormData(form));
    written.set('_key', client_id);
    written.set('content', content);
    navigator.serviceWorker?.controller?.postMessage({ path: location.pathname, form: written.toString() });
  };

  let typed = 0;
  text?.addEventListener('input', () => {
    if (Date.now() - typed < 3000) return;
    typed = Date.now();
    line.say({ type: 'typing', is_typing: text.value.length > 0 });
  });
  text?.addEventListener('keydown', event => {
    if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) { event.preventDefault(); form.requestSubmit(); }
  });
  addEventListener('visibilitychange', () => { if (document.visibilityState === 'visible') line.say({ type: 'read', seq: after }); });
  end();
}
