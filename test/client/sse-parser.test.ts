import fc from 'fast-check';
import { SseParser } from '../../src/client';

/** The data of all events of a text, handed over in these pieces. */
function parse(...pieces: string[]): string[] {
  const parser = new SseParser();
  return pieces.flatMap((piece) => parser.push(piece));
}

function cut(text: string, at: readonly number[]): string[] {
  const bounds = [0, ...at.map((each) => each % (text.length + 1)).sort((a, b) => a - b), text.length];
  return bounds.slice(1).map((end, index) => text.slice(bounds[index], end));
}

describe('SseParser', () => {
  it('gives the data of each event', () => {
    expect(parse('data: {"a":1}\n\ndata: {"b":2}\n\n')).toEqual(['{"a":1}', '{"b":2}']);
  });

  it('joins several data lines of one event by line feeds', () => {
    expect(parse('data: {\ndata:   "a": 1\ndata: }\n\n')).toEqual(['{\n  "a": 1\n}']);
  });

  it.each([
    ['LF', '\n'],
    ['CR', '\r'],
    ['CRLF', '\r\n'],
  ])('ends lines with %s', (_, end) => {
    expect(parse(`data: a${end}data: b${end}${end}data: c${end}${end}`)).toEqual(['a\nb', 'c']);
  });

  it('takes a CRLF that falls into two pieces for one line end', () => {
    expect(parse('data: a\r', '\ndata: b\r', '', '\n\r', '\n')).toEqual(['a\nb']);
    expect(parse('data: a\r', '\r', 'data: b\r\r')).toEqual(['a', 'b']);
  });

  it('passes over comments and other fields', () => {
    expect(parse(': \n\nevent: x\nid: 1\nretry: 5\ndata: a\n: b\nnonsense\n\n')).toEqual(['a']);
  });

  it('takes off one blank after the colon, and none is needed', () => {
    expect(parse('data:a\n\ndata:  b\n\ndata\n\ndata:\n\n')).toEqual(['a', ' b', '', '']);
  });

  it('says what there is of an event that is not complete', () => {
    const parser = new SseParser();
    const rests = ['data: {"a"', ':1}\n', '\n', ': comm', 'ent\n', 'da'].map((piece) => {
      parser.push(piece);
      return parser.rest;
    });
    expect(rests).toEqual(['data: {"a"', 'data: {"a":1}', '', '', '', 'da']);
  });

  it('gives the same events however the text is cut', () => {
    const line = fc.oneof(
      fc.string({ unit: fc.constantFrom('a', ' ', ':', '"', 'é', '😀') }).map((text) => `data: ${text}`),
      fc.constantFrom('', ':', ': comment', 'data', 'data:', 'event: x', 'id'),
    );
    const text = fc
      .array(fc.tuple(line, fc.constantFrom('\n', '\r', '\r\n')))
      .map((lines) => lines.map((each) => each.join('')).join(''));
    fc.assert(
      fc.property(text, fc.array(fc.nat()), (whole, cuts) => {
        expect(parse(...cut(whole, cuts))).toEqual(parse(whole));
      }),
    );
  });

  it('brings back whatever was framed', () => {
    fc.assert(
      fc.property(fc.array(fc.jsonValue()), fc.array(fc.nat()), (values, cuts) => {
        const text = values.map((value) => `data: ${JSON.stringify(value)}\n\n`).join('');
        expect(parse(...cut(text, cuts)).map((data) => JSON.parse(data) as unknown)).toEqual(
          values.map((value) => JSON.parse(JSON.stringify(value)) as unknown),
        );
      }),
    );
  });

  it('reads a long line in small pieces in time', () => {
    const parser = new SseParser();
    const started = performance.now();
    for (let piece = 0; piece < 200_000; piece += 1) parser.push(piece === 0 ? 'data: ' : '0123456789');
    expect(parser.push('\n\n')[0]).toHaveLength(1_999_990);
    expect(performance.now() - started).toBeLessThan(3_000);
  });
});
