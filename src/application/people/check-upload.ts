import { allow } from '../../domain/access/permissions.ts';
import type { Actor } from '../../domain/access/roles.ts';
import { invalid, type DomainError } from '../../domain/errors.ts';
import { ListCheck, type Counts, type Rejected } from '../../domain/people/list-file/check.ts';
import type { Column } from '../../domain/people/list-file/columns.ts';
import { REJECT_REASONS, type Cells, type RejectReason } from '../../domain/people/list-file/row.ts';
import { fail, ok, type Result } from '../../domain/result.ts';
import type { House } from '../ports/house.ts';
import type { ListFault, Table } from '../ports/list-files.ts';
import type { ListUpload } from '../ports/list-uploads.ts';
import { countRows, judgedRows, layoutOf, openList, type Judged, type Wish } from './check-list.ts';
import {
  KEPT_MINUTES,
  letterFor,
  sourceOf,
  uploadOf,
  type LetterPlace,
  type UploadPlace,
} from './list-upload.ts';

/** What was found in a list that was sent in, as a person is shown it before anything is taken over. */
export interface Findings extends Pick<Table, 'format' | 'encoding' | 'delimiter'> {
  /** What the file is called. */
  readonly name: string;
  /** Rises with every other reading: who accepts says which one was shown. */
  readonly revision: number;
  readonly wish: Wish;
  readonly header: Cells;
  /** What each field of a row is taken for; '' is dropped. */
  readonly columns: readonly (Column | '')[];
  /** The first rows, as they stand there. */
  readonly examples: readonly Cells[];
  /** Null where no columns are known by which anybody could be reached: a person must say which they are. */
  readonly counts: Counts | null;
  readonly reasons: Readonly<Record<RejectReason, number>>;
  /** The first rows that would not be taken. */
  readonly rejected: readonly Rejected[];
}

const EXAMPLES = 3;
const SHOWN_REJECTED = 20;

type Checking = Pick<House, 'clock' | 'ids' | 'incidents' | 'listFiles' | 'listUploads'>;

/**
 * Takes a list in, to be looked at: it lies sealed under a key of its own, and nothing of it is on the letter until
 * somebody accepts it. What is no list is destroyed at once.
 */
export async function checkUpload(
  house: Checking,
  actor: Actor,
  form: LetterPlace & { readonly name: string; readonly content: AsyncIterable<Uint8Array> },
): Promise<Result<{ readonly upload: string; readonly findings: Findings }, DomainError>> {
  const letter = await letterFor(house, actor, form);
  if (!letter.ok) return letter;
  const { incident, notice, name } = form;
  const { organisation, user: by } = actor;
  const upload = house.ids.id();
  const at = house.clock.now();
  const until = at.add({ minutes: KEPT_MINUTES });
  const put = await house.listUploads.put(
    { id: upload, organisation, incident, notice, by, at, until },
    form.content,
  );
  if (!put.ok) return put;
  const found = await look(house, organisation, upload, { name: name.slice(0, 200), revision: 1, wish: {} });
  if (found.ok) return ok({ upload, findings: found.value });
  await house.listUploads.destroy(organisation, upload);
  return fail(invalid('file', `list.${found.error}`));
}

/** Reads the list again as a person says that it is to be read. */
export async function readAgain(
  house: Checking,
  actor: Actor,
  form: UploadPlace & { readonly wish: Wish },
): Promise<Result<Findings, DomainError>> {
  const before = await viewUpload(house, actor, form);
  if (!before.ok) return before;
  const { name, revision } = before.value.findings;
  const found = await look(house, actor.organisation, form.upload, {
    name,
    revision: revision + 1,
    wish: form.wish,
  });
  return found.ok ? found : fail(invalid('file', `list.${found.error}`));
}

/** What was found in the list. */
export async function viewUpload(
  house: Pick<House, 'clock' | 'incidents' | 'listUploads'>,
  actor: Actor,
  place: UploadPlace,
): Promise<Result<{ readonly upload: ListUpload; readonly findings: Findings }, DomainError>> {
  const letter = await letterFor(house, actor, place);
  if (!letter.ok) return letter;
  const upload = await uploadOf(house, actor, place);
  if (!upload.ok) return upload;
  const findings = await house.listUploads.findings(actor.organisation, place.upload);
  if (findings === null) return fail({ kind: 'not-found', what: 'list', id: place.upload });
  return ok({ upload: upload.value, findings: JSON.parse(findings) as Findings });
}

/** Every row that would not be taken, with the fields that stand in it, so that it can be put right. */
export async function rejectsOf(
  house: Checking,
  actor: Actor,
  place: UploadPlace,
): Promise<Result<{ readonly header: Cells; readonly rows: AsyncIterable<readonly Judged[]> }, DomainError>> {
  const seen = await viewUpload(house, actor, place);
  if (!seen.ok) return seen;
  const { wish } = seen.value.findings;
  const list = await openList(house.listFiles, sourceOf(house, actor.organisation, place.upload), wish);
  if (!list.ok) return fail(invalid('file', `list.${list.error}`));
  async function* rows(readable: typeof list & { ok: true }): AsyncGenerator<readonly Judged[]> {
    for await (const judged of judgedRows(readable.value, new ListCheck(readable.value.layout)))
      yield judged.filter(({ verdict }) => verdict.kind !== 'accepted');
  }
  return ok({ header: list.value.layout.header, rows: rows(list) });
}

/** Forgets a list that is not to be taken over: its key first. */
export async function refuseUpload(
  house: Pick<House, 'clock' | 'listUploads'>,
  actor: Actor,
  place: UploadPlace,
): Promise<Result<undefined, DomainError>> {
  const allowed = allow(actor, 'people.import');
  if (!allowed.ok) return allowed;
  const upload = await uploadOf(house, actor, place);
  if (upload.ok) await house.listUploads.destroy(actor.organisation, place.upload);
  // What is gone already was refused before.
  return ok(undefined);
}

async function look(
  house: Checking,
  organisation: string,
  upload: string,
  of: Pick<Findings, 'name' | 'revision' | 'wish'>,
): Promise<Result<Findings, ListFault>> {
  const opened = await house.listFiles.open(sourceOf(house, organisation, upload), of.wish);
  if (!opened.ok) return opened;
  const table = opened.value;
  const { header, format, encoding, delimiter } = table;
  const layout = layoutOf(table, of.wish);
  const reasons = Object.fromEntries(REJECT_REASONS.map((reason) => [reason, 0])) as Record<
    RejectReason,
    number
  >;
  const examples: Cells[] = [];
  const rejected: Rejected[] = [];
  const counts = await countRows(
    { table, layout: layout.ok ? layout.value : { places: {}, header } },
    ({ row, cells, verdict }) => {
      if (examples.length < EXAMPLES) examples.push(cells.map((cell) => cell.slice(0, 100)));
      if (verdict.kind !== 'rejected') return;
      reasons[verdict.reason] += 1;
      if (rejected.length < SHOWN_REJECTED) rejected.push({ row, reason: verdict.reason });
    },
    EXAMPLES,
  );
  if (!counts.ok) return counts;
  const places = layout.ok ? Object.entries(layout.value.places) : [];
  const columns = header.map((_, at) => (places.find(([, place]) => place === at)?.[0] ?? '') as Column | '');
  const found = { format, encoding, delimiter, header, columns, examples, reasons, rejected };
  const findings = { ...of, ...found, counts: layout.ok ? counts.value : null };
  await house.listUploads.keepFindings(organisation, upload, JSON.stringify(findings));
  return ok(findings);
}
