import type { PersonRow } from '../../../../application/people/view-people.ts';
import { CHANNELS, SETTLING_RULES, type SettlingKind } from '../../../../domain/people/settling.ts';
import { field, select } from '../../answers/fields.ts';
import type { FormErrors } from '../../answers/problems.ts';
import type { StaffVisit } from '../../request/visit.ts';

/** What was typed into the form of one person. */
export type Typed = Readonly<
  Partial<Record<'channel' | 'day' | 'time' | 'note' | 'why' | 'email' | 'postal', string>>
>;

/** What can be recorded of a person in this state; a field has the person's place in its name, as ids must differ. */
export function personForms(
  visit: StaffVisit,
  { person, batch, position, state }: PersonRow,
  { errors, typed }: { readonly errors: FormErrors; readonly typed: Typed },
): object {
  const { say } = visit;
  const can = (kind: SettlingKind): boolean => SETTLING_RULES[kind].from.includes(state);
  const named = (name: keyof Typed): string => fieldName(batch, position, name);
  const typedIn = (name: keyof Typed, words: Parameters<typeof field>[1]): object =>
    field(named(name), { value: typed[name] ?? '', ...words }, errors);
  const channels = CHANNELS.map((channel) => ({ value: channel, label: say(`channel.${channel}`) }));
  return {
    action: `${batch}/${position}`,
    told: can('told')
      ? {
          channel: select(
            named('channel'),
            { label: say('each-person.telling') },
            channels,
            typed.channel ?? 'telephone',
            errors,
          ),
          day: typedIn('day', {
            label: say('log.day'),
            hint: say('each-person.when-hint'),
            type: 'date',
            short: true,
          }),
          time: typedIn('time', { label: say('log.time'), type: 'time', short: true }),
          note: typedIn('note', { label: say('each-person.note'), rows: 2 }),
        }
      : null,
    buttons: (['bounced', 'arrived', 'again'] as const)
      .filter(can)
      .map((kind) => ({ kind, word: say(`each-person.${kind}`) })),
    givenUp:
      can('given-up') && visit.may('duty.decide')
        ? typedIn('why', { label: say('each-person.given-up-why'), rows: 2 })
        : null,
    address:
      visit.may('people.see') && state !== 'told'
        ? {
            email: typedIn('email', {
              label: say('each-person.corrected-email'),
              value: typed.email ?? person.email,
              type: 'email',
            }),
            postal: typedIn('postal', {
              label: say('each-person.corrected-postal'),
              hint: say('each-person.corrected-hint'),
              value: typed.postal ?? person.postal?.join('\n') ?? '',
              rows: 4,
            }),
          }
        : null,
  };
}

export function fieldName(batch: number, position: number, name: keyof Typed): string {
  return `${name}-${batch}-${position}`;
}
