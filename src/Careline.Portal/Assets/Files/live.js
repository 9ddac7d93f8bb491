// Calls of the API on behalf of whoever signed in. The tokens stay on the server: scripts here have none.
export class Refused extends Error {
  constructor(status, body) {
    super(body?.message || 'The server cannot be reached.');
    this.status = status;
    this.code = body?.error?.code;
    this.details = body?.error?.details;
  }
}

export async function call(method, path, body) {
  let answer;
  try {
    answer = await fetch('/live/' + path, {
      method,
      cache: 'no-store',
      headers: { Accept: 'application/json', 'X-Careline-Live': '1', ...(body && { 'Content-Type': 'application/json' }) },
      body: body && JSON.stringify(body),
    });
  } catch {
    throw new Refused(0);
  }
  const said = answer.status === 204 ? {} : await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Refused(answer.status, said);
  return said.data;
}

// A socket that comes again by itself, a little later each time. `path` asks for a new ticket at each try.
export class Line {
  constructor(path, heard, lost) {
    Object.assign(this, { path, heard, lost, wait: 500, over: false });
    this.open();
  }

  async open() {
    let at;
    try {
      at = await this.path();
    } catch (refused) {
      return this.again(refused.status ? refused : null);
    }
    if (this.over) return;
    const socket = this.socket = new WebSocket(at);
    socket.onmessage = (event) => {
      this.wait = 500;
      this.heard(JSON.parse(event.data));
    };
    socket.onclose = (event) => {
      clearInterval(this.beat);
      if (!this.over) this.again(event.code === 4403 ? event : null);
    };
    // A line that is dead and does not say so is found by its silence.
    let heardAt = Date.now();
    socket.addEventListener('message', () => { heardAt = Date.now(); });
    this.beat = setInterval(() => {
      if (Date.now() - heardAt > 25000) socket.close();
      else this.say({ type: 'ping' });
    }, 10000);
  }

  again(final) {
    if (this.over) return;
    this.lost(final);
    if (final && final.status !== 429 && final.status !== 503) { this.over = true; return; }
    setTimeout(() => this.open(), this.wait);
    this.wait = Math.min(this.wait * 2, 8000);
  }

  say(frame) {
    if (this.socket?.readyState !== WebSocket.OPEN) return false;
    this.socket.send(JSON.stringify(frame));
    return true;
  }

  close() {
    this.over = true;
    clearInterval(this.beat);
    this.socket?.close(1000);
  }
}

export const socketAt = (path, ticket) => location.origin.replace(/^http/, 'ws') + path + '?ticket=' + encodeURIComponent(ticket);

// What a page says in its reader's language: the server wrote it there, English by English.
export const wordsOf = (part) => {
  const all = JSON.parse(part.dataset.texts ?? '{}');
  return (text, ...values) => (all[text] ?? text).replace(/\{(\d)\}/g, (_, n) => values[n]);
};
