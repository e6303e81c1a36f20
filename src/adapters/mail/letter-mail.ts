import type { Temporal } from 'temporal-polyfill';
import type { Letter } from '../../application/ports/post.ts';
import type { Mail } from './compose.ts';

/** A letter as a mail. Its identity is notice, batch and position, whoever sends it and how often. */
export function letterMail(letter: Letter, date: Temporal.Instant): Mail {
  const { notice, batch, position } = letter;
  return { ...letter, identity: `letter/${notice}/${batch}/${position}`, date };
}
