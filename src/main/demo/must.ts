import type { DomainError } from '../../domain/errors.ts';
import type { Result } from '../../domain/result.ts';

/** A step of the demonstration that did not hold. */
export class StepFailed extends Error {
  override readonly name = 'StepFailed';
}

/** The value of a step that must succeed. @throws StepFailed that says what was refused, and why */
export function must<T>(step: string, result: Result<T, DomainError>): T {
  if (result.ok) return result.value;
  throw new StepFailed(`${step}: ${JSON.stringify(result.error)}`);
}

/** A step that must be refused: the guard is a part of the story. */
export function mustNot(step: string, result: Result<unknown, DomainError>): void {
  if (result.ok) throw new StepFailed(`${step} should have been refused`);
}

/** Waits for what a job does. @throws StepFailed after the limit in seconds */
export async function until(step: string, seconds: number, holds: () => Promise<boolean>): Promise<void> {
  for (let tick = 0; tick < seconds * 5; tick += 1) {
    if (await holds()) return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new StepFailed(`${step} did not happen within ${seconds} seconds`);
}
