// Signing in by a passkey. The button is there only where the device can.
const bytes = text => Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), c => c.charCodeAt(0));
const text = buffer => btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');

const post = async (path, body) => {
  const response = await fetch(path, { method: 'POST', headers: { 'Content-Type': 'application/json', 'X-Careline-Live': '1' }, body: JSON.stringify(body) });
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.message);
  return answer;
};

export function start(part) {
  if (!window.PublicKeyCredential) return;
  part.hidden = false;
  const fault = part.querySelector('.fault');
  part.querySelector('button').addEventListener('click', async () => {
    fault.textContent = '';
    try {
      const question = (await post('/live/sign-in/passkey/options/', {})).data;
      const options = question.public_key;
      options.challenge = bytes(options.challenge);
      options.allowCredentials = (options.allowCredentials ?? []).map(c => ({ ...c, id: bytes(c.id) }));
      const found = await navigator.credentials.get({ publicKey: options });
      const credential = {
        id: found.id, rawId: text(found.rawId), type: found.type, clientExtensionResults: found.getClientExtensionResults(),
        response: {
          clientDataJSON: text(found.response.clientDataJSON), authenticatorData: text(found.response.authenticatorData), signature: text(found.response.signature),
          userHandle: found.response.userHandle ? text(found.response.userHandle) : null,
        },
      };
      const next = part.dataset.next ? `?next=${encodeURIComponent(part.dataset.next)}` : '';
      location.assign((await post(`/live/sign-in/passkey/${next}`, { challenge_id: question.challenge_id, credential })).next);
    } catch (problem) {
      if (problem.name !== 'NotAllowedError') fault.textContent = problem.message;
    }
  });
}
