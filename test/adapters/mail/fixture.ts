import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Recipient } from '../../../src/application/ports/staff.ts';
import type { StaffMail } from '../../../src/application/ports/post.ts';
import type { StaffPostOptions } from '../../../src/adapters/mail/staff-mail.ts';
import { clock, letter, NOW } from './letter.ts';
import { createStaffWords } from '../../../src/adapters/mail/staff-words.ts';

export { clock, letter, NOW };

export const mara: Recipient = {
  user: 'u-mara',
  email: 'mara@linden.example',
  name: 'Mara Linde',
  locale: 'en',
  roles: ['dpo'],
};
export const ole: Recipient = {
  ...mara,
  user: 'u-ole',
  email: 'ole@linden.example',
  name: 'Ole Ahorn',
  locale: 'de',
};

export const reminder: StaffMail = {
  name: 'reminder-i1-gdpr-art33-authority-1-PT12H',
  to: [mara, ole],
  template: 'reminder',
  values: {
    reference: 'INC-2026-0001',
    duty: 'Tell the supervisory authority',
    citation: 'GDPR art. 33(1)',
    dueAt: '2026-12-07T12:30:00Z',
    zone: 'Europe/Berlin',
    link: 'https://tocsin.linden.example/incidents/i1',
  },
};

export function staffOptions(): StaffPostOptions {
  return {
    clock,
    from: { name: 'Tocsin', email: 'tocsin@linden.example' },
    words: createStaffWords({ folder: 'templates' }),
  };
}

/** A folder for each test, removed afterwards. */
export function temporaryFolder(): { path(): string } {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'tocsin-mail-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));
  return { path: () => folder };
}
