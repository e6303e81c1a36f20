import { expect } from 'chai';
import { listFiles } from '../../../src/adapters/lists-in/index.ts';
import { checkList } from '../../../src/application/people/check-list.ts';
import type { ListSource } from '../../../src/application/ports/list-files.ts';

/** A sheet of five columns and four rows, the third of them blank; customer numbers and one postcode are numbers. */
const SHEET = Buffer.from(
  `
  UEsDBBQAAAAIAEdzfl29XP2Q8gAAABwCAAATAAAAW0NvbnRlbnRfVHlwZXNdLnhtbK2RvU7DMBDHX8XyWsVOOyCEknQodASG8gCH
  c0ms+Es+t4S3x0kLAyqwMJ3s/8fvZFfbyRp2wkjau5qvRckZOuVb7fqavxz2xS3fNtXhPSCxbHVU8yGlcCclqQEtkPABXVY6Hy2k
  fIy9DKBG6FFuyvJGKu8SulSkuYM31T12cDSJPUz5+oyNaIiz3dk4s2oOIRitIGVdnlz7jVJcCCInFw8NOtAqG7i8SpiVnwGX3FN+
  h6hbZM8Q0yPY7JKTkW8+jq/ej+L3kitb+q7TCluvjjZHBIWI0NKAmKwRyxQWtFv9zV/MJJex/udFvvo/95DLdzcfUEsDBBQAAAAI
  AEdzfl1Lg6M6lgAAAAUBAAALAAAAX3JlbHMvLnJlbHONzz0OwjAMBeCrRD5A3TIwoKZdWLoiLhBS90dt4sgJUG5PRooYGP389Fmu
  282t6kESZ/YaqqKEtqkvtJqUgzjNIarc8FHDlFI4IUY7kTOx4EA+bwYWZ1IeZcRg7GJGwkNZHlE+Ddibqus1SNdXoK6vQP/YPAyz
  pTPbuyOffpz4amTZyEhJw7bik2W5MS9FRgGbGncPNm9QSwMEFAAAAAgAR3N+XU62Y7OfAAAA9wAAAA8AAAB4bC93b3JrYm9vay54
  bWyNj0sOgzAMRK8S+QAEuugChbDpplIvkYJpIkiM7PRz/EZQ9l35M/Ibj+k/cVEvZAmUOmiqGnpr3sTznWhWRUzSgc95bbWWwWN0
  UtGKqSgTcXS5jPzQsjK6UTxijos+1fVZRxcS7ISW/2HQNIUBLzQ8I6a8QxgXl8tr4sMqYM3mIL+qkovYwS1IBrVtrmPJAIrbUBq+
  jg1oa/RxpI9c9gtQSwMEFAAAAAgAR3N+XW026XSaAAAABgEAABoAAAB4bC9fcmVscy93b3JrYm9vay54bWwucmVsc43POw7CMAwG
  4KtEPkDdMjCgpl1YWBEXiFK3qdo8FJvX7YkYEJUYmCz/tj7Lbf/wq7pR5jkGDU1VQ9+1Z1qNlIDdnFiVjcAanEg6ILJ15A1XMVEo
  kzFmb6S0ecJk7GImwl1d7zF/G7A11WnQkE9DA+ryTPSPHcdxtnSM9uopyI8TeI95YUckBTV5ItHwiRjfpamKCti1uPmwewFQSwME
  FAAAAAgAR3N+Xaeu8UFJAQAA3wQAABgAAAB4bC93b3Jrc2hlZXRzL3NoZWV0MS54bWyVlNFOgzAUQH+F9F0KCD4spVMHvjincW97
  a9hViLQlbccWf8nP8Mfs5iDb0izpW7ml5957elMy3fE26EHpRoocxWGEppRspfrSNYAJ7K7QOaqN6SYY66oGznQoOxB250Mqzoz9
  VJ9YdwrY+nCItziJojvMWSMQJYdYwQyjRMltoGwWG632i4cYBSZHjWgbAUujbLzRlBzSTnTHKsiR5WpQPSD6vBFrEGLDOSiCDSV4
  /zOujrBHL1h588Ka1oGZeWEWjIMDUnhB3uYrB6P0YsyZWJ9DsLU9Kk9G5ftVT+MoignuT/UlPum+JdzvQtgx3rUuATMv2kr+/rgs
  DrXGcXZebOmFL2Bj7Oi21xWlo6J0UJRcKEp9sgopnGa8IAvXYHgRnt6v9JyNPWdDz7cXPWdeF/laXh8LP5prJo6FjlX+94NPXhk8
  Pl/0D1BLAQIUAxQAAAAIAEdzfl29XP2Q8gAAABwCAAATAAAAAAAAAAAAAACAAQAAAABbQ29udGVudF9UeXBlc10ueG1sUEsBAhQD
  FAAAAAgAR3N+XUuDozqWAAAABQEAAAsAAAAAAAAAAAAAAIABIwEAAF9yZWxzLy5yZWxzUEsBAhQDFAAAAAgAR3N+XU62Y7OfAAAA
  9wAAAA8AAAAAAAAAAAAAAIAB4gEAAHhsL3dvcmtib29rLnhtbFBLAQIUAxQAAAAIAEdzfl1tNul0mgAAAAYBAAAaAAAAAAAAAAAA
  AACAAa4CAAB4bC9fcmVscy93b3JrYm9vay54bWwucmVsc1BLAQIUAxQAAAAIAEdzfl2nrvFBSQEAAN8EAAAYAAAAAAAAAAAAAACA
  AYADAAB4bC93b3Jrc2hlZXRzL3NoZWV0MS54bWxQSwUGAAAAAAUABQBFAQAA/wQAAAAA
`,
  'base64',
);

function sourceOf(bytes: Uint8Array): ListSource {
  return {
    // eslint-disable-next-line @typescript-eslint/require-await -- a file in memory
    async *bytes() {
      yield bytes;
    },
  };
}

async function check(bytes: Uint8Array): Promise<unknown> {
  const checked = await checkList(listFiles, sourceOf(bytes));
  return checked.ok ? checked.value : checked.error;
}

describe('Spreadsheets as lists', () => {
  it('reads the first sheet of an XLSX, numbers as they are stored, blank rows left out', async () => {
    expect(await check(SHEET)).to.deep.equal({
      rows: 3,
      accepted: 1,
      rejected: [{ row: 2, reason: 'invalid-email' }],
      duplicates: 1,
      columns: { id: 'Kundennummer', email: 'E-Mail', name: 'Name', postcode: 'PLZ', country: 'Land' },
      languages: { de: 1 },
      countries: { DE: 1 },
    });
  });

  it('says of a ZIP that is no spreadsheet that it is no text', async () => {
    const renamed = Buffer.from(
      SHEET.toString('latin1').replaceAll('xl/workbook.xml', 'xl/workbook.txt'),
      'latin1',
    );
    expect(await check(renamed)).to.equal('not-text');
    expect(await check(SHEET.subarray(0, 600))).to.equal('not-text');
  });

  it('refuses, before anything is unpacked, what would unfold to more than 100 MB', async () => {
    const bomb = Buffer.from(SHEET);
    bomb.writeUInt32LE(101 * 1024 * 1024, bomb.indexOf('504b0102', 'hex') + 24);
    expect(await check(bomb)).to.equal('sheet-too-large');
    expect(await check(Buffer.concat([SHEET, Buffer.alloc(10 * 1024 * 1024)]))).to.equal('sheet-too-large');
  });

  it('says of a spreadsheet with damaged bytes that it cannot be read', async () => {
    const damaged = Buffer.from(SHEET);
    damaged.fill(0xff, 60, 800);
    expect(await check(damaged)).to.equal('sheet-unreadable');
  });
});
