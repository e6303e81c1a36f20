import type { Answers, ApiTokens } from '../../application/ports/api.ts';
import type { Deliveries } from '../../application/ports/deliveries.ts';
import type { Dispatches } from '../../application/ports/dispatches.ts';
import type { EvidenceStore } from '../../application/ports/evidence.ts';
import type { ListUploads } from '../../application/ports/list-uploads.ts';
import type { Lists } from '../../application/ports/people.ts';
import type { Organisations, Tokens, Users } from '../../application/ports/staff.ts';
import type { Drafts, Incidents, RegisterStore, Texts } from '../../application/ports/stores.ts';
import type { Vault } from '../crypto/vault.ts';
import { mongoAnswers } from './answers.ts';
import { mongoApiTokens } from './api-tokens.ts';
import type { Mongo } from './connection.ts';
import { mongoDrafts } from './drafts.ts';
import { mongoDeliveries } from './deliveries.ts';
import { mongoDispatches } from './dispatches.ts';
import { mongoEvidence } from './evidence.ts';
import { mongoIncidents } from './incidents.ts';
import { mongoInstallation, type Installation } from './installation.ts';
import { mongoListUploads } from './list-uploads.ts';
import { mongoLists } from './lists.ts';
import { mongoNotes, type Notes } from './notes.ts';
import { mongoOrganisations } from './organisations.ts';
import { mongoRegister } from './register.ts';
import { mongoTexts } from './texts.ts';
import { mongoTokens } from './tokens.ts';
import { mongoUsers } from './users.ts';

export { connect, StoreUnreachable, type Mongo, type StoreAddress } from './connection.ts';

export interface Stores {
  readonly incidents: Incidents;
  readonly texts: Texts;
  readonly notes: Notes;
  readonly drafts: Drafts;
  readonly evidence: EvidenceStore;
  readonly register: RegisterStore;
  readonly lists: Lists;
  readonly listUploads: ListUploads;
  readonly deliveries: Deliveries;
  readonly dispatches: Dispatches;
  readonly organisations: Organisations;
  readonly users: Users;
  readonly tokens: Tokens;
  readonly apiTokens: ApiTokens;
  readonly answers: Answers;
  readonly installation: Installation;
}

/** Every store on one connection. Call `mongo.ensureIndexes()` and `installation.admit()` before using them. */
export function openStores(
  mongo: Mongo,
  vault: Vault,
  options: { /** The most bytes of a file. */ readonly evidence?: { readonly limit?: number } } = {},
): Stores {
  return {
    incidents: mongoIncidents(mongo),
    texts: mongoTexts(mongo),
    notes: mongoNotes(mongo, vault),
    drafts: mongoDrafts(mongo, vault),
    evidence: mongoEvidence(mongo, vault, options.evidence),
    register: mongoRegister(mongo),
    lists: mongoLists(mongo, vault),
    listUploads: mongoListUploads(mongo, vault),
    deliveries: mongoDeliveries(mongo, vault),
    dispatches: mongoDispatches(mongo),
    organisations: mongoOrganisations(mongo),
    users: mongoUsers(mongo),
    tokens: mongoTokens(mongo),
    apiTokens: mongoApiTokens(mongo),
    answers: mongoAnswers(mongo, vault),
    installation: mongoInstallation(mongo, vault),
  };
}
