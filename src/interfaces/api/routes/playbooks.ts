import { ok } from '../../../domain/result.ts';
import { route } from '../route.ts';
import { count, id, list, shape, text, texts } from '../shapes/pieces.ts';

export const playbookRoutes = [
  route({
    method: 'get',
    path: '/playbooks',
    id: 'listPlaybooks',
    tag: 'playbooks',
    summary: 'The installed playbooks; the id of one is the `kind` of an incident.',
    status: 200,
    shape: shape({
      playbooks: list(shape({ id, title: text, version: count, kind: text, situation: text, signs: texts })),
    }),
    run: ({ house }) =>
      Promise.resolve(
        ok({
          playbooks: house.playbooks.all().map(({ id: own, title, version, kind, about }) => ({
            id: own,
            title,
            version,
            kind,
            situation: about.situation,
            signs: about.signs,
          })),
        }),
      ),
  }),
];
