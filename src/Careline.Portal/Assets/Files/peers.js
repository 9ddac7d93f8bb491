// The connections with the others of a call: perfect negotiation, ICE restart, and how good the line is.
export class Peers {
  constructor({ say, shown, gone, state }) {
    Object.assign(this, { say, shown, gone, state, all: new Map(), servers: [], tracks: { audio: null, video: null } });
  }

  configure(servers) {
    this.servers = servers;
    for (const peer of this.all.values()) peer.pc.setConfiguration({ iceServers: servers });
  }

  // Somebody is in the call. With the same page as before the connection goes on, or is mended; with another it begins anew.
  meet({ user_id: id, name, role, instance, polite }) {
    const known = this.all.get(id);
    if (known && known.instance === instance && known.pc.connectionState !== 'closed') {
      clearTimeout(known.patience);
      known.polite = polite;
      if (known.pc.signalingState === 'have-local-offer') this.say({ type: 'description', to: id, sdp: known.pc.localDescription });
      else if (known.pc.connectionState !== 'connected') known.pc.restartIce();
      return;
    }
    if (known) this.part(id);
    const pc = new RTCPeerConnection({ iceServers: this.servers });
    const peer = { id, name, role, instance, polite, pc, making: false, ignoring: false, stream: new MediaStream(), senders: {} };
    this.all.set(id, peer);
    this.shown(peer);
    pc.ontrack = ({ track }) => { peer.stream.addTrack(track); this.shown(peer); };
    pc.onicecandidate = ({ candidate }) => { if (candidate) this.say({ type: 'candidate', to: id, candidate }); };
    pc.onconnectionstatechange = () => {
      this.state(peer);
      if (pc.connectionState === 'failed') pc.restartIce();
      if (pc.connectionState === 'disconnected') setTimeout(() => { if (pc.connectionState === 'disconnected') pc.restartIce(); }, 2000);
    };
    pc.onnegotiationneeded = async () => {
      try {
        peer.making = true;
        await pc.setLocalDescription();
        this.say({ type: 'description', to: id, sdp: pc.localDescription });
      } finally {
        peer.making = false;
      }
    };
    // Both ways of both kinds from the start: a step of the ladder then needs no negotiation, which a bad line would lose. Only the impolite one makes them, or
    // there would be two of each.
    if (!polite) {
      for (const kind of ['audio', 'video']) peer.senders[kind] = pc.addTransceiver(this.tracks[kind] || kind, { direction: 'sendrecv' }).sender;
    }
  }

  async describe({ from, sdp }) {
    const peer = this.all.get(from);
    if (!peer) return;
    const { pc } = peer;
    const collides = sdp.type === 'offer' && (peer.making || pc.signalingState !== 'stable');
    peer.ignoring = !peer.polite && collides;
    if (peer.ignoring) return;
    await pc.setRemoteDescription(sdp);
    if (sdp.type === 'offer') {
      for (const way of pc.getTransceivers()) {
        const kind = way.receiver.track.kind;
        if (!peer.senders[kind]) {
          way.direction = 'sendrecv';
          peer.senders[kind] = way.sender;
          await way.sender.replaceTrack(this.tracks[kind]);
        }
      }
      await pc.setLocalDescription();
      this.say({ type: 'description', to: from, sdp: pc.localDescription });
    }
  }

  async candidate({ from, candidate }) {
    const peer = this.all.get(from);
    if (!peer) return;
    try {
      await peer.pc.addIceCandidate(candidate);
    } catch (error) {
      if (!peer.ignoring) throw error;
    }
  }

  // What is sent to everybody from now on; null for nothing.
  async send(kind, track) {
    this.tracks[kind] = track;
    await Promise.all([...this.all.values()].map((peer) => peer.senders[kind]?.replaceTrack(track)));
  }

  // A line that broke may come again, and the connection may live on meanwhile.
  left(id, isLost) {
    const peer = this.all.get(id);
    if (!peer) return;
    if (!isLost) return this.part(id);
    clearTimeout(peer.patience);
    peer.patience = setTimeout(() => { if (peer.pc.connectionState !== 'connected') this.part(id); else this.left(id, true); }, 30000);
  }

  part(id) {
    const peer = this.all.get(id);
    if (!peer) return;
    clearTimeout(peer.patience);
    this.all.delete(id);
    peer.pc.close();
    this.gone(peer);
  }

  close() {
    for (const id of [...this.all.keys()]) this.part(id);
  }

  // How bad the worst line is over the time since the last question: the lost share of packets either way, and how many bits a second came.
  async quality() {
    let worst = null;
    for (const peer of this.all.values()) {
      if (peer.pc.connectionState !== 'connected') continue;
      const now = { at: performance.now(), bytes: 0, got: 0, lost: 0, theirs: 0, room: null };
      (await peer.pc.getStats()).forEach((stat) => {
        if (stat.type === 'inbound-rtp') { now.bytes += stat.bytesReceived || 0; now.got += stat.packetsReceived || 0; now.lost += Math.max(0, stat.packetsLost || 0); }
        if (stat.type === 'remote-inbound-rtp') now.theirs = Math.max(now.theirs, stat.fractionLost || 0);
        if (stat.type === 'candidate-pair' && stat.nominated && stat.availableOutgoingBitrate) now.room = stat.availableOutgoingBitrate;
      });
      const was = peer.was;
      peer.was = now;
      if (!was) continue;
      const [got, lost] = [now.got - was.got, Math.max(0, now.lost - was.lost)];
      const line = { loss: Math.max(got + lost ? lost / (got + lost) : 0, now.theirs), bits: ((now.bytes - was.bytes) * 8000) / (now.at - was.at), room: now.room };
      if (!worst || line.loss > worst.loss) worst = line;
    }
    return worst;
  }
}

// Whether it is time for a step down: after so many bad answers in a row, so that a moment's trouble costs nothing.
export class Ladder {
  constructor(step) { Object.assign(this, { step, bad: 0 }); }

  judge(mode, line) {
    if (!line || mode === 'text') { this.bad = 0; return; }
    const isBad = mode === 'video' ? line.loss > 0.1 || (line.room !== null && line.room < 120000) : line.loss > 0.3;
    this.bad = isBad ? this.bad + 1 : 0;
    if (this.bad < 4) return;
    this.bad = 0;
    this.step(mode === 'video' ? 'audio' : 'text', 'poor_line');
  }
}
