// Shows who came and who waits, as it happens. Nothing is exchanged while somebody writes or chooses within it.
const pause = 20000;

export function start(part) {
  let shown;
  async function look() {
    if (document.hidden) return;
    const answer = await fetch('/live/queue/?page_size=100', { headers: { 'X-Careline-Live': '1' } });
    if (!answer.ok) return;
    const line = JSON.stringify((await answer.json()).data.map(entry => [entry.appointment_id, entry.status, entry.position, entry.ready_at]));
    if (shown !== undefined && shown !== line && !part.contains(document.activeElement) && !part.querySelector('details[open]')) {
      const page = await fetch(location.href);
      if (!page.ok) return;
      const fresh = new DOMParser().parseFromString(await page.text(), 'text/html').querySelector('[data-module]');
      if (fresh) part.replaceChildren(...fresh.childNodes);
    }
    shown = line;
  }
  setInterval(() => look().catch(() => {}), pause);
  look().catch(() => {});
}
