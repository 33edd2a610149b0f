import { localeFrom, requestIdFrom } from '../../src/transport/http-service';

test.each([
  ['de-CH', 'de-CH'],
  ['de-CH, de;q=0.9, en;q=0.8', 'de-CH'],
  [' fr ;q=1', 'fr'],
  ['zh-Hant-TW', 'zh-Hant-TW'],
  ['*', 'en'],
  ['', 'en'],
  ['<script>', 'en'],
  [undefined, 'en'],
])('the locale of %p is %p', (header, locale) => {
  expect(localeFrom(header)).toBe(locale);
});

test.each(['abc', 'a.b:c-d_e', '0'.repeat(128)])('the request id %p is kept', (id) => {
  expect(requestIdFrom(id)).toBe(id);
});

test.each([undefined, '', 'a b', 'a\nb', '0'.repeat(129), '"', '<x>'])(
  'the request id %p is replaced',
  (id) => {
    expect(requestIdFrom(id)).toMatch(/^[0-9a-f-]{36}$/);
    expect(requestIdFrom(id)).not.toBe(requestIdFrom(id));
  },
);
