// Calls of the API. The tokens are this tab's: in sessionStorage, never in an address.
const get = (name) => sessionStorage.getItem('careline.' + name);

export const signedIn = () => !!get('access');

export function keep(tokens) {
  sessionStorage.setItem('careline.access', tokens.access);
  sessionStorage.setItem('careline.refresh', tokens.refresh);
}

export function forget() {
  sessionStorage.removeItem('careline.access');
  sessionStorage.removeItem('careline.refresh');
}

export class Refused extends Error {
  constructor(status, body) {
    super(body?.message || 'The server cannot be reached.');
    this.status = status;
    this.code = body?.error?.code;
    this.details = body?.error?.details;
  }
}

async function send(method, path, body, access) {
  let answer;
  try {
    answer = await fetch('/api/' + path, {
      method,
      credentials: 'omit',
      cache: 'no-store',
      headers: { Accept: 'application/json', ...(body && { 'Content-Type': 'application/json' }), ...(access && { Authorization: 'Bearer ' + access }) },
      body: body && JSON.stringify(body),
    });
  } catch {
    throw new Refused(0);
  }
  const said = answer.status === 204 ? {} : await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Refused(answer.status, said);
  return said.data;
}

let renewing = null;

// One exchange for whoever asks meanwhile: a refresh token serves once.
function renew() {
  renewing ??= send('POST', 'auth/refresh/', { refresh: get('refresh') }).then(keep).finally(() => { renewing = null; });
  return renewing;
}

export async function call(method, path, body) {
  try {
    return await send(method, path, body, get('access'));
  } catch (refused) {
    if (refused.status !== 401 || !get('refresh')) throw refused;
    await renew();
    return send(method, path, body, get('access'));
  }
}

export const signIn = (body) => send('POST', 'auth/login/', body);
export const secondFactor = (body) => send('POST', 'auth/mfa/verify/', body);

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
