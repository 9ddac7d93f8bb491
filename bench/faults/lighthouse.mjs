// Lighthouse on some screens, by its own program: node lighthouse.mjs URL LEAST [PATH]
import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const [url, least, only] = process.argv.slice(2);
const here = dirname(fileURLToPath(import.meta.url));

const doctor = (await (await fetch(`${url}/api/doctors/`)).json()).data[0].id;
const screens = [
  ...['/', '/doctors', `/doctors/${doctor}`, '/clinics', '/plans', '/sign-in'].map(path => ({ path })),
  ...['/home', '/appointments', '/record', '/vitals'].map(path => ({ path, who: 'amara.nwosu' })),
].filter(screen => !only || screen.path === only);

// By the form, as a browser without a script would.
async function signIn(who) {
  const jar = new Map();
  const keep = answer => answer.headers.getSetCookie().forEach(line => { const [name, value] = line.split(';')[0].split('='); jar.set(name, value); });
  const cookies = () => [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
  const page = await fetch(`${url}/sign-in`, { headers: { Accept: 'text/html' } });
  keep(page);
  const form = (await page.text()).match(/<form[^>]*id="form-sign-in".*?<\/form>/s)[0];
  const fields = new URLSearchParams([...form.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)"/g)].map(([, name, value]) => [name, value]));
  fields.set('username', who);
  fields.set('password', 'careline-demo');
  keep(await fetch(`${url}/sign-in`, { method: 'POST', body: fields, redirect: 'manual', headers: { Accept: 'text/html', Cookie: cookies() } }));
  return cookies();
}

// It now and then fails to record a page, and says itself to run it again.
async function look(words, tries = 3) {
  try {
    return (await promisify(execFile)(process.execPath, words, { maxBuffer: 1 << 28 })).stdout;
  } catch (failed) {
    if (tries > 1) return look(words, tries - 1);
    throw new Error(failed.stderr || 'Lighthouse failed.');
  }
}

const headers = join(here, 'headers.json');
await writeFile(headers, JSON.stringify({ Cookie: await signIn('amara.nwosu') }), { mode: 0o600 });
let poor = 0;
for (const { path, who } of screens) {
  const categories = ['performance', 'accessibility', 'best-practices', ...(who ? [] : ['seo'])];
  const stdout = await look([
    join(here, 'node_modules/lighthouse/cli/index.js'), url + path, '--quiet', '--output=json', `--only-categories=${categories.join()}`, '--chrome-flags=--headless=new --no-sandbox',
    ...(who ? [`--extra-headers=${headers}`] : []),
  ]);
  const report = JSON.parse(stdout);
  const scores = categories.map(name => [name, Math.round(report.categories[name].score * 100)]);
  const low = scores.filter(([, score]) => score < least).map(([name]) => name);
  const faults = low.flatMap(name => report.categories[name].auditRefs.filter(a => a.weight > 0 && report.audits[a.id].score !== null && report.audits[a.id].score < 0.9).map(a => `${a.id} (${report.audits[a.id].displayValue ?? report.audits[a.id].title})`));
  poor += low.length;
  console.log(`${low.length ? 'FAULT' : 'held '}  ${path.replace(/[0-9a-f-]{36}/, '{id}')}: ${scores.map(([name, score]) => `${name} ${score}`).join(', ')}${faults.map(f => `\n        ${f}`).join('')}`);
}
process.exitCode = poor ? 1 : 0;
