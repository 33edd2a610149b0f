import fc from 'fast-check';
import { redacted } from '../../playground/src/replay/redact';

const SECRET = 's3cret';

const REQUEST = {
  url: 'http://127.0.0.1:8000/chatkit',
  headers: {} as Record<string, string>,
  body: '{}',
  answer: undefined as string | undefined,
  events: [] as { at: number; text: string }[],
};

function request(changes: Partial<typeof REQUEST>): typeof REQUEST {
  return { ...REQUEST, ...changes };
}

describe('a request that leaves the page', () => {
  test.each([
    'authorization',
    'Cookie',
    'set-cookie',
    'proxy-authorization',
    'x-api-key',
    'apikey',
    'x-auth-token',
    'x-session-id',
    'X-CSRF-Token',
  ])('has no header %s', (name) => {
    expect(redacted(request({ headers: { [name]: SECRET } })).headers).toEqual({ [name]: '<redacted>' });
  });

  test('keeps the headers that name the user', () => {
    const headers = { 'x-user-id': 'ada', 'x-role': 'author', accept: 'text/event-stream' };
    expect(redacted(request({ headers })).headers).toEqual(headers);
  });

  test.each([
    `https://chat.example/files/a?expires=1&signature=${SECRET}`,
    `/chatkit/attachments/atc_1?signature=${SECRET}`,
    `https://bucket.s3.amazonaws.com/a?X-Amz-Credential=${SECRET}&X-Amz-Signature=${SECRET}`,
    `https://bucket.s3.amazonaws.com/a?AWSAccessKeyId=${SECRET}&Signature=${SECRET}`,
    `https://storage.googleapis.com/a?X-Goog-Credential=${SECRET}&X-Goog-Signature=${SECRET}`,
    `https://blob.example/a?sv=1&sig=${SECRET}`,
    `https://cdn.example/a?Policy=${SECRET}&Key-Pair-Id=${SECRET}`,
    `https://chat.example/#access_token=${SECRET}`,
    `https://ada:${SECRET}@chat.example/`,
    `See ![it](https://chat.example/a?token=${SECRET}) or "https://chat.example/b?api_key=${SECRET}".`,
  ])('has no secret of the link %s', (link) => {
    const answer = JSON.stringify({ upload_descriptor: { url: link } });
    // As some servers write it.
    const escaped = answer.replaceAll('&', String.raw`\u0026`).replaceAll('/', String.raw`\/`);
    for (const text of [answer, escaped, link]) {
      const clean = redacted(request({ url: link, body: text, answer: text, events: [{ at: 1, text }] }));
      expect(JSON.stringify(clean)).not.toContain(SECRET);
    }
  });

  test('leaves the text around a link alone', () => {
    const body = JSON.stringify({ text: `![it](https://a.example/x?token=${SECRET}) and more` });
    expect(JSON.parse(redacted(request({ body })).body)).toEqual({
      text: '![it](https://a.example/x?token=redacted) and more',
    });
  });

  test('has no headers with which a file is uploaded', () => {
    const answer = JSON.stringify({
      id: 'atc_1',
      upload_descriptor: {
        url: 'https://x.example/a',
        method: 'PUT',
        headers: { Authorization: SECRET, 'content-type': 'text/plain' },
      },
    });
    expect(JSON.parse(redacted(request({ answer })).answer!)).toMatchObject({
      upload_descriptor: { headers: { Authorization: '<redacted>', 'content-type': 'text/plain' } },
    });
  });

  test('is otherwise as it was, to the letter', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        fc.pre(!/[?&#]|@|headers/.test(text));
        const spaced = ` ${text} `;
        expect(redacted(request({ body: spaced, answer: spaced }))).toMatchObject({
          body: spaced,
          answer: spaced,
        });
      }),
    );
    const link = 'https://shop.example/?keyword=tea&design=x&q=monkey#keys';
    expect(redacted(request({ body: JSON.stringify(link) })).body).toBe(JSON.stringify(link));
  });
});
