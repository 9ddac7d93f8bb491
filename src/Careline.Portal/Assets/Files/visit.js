import { call, Line, socketAt, wordsOf } from './live.js';
import { Chat } from './visit-chat.js';
import { Ladder, Peers } from './peers.js';

const $ = (id) => document.getElementById(id);
const visit = $('visit').dataset.visit;
const t = wordsOf($('visit'));
const instance = crypto.randomUUID();
const steps = ['early', 'confirm', 'enter', 'waiting', 'call', 'over'];
const words = {
  cancelled: 'The visit was called off. You do not need to wait.',
  rescheduled: 'The visit was moved to another time.',
  completed: 'The visit is over.',
  closed: 'The room has closed. You may enter again once the doctor calls.',
  ended_by_doctor: 'The doctor has ended the call.',
  elsewhere: 'You entered on another page or device, and go on there.',
  removed: 'You were sent out of this visit.',
  poor_line: 'the line is bad',
};
const reasonOf = (reason) => (words[reason] ? t(words[reason]) : reason);

let session = null;
let line = null;
let mode = 'video';
let inCall = false;
let retry = 0;
const local = { audio: null, video: null };

function show(step, status) {
  for (const id of steps) $(id).hidden = id !== step;
  $('fault').hidden = true;
  if (status) $('status').textContent = t(status);
  if (step !== 'call') $('title').focus();
}

function fault(text) {
  $('fault').textContent = text;
  $('fault').hidden = false;
}

// What a form does, with its button dead meanwhile and what went wrong said.
function on(id, event, act) {
  $(id).addEventListener(event, async (happened) => {
    happened.preventDefault();
    const button = happened.submitter || (event === 'click' ? $(id) : null);
    if (button) button.disabled = true;
    try {
      await act();
    } catch (error) {
      fault(error.message);
    } finally {
      if (button) button.disabled = false;
    }
  });
}

// ---- Who it is, and whether it is time.

async function begin() {
  clearTimeout(retry);
  try {
    // An address for a guest carries a key behind the #, which no server sees; signing in on the way there must not lose it.
    const key = new URLSearchParams(location.hash.slice(1)).get('guest') ?? sessionStorage.getItem('careline-guest');
    if (key) {
      await call('POST', `consultations/${visit}/session/guests/accept/`, { token: key });
      sessionStorage.removeItem('careline-guest');
      history.replaceState(null, '', location.pathname);
    }
    session = await call('POST', `consultations/${visit}/session/`);
  } catch (error) {
    if (error.status === 401) return location.assign(`/sign-in?next=/visit/${visit}`);
    show('over', error.status === 404 ? 'There is no such visit for you.' : 'You cannot enter.');
    $('why').textContent = error.message;
    return;
  }
  mode = session.mode;
  if (!session.is_open) {
    $('opens').textContent = new Date(session.opens_at).toLocaleString([], { dateStyle: 'full', timeStyle: 'short' });
    show(new Date(session.opens_at) > new Date() ? 'early' : 'over', 'The room is not open.');
    $('why').textContent = t(words.closed);
    retry = setTimeout(begin, 20000);
    return;
  }
  const mine = session.confirmation?.confirmed_by === session.user_id && Date.now() - new Date(session.confirmation.confirmed_at) < 3600000;
  show(session.role === 'patient' && !mine ? 'confirm' : 'enter', 'The room is open.');
}

on('confirm', 'submit', async () => {
  await call('POST', `consultations/${visit}/session/confirmation/`, {
    is_identity_confirmed: $('identity').checked,
    consents_to_remote_care: $('consent').checked,
    place: $('place').value,
    callback_number: $('number').value.replace(/[\s()-]/g, ''),
  });
  await enter();
});

on('go', 'click', enter);
on('again', 'click', begin);

// ---- Camera and microphone. Without one of them the visit goes on by what there is.

async function open(kind) {
  if (local[kind]?.readyState === 'live') return local[kind];
  const wish = kind === 'video' ? { video: { width: { ideal: 640 }, height: { ideal: 480 }, frameRate: { ideal: 24 }, facingMode: 'user' } } : { audio: { echoCancellation: true, noiseSuppression: true } };
  try {
    [local[kind]] = (await navigator.mediaDevices.getUserMedia(wish)).getTracks();
  } catch {
    local[kind] = null;
  }
  return local[kind];
}

function shut(kind) {
  local[kind]?.stop();
  local[kind] = null;
}

async function apply(next) {
  mode = next;
  if (mode === 'video') await open('video'); else shut('video');
  if (mode !== 'text') await open('audio'); else shut('audio');
  await peers.send('audio', local.audio);
  await peers.send('video', local.video);
  $('mine').srcObject = local.video ? new MediaStream([local.video]) : null;
  press();
  for (const button of $('ladder').querySelectorAll('button')) button.setAttribute('aria-pressed', button.dataset.mode === mode);
  if (session.appointment_id) chat.show(mode === 'text').catch((error) => fault(error.message));
}

function press() {
  for (const [id, kind, name] of [['mic', 'audio', ['Microphone on', 'Microphone off']], ['cam', 'video', ['Camera on', 'Camera off']]]) {
    const isOn = !!local[kind]?.enabled;
    $(id).hidden = !local[kind];
    $(id).setAttribute('aria-pressed', isOn);
    $(id).textContent = t(name[isOn ? 0 : 1]);
  }
}

for (const [id, kind] of [['mic', 'audio'], ['cam', 'video']]) {
  on(id, 'click', () => { if (local[kind]) local[kind].enabled = !local[kind].enabled; press(); });
}

async function step(next, reason) {
  if (next === mode || !inCall) return;
  line.say({ type: 'mode', mode: next, reason });
  $('line').textContent = reason === 'by_hand' ? '' : t('Changed to {0}: {1}.', t(next), reasonOf(reason));
  await apply(next);
}

$('ladder').addEventListener('click', (event) => {
  if (event.target.dataset.mode) step(event.target.dataset.mode, 'by_hand');
});

// ---- The others.

const tiles = new Map();
const peers = new Peers({
  say: (frame) => line?.say(frame),
  shown: (peer) => {
    let tile = tiles.get(peer.id);
    if (!tile) {
      tile = document.createElement('figure');
      const [video, name] = [document.createElement('video'), document.createElement('figcaption')];
      video.autoplay = video.playsInline = true;
      tile.append(video, name);
      $('people').prepend(tile);
      tiles.set(peer.id, tile);
    }
    const called = peer.name || t(peer.role === 'doctor' ? 'The doctor' : 'The other');
    tile.lastChild.textContent = called;
    tile.firstChild.setAttribute('aria-label', called);
    if (tile.firstChild.srcObject !== peer.stream) tile.firstChild.srcObject = peer.stream;
  },
  gone: (peer) => { tiles.get(peer.id)?.remove(); tiles.delete(peer.id); },
  state: (peer) => {
    const say = { connected: '', disconnected: 'The line is weak. Trying to reach the other …', failed: 'The line broke. Trying again …' }[peer.pc.connectionState];
    if (say !== undefined) $('line').textContent = say && t(say);
  },
});
const ladder = new Ladder(step);
const chat = new Chat($('chat'), $('messages'), $('say'), $('text'), () => session, t);

function waits({ user_id: id, name, kind, role, is_confirmed: isConfirmed }) {
  if (session.role === 'guest' || (session.role === 'patient' && role !== 'guest') || $('w' + id)) return;
  const [item, button] = [document.createElement('li'), document.createElement('button')];
  item.id = 'w' + id;
  item.textContent = `${t('{0} waits.', name || t('Somebody'))} ${role === 'patient' && !isConfirmed ? t('Place and consent are not confirmed.') : kind ? t(kind) : ''} `;
  button.type = 'button';
  button.textContent = t('Let in');
  button.onclick = () => line.say({ type: 'admit', user_id: id });
  item.append(button);
  $('queue').append(item);
  if (role === 'patient') facts();
}

async function facts() {
  if (session.role !== 'doctor') return;
  session = { ...session, ...(await call('POST', `consultations/${visit}/session/`).catch(() => ({}))) };
  const said = session.confirmation;
  $('facts').hidden = !said;
  $('facts-text').textContent = said ? t('{0}. Call back: {1}. Confirmed at {2}.', said.place, said.callback_number, new Date(said.confirmed_at).toLocaleTimeString()) : '';
}

function inside(next, status) {
  inCall = true;
  show('call', status);
  $('end').hidden = session.role !== 'doctor';
  $('invite').hidden = session.role === 'guest';
  $('ladder').hidden = session.role === 'guest';
  facts();
  apply(next).then(() => {
    if (next === 'video' && !local.video) step('audio', 'no_camera');
    else if (next !== 'text' && !local.audio) step('text', 'no_microphone');
  });
}

function outside(why, canReturn) {
  inCall = false;
  peers.close();
  shut('video');
  shut('audio');
  line?.close();
  line = null;
  chat.close();
  $('queue').replaceChildren();
  show('over', 'You have left.');
  $('why').textContent = why;
  $('again').hidden = !canReturn;
}

// ---- What the server says. In order: a description must not overtake the one before it.

let last = Promise.resolve();
const heard = (frame) => { last = last.then(() => hear(frame)).catch(() => { $('line').textContent = t('Something went wrong on the line. Trying again …'); }); };

async function hear(frame) {
  switch (frame.type) {
    case 'ready': return line.say({ type: 'join', instance });
    case 'waiting': return frame.user_id === session.user_id ? (inCall = false, show('waiting', 'You are in the waiting room.')) : waits(frame);
    case 'joined': return inside(frame.mode, 'You are in the visit.');
    case 'admitted': return inside(frame.mode, 'You were let in.');
    case 'peer_joined':
      $('w' + frame.user_id)?.remove();
      $('line').textContent = '';
      return peers.meet(frame);
    case 'peer_left':
      $('w' + frame.user_id)?.remove();
      $('line').textContent = t(frame.reason === 'lost' ? 'The other has lost the connection and is expected back.' : 'The other has left.');
      return peers.left(frame.user_id, frame.reason === 'lost');
    case 'description': return peers.describe(frame);
    case 'candidate': return peers.candidate(frame);
    case 'mode':
      $('line').textContent = t('Changed to {0}: {1}.', t(frame.mode), frame.reason && frame.reason !== 'by_hand' ? reasonOf(frame.reason) : t('by hand'));
      return apply(frame.mode);
    case 'ended': return outside(reasonOf(frame.reason), ['closed', 'ended_by_doctor', 'elsewhere'].includes(frame.reason));
    case 'error': if (['ROOM_NOT_OPEN', 'ROOM_CLOSED', 'VISIT_OVER'].includes(frame.code)) outside(frame.message, true); else fault(frame.message);
  }
}

async function enter() {
  if (mode !== 'text') await open('audio');
  if (mode === 'video') await open('video');
  line?.close();
  line = new Line(
    async () => {
      // Anew at each try: a ticket serves once, and relays want fresh credentials.
      session = await call('POST', `consultations/${visit}/session/`);
      peers.configure(session.ice_servers);
      return socketAt(session.socket, session.ticket);
    },
    heard,
    (final) => {
      if (final) outside(final.message || t('You may not be here any more.'), false);
      else $('status').textContent = t('The connection broke. Connecting again …');
    },
  );
  $('status').textContent = t('Connecting …');
}

on('leave', 'click', () => { line?.say({ type: 'leave' }); outside(t('You have left. You may enter again.'), true); });
on('waiting-leave', 'click', () => { line?.say({ type: 'leave' }); outside(t('You have left the waiting room. You may enter again.'), true); });
on('end', 'click', () => line?.say({ type: 'end' }));
on('guest', 'submit', async () => {
  const made = await call('POST', `consultations/${visit}/session/guests/`, { kind: $('kind').value, name: $('guest-name').value });
  $('guest-url').value = location.origin + made.url;
  $('guest-url').select();
});

setInterval(async () => { if (inCall) ladder.judge(mode, await peers.quality()); }, 2000);

// Waiting and talking are work: the sign-in does not end under them for want of requests, and relays go on letting in.
setInterval(async () => {
  if (!line) return;
  const fresh = await call('POST', `consultations/${visit}/session/`).catch(() => null);
  if (fresh) peers.configure(fresh.ice_servers);
}, 240000);

addEventListener('online', () => { for (const peer of peers.all.values()) peer.pc.restartIce(); });
export const start = begin;
