import { viewJudgedDifferently } from '../../../application/law/judged-differently.ts';
import { ok } from '../../../domain/result.ts';
import { route } from '../route.ts';
import { lawChangesOf, olderIncidents } from '../shapes/law-changes.ts';

/** What the law as installed now would judge differently than it was judged. */
export const lawRoutes = [
  route({
    method: 'get',
    path: '/law/judged-differently',
    id: 'viewJudgedDifferently',
    tag: 'duties',
    summary:
      'The open incidents that were judged by earlier texts of the law, with both answers for each duty that would change; those for which something changes first. Changes nothing.',
    status: 200,
    shape: olderIncidents,
    async run({ house, actor }) {
      const found = await viewJudgedDifferently(house, actor);
      if (!found.ok) return found;
      const incidents = found.value.map(({ incident: { id, reference, title }, changes }) => ({
        incident: { id, reference, title },
        changes: lawChangesOf(changes),
      }));
      return ok({ incidents });
    },
  }),
];
