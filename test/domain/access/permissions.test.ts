import { expect } from 'chai';
import { allow, may, PERMISSIONS, type Permission } from '../../../src/domain/access/permissions.ts';
import { ROLES, type Role } from '../../../src/domain/access/roles.ts';

const LETTERS: Readonly<Record<string, Role>> = {
  A: 'administrator',
  D: 'dpo',
  L: 'legal',
  R: 'responder',
  S: 'staff',
  V: 'reader',
};

/** The table as it is decided on paper, one line a permission. */
const TABLE: Readonly<Record<Permission, string>> = {
  'incident.see': 'ADLRSV',
  'incident.log': 'ADLRS',
  'task.complete': 'ADLRS',
  'evidence.attach': 'ADLRS',
  'fact.change': 'DLR',
  'task.assign': 'DLR',
  'stage.close': 'DLR',
  'awareness.fix': 'DL',
  'risk.assess': 'DL',
  'duty.decide': 'DL',
  'gate.override': 'DL',
  'exception.record': 'DL',
  'incident.restrict': 'DL',
  'notice.write': 'DLR',
  'notice.approve': 'DL',
  'notice.file': 'DL',
  'people.import': 'DLR',
  'letters.dispatch': 'DLR',
  'people.see': 'DL',
  'people.forget': 'A',
  'register.read': 'ADLV',
  'settings.change': 'A',
};

describe('Who may do what', () => {
  for (const permission of PERMISSIONS) {
    it(`${permission}: ${TABLE[permission]}`, () => {
      const allowed = new Set(TABLE[permission].split('').map((letter) => LETTERS[letter]));
      for (const role of ROLES) {
        const actor = { user: 'u', organisation: 'o', roles: [role] };
        expect(may(actor, permission), role).to.equal(allowed.has(role));
      }
    });
  }

  it('several roles add up, and no role allows nothing', () => {
    expect(may({ user: 'u', organisation: 'o', roles: ['reader', 'legal'] }, 'notice.approve')).to.equal(
      true,
    );
    expect(allow({ user: 'u', organisation: 'o', roles: [] }, 'incident.see').ok).to.equal(false);
  });
});
