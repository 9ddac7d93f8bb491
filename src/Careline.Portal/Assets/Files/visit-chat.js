import { call, Line, socketAt } from './live.js';

// The visit's chat, which is there when nothing else works. It is that of the appointment: what is said stays where the two find it again.
export class Chat {
  constructor(section, list, form, text, session, t) {
    Object.assign(this, { section, list, text, session, t, after: 0, unsaid: new Map() });
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      const content = text.value.trim();
      if (!content) return;
      const frame = { type: 'message', client_id: crypto.randomUUID(), content };
      this.unsaid.set(frame.client_id, frame);
      this.line?.say(frame);
      text.value = '';
    });
  }

  async show(isWanted) {
    this.section.hidden = !isWanted && !this.line;
    if (!isWanted || this.line || this.isOpening) return;
    this.isOpening = true;
    const chat = await this.find().finally(() => { this.isOpening = false; });
    this.line = new Line(
      async () => socketAt(`/ws/chat/${chat.id}/`, (await call('POST', 'realtime/tickets/')).ticket),
      (frame) => this.hear(frame),
      () => {},
    );
  }

  // Whoever asks second is given the chat that there is.
  find() {
    return call('POST', 'chats/', { type: 'direct', appointment_id: this.session().appointment_id });
  }

  // What cannot be answered now is asked for, and said, again: without that the chat would stay deaf. What is never taken is shown as not sent.
  refused({ code, message, client_id: id }) {
    if (id && code !== 'UNAVAILABLE' && code !== 'RATE_LIMITED') {
      const lost = this.unsaid.get(id);
      this.unsaid.delete(id);
      if (lost) this.add(`${this.t('Not sent:')} ${lost.content}\n${message}`);
      return;
    }
    clearTimeout(this.later);
    this.later = setTimeout(() => this.catchUp(), 5000);
  }

  add(text) {
    const item = document.createElement('li');
    item.textContent = text;
    this.list.append(item);
    item.scrollIntoView({ block: 'nearest' });
  }

  catchUp() {
    this.line?.say({ type: 'sync', after_seq: this.after });
    for (const said of this.unsaid.values()) this.line?.say(said);
  }

  hear(frame) {
    if (frame.type === 'ready') this.catchUp();
    if (frame.type === 'error') this.refused(frame);
    if (frame.type === 'ack') this.unsaid.delete(frame.client_id);
    // Numbers have no gap: what is not the next one comes again, in its turn, with what was asked for.
    if (frame.type !== 'message' || frame.seq !== this.after + 1) return;
    this.after = frame.seq;
    this.add(`${frame.sender.id === this.session().user_id ? this.t('You') : frame.sender.name || this.t('The other')}, ${new Date(frame.at).toLocaleTimeString([], { timeStyle: 'short' })}\n${frame.content ?? ''}`);
  }

  close() {
    this.line?.close();
    this.line = null;
    this.section.hidden = true;
  }
}
