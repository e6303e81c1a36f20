import { ARRAY_OPERATORS } from './arrays.ts';
import type { Operator } from './arguments.ts';
import { CONVERSION_OPERATORS } from './convert.ts';
import { DATE_OPERATORS } from './dates.ts';
import { LOGIC_OPERATORS } from './logic.ts';
import { NUMBER_OPERATORS } from './numbers.ts';
import { OBJECT_OPERATORS } from './objects.ts';
import { SET_OPERATORS } from './sets.ts';
import { STRING_OPERATORS } from './strings.ts';

/** The whitelist: every expression operator that this engine evaluates. */
export const OPERATORS: Readonly<Record<string, Operator>> = {
  ...LOGIC_OPERATORS,
  ...NUMBER_OPERATORS,
  ...ARRAY_OPERATORS,
  ...SET_OPERATORS,
  ...OBJECT_OPERATORS,
  ...STRING_OPERATORS,
  ...CONVERSION_OPERATORS,
  ...DATE_OPERATORS,
};

/** What MongoDB 7.0 knows and this engine refuses by name (238); any other name is unknown to both (168). */
export const REFUSED_OPERATORS: ReadonlySet<string> = new Set([
  '$accumulator',
  '$acos',
  '$acosh',
  '$asin',
  '$asinh',
  '$atan',
  '$atan2',
  '$atanh',
  '$binarySize',
  '$bitAnd',
  '$bitNot',
  '$bitOr',
  '$bitXor',
  '$bottom',
  '$bottomN',
  '$cos',
  '$cosh',
  '$degreesToRadians',
  '$firstN',
  '$function',
  '$lastN',
  '$maxN',
  '$median',
  '$meta',
  '$minN',
  '$percentile',
  '$radiansToDegrees',
  '$sampleRate',
  '$sin',
  '$sinh',
  '$tan',
  '$tanh',
  '$toHashedIndexKey',
  '$top',
  '$topN',
  '$tsIncrement',
  '$tsSecond',
]);
