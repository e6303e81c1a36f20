import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { simpleParser, type AddressObject } from 'mailparser';
import {
  createLetterOutbox,
  createStaffOutbox,
  letterFile,
} from '../../../src/adapters/mail/outbox-folder.ts';
import { clock, letter, mara, NOW, reminder, staffOptions, temporaryFolder } from './fixture.ts';

describe('The outbox folder', () => {
  const folder = temporaryFolder();
  const letters = (): string[] => {
    const path = join(folder.path(), 'letters');
    return existsSync(path) ? readdirSync(path) : [];
  };
  const outbox = (): ReturnType<typeof createLetterOutbox> =>
    createLetterOutbox({ folder: folder.path(), clock });

  it('writes a letter that another program reads back word for word', async () => {
    await outbox().deliver(letter);
    const read = await simpleParser(readFileSync(join(folder.path(), letterFile(letter))));
    expect(read.subject).to.equal(letter.subject);
    expect(read.text).to.equal(letter.text);
    expect(read.html).to.equal(letter.html);
    expect((read.to as AddressObject).value).to.deep.equal([
      { name: letter.to.name, address: letter.to.email },
    ]);
    expect(read.from?.value).to.deep.equal([{ name: letter.from.name, address: letter.from.email }]);
    expect(read.replyTo?.value[0]?.address).to.equal('privacy@linden.example');
    expect(read.date?.getTime()).to.equal(NOW.epochMilliseconds);
    expect(read.headers.get('auto-submitted')).to.equal('auto-generated');
    expect(read.headers.get('content-language')).to.equal('de');
    expect(read.attachments).to.deep.equal([]);
    expect([...read.headers.keys()].filter((name) => /^list|^precedence|^x-/.test(name))).to.deep.equal([]);
  });

  it('offers the text before the HTML, in lines that every relay takes', async () => {
    await outbox().deliver({ ...letter, html: `<p>${'ä'.repeat(5000)}</p>`, subject: 'ü'.repeat(300) });
    const raw = readFileSync(join(folder.path(), letterFile(letter)), 'latin1');
    expect(raw).to.match(/multipart\/alternative[^]*text\/plain[^]*text\/html/);
    const lines = raw.split('\r\n');
    expect(lines.some((line) => line.includes('\n'))).to.equal(false);
    expect(Math.max(...lines.map((line) => line.length))).to.be.at.most(78);
    // eslint-disable-next-line no-control-regex -- bytes above 127 are what must not be there
    expect(raw).to.match(/^[\x00-\x7F]*$/);
  });

  it('is never two files for one letter, and a repeat changes nothing', async () => {
    await outbox().deliver(letter);
    const file = join(folder.path(), letterFile(letter));
    const before = readFileSync(file);
    await outbox().deliver({
      ...letter,
      subject: 'another',
      to: { name: 'x', email: 'other@person.example' },
    });
    await Promise.all([outbox().deliver(letter), outbox().deliver(letter)]);
    expect(letters()).to.have.lengthOf(1);
    expect(readFileSync(file).equals(before)).to.equal(true);
  });

  it('gives the same letter the same bytes in another folder', async () => {
    await outbox().deliver(letter);
    const other = join(folder.path(), 'other');
    await createLetterOutbox({ folder: other, clock }).deliver(letter);
    const [one, two] = [folder.path(), other].map((path) => readFileSync(join(path, letterFile(letter))));
    expect(one?.equals(two ?? Buffer.alloc(0))).to.equal(true);
  });

  it('gives back the mail that it keeps, and nothing for one that it does not have', async () => {
    expect(await outbox().kept(letter)).to.equal(null);
    await outbox().deliver(letter);
    const kept = await outbox().kept(letter);
    expect(readFileSync(join(folder.path(), letterFile(letter))).equals(kept ?? Buffer.alloc(0))).to.equal(
      true,
    );
    expect(await outbox().kept({ ...letter, position: 3 })).to.equal(null);
  });

  it('names files by notice, batch and position, not by people, and keeps them from other users', async () => {
    await outbox().deliver(letter);
    expect(letters()).to.deep.equal(['8d3f0d3e-5d0c-4c6b-9a51-0d7f4c1b2a3e-0000-0002.eml']);
    expect(statSync(join(folder.path(), letterFile(letter))).mode & 0o077).to.equal(0);
    expect(() => letterFile({ ...letter, notice: '../../etc/passwd' })).to.throw(RangeError);
  });

  it('lets no name, subject or address begin a header of its own', async () => {
    const bcc = '\r\nBcc: evil@person.example\r\n\r\nbody';
    await outbox().deliver({
      ...letter,
      subject: `A${bcc}`,
      to: { name: `B${bcc}`, email: `c@person.example${bcc}, d@person.example` },
      from: { name: `D${bcc}`, email: 'privacy@linden.example' },
      locale: `de${bcc}`,
    });
    const read = await simpleParser(readFileSync(join(folder.path(), letterFile(letter))));
    expect(read.bcc).to.equal(undefined);
    expect(read.headers.has('bcc')).to.equal(false);
    expect((read.to as AddressObject).value).to.have.lengthOf(1);
    expect(read.text).to.equal(letter.text);
  });

  it('leaves no half letter when it dies between writing and renaming', async () => {
    const script = join(folder.path(), 'die.ts');
    const source = (path: string): string => JSON.stringify(join(process.cwd(), path));
    writeFileSync(
      script,
      `import { createLetterOutbox } from ${source('src/adapters/mail/outbox-folder.ts')};
       import { letter, clock } from ${source('test/adapters/mail/letter.ts')};
       const rename = async () => process.kill(process.pid, 'SIGKILL');
       void createLetterOutbox({ folder: ${JSON.stringify(folder.path())}, clock, steps: { rename } }).deliver(letter);`,
    );
    const signal = await new Promise<unknown>((resolve) => {
      execFile(process.execPath, ['--import', 'tsx', script], (error) => resolve(error?.signal));
    });
    expect(signal).to.equal('SIGKILL');
    expect(letters()).to.have.lengthOf(1);
    expect(letters().filter((file) => file.endsWith('.eml'))).to.deep.equal([]);
    await outbox().deliver(letter);
    expect(letters(), 'the half file of the dead process is gone').to.deep.equal([
      '8d3f0d3e-5d0c-4c6b-9a51-0d7f4c1b2a3e-0000-0002.eml',
    ]);
  });

  it('says so when a letter cannot be written, and leaves nothing under its name', async () => {
    const rename = (): Promise<void> => Promise.reject(new Error('no space left'));
    const failing = createLetterOutbox({ folder: folder.path(), clock, steps: { rename } });
    let message = '';
    await failing.deliver(letter).catch((error: unknown) => (message = (error as Error).message));
    expect(message).to.equal('no space left');
    expect(letters()).to.deep.equal([]);
  });

  it('keeps the half file of a process that lives', async () => {
    mkdirSync(join(folder.path(), 'letters'));
    // The parent of this process lives as long as it does.
    writeFileSync(join(folder.path(), 'letters', `.a.eml.1.${process.ppid}.part`), 'x');
    await outbox().deliver(letter);
    expect(letters()).to.have.lengthOf(2);
  });

  it('writes one mail to each of the staff, in the language of each, and wakes nobody', async () => {
    const staff = createStaffOutbox({ folder: folder.path(), ...staffOptions() });
    await staff.send(reminder);
    await staff.send(reminder);
    expect(staff.reaches).to.equal(false);
    const files = readdirSync(join(folder.path(), 'staff')).sort();
    expect(files).to.deep.equal([`${reminder.name}-u-mara.eml`, `${reminder.name}-u-ole.eml`]);
    const read = await Promise.all(
      files.map((file) => simpleParser(readFileSync(join(folder.path(), 'staff', file)))),
    );
    expect(read.map(({ subject }) => subject)).to.deep.equal([
      'INC-2026-0001: due in 1 day 2 hours: Tell the supervisory authority',
      'INC-2026-0001: noch 1 Tag 2 Stunden: Tell the supervisory authority',
    ]);
    expect((read[0]?.to as AddressObject).value).to.deep.equal([{ name: 'Mara Linde', address: mara.email }]);
  });

  it('makes any name of a mail fit for a file, and two names never one', async () => {
    const staff = createStaffOutbox({ folder: folder.path(), ...staffOptions() });
    for (const name of ['approval-a@b/../c', 'approval-a@b/..:c', `n${'x'.repeat(400)}`]) {
      await staff.send({ ...reminder, name, to: [mara] });
    }
    const files = readdirSync(join(folder.path(), 'staff'));
    expect(files).to.have.lengthOf(3);
    for (const file of files) expect(file).to.match(/^[\w-]{1,180}\.eml$/);
  });
});
