import { foreign } from './foreign';
import { handlers } from './handlers';
import { hidden } from './hidden';
import { numbers } from './numbers';
import { pages } from './pages';
import { parsing } from './parsing';
import { refusals } from './refusals';
import type { Rule } from './rule';
import { shown } from './shown';
import { storage } from './storage';
import { utcTimes } from './times';
import { widgets } from './widgets';

/** In the order in which they apply. */
export const RULES: readonly Rule[] = [
  utcTimes,
  ...numbers,
  ...storage,
  ...shown,
  ...foreign,
  ...parsing,
  ...refusals,
  ...pages,
  ...handlers,
  ...hidden,
  ...widgets,
];
