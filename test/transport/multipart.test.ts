import fc from 'fast-check';
import { boundaryOf, readForm } from '../../src/transport/multipart';

interface Part {
  name: string;
  filename: string | undefined;
  type: string | undefined;
  content: string;
}

/** Cuts bytes into chunks of these lengths, over and over; what is left is the last. */
async function* chunks(bytes: Buffer, lengths: readonly number[]): AsyncGenerator<Buffer> {
  let at = 0;
  for (let index = 0; at < bytes.length; index += 1) {
    const length = lengths[index % lengths.length] ?? bytes.length;
    yield bytes.subarray(at, at + length);
    at += length;
  }
}

async function partsOf(
  body: AsyncIterable<Uint8Array>,
  boundary: string,
  count: (bytes: number) => void = () => undefined,
): Promise<Part[]> {
  const parts: (Omit<Part, 'content'> & { bytes: Buffer[] })[] = [];
  for await (const { part, bytes } of readForm(body, boundary, count)) {
    if (part !== undefined) parts.push({ ...part, bytes: [] });
    else parts.at(-1)!.bytes.push(Buffer.from(bytes));
  }
  return parts.map(({ bytes, ...head }) => ({ ...head, content: Buffer.concat(bytes).toString('latin1') }));
}

const content = fc.oneof(
  fc.uint8Array({ maxLength: 60 }).map((bytes) => Buffer.from(bytes).toString('latin1')),
  // Bytes that look like the form around them.
  fc
    .array(
      fc.constantFrom('\r\n', '\r', '\n', '--', '-', 'boundar', 'y', '--boundary', '\r\n--boundarx', 'a'),
    )
    .map((pieces) => pieces.join(''))
    .filter((text) => !`\r\n${text}`.includes('\r\n--boundary')),
);
const lengths = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 5 });

test('a form is read whatever it holds and however it is cut', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(content, { maxLength: 4 }), lengths, async (contents, cuts) => {
      const sent = contents.map((text, index) => ({
        name: `field ${String(index)}`,
        filename: index % 2 === 0 ? `ä "${String(index)}".png` : undefined,
        type: index % 2 === 0 ? 'image/png' : undefined,
        content: text,
      }));
      const lines = sent.map(({ name, filename, type, content }) =>
        Buffer.concat([
          Buffer.from(`--boundary\r\nContent-Disposition: form-data; name="${name}"`),
          Buffer.from(filename === undefined ? '' : `; filename="${filename.replaceAll('"', '%22')}"`),
          Buffer.from(type === undefined ? '' : `\r\ncontent-type: ${type}`),
          Buffer.from('\r\n\r\n'),
          Buffer.from(content, 'latin1'),
          Buffer.from('\r\n'),
        ]),
      );
      const body = Buffer.concat([...lines, Buffer.from('--boundary--\r\n')]);
      expect(await partsOf(chunks(body, cuts), 'boundary')).toEqual(sent);
    }),
    { numRuns: 500 },
  );
});

test("a form is read as Node's own FormData writes it", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.string({ unit: 'binary', minLength: 1, maxLength: 20 }),
      fc.uint8Array({ maxLength: 300 }),
      lengths,
      async (name, bytes, cuts) => {
        const form = new FormData();
        form.append('file', new File([bytes], name, { type: 'image/png' }));
        const request = new Request('http://localhost', { method: 'POST', body: form });
        const boundary = boundaryOf(request.headers.get('content-type')!)!;
        const body = Buffer.from(await request.arrayBuffer());
        const [part] = await partsOf(chunks(body, cuts), boundary);
        // What is escaped cannot be told from what looks so.
        const filename = name.replace(/%22|%0D|%0A|\\"/gi, (found) =>
          found === '\\"' ? '\\"' : decodeURIComponent(found),
        );
        expect(part).toMatchObject({
          name: 'file',
          filename,
          type: 'image/png',
          content: Buffer.from(bytes).toString('latin1'),
        });
      },
    ),
    { numRuns: 300 },
  );
});

test('a form that is cut off anywhere is refused, and never taken for a shorter one', async () => {
  const whole = Buffer.from(
    '--b\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\nx\r\n--\r\n-- y\r\n--b--',
  );
  for (let end = 0; end < whole.length; end += 1) {
    await expect(partsOf(chunks(whole.subarray(0, end), [7]), 'b')).rejects.toMatchObject({
      code: 'bad_multipart',
    });
  }
  expect(await partsOf(chunks(whole, [7]), 'b')).toHaveLength(1);
});

test('preamble and epilogue are passed over', async () => {
  const body = Buffer.from('hello\r\n--b\r\nContent-Disposition: form-data; name=a\r\n\r\n1\r\n--b--bye');
  expect(await partsOf(chunks(body, [3]), 'b')).toEqual([
    { name: 'a', filename: undefined, type: undefined, content: '1' },
  ]);
});

test('every byte of a form is either the content of a part or counted', async () => {
  const around = fc.string({ unit: fc.constantFrom('a', '-', 'b', '\r', '\n'), maxLength: 40 });
  await fc.assert(
    fc.asyncProperty(
      around.filter((text) => !`\r\n${text}\r\n`.includes('\r\n--boundary')),
      fc.array(content, { maxLength: 6 }),
      around,
      lengths,
      async (before, contents, behind, cuts) => {
        const parts = contents.map(
          (text) => `--boundary\r\nContent-Disposition: form-data; name=a\r\nX: y\r\n\r\n${text}\r\n`,
        );
        const preamble = before === '' ? '' : `${before}\r\n`;
        const body = Buffer.from(`${preamble}${parts.join('')}--boundary--${behind}`, 'latin1');
        let counted = 0;
        const read = await partsOf(chunks(body, cuts), 'boundary', (bytes) => (counted += bytes));
        const held = read.reduce((sum, part) => sum + part.content.length, 0);
        // The reader puts a line break in front, so that all boundaries look alike.
        expect(counted + held).toBe(body.length + 2);
        expect(read).toHaveLength(contents.length);
      },
    ),
    { numRuns: 500 },
  );
});

test('the source is closed when nobody reads on', async () => {
  let closed = false;
  async function* source() {
    try {
      for (;;) yield Buffer.from('--b\r\nContent-Disposition: form-data; name="file"\r\n\r\nx');
    } finally {
      closed = true;
    }
  }
  const form = readForm(source(), 'b', () => undefined);
  await form.next();
  await form.return();
  expect(closed).toBe(true);
});

test.each([
  ['multipart/form-data; boundary=abc', 'abc'],
  ['Multipart/Form-Data;charset=utf-8; Boundary="a b:c"', 'a b:c'],
  ['multipart/form-data; boundary=abc; x=y', 'abc'],
  ['image/png', undefined],
  ['multipart/mixed; boundary=abc', undefined],
  [undefined, undefined],
])('the boundary of %j is %j', (type, boundary) => {
  expect(boundaryOf(type)).toBe(boundary);
});

test.each([
  'multipart/form-data',
  'multipart/form-data; boundary=',
  `multipart/form-data; boundary=${'x'.repeat(71)}`,
])('without a boundary that can be one, %j is refused', (type) => {
  expect(() => boundaryOf(type)).toThrow(expect.objectContaining({ code: 'bad_multipart' }));
});
