import { Temporal } from 'temporal-polyfill';
import type { Letter } from '../../../src/application/ports/post.ts';

export const NOW = Temporal.Instant.from('2026-12-06T10:00:00Z');
export const clock = { now: () => NOW };

export const letter: Letter = {
  notice: '8d3f0d3e-5d0c-4c6b-9a51-0d7f4c1b2a3e',
  batch: 0,
  position: 2,
  from: { name: 'Linden Shop', email: 'privacy@linden.example' },
  to: { name: 'Łucja Zażółć', email: 'lucja@person.example' },
  subject: 'Ihre Daten bei Linden Shop: was am 3. Dezember passiert ist',
  html: '<p>Guten Tag Łucja Zażółć,</p>\n<p>Ä ö ü ß „Paket“</p>\n',
  text: 'Guten Tag Łucja Zażółć,\n\nÄ ö ü ß „Paket“\n.\nFrom here\n',
  locale: 'de',
};
