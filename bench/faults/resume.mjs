// Sends a file by tus-js-client through a line that breaks every few hundred kilobytes, then reads it back.
import { createHash, randomBytes } from 'node:crypto';
import net from 'node:net';
import { Upload } from 'tus-js-client';

const [url, access, megabytes] = [new URL(process.argv[2]), process.argv[3], Number(process.argv[4])];
const content = Buffer.from(randomBytes(megabytes * 512 * 1024).toString('hex'));
let breaks = 0;

// The line: each connection is cut after some bytes of the sender's, in the middle of whatever it carries.
const line = net.createServer(from => {
    const to = net.connect(Number(url.port), url.hostname);
    let left = 300_000 + Math.floor(Math.random() * 900_000);
    const cut = () => { from.destroy(); to.destroy(); };
    from.on('data', bytes => {
        left -= bytes.length;
        to.write(bytes);
        if (left < 0) { breaks++; cut(); }
    });
    to.on('data', bytes => from.write(bytes));
    for (const side of [from, to]) { side.on('error', cut); side.on('close', cut); }
});
await new Promise(done => line.listen(0, '127.0.0.1', done));

let id;
await new Promise((done, fail) => {
    const upload = new Upload(content, {
        endpoint: `http://127.0.0.1:${line.address().port}/api/medical-files/uploads/`,
        chunkSize: 1024 * 1024,
        retryDelays: Array(500).fill(20),
        headers: { Authorization: `Bearer ${access}` },
        metadata: { filename: 'scan.txt', filetype: 'text/plain', kind: 'scan', title: 'A long text' },
        onAfterResponse: (request, response) => { id = response.getHeader('Upload-File-Id') ?? id; },
        onError: fail,
        onSuccess: done,
    });
    upload.start();
});
line.close();

if (!id) {
    // The last answer was lost on the way: the document is there all the same.
    const list = await (await fetch(new URL('/api/medical-files/', url), { headers: { Authorization: `Bearer ${access}` } })).json();
    id = list.data[0]?.id;
}
const answer = await fetch(new URL(`/api/medical-files/${id}/content/`, url), { headers: { Authorization: `Bearer ${access}` } });
const hash = bytes => createHash('sha256').update(bytes).digest('hex');
const isWhole = hash(Buffer.from(await answer.arrayBuffer())) === hash(content);
console.log(`${isWhole && breaks > 0 ? 'held    ' : 'BROKEN  '}${megabytes} MB by tus-js-client over a line that broke ${breaks} times: ${isWhole ? 'whole' : 'not whole'}`);
process.exit(isWhole && breaks > 0 ? 0 : 1);
