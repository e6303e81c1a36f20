import Joi from 'joi';
import { addNote, viewNotes } from '../../../application/incident/notes.ts';
import { answerQuestion, askQuestion, ownQuestion } from '../../../application/incident/questions.ts';
import { ok } from '../../../domain/result.ts';
import { route } from '../route.ts';
import { id, iso, list, moment, shape, text } from '../shapes/pieces.ts';
import { revision } from './fields.ts';

const QUESTION = '/incidents/{incident}/questions/{question}';

export const questionRoutes = [
  route<{ readonly text: string; readonly owner?: string }>({
    method: 'post',
    path: '/incidents/{incident}/questions',
    id: 'askQuestion',
    tag: 'questions',
    summary: 'Puts down what an authority asks, and at best who sees to it.',
    body: Joi.object({ text: Joi.string().required(), owner: Joi.string() }),
    example: { text: 'Which customers in Austria are affected?' },
    status: 201,
    shape: shape({ question: id }),
    run: ({ house, actor, at, body, key }) =>
      askQuestion(house, actor, { incident: at('incident'), ...body }, key),
  }),
  route<{ readonly owner: string; readonly shown: number }>({
    method: 'put',
    path: `${QUESTION}/owner`,
    id: 'ownQuestion',
    tag: 'questions',
    summary: 'Gives a question to a person.',
    body: Joi.object({ owner: Joi.string().required(), shown: revision }),
    example: { owner: '8f6f2d0e-4c1b-4f0a-9a55-4d3a6f3f9d10', shown: 1 },
    status: 204,
    run: ({ house, actor, at, body, key }) =>
      ownQuestion(house, actor, { incident: at('incident'), question: at('question'), ...body }, key),
  }),
  route<{ readonly note?: string; readonly shown: number }>({
    method: 'post',
    path: `${QUESTION}/answer`,
    id: 'answerQuestion',
    tag: 'questions',
    summary: 'Marks a question answered; the note may say what was answered.',
    body: Joi.object({ note: Joi.string().allow(''), shown: revision }),
    example: { note: 'By letter of 9 December.', shown: 1 },
    status: 204,
    run: ({ house, actor, at, body, key }) =>
      answerQuestion(house, actor, { incident: at('incident'), question: at('question'), ...body }, key),
  }),
  route({
    method: 'get',
    path: '/incidents/{incident}/notes',
    id: 'listNotes',
    tag: 'notes',
    summary: 'The notes on an incident, the newest first.',
    status: 200,
    shape: shape({ notes: list(shape({ id, text, at: moment, by: id })) }),
    async run({ house, actor, at }) {
      const notes = await viewNotes(house, actor, at('incident'));
      return notes.ok ? ok({ notes: notes.value.map((note) => ({ ...note, at: iso(note.at) })) }) : notes;
    },
  }),
  route<{ readonly text: string }>({
    method: 'post',
    path: '/incidents/{incident}/notes',
    id: 'addNote',
    tag: 'notes',
    summary: 'Adds a note in free words; it lies sealed, and the record holds its salted hash.',
    body: Joi.object({ text: Joi.string().required() }),
    example: { text: 'Packwell promised the list for Monday noon.' },
    status: 201,
    shape: shape({ note: id }),
    run: ({ house, actor, at, body, key }) =>
      addNote(house, actor, { incident: at('incident'), ...body }, key),
  }),
];
