// Signing in by a passkey, and making one. The button is there only where the device can.
const bytes = text => Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), c => c.charCodeAt(0));
const text = buffer => btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');

const post = async (path, body) => {
  const response = await fetch(path, { method: 'POST', headers: { 'Content-Type': 'application/json', 'X-Careline-Live': '1' }, body: JSON.stringify(body) });
  const answer = await response.json();
  if (answer.error?.code === 'STEP_UP_REQUIRED') location.assign(`/confirm?next=${encodeURIComponent(location.pathname)}`);
  if (!response.ok) throw new Error(answer.message);
  return answer;
};

const described = list => (list ?? []).map(c => ({ ...c, id: bytes(c.id) }));
const basis = found => ({ id: found.id, rawId: text(found.rawId), type: found.type, clientExtensionResults: found.getClientExtensionResults() });

async function signIn(part) {
  const question = (await post('/live/sign-in/passkey/options/', {})).data;
  const options = question.public_key;
  options.challenge = bytes(options.challenge);
  options.allowCredentials = described(options.allowCredentials);
  const found = await navigator.credentials.get({ publicKey: options });
  const credential = {
    ...basis(found),
    response: {
      clientDataJSON: text(found.response.clientDataJSON), authenticatorData: text(found.response.authenticatorData), signature: text(found.response.signature),
      userHandle: found.response.userHandle ? text(found.response.userHandle) : null,
    },
  };
  const next = part.dataset.next ? `?next=${encodeURIComponent(part.dataset.next)}` : '';
  location.assign((await post(`/live/sign-in/passkey/${next}`, { challenge_id: question.challenge_id, credential })).next);
}

async function register(part) {
  const question = (await post('/live/auth/passkeys/options/', {})).data;
  const options = question.public_key;
  options.challenge = bytes(options.challenge);
  options.user.id = bytes(options.user.id);
  options.excludeCredentials = described(options.excludeCredentials);
  const made = await navigator.credentials.create({ publicKey: options });
  const credential = {
    ...basis(made),
    response: { clientDataJSON: text(made.response.clientDataJSON), attestationObject: text(made.response.attestationObject), transports: made.response.getTransports?.() ?? [] },
  };
  const name = part.querySelector('input').value.trim();
  const { data } = await post('/live/auth/passkeys/', { challenge_id: question.challenge_id, credential, name: name || null });
  if (!data.recovery_codes?.length) return location.assign(part.dataset.register);
  const codes = part.querySelector('.codes');
  codes.querySelector('ul').replaceChildren(...data.recovery_codes.map(code => Object.assign(document.createElement('li'), { textContent: code })));
  codes.hidden = false;
}

export function start(part) {
  if (!window.PublicKeyCredential) return;
  part.hidden = false;
  const fault = part.querySelector('.fault');
  part.querySelector('button').addEventListener('click', async () => {
    fault.textContent = '';
    try {
      await (part.dataset.register ? register(part) : signIn(part));
    } catch (problem) {
      if (problem.name !== 'NotAllowedError') fault.textContent = problem.message;
    }
  });
}
