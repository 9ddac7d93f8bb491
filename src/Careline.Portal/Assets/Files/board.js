// Keeps a board fresh: asks the page itself anew, quietly, and swaps what changed. Whoever is about to press a button keeps it under the finger.
const EVERY = 30000;

export function start(board) {
  const isBusy = () => document.hidden || document.querySelector('form[data-sent]') || board.querySelector('details[open]');

  // The same button, or another of the same visit where what it did is done.
  function nearest(held) {
    const all = [...board.querySelectorAll('a, button')];
    return all.find(e => e.value === held.value && e.getAttribute('href') === held.getAttribute('href'))
      ?? all.find(e => held.value && e.value?.split(':')[1] === held.value.split(':')[1]);
  }

  async function refresh() {
    if (isBusy()) return;
    try {
      const answer = await fetch(location.href, { headers: { Accept: 'text/html' } });
      if (!answer.ok || answer.redirected) return;
      const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html').getElementById(board.id);
      if (!fresh || isBusy() || fresh.innerHTML === board.innerHTML) return;
      const held = board.contains(document.activeElement) ? document.activeElement : null;
      board.replaceChildren(...fresh.childNodes);
      if (held) nearest(held)?.focus();
    } catch {
      // The line is away: the next turn asks again.
    }
  }

  setInterval(refresh, EVERY);
  document.addEventListener('visibilitychange', refresh);
}
