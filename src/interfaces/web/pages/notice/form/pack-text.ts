import type { Pack, PackAnswer } from '../../../../../domain/notice/form/pack.ts';
import type { StaffVisit } from '../../../request/visit.ts';
import { labelOf } from './fields.ts';

/** The pack as plain text: to attach, to read out, or to paste from where no browser is at hand. */
export function packText(visit: StaffVisit, pack: Pack): string {
  const { say } = visit;
  const head = [pack.form.title, pack.form.channel, say('forms.checked-on', { day: pack.form.checkedOn })];
  const questions = pack.questions.map((question) => {
    const gloss = question.gloss === null ? '' : ` (${question.gloss})`;
    const many = question.answers.length > 1;
    const answers = question.answers.filter(({ state }) => state !== 'empty');
    return [
      `${question.number}. ${question.label}${gloss}`,
      ...answers.map(
        (answer) => (many ? `${labelOf(visit, answer.field)}:\n` : '') + answerText(visit, answer),
      ),
    ].join('\n');
  });
  return `${[head.join('\n'), ...questions].join('\n\n')}\n`;
}

function answerText({ say }: StaffVisit, { state, ticks, text }: PackAnswer): string {
  const lines = [...ticks.map((tick) => `[x] ${tick}`), ...(text === '' ? [] : [text])];
  return lines.length > 0 ? lines.join('\n') : `[${say(`forms.state.${state}`)}]`;
}
