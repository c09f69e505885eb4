import { ApiProblem } from "@/api/client";

const MOST_TRIES = 3;

/** Only what may pass by itself is tried again: no answer, or a server in trouble. */
export function mayRetry(failures: number, error: Error): boolean {
  if (failures + 1 >= MOST_TRIES) return false;
  return !(error instanceof ApiProblem) || error.isPassing;
}
