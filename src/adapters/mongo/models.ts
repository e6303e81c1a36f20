import type { Connection, Model } from 'mongoose';
import { answerSchema } from './answers.ts';
import { apiTokenSchema } from './api-tokens.ts';
import { dispatchSchema } from './dispatches.ts';
import { draftSchema, noteSchema, textSchema } from './words-document.ts';
import { incidentSchema } from './incident-document.ts';
import { uploadSchema } from './evidence.ts';
import { batchSchema, deliveriesSchema, listSchema } from './list-document.ts';
import { listPieceSchema, listUploadSchema } from './list-uploads.ts';
import { installationSchema } from './installation.ts';
import { registerSchema } from './register-document.ts';
import { organisationSchema, tokenSchema, userSchema } from './staff-document.ts';

/** Every collection of ours on this connection. Sessions, jobs and throttles belong to the packages that keep them. */
export function defineModels(connection: Connection) {
  return {
    installation: connection.model('Installation', installationSchema, 'installation'),
    organisations: connection.model('Organisation', organisationSchema, 'organisations'),
    users: connection.model('User', userSchema, 'users'),
    tokens: connection.model('Token', tokenSchema, 'tokens'),
    apiTokens: connection.model('ApiToken', apiTokenSchema, 'api-tokens'),
    answers: connection.model('Answer', answerSchema, 'answers'),
    uploads: connection.model('Upload', uploadSchema, 'uploads'),
    incidents: connection.model('Incident', incidentSchema, 'incidents'),
    texts: connection.model('Text', textSchema, 'texts'),
    notes: connection.model('Note', noteSchema, 'notes'),
    drafts: connection.model('Draft', draftSchema, 'drafts'),
    register: connection.model('Entry', registerSchema, 'register'),
    lists: connection.model('List', listSchema, 'lists'),
    batches: connection.model('Batch', batchSchema, 'batches'),
    deliveries: connection.model('Deliveries', deliveriesSchema, 'deliveries'),
    listUploads: connection.model('ListUpload', listUploadSchema, 'list-uploads'),
    listPieces: connection.model('ListPiece', listPieceSchema, 'list-pieces'),
    dispatches: connection.model('Dispatch', dispatchSchema, 'dispatches'),
  };
}

export type Models = ReturnType<typeof defineModels>;

/** Makes the indexes that are not there yet. Once, at start: no query waits for an index later. */
export async function ensureIndexes(models: Models): Promise<void> {
  for (const model of Object.values(models) as unknown as Model<unknown>[]) await model.createIndexes();
}
