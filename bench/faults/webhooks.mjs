// Signs events by the gateways' own libraries, one JSON object a line: gateway, secret, header, signature, body (base64), and the time for Stripe.
import { createHmac, randomBytes, randomInt } from 'node:crypto';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const Stripe = require('stripe');
const Razorpay = require('razorpay');
const Payu = require('payu-websdk');

const events = Number(process.argv[2]);
const hex = bytes => randomBytes(bytes).toString('hex');
const pick = list => list[randomInt(list.length)];
const names = ['Ada', 'Ngozi Eze', 'Zoë', 'Åsa & Søn', 'प्रिया', '张伟', 'O\'Brien', 'a=b&c=d', '100%', '+', '🙂', '<b>'];
const write = line => process.stdout.write(JSON.stringify(line) + '\n');
const body = text => Buffer.from(text, 'utf8').toString('base64');
const stripe = new (Stripe.default ?? Stripe)('sk_test_none');

for (let i = 0; i < events; i++) {
    const secret = `whsec_${hex(16)}`;
    const payload = JSON.stringify({
        id: `evt_${hex(12)}`, object: 'event', livemode: false, type: 'payment_intent.succeeded', created: 1_700_000_000 + i,
        data: { object: { id: `pi_${hex(12)}`, status: 'succeeded', amount: randomInt(1, 1e9), currency: 'usd', description: pick(names) } },
    }, null, pick([0, 2]));
    const timestamp = 1_700_000_000 + i;
    const signature = stripe.webhooks.generateTestHeaderString({ payload, secret, timestamp });
    write({ gateway: 'stripe', secret, header: 'Stripe-Signature', signature, body: body(payload), time: timestamp });
}

for (let i = 0; i < events; i++) {
    const secret = hex(randomInt(1, 40));
    const payload = JSON.stringify({
        entity: 'event', event: 'payment.captured', created_at: i,
        payload: { payment: { entity: { id: `pay_${hex(7)}`, status: 'captured', amount: randomInt(1, 1e9), currency: 'INR', notes: { name: pick(names) } } } },
    });

    // The library only verifies: what node signs, it must take.
    const signature = createHmac('sha256', secret).update(payload).digest('hex');
    if (!Razorpay.validateWebhookSignature(payload, signature, secret)) { throw new Error('the library of Razorpay refuses'); }
    write({ gateway: 'razorpay', secret, header: 'X-Razorpay-Signature', signature, body: body(payload) });
}

for (let i = 0; i < events; i++) {
    const credentials = { key: hex(4), salt: hex(randomInt(4, 20)) };
    const payu = new Payu({ ...credentials });
    const fields = {
        key: credentials.key, txnid: hex(12), amount: `${randomInt(1, 1e6)}.${pick(['00', '50', '99'])}`, productinfo: pick(names), firstname: pick(names),
        email: `${hex(4)}@example.test`, status: pick(['success', 'failure']), mihpayid: `${randomInt(1e9, 9e9)}`, mode: 'CC', unmappedstatus: 'captured',
    };
    for (const name of ['udf1', 'udf2', 'udf3', 'udf4', 'udf5']) { fields[name] = pick(['', '', pick(names)]); }
    fields.hash = payu.hasher.generateResponseHash(fields);
    const text = pick([0, 1]) ? new URLSearchParams(fields).toString() : JSON.stringify(fields);
    write({ gateway: 'payu', secret: `${credentials.key}|${credentials.salt}`, header: '', signature: '', body: body(text) });
}

// Paystack has no official library for Node.js that signs or verifies: this is its documentation's own example.
for (let i = 0; i < events; i++) {
    const secret = `sk_test_${hex(20)}`;
    const payload = JSON.stringify({ event: 'charge.success', data: { id: i + 1, status: 'success', reference: hex(12), amount: randomInt(1, 1e9), currency: 'NGN', message: pick(names) } });
    const signature = createHmac('sha512', secret).update(payload).digest('hex');
    write({ gateway: 'paystack', secret, header: 'x-paystack-signature', signature, body: body(payload) });
}
