export const ROLES = ['administrator', 'dpo', 'legal', 'responder', 'staff', 'reader'] as const;
export type Role = (typeof ROLES)[number];

/** The roles of the first person: one who is alone must be able to do everything. */
export const ALL_HANDS: readonly Role[] = ['administrator', 'dpo', 'legal', 'responder'];

/** Who acts: a person with roles in one organisation, or Tocsin itself (`tocsin`: clocks and jobs). */
export interface Actor {
  readonly user: string;
  readonly organisation: string;
  readonly roles: readonly Role[];
}
