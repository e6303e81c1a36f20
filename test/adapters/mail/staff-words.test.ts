import { expect } from 'chai';
import { Temporal } from 'temporal-polyfill';
import type { StaffMail } from '../../../src/application/ports/post.ts';
import { createStaffWords, type WrittenMail } from '../../../src/adapters/mail/staff-words.ts';
import { readWords } from '../../../src/adapters/templates/words.ts';
import { mara, NOW, ole, reminder } from './fixture.ts';

const LINK = 'https://tocsin.linden.example/incidents/i1';

describe('Mails to staff', () => {
  const words = createStaffWords({ folder: 'templates' });
  const remind = (values: Record<string, unknown>, reader = mara): WrittenMail =>
    words.write({ ...reminder, values: { ...reminder.values, ...values } }, reader, NOW);

  it('say which incident, which duty, by when in the zone of the reader, how long is left, and where', () => {
    const { subject, text, html, locale } = remind({});
    expect(locale).to.equal('en');
    expect(subject).to.equal('INC-2026-0001: due in 1 day 2 hours: Tell the supervisory authority');
    expect(text).to.contain('Hello Mara Linde,');
    expect(text).to.contain('Incident: INC-2026-0001');
    expect(text).to.contain('Law: GDPR art. 33(1)');
    expect(text).to.contain('Due: Monday, 7 December 2026, 13:30 (Europe/Berlin, UTC+01:00)');
    expect(text).to.contain('Time: 1 day 2 hours left');
    expect(text).to.contain(LINK);
    expect(html).to.contain(`href="${LINK}"`);
  });

  it('speak the language of the reader, English where we do not', () => {
    expect(remind({}, ole).text).to.contain('Fällig: Montag, 7. Dezember 2026, 13:30');
    expect(remind({}, { ...ole, locale: 'de-AT' }).locale).to.equal('de');
    expect(remind({}, { ...ole, locale: 'fi' }).locale).to.equal('en');
  });

  it('say by how long it is overdue, to the minute', () => {
    expect(remind({ dueAt: '2026-12-06T09:18:30Z' }).subject).to.contain('overdue by 41 minutes');
    expect(remind({ dueAt: '2026-12-04T08:00:00Z' }).text).to.contain('overdue by 2 days 2 hours');
    expect(remind({ dueAt: '2026-12-06T09:18:00Z' }, ole).text).to.contain('überfällig, 42 Minuten');
    expect(remind({ dueAt: Temporal.Instant.from('2026-12-06T10:00:10Z') }).subject).to.contain(
      'in 1 minute',
    );
  });

  it('tell a duty without a number from one whose clock has not started', () => {
    const none = remind({ dueAt: null });
    expect(none.text).to.contain('The law gives no number of hours or days');
    expect(none.text).not.to.contain('Due:');
    expect(remind({ dueAt: null, waitsFor: 'when it was classified' }).text).to.contain(
      'It waits for: when it was classified.',
    );
    expect(remind({ dueAt: null }, ole).text).to.contain('unverzüglich');
  });

  it('name the recipient of a duty, and say that it is not decided whether it applies', () => {
    const { text } = remind({ decision: 'undecided', recipient: 'BlnBDI' });
    expect(text).to.contain('To: BlnBDI');
    expect(text).to.contain('whether it applies is not decided yet');
    expect(remind({ decision: 'applies', recipient: null }).text).not.to.match(/decided|To:/);
  });

  it('ask for an approval and invite, with what they are told and without the rest', () => {
    const approval: StaffMail = {
      name: 'a',
      to: [mara],
      template: 'approval',
      values: { reference: 'INC-2026-0001', link: LINK },
    };
    const asked = words.write(approval, mara, NOW);
    expect(asked.subject).to.equal('INC-2026-0001: waiting for your approval');
    expect(asked.text).not.to.match(/undefined|null|Written by/);
    const invited = words.write(
      {
        template: 'invitation',
        values: { link: LINK, organisation: 'Linden Shop', expiresAt: '2026-12-08T10:00:00Z' },
      },
      ole,
      NOW,
    );
    expect(invited.subject).to.equal('Ihr Zugang zur Vorfallstelle von Linden Shop');
    expect(invited.text).to.contain('Dienstag, 8. Dezember 2026, 10:00 (UTC, UTC+00:00)');
  });

  it('bring the link for a new password, and say until when it works', () => {
    const values = { link: LINK, organisation: 'Linden Shop', expiresAt: '2026-12-08T10:00:00Z' };
    const { subject, text } = words.write({ template: 'reset', values }, mara, NOW);
    expect(subject).to.equal('A new password for the incident desk of Linden Shop');
    expect(text).to.contain('The link works until: Tuesday, 8 December 2026, 10:00');
    expect(text).to.contain('If you did not ask, ignore this mail');
  });

  it('keep hostile values as text, and every subject on one line', () => {
    const duty = 'a\r\nBcc: evil@person.example <b>{{x}}</b> {y} \u202Egnol';
    const { subject, html, text } = remind({ duty, link: `${LINK}?a=1&b=%3Cscript%3E` });
    expect(subject).to.match(/^[^\r\n]*Bcc: evil@person\.example <b>\{\{x\}\}<\/b> \{y\} gnol$/);
    expect(html).to.contain('&lt;b&gt;{{x}}&lt;/b&gt; {y} gnol');
    expect(html).not.to.contain('<b>');
    expect(text).to.contain(`${LINK}?a=1&b=%3Cscript%3E`);
  });

  it('refuse a mail without a place to go to', () => {
    expect(() => remind({ link: '' })).to.throw(RangeError);
    expect(() => remind({ link: 'javascript:alert(1)' })).to.throw(RangeError);
    expect(() => remind({ reference: undefined })).to.throw(RangeError);
  });

  it('have the same sentences in both languages', () => {
    const [en, de] = ['en', 'de'].map((locale) => readWords(`templates/emails/${locale}.yaml`, locale).keys);
    expect(de).to.deep.equal(en);
  });
});
