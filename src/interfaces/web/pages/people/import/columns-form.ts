import type { Findings } from '../../../../../application/people/check-upload.ts';
import type { Wish } from '../../../../../application/people/check-list.ts';
import { DELIMITERS, ENCODINGS } from '../../../../../application/ports/list-files.ts';
import { COLUMNS, type Column } from '../../../../../domain/people/list-file/columns.ts';
import { select } from '../../../answers/fields.ts';
import { NO_ERRORS } from '../../../answers/problems.ts';
import type { Form } from '../../../request/form.ts';
import type { StaffVisit } from '../../../request/visit.ts';

/** A form has no more fields: what stands further right is taken by its header, or dropped. */
const SHOWN = 100;
const DELIMITER_NAMES = { ',': 'comma', ';': 'semicolon', '\t': 'tab', '|': 'pipe' } as const;

/** The columns as they were read, with examples, each to be taken for something else or dropped. */
export function columnsModel({ say }: StaffVisit, findings: Findings): object {
  const { header, columns, examples, encoding, delimiter } = findings;
  const choices = [
    { value: '', label: say('list.column.none') },
    ...COLUMNS.map((column) => ({ value: column, label: say(`list.column.${column}`) })),
  ];
  return {
    rows: header.slice(0, SHOWN).map((title, place) => ({
      title: title.slice(0, 100),
      examples: examples.map((cells) => cells[place] ?? '').filter((cell) => cell.trim() !== ''),
      is: select(
        `column-${place}`,
        { label: say('list.column-is', { title: title.slice(0, 100) }) },
        choices,
        columns[place] ?? '',
        NO_ERRORS,
      ),
    })),
    text:
      encoding === null || delimiter === null
        ? null
        : {
            encoding: select(
              'encoding',
              { label: say('list.encoding'), hint: say('list.encoding-hint') },
              ENCODINGS.map((value) => ({ value, label: say(`list.encodings.${value}`) })),
              encoding,
              NO_ERRORS,
            ),
            delimiter: select(
              'delimiter',
              { label: say('list.delimiter') },
              DELIMITERS.map((value) => ({
                value: DELIMITER_NAMES[value],
                label: say(`list.delimiters.${DELIMITER_NAMES[value]}`),
              })),
              DELIMITER_NAMES[delimiter],
              NO_ERRORS,
            ),
          },
  };
}

/**
 * How the person says that the list is to be read. Where encoding or delimiter changes, the header is another one and
 * is read anew: what was chosen of the old columns says nothing of the new.
 */
export function wishOf(form: Form, { header, columns, encoding, delimiter }: Findings): Wish {
  const wished = {
    encoding: ENCODINGS.find((known) => known === form.text('encoding')),
    delimiter: DELIMITERS.find((known) => DELIMITER_NAMES[known] === form.text('delimiter')),
  };
  const changed = (wished.encoding ?? encoding) !== encoding || (wished.delimiter ?? delimiter) !== delimiter;
  const chosen = header.map((_, place): Column | '' =>
    form.has(`column-${place}`)
      ? (COLUMNS.find((known) => known === form.text(`column-${place}`)) ?? '')
      : (columns[place] ?? ''),
  );
  return {
    ...(wished.encoding === undefined ? {} : { encoding: wished.encoding }),
    ...(wished.delimiter === undefined ? {} : { delimiter: wished.delimiter }),
    ...(changed ? {} : { columns: chosen }),
  };
}
