import type { Incident } from './incident.ts';

/** The ids by which the law engine fans out what is owed to each controller. */
export function controllerIds({ controllers = [] }: Pick<Incident, 'controllers'>): readonly string[] {
  return controllers.filter(({ gone }) => !gone).map(({ id }) => id);
}

/** Whom a duty tells: a controller by its name, anybody else as the law engine names them. */
export function recipientOf(
  { controllers = [] }: Pick<Incident, 'controllers'>,
  { recipient, notify }: { readonly recipient?: string | undefined; readonly notify: string },
): string | undefined {
  if (notify !== 'controller') return recipient;
  return controllers.find(({ id }) => id === recipient)?.name ?? recipient;
}
