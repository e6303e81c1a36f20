/** The parts of MongoDB's unified test format that its CRUD tests use. */
export interface TestFile {
  readonly description: string;
  readonly runOnRequirements?: readonly Requirement[];
  readonly createEntities: readonly Entity[];
  readonly initialData?: readonly CollectionData[];
  readonly tests: readonly TestCase[];
}

export interface Requirement {
  readonly minServerVersion?: string;
  readonly maxServerVersion?: string;
  readonly topologies?: readonly string[];
  readonly serverless?: 'require' | 'forbid' | 'allow';
  readonly auth?: boolean;
}

export interface Entity {
  readonly client?: { readonly id: string; readonly uriOptions?: Fields };
  readonly database?: { readonly id: string; readonly client: string; readonly databaseName: string };
  readonly collection?: {
    readonly id: string;
    readonly database: string;
    readonly collectionName: string;
    readonly collectionOptions?: Fields;
  };
}

export interface CollectionData {
  readonly databaseName: string;
  readonly collectionName: string;
  readonly documents: readonly Fields[];
  readonly createOptions?: Fields;
}

export interface TestCase {
  readonly description: string;
  readonly runOnRequirements?: readonly Requirement[];
  readonly skipReason?: string;
  readonly operations: readonly Operation[];
  readonly outcome?: readonly CollectionData[];
}

export interface Operation {
  readonly name: string;
  readonly object: string;
  readonly arguments?: Fields;
  readonly expectResult?: unknown;
  readonly expectError?: ExpectedError;
}

export interface ExpectedError {
  readonly isError?: boolean;
  readonly isClientError?: boolean;
  readonly errorCode?: number;
  readonly errorCodeName?: string;
  readonly errorContains?: string;
  readonly errorResponse?: Fields;
  readonly expectResult?: unknown;
}

export type Fields = Readonly<Record<string, unknown>>;

/** Whether a server of this version, standing alone and without authentication, meets one of the requirements. */
export function isMet(requirements: readonly Requirement[] | undefined, version: string): boolean {
  return !requirements || requirements.some((requirement) => meets(requirement, version));
}

function meets(requirement: Requirement, version: string): boolean {
  const { minServerVersion: least, maxServerVersion: most, topologies, serverless, auth } = requirement;
  if (least !== undefined && compareVersions(version, least) < 0) return false;
  if (most !== undefined && compareVersions(version, most) > 0) return false;
  return (!topologies || topologies.includes('single')) && serverless !== 'require' && auth !== true;
}

function compareVersions(a: string, b: string): number {
  const [left, right] = [a, b].map((version) => version.split('.').map(Number));
  for (let at = 0; at < 3; at++) {
    const difference = (left?.[at] ?? 0) - (right?.[at] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** What a test needs that the engine does not have, in words; `undefined` when it needs nothing special. */
export function needs({ operations }: TestCase): string | undefined {
  for (const { name, arguments: given = {} } of operations) {
    if (name === 'failPoint' || name === 'targetedFailPoint') return 'needs a fail point';
    if (name === 'clientBulkWrite') return 'needs clientBulkWrite (MongoDB 8.0)';
    if (name === 'createCollection' && 'viewOn' in given) return 'needs a view';
    if (name === 'createCollection' && 'validator' in given) return 'needs a validator';
  }
  return undefined;
}
